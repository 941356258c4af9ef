"""Whose case it is, where the case has no name. Only the cleared read it; the database sees to that."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "identity"
"""Where it is sealed."""


class IdentityEntry(Owned, Base):
    """What was told of who she is at one moment; the newest holds. Append-only."""

    __tablename__ = "identity"

    case_id: Mapped[UUID]
    at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    actor: Mapped[str]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_identity_case", "landlord_id", "case_id", "at"),
    )
