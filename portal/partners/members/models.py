"""Who works for an agency, and as what. No row is removed and no roles change: a row ends, and a new one begins."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from portal.people.models import Invitation
from portal.store.base import Base


class AgencyMember(Base):
    """One person's part at one agency; nobody works for two. It belongs to no landlord."""

    __tablename__ = "agency_member"

    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    roles: Mapped[list[str]] = mapped_column(JSONB)
    begins_at: Mapped[datetime]
    begun_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]

    __table_args__ = (
        Index("uq_agency_member_account", "account_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_agency_member_agency", "agency_id", "begins_at"),
    )


class AgencyInvitation(Invitation, Base):
    """An agency asks somebody in."""

    __tablename__ = "agency_invitation"

    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (
        Index("ix_agency_invitation_agency", "agency_id", "made_at"),
        Index("ix_agency_invitation_account", "account_id"),
    )
