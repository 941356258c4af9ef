"""Entries of an agency. Append-only: what is wrong is put right by another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class AgencyEntry(Owned, Base):
    """One note, contact or document, under a key of its own. `shown`: the landlord reads it too."""

    __tablename__ = "agency_entry"

    case_id: Mapped[UUID]
    grant_id: Mapped[UUID]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    made_at: Mapped[datetime]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    actor: Mapped[str]
    shown: Mapped[bool]
    media: Mapped[str | None]
    sealed: Mapped[bytes]
    file: Mapped[bytes | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "grant_id"], ["agency_grant.landlord_id", "agency_grant.id"]),
        Index("ix_agency_entry_grant", "landlord_id", "grant_id", "at"),
    )
