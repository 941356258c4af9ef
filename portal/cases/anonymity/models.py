"""Whose case it is, where the case has no name. Only the cleared read it; the database sees to that."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from portal.store.base import Base, ByAuthor, Owned

PLACE = "identity"
"""Where it is sealed."""


class IdentityEntry(ByAuthor, Owned, Base):
    """What was told of who she is at one moment; the newest holds. Append-only."""

    __tablename__ = "identity"

    case_id: Mapped[UUID]
    at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_identity_case", "landlord_id", "case_id", "at"),
    )
