"""The verbs: offer a service and refer to it, and keep what came of it.

Sources: STAR 3.4, 3.17; HS-026 4.7; whg 2.2; NPH Employees.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.needs.following import seen_to
from portal.cases.opening import tell
from portal.cases.support.models import PLACE, SupportReferral
from portal.cases.tasks.proposed import by_day
from portal.cases.tasks.service import Ending, Proposal, propose, settle
from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.support import Answer, Body, Outcome
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of

SOURCE = "support"
ANSWER_WITHIN = timedelta(days=7)
"""How long a service may take before somebody asks: the portal's own figure, for every policy is silent."""


class AnsweredAlreadyError(PortalError):
    """Somebody has kept what came of it, there was nothing to answer, or it is of another case."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A service and what they said to it. `need` is the need of theirs that it is for."""

    body: Body
    name: str
    answer: Answer
    how: str = ""
    need: str = ""
    words: str = ""


def offer(session: Session, case_id: UUID, what: Offer, actor: Actor, now: datetime) -> UUID:
    """Keep that it was offered; where they agreed, somebody asks for the answer after a week."""
    case = cases.get(session, case_id, for_update=True)
    under, referral_id = pinned(session, case.policy_version_id), new_id()
    agreed = what.answer is Answer.AGREED
    chase_at = by_day(under.calendar, in_london(now).date() + ANSWER_WITHIN, now) if agreed else None
    said = {"name": what.name, "how": what.how, "need": what.need, "words": what.words, "outcome": ""}
    session.add(
        SupportReferral(
            landlord_id=case.landlord_id,
            id=referral_id,
            case_id=case_id,
            body=what.body.value,
            answer=what.answer.value,
            made_at=now,
            account_id=actor.account_id,
            chase_at=chase_at,
            sealed=box_of(session, case_id).seal_json(PLACE, referral_id, said),
        )
    )
    facts = {"body": what.body.value, "answer": what.answer.value}
    tell(session, case_id, "support", actor, now, facts=facts, words=" ".join(filter(None, (what.name, what.words))))
    audit.record(
        session, Fact.SUPPORT_REFERRED, actor, now, subject="case", subject_id=case_id, detail=what.answer.value
    )
    if what.need:
        seen_to(session, case, what.need, Ending.DONE if agreed else Ending.NOT_NEEDED, actor, now)
    if chase_at:
        ask = Proposal(
            TaskKind.REFERRAL_OUTCOME,
            f"{what.name}: what came of it? The week is the portal’s own: the policy gives no time.",
            chase_at,
            source=SOURCE,
            source_id=referral_id,
        )
        propose(session, case_id, ask, actor, now)
    return referral_id


def answered(
    session: Session, case_id: UUID, referral_id: UUID, outcome: Outcome, words: str, actor: Actor, now: datetime
) -> None:
    """Keep what came of it; nobody is asked any more."""
    cases.get(session, case_id, for_update=True)
    row = session.scalar(
        select(SupportReferral).where(
            SupportReferral.id == referral_id,
            SupportReferral.case_id == case_id,
            SupportReferral.answer == Answer.AGREED.value,
            SupportReferral.outcome.is_(None),
        )
    )
    if row is None:
        raise AnsweredAlreadyError
    box = box_of(session, case_id)
    said = box.open_json(PLACE, row.id, row.sealed)
    row.sealed = box.seal_json(PLACE, row.id, said | {"outcome": words})
    row.outcome, row.outcome_at = outcome.value, now
    settle(session, case_id, SOURCE, referral_id, Ending.DONE, actor, now)
    told = " ".join(filter(None, (said["name"], words)))
    tell(session, case_id, "support_answer", actor, now, facts={"outcome": outcome.value}, words=told)
    audit.record(
        session, Fact.SUPPORT_REFERRED, actor, now, subject="case", subject_id=case_id, detail=outcome.value
    )
