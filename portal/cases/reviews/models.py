"""One review of one case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "casework_review"
"""Where the marks and words of a review are sealed."""


class CaseworkReview(Owned, Base):
    """Drawn at one moment and done at another, or not yet. `score` is per cent."""

    __tablename__ = "casework_review"

    case_id: Mapped[UUID]
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[str]
    reviewer: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    reviewer_name: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    score: Mapped[int | None]
    sealed: Mapped[bytes | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_casework_review_open", "landlord_id", "ended_at", "drawn_at"),
        Index("ix_casework_review_case", "landlord_id", "case_id"),
    )
