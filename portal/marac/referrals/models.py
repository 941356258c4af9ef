"""A case before the conference. Row security decides who finds it (portal.store.conference_rules)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned

CASE = ["cases.landlord_id", "cases.id"]


class MaracReferral(Owned, Base):
    """One referral, under a key of its own.

    `sealed` is what the officer wrote, `summary` the copy that the conference reads, `outcome` the coordinator's reason
    for giving it back. `agency_id` is who coordinates the area.

    The coordinator finds it until `until_at`, those who sit there until `shown_until`.
    """

    __tablename__ = "marac_referral"

    case_id: Mapped[UUID]
    area_id: Mapped[UUID] = mapped_column(ForeignKey("marac_area.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    share_id: Mapped[UUID]
    consent_id: Mapped[UUID | None]
    state: Mapped[str]
    criteria: Mapped[list[str]]
    urgent: Mapped[bool]
    late: Mapped[bool]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    made_name: Mapped[str]
    sent_at: Mapped[datetime | None]
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("marac_meeting.id"))
    flagged_until: Mapped[date | None]
    until_at: Mapped[datetime]
    shown_until: Mapped[datetime | None]
    moved_to: Mapped[UUID | None] = mapped_column(ForeignKey("marac_area.id"))
    decided_at: Mapped[datetime | None]
    decided_name: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)
    sha256: Mapped[str | None]
    sealed: Mapped[bytes]
    summary: Mapped[bytes | None]
    outcome: Mapped[bytes | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], CASE),
        ForeignKeyConstraint(["landlord_id", "share_id"], ["share.landlord_id", "share.id"]),
        ForeignKeyConstraint(["landlord_id", "consent_id"], ["consent.landlord_id", "consent.id"]),
        Index("ix_marac_referral_case", "landlord_id", "case_id", "made_at"),
        Index("ix_marac_referral_area", "area_id", "meeting_id"),
    )
