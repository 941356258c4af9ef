"""Advice that was given. What lists count by is plain; words are sealed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "advice"
"""Where its words are sealed."""


class Advice(Owned, Base):
    """One piece of advice. Corrected by adding. `shown`: it is there for whoever comes back with their number."""

    __tablename__ = "advice"

    case_id: Mapped[UUID]
    at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    topic: Mapped[str]
    way: Mapped[str]
    result: Mapped[str]
    shown: Mapped[bool]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_advice_case", "landlord_id", "case_id", "topic", "at"),
        Index("ix_advice_at", "landlord_id", "at"),
    )
