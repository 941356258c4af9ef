"""A forum or contact, and each time that somebody took part. No case is in either; words are sealed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class Forum(Owned, Base):
    """One forum, initiative or body. `owner_id` sees to it and hears when `next_on` has passed."""

    __tablename__ = "forum"

    kind: Mapped[str]
    partner: Mapped[str]
    every_months: Mapped[int | None]
    next_on: Mapped[date | None]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (Index("ix_forum_due", "landlord_id", "ended_at", "next_on"),)


class ForumTime(Owned, Base):
    """One time that somebody took part: on which day; in which role, and what was taken from it, is sealed."""

    __tablename__ = "forum_time"

    forum_id: Mapped[UUID]
    held_on: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "forum_id"], ["forum.landlord_id", "forum.id"]),
        Index("ix_forum_time_held", "landlord_id", "held_on"),
    )
