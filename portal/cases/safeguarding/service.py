"""The verbs about safeguarding: note a concern, refer, decide against it, record what came of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service
from portal.cases.assessments.follow_up import assess_again
from portal.cases.disclosures.gone import Known
from portal.cases.frame import Reader
from portal.cases.opening import tell
from portal.cases.safeguarding import queries
from portal.cases.safeguarding.models import Concern, Referral
from portal.cases.safeguarding.passed_on import Passed, log
from portal.cases.serious import queries as serious
from portal.cases.serious.queries import WaitingMatter
from portal.cases.tasks.proposed import DealtWith, end_of, today
from portal.cases.tasks.service import Ending, Proposal, propose
from portal.domain.clock import WorkingDays, due
from portal.domain.errors import PortalError
from portal.domain.policy import Policy
from portal.domain.safeguarding import (
    AGREED,
    CHASE_WORKING_DAYS,
    DOORS,
    OTHER_LAW,
    OUTCOME_EVENT,
    Door,
    Group,
    Harm,
    Outcome,
    Told,
    grounds,
    missing,
    must_refer,
)
from portal.domain.tasks import TaskKind
from portal.landlords.policies import PinnedPolicy, pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PLACE, SENT = "safeguarding_concern", "safeguarding_referral"
CONCERN, REFERRAL = "concern", "referral"
"""What proposes a task."""


class ReferralRefusedError(PortalError):
    """The referral leaves out what it must say, or stands on a ground that is not there. Keyed by field."""

    def __init__(self, wrong: dict[str, str]) -> None:
        """Keep what is missing."""
        super().__init__("The referral is not complete.")
        self.missing = wrong


class MustBeReferredError(PortalError):
    """The policy leaves no room for a no (whg 2.4; HS-026 4.8; STAR 4.2; NPH Confidentiality and Consent)."""

    def __init__(self, clause: str) -> None:
        """Keep the clause that says so."""
        super().__init__(clause)
        self.clause = clause


class OwnDecisionError(PortalError):
    """Whoever noted a concern does not decide alone that it goes nowhere (whg 2.4)."""


class AlreadyDecidedError(PortalError):
    """Somebody has decided on this concern meanwhile."""


@dataclass(frozen=True, slots=True)
class Feared:
    """Whom a concern is about, and what is feared."""

    group: Group
    harms: tuple[Harm, ...]
    words: str
    person_id: UUID | None = None
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral as somebody records it. `content` is what was passed on, in short."""

    agency: str
    ground: str
    told: Told
    made_at: datetime
    content: str
    lawful_basis: str = ""
    why: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the agency said. Without an outcome only its reference is known so far."""

    outcome: Outcome | None
    reference: str
    words: str


def note(session: Session, case_id: UUID, feared: Feared, actor: Actor, now: datetime) -> UUID:
    """Note a concern. Until it is referred or decided on it is due today and climbs to the supervisor."""
    case = service.get(session, case_id, for_update=True)
    under, concern_id = pinned(session, case.policy_version_id), new_id()
    said = {"harms": list(feared.harms), "words": feared.words, "whom": feared.whom, "why": ""}
    session.add(
        Concern(
            landlord_id=case.landlord_id,
            id=concern_id,
            case_id=case_id,
            person_id=feared.person_id,
            risk_group=feared.group.value,
            noted_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json(PLACE, concern_id, said),
        )
    )
    session.flush()
    policy = under.policy
    bound = must_refer(policy, feared.group)
    words = "Refer this concern today" + (
        "." if bound else ", or have somebody else decide with a reason not to."
    )
    task = Proposal(
        TaskKind.CONCERN,
        words,
        today(under.calendar, now),
        bound.clause if bound else policy.risk.safeguarding.clause,
        source=CONCERN,
        source_id=concern_id,
    )
    propose(session, case_id, task, actor, now)
    if feared.group is Group.UNBORN:
        assess_again(session, case, "unborn", new_id(), actor, now)
    tell(
        session,
        case_id,
        "concern",
        actor,
        now,
        facts={"group": feared.group.value},
        words=feared.words or None,
    )
    _audit(session, Fact.CONCERN_RECORDED, case_id, feared.group.value, actor, now)
    return concern_id


def refer(
    session: Session,
    case_id: UUID,
    concern_id: UUID,
    sent: Sent,
    actor: Actor,
    now: datetime,
    *,
    may_decide: bool,
) -> UUID:
    """Record a referral. A ground outside the policy's own takes somebody who may decide (NPH Dealing with cases)."""
    case = service.get(session, case_id, for_update=True)
    concern = get(session, case_id, concern_id)
    under = pinned(session, case.policy_version_id)
    _check(under.policy, sent, now, may_decide=may_decide)
    referral_id, chase_at = new_id(), _chase_at(under, now)
    said = {
        "agency": sent.agency,
        "reference": sent.reference,
        "lawful_basis": sent.lawful_basis,
        "why": sent.why,
        "content": sent.content,
        "outcome": "",
    }
    session.add(
        Referral(
            landlord_id=case.landlord_id,
            id=referral_id,
            case_id=case_id,
            concern_id=concern_id,
            door=DOORS[Group(concern.risk_group)].value,
            ground=sent.ground,
            told=sent.told.value,
            made_at=sent.made_at,
            recorded_at=now,
            chase_at=chase_at,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json(SENT, referral_id, said),
        )
    )
    concern.decision, concern.decided_at, concern.decided_by = "referred", now, actor.name
    session.flush()
    done = DealtWith(Ending.DONE, "A referral was made.")
    end_of(session, case_id, concern_id, done, actor, now)
    if concern.person_id and DOORS[Group(concern.risk_group)] is Door.CHILDREN:
        end_of(session, case_id, concern.person_id, done, actor, now)
    words = f"Ask {sent.agency} what came of the referral. {_whose(under.policy)}"
    chase = Proposal(TaskKind.REFERRAL_OUTCOME, words, chase_at, None, source=REFERRAL, source_id=referral_id)
    propose(session, case_id, chase, actor, now)
    passed = Passed(sent.agency, Known(sent.told.value), sent.made_at, sent.content)
    log(session, case, referral_id, passed, actor, now)
    facts = {"group": concern.risk_group, "told": sent.told.value, "ground": sent.ground}
    tell(session, case_id, "referral", actor, sent.made_at, facts=facts, words=sent.content or None)
    _audit(session, Fact.REFERRAL_RECORDED, case_id, concern.risk_group, actor, now)
    return referral_id


def decide_not(
    session: Session, case_id: UUID, concern_id: UUID, why: str, actor: Actor, now: datetime
) -> None:
    """Decide with a reason that a concern is not referred: never one's own, never where the policy says it will be."""
    case = service.get(session, case_id, for_update=True)
    concern = get(session, case_id, concern_id)
    if concern.decision is not None:
        raise AlreadyDecidedError
    bound = must_refer(pinned(session, case.policy_version_id).policy, Group(concern.risk_group))
    if bound:
        raise MustBeReferredError(bound.clause)
    if actor.account_id is None or actor.account_id == concern.account_id:
        raise OwnDecisionError
    box = box_of(session, case_id)
    said = box.open_json(PLACE, concern.id, concern.sealed)
    concern.sealed = box.seal_json(PLACE, concern.id, said | {"why": why})
    concern.decision, concern.decided_at, concern.decided_by = "not_referred", now, actor.name
    done = DealtWith(Ending.NOT_NEEDED, "Decided not to refer.")
    end_of(session, case_id, concern_id, done, actor, now)
    tell(session, case_id, "not_referred", actor, now, facts={"group": concern.risk_group}, words=why)
    _audit(session, Fact.CONCERN_RECORDED, case_id, "not_referred", actor, now)


def answered(
    session: Session, case_id: UUID, referral_id: UUID, answer: Answer, actor: Actor, now: datetime
) -> None:
    """Record what the agency said; only an outcome ends the asking."""
    service.get(session, case_id, for_update=True)
    referral = session.scalar(
        select(Referral).where(
            Referral.landlord_id == scope_of(session).landlord_id,
            Referral.case_id == case_id,
            Referral.id == referral_id,
        )
    )
    if referral is None:
        raise service.NoSuchCaseError
    box = box_of(session, case_id)
    said = box.open_json(SENT, referral.id, referral.sealed)
    said |= {"reference": answer.reference or said["reference"], "outcome": answer.words or said["outcome"]}
    referral.sealed = box.seal_json(SENT, referral.id, said)
    facts = {"door": referral.door}
    if answer.outcome:
        referral.outcome, referral.outcome_at, referral.outcome_by = answer.outcome.value, now, actor.name
        end_of(session, case_id, referral_id, DealtWith(Ending.DONE, "They answered."), actor, now)
        facts["outcome"] = answer.outcome.value
    tell(session, case_id, "referral_answer", actor, now, facts=facts, words=answer.words or None)
    _audit(session, Fact.REFERRAL_RECORDED, case_id, "answer", actor, now)


def waiting(
    session: Session, reader: Reader
) -> tuple[list[queries.WaitingRow], list[queries.WaitingRow], list[WaitingMatter]]:
    """What waits at a landlord: concerns nobody acted on, referrals whose outcome nobody knows, serious matters."""
    found = queries.without_referral(session), queries.without_answer(session, reader.now), serious.waiting(session)
    shown = dict.fromkeys(each.case_id for rows in found for each in rows)
    audit.record(
        session, Fact.SAFEGUARDING_READ, reader.actor, reader.now, permission=reader.permission, shown=shown
    )
    return found


def get(session: Session, case_id: UUID, concern_id: UUID) -> Concern:
    """A concern of this case, or the answer of a case that is not here."""
    concern = session.scalar(
        select(Concern).where(
            Concern.landlord_id == scope_of(session).landlord_id,
            Concern.case_id == case_id,
            Concern.id == concern_id,
        )
    )
    if concern is None:
        raise service.NoSuchCaseError
    return concern


def _check(policy: Policy, sent: Sent, now: datetime, *, may_decide: bool) -> None:
    wrong = missing(sent.ground, sent.lawful_basis, sent.told, sent.why)
    known = {AGREED, *(each.id for each in grounds(policy))}
    if sent.ground == OTHER_LAW and not may_decide:
        wrong["ground"] = (
            "A ground outside the policy takes a senior officer or manager: ask one to record it."
        )
    elif sent.ground not in known | {OTHER_LAW}:
        wrong["ground"] = "Choose a ground of this policy."
    if sent.made_at > now:
        wrong["day"] = "A referral cannot be recorded before it was made."
    if wrong:
        raise ReferralRefusedError(wrong)


def _chase_at(under: PinnedPolicy, now: datetime) -> datetime:
    """The landlord's own time where it set one, otherwise the portal's."""
    own = under.policy.own_target(OUTCOME_EVENT)
    found = due(own.rule(), now, under.calendar) if own else None
    found = found or due(WorkingDays(CHASE_WORKING_DAYS), now, under.calendar)
    return found.at if found else now


def _whose(policy: Policy) -> str:
    if policy.own_target(OUTCOME_EVENT):
        return "Time set by the landlord, not by the policy."
    return f"Time set by the portal, {CHASE_WORKING_DAYS} working days: the policy gives none."


def _audit(session: Session, fact: Fact, case_id: UUID, detail: str, actor: Actor, now: datetime) -> None:
    audit.record(session, fact, actor, now, subject="case", subject_id=case_id, detail=detail)
