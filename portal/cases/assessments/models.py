"""Assessments, their answers, every change of a case's risk. What has ended stays: the database sees to it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, ByAuthor, Owned, Signed

ASSESSMENT, ANSWER = "assessment", "assessment_answer"
CHANGE, RECEIVED, TRIGGER = "risk_change", "received_assessment", "reassessment_trigger"
"""Where words are sealed, table by table."""

DRAFT, COMPLETED, SET_ASIDE = "draft", "completed", "set_aside"


class Assessment(Owned, Base):
    """One assessment with one version of one instrument; `sealed` holds the words of its outcome.

    `area_lines` are the numbers that conferences had drawn when it was completed: later ones leave it as it was.
    """

    __tablename__ = "assessment"

    case_id: Mapped[UUID]
    instrument_version_id: Mapped[UUID]
    state: Mapped[str]
    started_at: Mapped[datetime]
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    starter: Mapped[str]
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    completer: Mapped[str | None]
    yes: Mapped[int | None]
    unknown: Mapped[int | None]
    by_count: Mapped[str | None]
    level: Mapped[str | None]
    incidents: Mapped[int | None]
    repeat: Mapped[bool] = mapped_column(default=False)
    area: Mapped[str | None]
    area_lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list, server_default=text("'[]'"))
    staff_risk: Mapped[str | None]
    again_on: Mapped[date | None]
    sealed: Mapped[bytes | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(
            ["landlord_id", "instrument_version_id"],
            ["instrument_version.landlord_id", "instrument_version.id"],
        ),
        Index("ix_assessment_case", "landlord_id", "case_id", "completed_at"),
        Index(
            "uq_assessment_draft",
            "landlord_id",
            "case_id",
            unique=True,
            postgresql_where=text("state = 'draft'"),
        ),
    )


class AssessmentAnswer(ByAuthor, Owned, Base):
    """What was answered to one item at one time. A later revision stands beside the earlier one: nothing is lost."""

    __tablename__ = "assessment_answer"

    case_id: Mapped[UUID]
    assessment_id: Mapped[UUID]
    item: Mapped[str]
    revision: Mapped[int]
    at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "assessment_id"], ["assessment.landlord_id", "assessment.id"]),
        UniqueConstraint("landlord_id", "assessment_id", "item", "revision"),
    )


class RiskChange(ByAuthor, Owned, Base):
    """The risk of a case as it stood from a moment on, and what found it so; the case copies the newest."""

    __tablename__ = "risk_change"

    case_id: Mapped[UUID]
    at: Mapped[datetime]
    level: Mapped[str]
    before: Mapped[str | None]
    cause: Mapped[str]
    assessment_id: Mapped[UUID | None]
    yes: Mapped[int | None]
    sealed: Mapped[bytes | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "assessment_id"], ["assessment.landlord_id", "assessment.id"]),
        Index("ix_risk_change_case", "landlord_id", "case_id", "at"),
    )


class ReceivedAssessment(ByAuthor, Owned, Base):
    """An assessment that somebody else made, kept as it came: never changed, and never counted with ours."""

    __tablename__ = "received_assessment"

    case_id: Mapped[UUID]
    kind: Mapped[str]
    made_on: Mapped[date]
    received_at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_received_assessment_case", "landlord_id", "case_id", "made_on"),
    )


class ReassessmentTrigger(Signed, Owned, Base):
    """Something that happened and calls for a new look at the risk."""

    __tablename__ = "reassessment_trigger"

    case_id: Mapped[UUID]
    kind: Mapped[str]
    happened_on: Mapped[date | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_reassessment_trigger_case", "landlord_id", "case_id", "recorded_at"),
    )
