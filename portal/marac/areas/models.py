"""Areas, their numbers, meetings and seats. They belong to no landlord: everybody reads them, a coordinator writes."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.store.base import Base


class MaracArea(Base):
    """One area. `agency_id` is the body that coordinates it; `secure_address` is where papers may be sent."""

    __tablename__ = "marac_area"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    name: Mapped[str] = mapped_column(unique=True)
    rhythm: Mapped[str]
    deadline_days: Mapped[int]
    secure_address: Mapped[str]
    contact: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    changed_by: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)


class MaracLine(Base):
    """The area's own numbers since a day. A new row for each change, so that the former stay with what they judged."""

    __tablename__ = "marac_line"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("marac_area.id"))
    since: Mapped[date]
    threshold: Mapped[int]
    incidents: Mapped[int]
    set_at: Mapped[datetime]
    set_by: Mapped[str]

    __table_args__ = (Index("ix_marac_line_area", "area_id", "since"),)


class MaracMeeting(Base):
    """One meeting, and until when it takes referrals."""

    __tablename__ = "marac_meeting"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("marac_area.id"))
    at: Mapped[datetime]
    closes_at: Mapped[datetime]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    held_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("area_id", "at"),)


class MaracSeat(Base):
    """An agency that sits there."""

    __tablename__ = "marac_seat"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("marac_area.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    since: Mapped[datetime]
    set_by: Mapped[str]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_marac_seat_open", "area_id", "agency_id", unique=True, postgresql_where=text("ended_at IS NULL")),
    )


class MaracAttended(Base):
    """Whether an agency that sits there came to a meeting."""

    __tablename__ = "marac_attended"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("marac_area.id"))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("marac_meeting.id"))
    agency_id: Mapped[UUID] = mapped_column(ForeignKey("agency.id"))
    came: Mapped[bool]
    noted_at: Mapped[datetime]
    noted_by: Mapped[str]

    __table_args__ = (UniqueConstraint("meeting_id", "agency_id"),)
