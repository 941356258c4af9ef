"""The closings that wait for a second person, over all cases that the reader may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.closing.models import ClosingRequest
from portal.cases.models import Case
from portal.store.database import scope_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """One closing that waits. `own`: whoever looks asked for it or has the case, and cannot decide."""

    case_id: UUID
    reference: str
    asked_name: str
    asked_at: datetime
    own: bool


def waiting(session: Session, account_id: UUID) -> list[Waiting]:
    """The oldest first."""
    rows = session.execute(
        select(
            Case.id,
            Case.reference,
            ClosingRequest.asked_name,
            ClosingRequest.asked_at,
            (ClosingRequest.asked_by == account_id) | (Case.assigned_to == account_id),
        )
        .join(Case, (Case.landlord_id == ClosingRequest.landlord_id) & (Case.id == ClosingRequest.case_id))
        .where(ClosingRequest.landlord_id == scope_of(session).landlord_id, ClosingRequest.ended_at.is_(None))
        .order_by(ClosingRequest.asked_at)
        .limit(50)
    )
    return [Waiting(*row[:4], own=bool(row[4])) for row in rows]
