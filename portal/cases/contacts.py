"""Recording contact: what was tried, what came of it, and whether it was safe.

The guard stands before a number is shown and before anything is sent. What has happened is written down as it was:
a contact that was not safe as well, with what went wrong, and a senior hears of it. Sources: HS-026 4.5; whg 2.1.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.cases import service, unsafe_contact
from portal.cases.models import Case, Contact
from portal.cases.opening import tell
from portal.cases.service import ContactRefusedError
from portal.deadlines import service as deadlines
from portal.deadlines.models import Deadline
from portal.domain.clock import StopAct
from portal.domain.contact import Channel, guard
from portal.domain.lifecycle import CaseStage
from portal.domain.permissions import Permission
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of

LATE = timedelta(hours=1)
"""A contact that is written down later than this says so on the timeline (HS-026 6.2)."""


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


class Was(StrEnum):
    """How a contact stands to what they said is safe."""

    SAFE = "safe"
    THEIRS = "theirs"
    OVERRIDDEN = "overridden"
    NOT_SAFE = "not_safe"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One contact as an officer records it. `act` is what it was, only where she was reached.

    `inbound` means that they got in touch with us: what they choose to do themselves is never refused. `went_wrong`
    tells how it came that it happened though it was not safe.
    """

    channel: Channel
    at: datetime
    outcome: Outcome
    act: StopAct | None = None
    words: str = ""
    override_reason: str = ""
    inbound: bool = False
    went_wrong: str = ""


def record_contact(
    session: Session, case_id: UUID, attempt: Attempt, actor: Actor, now: datetime, *, may_override: bool
) -> list[Deadline]:
    """Record an attempt; return the clocks that it ended.

    Refused where the survivor's record says that this channel or hour is not safe, unless somebody with
    the permission gives a reason, or it has happened already and it is told what went wrong. Only a contact that
    reached her can be the policy's stop act. Sources: HS-026 4.5; whg 2.1; clock.md.
    """
    case = service.get(session, case_id, for_update=True)
    was = check_attempt(case, session, attempt, now, may_override=may_override)
    _keep(session, case, attempt, was, actor, now)
    facts = _facts(attempt, was, now)
    met: list[Deadline] = []
    if attempt.outcome is Outcome.REACHED and attempt.act:
        met = deadlines.meet(session, case_id, attempt.act, actor, attempt.at, now)
        facts["met"] = ", ".join(each.event for each in met)
        if case.stage == CaseStage.NEW:
            case.stage = CaseStage.ACTIVE.value
    tell(session, case_id, "contact", actor, attempt.at, facts=facts, words=attempt.words or None)
    _audit(session, Fact.CONTACT_RECORDED, case_id, attempt.outcome, actor, now)
    if was is Was.OVERRIDDEN:
        tell(session, case_id, "override", actor, now, facts=facts, words=attempt.override_reason)
        permission = Permission.CONTACT_OVERRIDE
        _audit(session, Fact.CONTACT_OVERRIDDEN, case_id, attempt.channel, actor, now, permission=permission)
    if was is Was.NOT_SAFE:
        _audit(session, Fact.CONTACT_NOT_SAFE, case_id, attempt.channel, actor, now)
        unsafe_contact.follow(session, case, attempt.went_wrong, facts, actor, now)
    service.refresh_next(session, case)
    return met


def _facts(attempt: Attempt, was: Was, now: datetime) -> dict[str, Any]:
    facts: dict[str, Any] = {"channel": attempt.channel.value, "outcome": attempt.outcome.value}
    if attempt.inbound:
        facts["inbound"] = "yes"
    if attempt.act:
        facts["act"] = attempt.act.value
    if was is Was.NOT_SAFE:
        facts["unsafe"] = "yes"
    if now - attempt.at > LATE:
        facts["late"] = (now - attempt.at) // timedelta(minutes=1)
    return facts


def _keep(session: Session, case: Case, attempt: Attempt, was: Was, actor: Actor, now: datetime) -> None:
    contact_id = new_id()
    said = {
        "words": attempt.words,
        "override": attempt.override_reason if was is Was.OVERRIDDEN else "",
        "went_wrong": attempt.went_wrong if was is Was.NOT_SAFE else "",
    }
    row = {
        "landlord_id": case.landlord_id,
        "id": contact_id,
        "case_id": case.id,
        "at": attempt.at,
        "recorded_at": now,
        "account_id": actor.account_id,
        "channel": attempt.channel.value,
        "outcome": attempt.outcome.value,
        "act": attempt.act.value if attempt.act else None,
        "verdict": was.value,
        "sealed": box_of(session, case.id).seal_json("contact", contact_id, said),
    }
    session.execute(insert(Contact), row)


def check_attempt(
    case: Case, session: Session, attempt: Attempt, now: datetime, *, may_override: bool
) -> Was:
    """Raise ContactRefusedError where the record of safe contact forbids the attempt; refuse moments to come."""
    if attempt.at > now:
        raise ContactRefusedError(("A contact cannot be recorded before it has happened.",))
    if attempt.act and attempt.outcome is not Outcome.REACHED:
        raise ContactRefusedError(("Only a contact that reached the person can end a clock.",))
    if attempt.inbound and attempt.outcome not in THEIR_CALLS:
        raise ContactRefusedError(("Where they got in touch, nobody left a message, wrote or failed to reach them.",))
    if attempt.inbound:
        return Was.THEIRS
    leaving = attempt.outcome is Outcome.MESSAGE_LEFT
    verdict = guard(service.safe_contact(session, case), attempt.channel, attempt.at, leaving_message=leaving)
    if verdict.allowed:
        return Was.SAFE
    if may_override and attempt.override_reason.strip():
        return Was.OVERRIDDEN
    if attempt.went_wrong.strip():
        return Was.NOT_SAFE
    raise ContactRefusedError(verdict.reasons)


def _audit(
    session: Session,
    fact: Fact,
    case_id: UUID,
    detail: str,
    actor: Actor,
    now: datetime,
    *,
    permission: Permission | None = None,
) -> None:
    allowed_by = permission.value if permission else None
    audit.record(
        session, fact, actor, now, permission=allowed_by, subject="case", subject_id=case_id, detail=str(detail)
    )
