"""That somebody was told of a place of help. Codes and times only: whom it was about stands in the case."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class Signpost(Owned, Base):
    """One telling; without a case where somebody asked at the front desk. Corrected by adding."""

    __tablename__ = "signpost"

    case_id: Mapped[UUID | None]
    at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    service: Mapped[str]
    way: Mapped[str]
    answer: Mapped[str]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_signpost_case", "landlord_id", "case_id", "at"),
        Index("ix_signpost_at", "landlord_id", "at"),
    )
