"""Areas as everybody reads them, with their numbers, seats and meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.marac import Lines, is_late, lines_on, next_open
from portal.domain.sharing import RecipientKind
from portal.marac.areas.models import MaracArea, MaracLine, MaracMeeting, MaracSeat
from portal.partners.agencies.models import Agency


@dataclass(frozen=True, slots=True)
class Seat:
    """An agency that sits there."""

    id: UUID
    agency_id: UUID
    agency: str
    kind: RecipientKind


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting."""

    id: UUID
    area_id: UUID
    area: str
    at: datetime
    closes_at: datetime
    held_at: datetime | None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area."""

    id: UUID
    agency_id: UUID
    agency: str
    name: str
    rhythm: str
    deadline_days: int
    secure_address: str
    contact: str
    active: bool
    changed_by: str
    revision: int
    history: tuple[Lines, ...]
    seats: tuple[Seat, ...]
    meetings: tuple[MeetingRow, ...]

    def lines(self, day: date) -> Lines:
        """Its own numbers on a day."""
        return lines_on(self.history, day)

    def coming(self, at: datetime) -> MeetingRow | None:
        """The next meeting, whether or not it still takes referrals."""
        return min((each for each in self.meetings if each.at > at), key=lambda each: each.at, default=None)

    def open(self, at: datetime) -> MeetingRow | None:
        """The next meeting that takes a referral made at this moment."""
        return next_open(self.meetings, at)

    def late(self, at: datetime) -> bool:
        """Would a referral at this moment be late for the next meeting?"""
        coming = self.coming(at)
        return coming is not None and is_late(coming.closes_at, at)


def areas(session: Session) -> list[AreaRow]:
    """Every area by name."""
    return _rows(session, _areas().order_by(MaracArea.name))


def area(session: Session, area_id: UUID) -> AreaRow | None:
    """One area."""
    found = _rows(session, _areas().where(MaracArea.id == area_id))
    return found[0] if found else None


def meeting(session: Session, meeting_id: UUID) -> MeetingRow | None:
    """One meeting."""
    found = _meetings(session, [], MaracMeeting.id == meeting_id)
    return found[0] if found else None


def _areas() -> Select[MaracArea, str]:
    return select(MaracArea, Agency.name).join(Agency, Agency.id == MaracArea.agency_id)


def _rows(session: Session, query: Select[MaracArea, str]) -> list[AreaRow]:
    found = session.execute(query).all()
    ids = [kept.id for kept, _ in found]
    lines = session.scalars(select(MaracLine).where(MaracLine.area_id.in_(ids)).order_by(MaracLine.since)).all()
    seats = session.execute(
        select(MaracSeat.id, MaracSeat.area_id, Agency.id, Agency.name, Agency.kind)
        .join(Agency, Agency.id == MaracSeat.agency_id)
        .where(MaracSeat.area_id.in_(ids), MaracSeat.ended_at.is_(None))
        .order_by(Agency.name)
    ).all()
    meetings = _meetings(session, ids)
    return [
        AreaRow(
            id=kept.id,
            agency_id=kept.agency_id,
            agency=agency,
            name=kept.name,
            rhythm=kept.rhythm,
            deadline_days=kept.deadline_days,
            secure_address=kept.secure_address,
            contact=kept.contact,
            active=kept.active,
            changed_by=kept.changed_by,
            revision=kept.revision,
            history=tuple(Lines(e.since, e.threshold, e.incidents) for e in lines if e.area_id == kept.id),
            seats=tuple(
                Seat(id_, agency_id, name, RecipientKind(kind))
                for id_, of, agency_id, name, kind in seats
                if of == kept.id
            ),
            meetings=tuple(each for each in meetings if each.area_id == kept.id),
        )
        for kept, agency in found
    ]


def _meetings(session: Session, ids: Sequence[UUID], *also: object) -> list[MeetingRow]:
    query = (
        select(MaracMeeting, MaracArea.name)
        .join(MaracArea, MaracArea.id == MaracMeeting.area_id)
        .where(*(also or (MaracMeeting.area_id.in_(ids),)))  # type: ignore[arg-type]
        .order_by(MaracMeeting.at)
    )
    return [
        MeetingRow(kept.id, kept.area_id, name, kept.at, kept.closes_at, kept.held_at)
        for kept, name in session.execute(query)
    ]


def today(at: datetime) -> date:
    """The day in London."""
    return in_london(at).date()
