"""A complaint that is linked to a case, and each of its steps with a clock."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE, OF_STEP = "complaint", "complaint_step"
"""Where the words of a complaint and of its steps are sealed."""


class Complaint(Owned, Base):
    """One complaint. `number` tells it from others to whoever handles it, and is not the case's reference.

    `parts` are codes of what its handler may read of the case. While it has no end, the case is not erased: it placed
    a hold.
    """

    __tablename__ = "complaint"

    case_id: Mapped[UUID]
    number: Mapped[str]
    by: Mapped[str]
    received_at: Mapped[datetime]
    linked_at: Mapped[datetime]
    linked_by: Mapped[str]
    handler: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    handler_before: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    hold_id: Mapped[UUID]
    parts: Mapped[list[str]]
    stage: Mapped[str]
    step: Mapped[str]
    due_at: Mapped[datetime]
    outcome: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "hold_id"], ["legal_hold.landlord_id", "legal_hold.id"]),
        UniqueConstraint("landlord_id", "number"),
        Index("ix_complaint_case", "landlord_id", "case_id"),
        Index("ix_complaint_open", "landlord_id", "ended_at", "due_at"),
    )
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - read by SQLAlchemy


class ComplaintStep(Owned, Base):
    """One step. `first_due_at` is what it was before it was put off, `source` where its time comes from."""

    __tablename__ = "complaint_step"

    case_id: Mapped[UUID]
    complaint_id: Mapped[UUID]
    stage: Mapped[str]
    step: Mapped[str]
    started_at: Mapped[datetime]
    first_due_at: Mapped[datetime]
    due_at: Mapped[datetime]
    longer_days: Mapped[int] = mapped_column(default=0)
    source: Mapped[str]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    sealed: Mapped[bytes | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "complaint_id"], ["complaint.landlord_id", "complaint.id"]),
        Index("ix_complaint_step_of", "landlord_id", "complaint_id", "started_at"),
        Index("ix_complaint_step_case", "landlord_id", "case_id"),
    )
