"""A referral to a service, or the offer of one that was declined. Codes and times are plain; words are sealed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

PLACE = "support_referral"
"""Where its words are sealed."""


class SupportReferral(Owned, Base):
    """One offer and what they said to it. `chase_at` is when the service is asked for an answer; None if declined."""

    __tablename__ = "support_referral"

    case_id: Mapped[UUID]
    body: Mapped[str]
    answer: Mapped[str]
    made_at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    chase_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    outcome_at: Mapped[datetime | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_support_referral_case", "landlord_id", "case_id", "made_at"),
    )
