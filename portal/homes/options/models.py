"""What was answered about somebody's home, what was done about each option, and each sitting of a panel."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.store.base import Base, ByAuthor, Owned, Signed


class HousingAnswers(ByAuthor, Owned, Base):
    """The answers as they stood from a moment on; the newest number counts. Append-only."""

    __tablename__ = "housing_answers"

    case_id: Mapped[UUID]
    number: Mapped[int]
    at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        UniqueConstraint("landlord_id", "case_id", "number"),
    )


class OptionStep(Signed, Owned, Base):
    """One thing that was said or done about an option; who was asked and what they said is sealed. Append-only."""

    __tablename__ = "option_step"

    case_id: Mapped[UUID]
    option: Mapped[str]
    step: Mapped[str]
    at: Mapped[datetime]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_option_step_case", "landlord_id", "case_id", "at"),
    )


class PanelSitting(Signed, Owned, Base):
    """A panel's recommendation, with who sat and what they had before them. Append-only."""

    __tablename__ = "panel_sitting"

    case_id: Mapped[UUID]
    sat_at: Mapped[datetime]
    recommends: Mapped[str]
    safe_in_area: Mapped[bool]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_panel_sitting_case", "landlord_id", "case_id", "sat_at"),
    )
