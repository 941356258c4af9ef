"""Clocks that run, and the rungs of their reminder ladders."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped

from portal.store.base import Base, Owned


class Deadline(Owned, Base):
    """One clock: started by an event, ended only by the policy's stop act.

    `policy_due_at` is the policy's own time and never changes; `due_at` is the one that counts: the policy's,
    the landlord's own target, or the moment that the survivor asked for. Null where nobody states a time.
    `owner` is whoever has to do it, where that is not the officer of the case.
    """

    __tablename__ = "deadline"

    report_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None]
    event: Mapped[str]
    rule: Mapped[dict[str, Any]]
    clause: Mapped[str]
    stated: Mapped[bool]
    origin: Mapped[str]
    stop_act: Mapped[str]
    policy_version_id: Mapped[UUID]
    owner: Mapped[UUID | None]
    started_at: Mapped[datetime]
    policy_due_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    survivor_set_at: Mapped[datetime | None]
    survivor_set_by: Mapped[UUID | None]
    met_at: Mapped[datetime | None]
    met_by: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "report_id"], ["report.landlord_id", "report.id"]),
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(
            ["landlord_id", "policy_version_id"], ["policy_version.landlord_id", "policy_version.id"]
        ),
        Index("ix_deadline_case", "landlord_id", "case_id"),
        Index("ix_deadline_report", "landlord_id", "report_id"),
        Index("ix_deadline_started", "landlord_id", "event", "started_at"),
        Index("ix_deadline_running", "landlord_id", "due_at", postgresql_where=text("ended_at IS NULL")),
    )


class Reminder(Owned, Base):
    """One rung of a clock's ladder: when it falls due, whom it is for, and what became of it."""

    __tablename__ = "reminder"

    deadline_id: Mapped[UUID]
    rung: Mapped[str]
    recipient: Mapped[str]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "deadline_id"], ["deadline.landlord_id", "deadline.id"]),
        UniqueConstraint("landlord_id", "deadline_id", "rung", "due_at"),
        Index(
            "ix_reminder_waiting",
            "landlord_id",
            "due_at",
            postgresql_where=text("sent_at IS NULL AND stopped_at IS NULL"),
        ),
    )
