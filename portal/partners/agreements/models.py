"""Agreements. Which parts may ever be shared stands plain, so that the database can hold to it; words are sealed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class SharingAgreement(Owned, Base):
    """One landlord's agreement with one agency. `owner_id` looks after it and hears of its review."""

    __tablename__ = "sharing_agreement"

    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    parts: Mapped[list[str]]
    since: Mapped[date]
    review_on: Mapped[date]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]

    __table_args__ = (
        Index(
            "uq_sharing_agreement_agency",
            "landlord_id",
            "agency_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_sharing_agreement_review", "landlord_id", "review_on", postgresql_where=text("ended_at IS NULL")),
    )
