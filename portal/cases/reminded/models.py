"""That somebody was reminded of a meeting, or could not be; never to where, and never the words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from portal.store.base import Base, Owned


class TheirReminder(Owned, Base):
    """The one reminder of a meeting. It is written down before it is sent, so that it never goes twice."""

    __tablename__ = "their_reminder"

    case_id: Mapped[UUID]
    meeting_id: Mapped[UUID]
    channel: Mapped[str | None]
    begun_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    fault: Mapped[str | None]

    __table_args__ = (
        ForeignKeyConstraint(["landlord_id", "case_id"], ["cases.landlord_id", "cases.id"]),
        ForeignKeyConstraint(["landlord_id", "meeting_id"], ["meeting.landlord_id", "meeting.id"]),
        UniqueConstraint("landlord_id", "meeting_id"),
    )
