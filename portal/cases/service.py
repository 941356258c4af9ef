"""What every verb about a case begins with: finding it, who has it, what it has to meet next."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.opening import tell
from portal.deadlines import service as deadlines
from portal.deadlines.models import Deadline
from portal.domain.contact import SafeContact
from portal.domain.errors import PortalError
from portal.domain.events import CaseAssigned
from portal.landlords.policies import pinned
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of
from portal.store.record_keys import box_of


class NoSuchCaseError(PortalError):
    """No case with this id in the scope of the session: another landlord's looks the same."""


class EditedMeanwhileError(PortalError):
    """Somebody else changed the case since the page was opened."""


class ChildConcernOpenError(EditedMeanwhileError):
    """A concern about a child has come in and waits for a referral: the case stays open (whg 2.4)."""


class SeriousMatterOpenError(EditedMeanwhileError):
    """A serious crime or risk waits for its answer: the case stays open (whg 2.4)."""


class ContactRefusedError(PortalError):
    """The survivor's safe-contact record does not allow this."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        """Keep the reasons, which are rules and not personal."""
        super().__init__("; ".join(reasons))
        self.reasons = reasons


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


def refresh_next(session: Session, case: Case) -> None:
    """Copy onto the case what it has to meet next, for lists to sort by."""
    session.flush()
    upcoming = deadlines.next_due(session, case_id=case.id)
    case.next_due_at, case.next_event = upcoming.at, upcoming.event
    case.next_clause, case.next_stop_act = upcoming.clause, upcoming.stop_act
