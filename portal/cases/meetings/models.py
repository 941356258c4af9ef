"""A meeting: when, in which kind of place, with whom; the place itself and all words are sealed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned


class Meeting(ByAuthor, Owned, Base):
    """One meeting. `moved_from` is the one that it took the place of; `officer` meets them, or whoever has the case."""

    __tablename__ = "meeting"

    case_id: Mapped[UUID]
    purpose: Mapped[str]
    venue: Mapped[str]
    starts_at: Mapped[datetime]
    officer: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    agreed: Mapped[str]
    verdict: Mapped[str]
    state: Mapped[str]
    moved_from: Mapped[UUID | None]
    booked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "moved_from"], ["meeting.landlord_id", "meeting.id"]),
        Index("ix_meeting_case", "landlord_id", "case_id", "state", "starts_at"),
    )
