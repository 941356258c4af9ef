"""Somebody whom an agency refers, and whose landlord it does not know yet: the agency's own, and no landlord's."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base

KEPT = "agency_referral"


class KeptReferral(Base):
    """What was written, sealed under the key of whoever wrote it first; empty once it is over.

    Sent, it stays readable for a while: where the landlord says that it is not theirs, it goes to another.
    """

    __tablename__ = "agency_referral"

    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_name: Mapped[str]
    sealed: Mapped[bytes | None]
    sent_at: Mapped[datetime | None]
    sent_to: Mapped[UUID | None] = mapped_column(ForeignKey("landlord.id"))
    sent_name: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_name: Mapped[str | None]
    ending: Mapped[str | None]

    __table_args__ = (Index("ix_agency_referral_agency", "agency_id", "made_at"),)
