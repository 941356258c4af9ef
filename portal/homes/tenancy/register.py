"""The verbs about the housing register: open an investigation, and end it with a decision and a day to look again.

Sources: NPH Access to Housing, paras 1 and 2.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import findable
from portal.cases import service as cases
from portal.cases.tasks.proposed import DealtWith, by_day, end_of, tomorrow
from portal.cases.tasks.service import Ending, Proposal, propose
from portal.domain.calendar import in_london
from portal.domain.tasks import TaskKind
from portal.domain.tenancy.register import Found, Place, Verdict, against
from portal.homes.noting import Noted, note
from portal.homes.refused import RefusedError
from portal.homes.tenancy.models import RegisterCheck
from portal.landlords.policies import pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PLACE = "register_check"
OPENED, REVIEWED = "register-check", "register-review"


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody who is known to harm stands at the door of the register, or has come in already."""

    place: Place
    application: str
    words: str


def start(session: Session, case_id: UUID, found: Opened, actor: Actor, now: datetime) -> UUID:
    """Begin an investigation; somebody ends it."""
    case = cases.get(session, case_id, for_update=True)
    check_id = new_id()
    said = {"application": found.application, "words": found.words}
    session.add(
        RegisterCheck(
            landlord_id=case.landlord_id,
            id=check_id,
            case_id=case_id,
            place=found.place.value,
            evidence=[],
            opened_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json(PLACE, check_id, said),
        )
    )
    session.flush()
    under = pinned(session, case.policy_version_id)
    task = Proposal(
        TaskKind.REGISTER, "Find out fully what is known, hear them where that is safe, and decide.",
        tomorrow(under.calendar, now), under.policy.perpetrators.register_access.clause,
        source=OPENED, source_id=check_id,
    )  # fmt: skip
    propose(session, case_id, task, actor, now)
    facts = {"verdict": "opened"}
    note(session, case_id, Noted(Fact.REGISTER_CHECKED, "register", facts, found.words), actor, now)
    return check_id


def apply(
    session: Session, name: str, born: date, application: str, actor: Actor, now: datetime
) -> list[UUID]:
    """Somebody applies: where they are known to harm, an investigation begins on each such case that the actor may see.

    Whoever is known nowhere leaves nothing behind here but that somebody asked.
    """
    known = findable.known_to_harm(session, name, born.isoformat())
    found = Opened(Place.APPLYING, application, "Recognised by name and birthday when the application came in.")
    for case_id, _person in known:
        start(session, case_id, found, actor, now)
    audit.record(session, Fact.REGISTER_CHECKED, actor, now, detail=f"applications {len(known)}")
    return [case_id for case_id, _person in known]


def decide(
    session: Session,
    case_id: UUID,
    check_id: UUID,
    revision: int,
    found: Found,
    actor: Actor,
    now: datetime,
    *,
    is_manager: bool,
) -> None:
    """End it with a verdict, or decide anew once it is looked at again."""
    case = cases.get(session, case_id, for_update=True)
    row = _get(session, case_id, check_id)
    if row.revision != revision:
        raise cases.EditedMeanwhileError
    under = pinned(session, case.policy_version_id)
    today = in_london(now).date()
    lacking = against(under.policy, Place(row.place), found, today, is_manager=is_manager)
    if lacking:
        raise RefusedError(*lacking)
    box = box_of(session, case_id)
    said = box.open_json(PLACE, row.id, row.sealed) | {"source": found.source, "reason": found.reason}
    row.sealed = box.seal_json(PLACE, row.id, said)
    row.verdict, row.evidence = found.verdict.value, [each.value for each in found.evidence]
    row.reply = found.reply.value if found.reply else None
    row.review_on = found.review_on
    row.decided_at, row.decided_by, row.revision = now, actor.name, revision + 1
    end_of(session, case_id, row.id, DealtWith(Ending.DONE, "Decided."), actor, now)
    if found.review_on and found.verdict is not Verdict.NOTHING:
        words = "Look again at what keeps them from the register: is it still so, and what do they answer?"
        due_at, again = by_day(under.calendar, found.review_on, now), f"{REVIEWED}-{found.review_on:%Y%m%d}"
        task = Proposal(TaskKind.REGISTER, words, due_at, source=again, source_id=row.id)
        propose(session, case_id, task, actor, now)
    facts = {"verdict": found.verdict.value}
    manager = found.verdict is not Verdict.NOTHING
    note(
        session,
        case_id,
        Noted(Fact.REGISTER_CHECKED, "register", facts, found.reason, manager=manager),
        actor,
        now,
    )


def _get(session: Session, case_id: UUID, check_id: UUID) -> RegisterCheck:
    row = session.scalar(
        select(RegisterCheck)
        .where(
            RegisterCheck.landlord_id == scope_of(session).landlord_id,
            RegisterCheck.case_id == case_id,
            RegisterCheck.id == check_id,
        )
        .with_for_update()
    )
    if row is None:
        raise cases.NoSuchCaseError
    return row
