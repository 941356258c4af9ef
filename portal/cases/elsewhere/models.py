"""Under which reference a case stands in another register."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "kept_elsewhere"
"""Where the reference is sealed."""


class KeptElsewhere(Owned, Base):
    """One reference. The newest counts; a wrong one is corrected by adding."""

    __tablename__ = "kept_elsewhere"

    case_id: Mapped[UUID]
    at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_kept_elsewhere_case", "landlord_id", "case_id", "at"),
    )
