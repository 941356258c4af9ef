"""The verbs about a case: assign, contact, agree a time, wait, note, close and open again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.cases.models import Case, Contact
from portal.cases.opening import tell
from portal.cases.safeguarding.queries import child_waits
from portal.deadlines import service as deadlines
from portal.deadlines.models import Deadline
from portal.domain.clock import StopAct
from portal.domain.contact import Channel, SafeContact, guard
from portal.domain.errors import PortalError
from portal.domain.events import CaseAssigned
from portal.domain.lifecycle import CaseStage, check_case_move
from portal.domain.permissions import Permission
from portal.landlords.policies import pinned
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

LATE = timedelta(hours=1)
"""A contact that is written down later than this says so on the timeline (HS-026 6.2)."""


class NoSuchCaseError(PortalError):
    """No case with this id in the scope of the session: another landlord's looks the same."""


class EditedMeanwhileError(PortalError):
    """Somebody else changed the case since the page was opened."""


class ChildConcernOpenError(EditedMeanwhileError):
    """A concern about a child has come in and waits for a referral: the case stays open (whg 2.4)."""


class ContactRefusedError(PortalError):
    """The survivor's safe-contact record does not allow this."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        """Keep the reasons, which are rules and not personal."""
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class Outcome(StrEnum):
    """What came of an attempt to reach the survivor."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_PERSON = "wrong_person"
    NOT_SAFE_TO_TALK = "not_safe_to_talk"
    MESSAGE_LEFT = "message_left"
    LETTER_SENT = "letter_sent"


THEIR_CALLS = frozenset({Outcome.REACHED, Outcome.NOT_SAFE_TO_TALK})
"""What can come of it where they got in touch; all else is an attempt of ours, which the guard has to allow."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One contact as an officer records it. `act` is what it was, only where she was reached.

    `inbound` means that they got in touch with us: what they choose to do themselves is never refused.
    """

    channel: Channel
    at: datetime
    outcome: Outcome
    act: StopAct | None = None
    words: str = ""
    override_reason: str = ""
    inbound: bool = False


def get(session: Session, case_id: UUID, *, for_update: bool = False) -> Case:
    """The case with this id, or NoSuchCaseError."""
    wanted = select(Case).where(Case.id == case_id, Case.landlord_id == scope_of(session).landlord_id)
    case = session.scalar(wanted.with_for_update() if for_update else wanted)
    if case is None:
        raise NoSuchCaseError
    return case


def assign(
    session: Session,
    case_id: UUID,
    account_id: UUID,
    name: str,
    actor: Actor,
    now: datetime,
    why: str,
    unmet: dict[str, Any] | None = None,
) -> None:
    """Give the case to an officer.

    Where a wish for an officer is not met, `why` says so and what was done instead, and `unmet` which wish it is.
    """
    case = get(session, case_id, for_update=True)
    case.assigned_to = account_id
    tell(session, case_id, "assigned", actor, now, facts={"to": name} | (unmet or {}), words=why or None)
    audit.record(
        session, Fact.CASE_ASSIGNED, actor, now, subject="case", subject_id=case_id, detail=str(account_id)
    )
    outbox.record(session, CaseAssigned(case.landlord_id, case_id, account_id), now)


def record_contact(
    session: Session, case_id: UUID, attempt: Attempt, actor: Actor, now: datetime, *, may_override: bool
) -> list[Deadline]:
    """Record an attempt; return the clocks that it ended.

    Refused where the survivor's record says that this channel or hour is not safe, unless somebody with
    the permission gives a reason. Only a contact that reached her can be the policy's stop act.
    Sources: HS-026 4.5; whg 2.1; clock.md.
    """
    case = get(session, case_id, for_update=True)
    overridden = check_attempt(case, session, attempt, now, may_override=may_override)
    _keep(session, case, attempt, actor, now, overridden=overridden)
    facts: dict[str, Any] = {"channel": attempt.channel.value, "outcome": attempt.outcome.value}
    if attempt.inbound:
        facts["inbound"] = "yes"
    if attempt.act:
        facts["act"] = attempt.act.value
    if now - attempt.at > LATE:
        facts["late"] = (now - attempt.at) // timedelta(minutes=1)
    met: list[Deadline] = []
    if attempt.outcome is Outcome.REACHED and attempt.act:
        met = deadlines.meet(session, case_id, attempt.act, actor, attempt.at, now)
        facts["met"] = ", ".join(each.event for each in met)
        if case.stage == CaseStage.NEW:
            case.stage = CaseStage.ACTIVE.value
    tell(session, case_id, "contact", actor, attempt.at, facts=facts, words=attempt.words or None)
    audit.record(
        session,
        Fact.CONTACT_RECORDED,
        actor,
        now,
        subject="case",
        subject_id=case_id,
        detail=attempt.outcome.value,
    )
    if overridden:
        tell(session, case_id, "override", actor, now, facts=facts, words=attempt.override_reason)
        audit.record(
            session,
            Fact.CONTACT_OVERRIDDEN,
            actor,
            now,
            permission=Permission.CONTACT_OVERRIDE.value,
            subject="case",
            subject_id=case_id,
            detail=attempt.channel.value,
        )
    refresh_next(session, case)
    return met


def _keep(session: Session, case: Case, attempt: Attempt, actor: Actor, now: datetime, *, overridden: bool) -> None:
    contact_id = new_id()
    session.execute(
        insert(Contact),
        {
            "landlord_id": case.landlord_id,
            "id": contact_id,
            "case_id": case.id,
            "at": attempt.at,
            "recorded_at": now,
            "account_id": actor.account_id,
            "channel": attempt.channel.value,
            "outcome": attempt.outcome.value,
            "act": attempt.act.value if attempt.act else None,
            "verdict": "theirs" if attempt.inbound else "overridden" if overridden else "safe",
            "sealed": box_of(session, case.id).seal_json(
                "contact",
                contact_id,
                {"words": attempt.words, "override": attempt.override_reason if overridden else ""},
            ),
        },
    )


def check_attempt(
    case: Case, session: Session, attempt: Attempt, now: datetime, *, may_override: bool
) -> bool:
    """Raise ContactRefusedError where the record of safe contact forbids the attempt; refuse moments to come.

    The answer tells whether only an override let it pass.
    """
    if attempt.at > now:
        raise ContactRefusedError(("A contact cannot be recorded before it has happened.",))
    if attempt.act and attempt.outcome is not Outcome.REACHED:
        raise ContactRefusedError(("Only a contact that reached the person can end a clock.",))
    if attempt.inbound and attempt.outcome not in THEIR_CALLS:
        raise ContactRefusedError(("Where they got in touch, nobody left a message, wrote or failed to reach them.",))
    if attempt.inbound:
        return False
    verdict = guard(
        safe_contact(session, case),
        attempt.channel,
        attempt.at,
        leaving_message=attempt.outcome is Outcome.MESSAGE_LEFT,
    )
    if verdict.allowed:
        return False
    if may_override and attempt.override_reason.strip():
        return True
    raise ContactRefusedError(verdict.reasons)


def safe_contact(session: Session, case: Case) -> SafeContact:
    """What the survivor said about safe contact."""
    return SafeContact.from_dict(
        box_of(session, case.id).open_json("cases.safe_contact", case.id, case.safe_contact)
    )


def agree_time(
    session: Session,
    case_id: UUID,
    deadline_id: UUID,
    wish: datetime,
    words: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Record the moment that the survivor asked for; nobody else's wish can move a clock (clock.md)."""
    case = get(session, case_id, for_update=True)
    deadline = session.scalar(
        select(Deadline).where(
            Deadline.id == deadline_id, Deadline.case_id == case_id, Deadline.ended_at.is_(None)
        )
    )
    if deadline is None:
        raise NoSuchCaseError
    policy = pinned(session, deadline.policy_version_id).policy
    deadlines.set_by_survivor(session, policy, deadline, wish, actor, now)
    tell(
        session,
        case_id,
        "time_agreed",
        actor,
        now,
        facts={"event": deadline.event, "due": wish.isoformat()},
        words=words or None,
    )
    refresh_next(session, case)


def wait_for(
    session: Session, case_id: UUID, whom: str, until: datetime, actor: Actor, now: datetime
) -> None:
    """The case waits for somebody else until a moment; its clocks go on running."""
    case = get(session, case_id, for_update=True)
    check_case_move(CaseStage(case.stage), CaseStage.WAITING)
    case.stage, case.waiting_for, case.waiting_until = CaseStage.WAITING.value, whom, until
    tell(session, case_id, "waiting", actor, now, facts={"for": whom, "until": until.isoformat()})
    _stage_changed(session, case, actor, now)


def go_on(session: Session, case_id: UUID, actor: Actor, now: datetime) -> None:
    """The waiting is over."""
    case = get(session, case_id, for_update=True)
    check_case_move(CaseStage(case.stage), CaseStage.ACTIVE)
    case.stage, case.waiting_for, case.waiting_until = CaseStage.ACTIVE.value, None, None
    tell(session, case_id, "resumed", actor, now)
    _stage_changed(session, case, actor, now)


def close(
    session: Session,
    case_id: UUID,
    reason: str,
    words: str,
    actor: Actor,
    now: datetime,
    *,
    facts: dict[str, Any] | None = None,
) -> None:
    """Close the case with a reason; whatever clock still runs ends unmet and stays visible as missed."""
    case = get(session, case_id, for_update=True)
    check_case_move(CaseStage(case.stage), CaseStage.CLOSED)
    if child_waits(session, case_id):
        raise ChildConcernOpenError
    case.stage, case.closed_at, case.closed_reason = CaseStage.CLOSED.value, now, reason
    case.waiting_for = case.waiting_until = None
    deadlines.end_all(session, case_id, now)
    tell(session, case_id, "closed", actor, now, facts={"reason": reason} | (facts or {}), words=words or None)
    refresh_next(session, case)
    _stage_changed(session, case, actor, now)


def reopen(session: Session, case_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """Open a closed case again."""
    case = get(session, case_id, for_update=True)
    check_case_move(CaseStage(case.stage), CaseStage.ACTIVE)
    case.stage, case.closed_at, case.closed_reason = CaseStage.ACTIVE.value, None, None
    case.keep_until = case.keeping_warned_on = None
    tell(session, case_id, "reopened", actor, now, words=why or None)
    _stage_changed(session, case, actor, now)


def refresh_next(session: Session, case: Case) -> None:
    """Copy onto the case what it has to meet next, for lists to sort by."""
    session.flush()
    upcoming = deadlines.next_due(session, case_id=case.id)
    case.next_due_at, case.next_event = upcoming.at, upcoming.event
    case.next_clause, case.next_stop_act = upcoming.clause, upcoming.stop_act


def _stage_changed(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    audit.record(
        session, Fact.CASE_STAGE_CHANGED, actor, now, subject="case", subject_id=case.id, detail=case.stage
    )
