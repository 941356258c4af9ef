"""One consent of the person in a case. Whom, what for and her own words are sealed; parts and times are plain."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class ConsentGiven(Owned, Base):
    """A yes to one body. Withdrawing stamps it and never deletes it."""

    __tablename__ = "consent"

    case_id: Mapped[UUID]
    recipient_kind: Mapped[str]
    parts: Mapped[list[str]]
    given_how: Mapped[str]
    given_at: Mapped[datetime]
    until: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        Index("ix_consent_case", "landlord_id", "case_id", "until"),
    )
