"""What a body wrote for the conference; at the landlord's own, `agency_id` is empty."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class MaracPaper(Owned, Base):
    """Research about a case, or what came of an action. `shown` says who reads it: it is its writer's until then."""

    __tablename__ = "marac_paper"

    case_id: Mapped[UUID]
    referral_id: Mapped[UUID]
    action_id: Mapped[UUID | None]
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    actor: Mapped[str]
    at: Mapped[datetime]
    shown: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "referral_id"], ["marac_referral.landlord_id", "marac_referral.id"]),
        ForeignKeyConstraint(["landlord_id", "action_id"], ["marac_action.landlord_id", "marac_action.id"]),
        Index("ix_marac_paper_referral", "landlord_id", "referral_id", "at"),
    )
