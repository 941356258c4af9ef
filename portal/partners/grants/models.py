"""Grants, and the copies that an agency reads instead of the record itself. Row security decides what is there.

An agency never reads a case: it reads copies of the granted parts, each under a key of its own, so that neither a
row nor a key of the record is within its reach (docs/decisions/0008).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

CASE = ["cases.landlord_id", "cases.id"]


class AgencyGrant(Owned, Base):
    """One case for one agency, on the ground of a share. `sealed` is the offer, `outcome` the agency's own reason."""

    __tablename__ = "agency_grant"

    case_id: Mapped[UUID]
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    agreement_id: Mapped[UUID]
    share_id: Mapped[UUID]
    consent_id: Mapped[UUID | None]
    parts: Mapped[list[str]] = mapped_column(JSONB)
    from_at: Mapped[datetime]
    until_at: Mapped[datetime]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_name: Mapped[str]
    answered_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    answered_name: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]
    outcome: Mapped[bytes | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], CASE),
        ForeignKeyConstraint(
            ["landlord_id", "agreement_id"], ["sharing_agreement.landlord_id", "sharing_agreement.id"]
        ),
        ForeignKeyConstraint(["landlord_id", "share_id"], ["share.landlord_id", "share.id"]),
        ForeignKeyConstraint(["landlord_id", "consent_id"], ["consent.landlord_id", "consent.id"]),
        Index("ix_agency_grant_case", "landlord_id", "case_id", "made_at"),
        Index("ix_agency_grant_agency", "agency_id", "until_at"),
    )


class SharedSection(Owned, Base):
    """A copy of one granted part, as it was when somebody there last opened the case."""

    __tablename__ = "shared_section"

    case_id: Mapped[UUID]
    grant_id: Mapped[UUID]
    section: Mapped[str]
    made_at: Mapped[datetime]
    sha256: Mapped[str]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], CASE),
        ForeignKeyConstraint(["landlord_id", "grant_id"], ["agency_grant.landlord_id", "agency_grant.id"]),
        UniqueConstraint("landlord_id", "grant_id", "section"),
    )


class SharedKey(Owned, Base):
    """The wrapped key of the offer or of the copy with the same id. It is left out of backups as record keys are."""

    __tablename__ = "shared_key"

    case_id: Mapped[UUID]
    wrapped: Mapped[bytes]
    made_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], CASE),
        Index("ix_shared_key_case", "landlord_id", "case_id"),
    )


