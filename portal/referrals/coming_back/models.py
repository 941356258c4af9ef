"""A way back that somebody chose, a short visit on it, and what both sides wrote. docs/decisions/0009."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class WayBack(Owned, Base):
    """Whoever has the number can come back to this report. Of the number there is only a slow hash.

    `made_by` is the officer who gave a new number; nobody where the person chose it when the report was sent.
    """

    __tablename__ = "way_back"

    report_id: Mapped[UUID]
    code_hash: Mapped[bytes]
    shows_plan: Mapped[bool]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "report_id"], ["report.landlord_id", "report.id"]),
        UniqueConstraint("landlord_id", "code_hash"),
        Index("ix_way_back_report", "landlord_id", "report_id"),
    )


class BackVisit(Owned, Base):
    """One visit, under the hash of a secret that one browser has. It shows nothing until `safe_at`."""

    __tablename__ = "back_visit"

    way_back_id: Mapped[UUID]
    secret_hash: Mapped[bytes]
    safe_at: Mapped[datetime | None]
    ends_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "way_back_id"], ["way_back.landlord_id", "way_back.id"]),
        UniqueConstraint("landlord_id", "secret_hash"),
        Index("ix_back_visit_ends", "landlord_id", "ends_at"),
    )


class BackMessage(Owned, Base):
    """What one side wrote to the other. The words are sealed with the key of the report, and go when that goes.

    `kind` is one of Writes; `account_id` is who wrote for us, and nobody where it came from the person.
    """

    __tablename__ = "back_message"

    report_id: Mapped[UUID]
    kind: Mapped[str]
    at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    read_at: Mapped[datetime | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "report_id"], ["report.landlord_id", "report.id"]),
        Index("ix_back_message_report", "landlord_id", "report_id", "at"),
    )


class FeedbackAnswers(Owned, Base):
    """How it went, for figures: a random id, the month and codes. Nothing leads from it to anybody."""

    __tablename__ = "feedback_answers"

    month: Mapped[date]
    answers: Mapped[dict[str, Any]]

    __table_args__ = (Index("ix_feedback_answers_month", "landlord_id", "month"),)
