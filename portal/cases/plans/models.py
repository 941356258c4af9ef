"""Plans: one of each kind for a case, with its draft; each agreed version, append-only; and its actions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned, Signed


class Plan(Owned, Base):
    """A plan as it stands. `draft` is what is being written; `number` the version that was agreed last, if any."""

    __tablename__ = "plan"

    case_id: Mapped[UUID]
    kind: Mapped[str]
    draft: Mapped[bytes]
    draft_at: Mapped[datetime]
    draft_by: Mapped[str]
    not_to_send: Mapped[bool] = mapped_column(default=False)
    number: Mapped[int | None]
    agreed_at: Mapped[datetime | None]
    rhythm: Mapped[dict[str, Any] | None]
    review_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        UniqueConstraint("landlord_id", "case_id", "kind"),
    )
    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - read by SQLAlchemy


class PlanVersion(Signed, Owned, Base):
    """What was agreed, when and how; never changed. `sealed` holds the words, the actions and who spoke for them."""

    __tablename__ = "plan_version"

    case_id: Mapped[UUID]
    plan_id: Mapped[UUID]
    number: Mapped[int]
    agreed_at: Mapped[datetime]
    how: Mapped[str]
    rhythm: Mapped[dict[str, Any] | None]
    not_to_send: Mapped[bool]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "plan_id"], ["plan.landlord_id", "plan.id"]),
        UniqueConstraint("landlord_id", "plan_id", "number"),
    )


class PlanAction(Owned, Base):
    """Something that a plan says is to be done. Ours are tasks once agreed, and stand as their task does."""

    __tablename__ = "plan_action"

    case_id: Mapped[UUID]
    plan_id: Mapped[UUID]
    owner: Mapped[str]
    colleague: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    due_at: Mapped[datetime | None]
    state: Mapped[str]
    task_id: Mapped[UUID | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "plan_id"], ["plan.landlord_id", "plan.id"]),
        ForeignKeyConstraint(["landlord_id", "task_id"], ["task.landlord_id", "task.id"]),
        Index("ix_plan_action_plan", "landlord_id", "plan_id", "made_at"),
    )
