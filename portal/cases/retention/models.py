"""What keeps a record from being erased."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from portal.store.base import Base, Owned

PLACE = "legal_hold"
"""Where the reason of a hold is sealed."""


class LegalHold(Owned, Base):
    """Somebody needs the record, such as a court or an Ombudsman: nothing of it is erased meanwhile."""

    __tablename__ = "legal_hold"

    case_id: Mapped[UUID]
    kind: Mapped[str]
    placed_at: Mapped[datetime]
    placed_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_legal_hold_case", "landlord_id", "case_id"),
    )
