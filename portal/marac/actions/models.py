"""An action of the conference: whose it is, by when, and how it ended. The landlord's own has no agency."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class MaracAction(Owned, Base):
    """One action. `shown`: the landlord sees that it was agreed. What came of it in words stands in a paper."""

    __tablename__ = "marac_action"

    case_id: Mapped[UUID]
    referral_id: Mapped[UUID]
    agency_id: Mapped[UUID | None] = mapped_column(ForeignKey("agency.id"))
    due_on: Mapped[date]
    shown: Mapped[bool]
    made_at: Mapped[datetime]
    made_name: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_name: Mapped[str | None]
    ending: Mapped[str | None]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "referral_id"], ["marac_referral.landlord_id", "marac_referral.id"]),
        Index("ix_marac_action_referral", "landlord_id", "referral_id", "due_on"),
    )
