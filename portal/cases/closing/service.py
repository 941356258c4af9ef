"""The verbs about closing: close, ask for it, decide about it. Sources: whg 1.2; STAR 3.17, section 9."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases import stages
from portal.cases.closing.models import PLACE, ClosingRequest
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.retention.service import start_keeping
from portal.cases.tasks.service import Proposal, propose
from portal.domain.errors import PortalError
from portal.domain.lifecycle import CaseStage, CloseReason, check_case_move
from portal.domain.tasks import TaskKind
from portal.landlords.policies import close_of_business, pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of


class Residual(StrEnum):
    """The risk that is left when a case is closed."""

    HIGH = "high"
    MEDIUM = "medium"
    STANDARD = "standard"
    UNKNOWN = "unknown"


class ToldHow(StrEnum):
    """How they were told that the case is closed."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    BY_ADVOCATE = "by_advocate"
    NOT_TOLD = "not_told"


class Decision(StrEnum):
    """What a second person decided."""

    AGREED = "agreed"
    REFUSED = "refused"


class OwnClosingError(PortalError):
    """Nobody agrees to what they asked for themselves, or to the closing of a case that they have."""


class NothingAskedError(PortalError):
    """No closing of this case waits for a decision."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What a case is closed with. `despite` says why it is closed although something speaks against it.

    `may_ask` is their own yes to being asked how it was: without it nobody asks (AG/013 Objectives, bullet 6).
    """

    reason: CloseReason
    words: str
    residual: Residual
    mitigation: str = ""
    told: ToldHow = ToldHow.NOT_TOLD
    why_not_told: str = ""
    after_care: date | None = None
    despite: str = ""
    may_ask: bool = False

    def to_dict(self) -> dict[str, Any]:
        """As it is sealed."""
        return asdict(self) | {"after_care": self.after_care.isoformat() if self.after_care else None}

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> "Closing":
        """As it was sealed."""
        day = kept["after_care"]
        return cls(
            **kept
            | {
                "reason": CloseReason(kept["reason"]),
                "residual": Residual(kept["residual"]),
                "told": ToldHow(kept["told"]),
                "after_care": date.fromisoformat(day) if day else None,
            }
        )


def needs_agreement(case: Case, closing: Closing) -> bool:
    """Does a second person have to agree? Where risk is left, or a life was in danger: the portal's own rule."""
    return case.threat_to_life or closing.residual in {Residual.HIGH, Residual.UNKNOWN}


def close(session: Session, case_id: UUID, closing: Closing, actor: Actor, now: datetime) -> bool:
    """Close the case; true once it is closed, false where a second person has still to agree."""
    case = cases.get(session, case_id, for_update=True)
    check_case_move(CaseStage(case.stage), CaseStage.CLOSED)
    if not needs_agreement(case, closing):
        _close(session, case, closing, actor, now)
        return True
    request_id, waiting = new_id(), _waiting(session, case_id)
    if waiting:
        waiting.ended_at, waiting.ended_by = now, actor.name
        session.flush()
    session.add(
        ClosingRequest(
            landlord_id=case.landlord_id,
            id=request_id,
            case_id=case_id,
            asked_at=now,
            asked_by=actor.account_id,
            asked_name=actor.name,
            sealed=box_of(session, case_id).seal_json(PLACE, request_id, closing.to_dict()),
        )
    )
    tell(session, case_id, "closing_asked", actor, now, facts={"reason": closing.reason.value}, words=closing.words)
    audit.record(session, Fact.CLOSING_ASKED, actor, now, subject="case", subject_id=case_id)
    return False


def decide(
    session: Session, case_id: UUID, decision: Decision, why: str, actor: Actor, now: datetime
) -> None:
    """A second person agrees, and the case is closed; or refuses with the reason, and it goes on."""
    case, request = cases.get(session, case_id, for_update=True), _waiting(session, case_id)
    if request is None:
        raise NothingAskedError
    if actor.account_id in {request.asked_by, case.assigned_to}:
        raise OwnClosingError
    request.ended_at, request.ended_by, request.decision = now, actor.name, decision.value
    facts = {"decision": decision.value}
    tell(session, case_id, "closing_decided", actor, now, facts=facts, words=why or None)
    audit.record(
        session, Fact.CLOSING_DECIDED, actor, now, subject="case", subject_id=case_id, detail=decision.value
    )
    if decision is Decision.AGREED:
        asked = Actor(request.asked_by, request.asked_name)
        _close(session, case, asked_for(session, request), asked, now)


def asked_for(session: Session, request: ClosingRequest) -> Closing:
    """What the case is to be closed with."""
    return Closing.from_dict(box_of(session, request.case_id).open_json(PLACE, request.id, request.sealed))


def waiting(session: Session, case_id: UUID) -> ClosingRequest:
    """The closing that waits for a decision; NothingAskedError where none does."""
    found = _waiting(session, case_id)
    if found is None:
        raise NothingAskedError
    return found


def _waiting(session: Session, case_id: UUID) -> ClosingRequest | None:
    return session.scalar(
        select(ClosingRequest).where(ClosingRequest.case_id == case_id, ClosingRequest.ended_at.is_(None))
    )


def _close(session: Session, case: Case, closing: Closing, actor: Actor, now: datetime) -> None:
    said = (closing.words, closing.mitigation, closing.why_not_told, closing.despite)
    stages.close(
        session,
        case.id,
        closing.reason.value,
        "\n\n".join(each for each in said if each),
        actor,
        now,
        facts={"residual": closing.residual.value, "told": closing.told.value},
    )
    start_keeping(case, pinned(session, case.policy_version_id).policy, closing.reason, now)
    if closing.after_care:
        after = Proposal(
            TaskKind.AFTER_CARE,
            "They agreed to hear from us again. Look at how contact is safe first.",
            close_of_business(session, closing.after_care, now),
            owner=case.assigned_to,
            source="closing",
            source_id=new_id(),
        )
        propose(session, case.id, after, actor, now)
    if closing.may_ask:
        ask = Proposal(
            TaskKind.FEEDBACK,
            "They agreed to be asked how it was. Ask only in the way that is safe, and write their words here.",
            close_of_business(session, closing.after_care, now) if closing.after_care else None,
            owner=case.assigned_to,
            source="feedback",
            source_id=new_id(),
        )
        propose(session, case.id, ask, actor, now)
