"""A task on a case: its words are sealed, its due time is a clock."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "task"
"""Where the words of a task are sealed."""


class Task(Owned, Base):
    """One thing to do. `source` and `source_id` name what proposed it, so that it is never proposed twice.

    `sealed` holds its words, and once it has ended the words about that. `deadline_id` is its clock, where it
    has a due time. `owner` is whoever has to do it; without one it is the officer of the case.
    """

    __tablename__ = "task"

    case_id: Mapped[UUID]
    kind: Mapped[str]
    clause: Mapped[str | None]
    source: Mapped[str | None]
    source_id: Mapped[UUID | None]
    owner: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    deadline_id: Mapped[UUID | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    ending: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "deadline_id"], ["deadline.landlord_id", "deadline.id"]),
        UniqueConstraint("landlord_id", "case_id", "source_id", "source", "kind"),
        Index("ix_task_case", "landlord_id", "case_id", "ended_at"),
        Index("ix_task_owner", "landlord_id", "owner", postgresql_where=text("ended_at IS NULL")),
    )
