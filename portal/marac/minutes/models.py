"""Minutes of one case, and a landlord's own attendance."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base, Owned


class MaracMinutes(Owned, Base):
    """What was said of one case, as its coordinator wrote it. Append-only: the newest holds."""

    __tablename__ = "marac_minutes"

    case_id: Mapped[UUID]
    referral_id: Mapped[UUID]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("marac_meeting.id"))
    at: Mapped[datetime]
    actor: Mapped[str]
    circulated: Mapped[bool]
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "referral_id"], ["marac_referral.landlord_id", "marac_referral.id"]),
        Index("ix_marac_minutes_referral", "landlord_id", "referral_id", "at"),
    )


class MaracAttendance(Owned, Base):
    """Whether this landlord came to a meeting: who, in which post, or why not."""

    __tablename__ = "marac_attendance"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("marac_meeting.id"))
    came: Mapped[bool]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    sealed: Mapped[bytes]

    __table_args__ = (UniqueConstraint("landlord_id", "meeting_id"),)
