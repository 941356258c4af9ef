"""Wishes and steps: append-only. The newest wish about a step counts, and the older ones stay."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from portal.store.base import Base, Owned, Signed


class Wish(Signed, Owned, Base):
    """What they want of one kind of step, as they said it at one moment."""

    __tablename__ = "wish"

    case_id: Mapped[UUID]
    about: Mapped[str]
    wants: Mapped[str]
    said_at: Mapped[datetime]
    how: Mapped[str]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_wish_case", "landlord_id", "case_id", "about", "said_at"),
    )


class StepTaken(Signed, Owned, Base):
    """A step, with the wish that it follows; without one, whoever decided so answers for it."""

    __tablename__ = "step_taken"

    case_id: Mapped[UUID]
    about: Mapped[str]
    taken_at: Mapped[datetime]
    wish_id: Mapped[UUID | None]
    decided_by: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "wish_id"], ["wish.landlord_id", "wish.id"]),
        Index("ix_step_taken_case", "landlord_id", "case_id", "taken_at"),
    )
