"""Why somebody looked at a case that is not theirs, in their own words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "look_reason"
"""Where the words are sealed."""


class LookReason(Owned, Base):
    """One answer. It holds for a while, so that nobody is asked at every page. Append-only."""

    __tablename__ = "look_reason"

    case_id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    reason: Mapped[str]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_look_reason_theirs", "landlord_id", "account_id", "case_id", "at"),
        Index("ix_look_reason_case", "landlord_id", "case_id", "at"),
    )
