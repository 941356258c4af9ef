"""The verbs about an area, each under the agency that coordinates it; the database refuses any other.

Sources: HS-026 2.6 and 4.7; NPH Dealing with cases, para 3; AG/013 OP9.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.marac import Lines
from portal.domain.sharing import RecipientKind
from portal.marac.areas.models import MaracArea, MaracAttended, MaracLine, MaracMeeting, MaracSeat
from portal.partners.agencies.models import Agency
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.scope import AgencyScope, NoScopeError

MOST_DAYS = 60


class NoSuchAreaError(PortalError):
    """No area with this id is coordinated by this agency."""


class AreaChangedMeanwhileError(PortalError):
    """Somebody else changed it since the page was opened."""


class AreaRefusedError(PortalError):
    """It cannot stand like this; `field` is the question that the sentence stands beside."""

    def __init__(self, sentence: str, field: str) -> None:
        """Keep where the sentence stands."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Terms:
    """How an area works: its rhythm in words, the deadline in days, where papers go safely, whom to ring."""

    rhythm: str
    deadline_days: int
    secure_address: str
    contact: str


def add(session: Session, name: str, terms: Terms, actor: Actor, now: datetime) -> UUID:
    """Put an area on the portal, coordinated by the agency of this scope."""
    plain = " ".join(name.split())
    if session.scalar(select(MaracArea.id).where(func.lower(MaracArea.name) == plain.casefold())):
        raise AreaRefusedError("There is an area of this name.", "name")
    agency_id = agency_of(session)
    kind = session.scalar(select(Agency.kind).where(Agency.id == agency_id))
    if kind != RecipientKind.MARAC.value:
        raise AreaRefusedError("Only an agency of the kind “marac” coordinates an area.", "name")
    area = MaracArea(
        id=new_id(),
        agency_id=agency_id,
        name=plain,
        rhythm=terms.rhythm,
        deadline_days=terms.deadline_days,
        secure_address=terms.secure_address,
        contact=terms.contact,
        active=True,
        made_at=now,
        changed_by=actor.name,
    )
    session.add(area)
    session.flush()
    return area.id


def change(session: Session, area_id: UUID, revision: int, terms: Terms, actor: Actor) -> None:
    """Change how it works."""
    kept = _held(session, area_id)
    if kept.revision != revision:
        raise AreaChangedMeanwhileError
    kept.rhythm, kept.deadline_days = terms.rhythm, terms.deadline_days
    kept.secure_address, kept.contact, kept.changed_by = terms.secure_address, terms.contact, actor.name
    kept.revision += 1


def draw_lines(session: Session, area_id: UUID, lines: Lines, actor: Actor, now: datetime) -> None:
    """Its own numbers from a day on. What was assessed before keeps the numbers of its own day."""
    _held(session, area_id)
    known = select(func.max(MaracLine.since)).where(MaracLine.area_id == area_id)
    newest = session.scalar(known)
    if newest is not None and lines.since <= newest:
        raise AreaRefusedError("Choose a day after the one since which the present numbers hold.", "since")
    session.add(
        MaracLine(
            id=new_id(), area_id=area_id, since=lines.since, threshold=lines.threshold, incidents=lines.incidents,
            set_at=now, set_by=actor.name,
        )
    )  # fmt: skip
    session.flush()


def meet(
    session: Session, area_id: UUID, at: datetime, closes_at: datetime, actor: Actor, now: datetime
) -> UUID:
    """Put a meeting into the calendar."""
    _held(session, area_id)
    if at <= now:
        raise AreaRefusedError("Choose a time to come.", "day")
    if closes_at >= at:
        raise AreaRefusedError("Referrals close before the meeting begins.", "closes")
    if session.scalar(select(MaracMeeting.id).where(MaracMeeting.area_id == area_id, MaracMeeting.at == at)):
        raise AreaRefusedError("There is a meeting at that time already.", "day")
    meeting = MaracMeeting(
        id=new_id(), area_id=area_id, at=at, closes_at=closes_at, made_at=now, made_by=actor.name
    )
    session.add(meeting)
    session.flush()
    return meeting.id


def seat(session: Session, area_id: UUID, agency_id: UUID, actor: Actor, now: datetime) -> None:
    """An agency of the portal's list sits there from now on. Only bodies with a duty can: never a person."""
    _held(session, area_id)
    if session.scalar(select(Agency.id).where(Agency.id == agency_id, Agency.active)) is None:
        raise AreaRefusedError("Choose an agency of the list.", "agency")
    standing = select(MaracSeat.id).where(MaracSeat.area_id == area_id, MaracSeat.agency_id == agency_id)
    if session.scalar(standing.where(MaracSeat.ended_at.is_(None))):
        raise AreaRefusedError("That agency sits there already.", "agency")
    session.add(MaracSeat(id=new_id(), area_id=area_id, agency_id=agency_id, since=now, set_by=actor.name))
    session.flush()


def unseat(session: Session, area_id: UUID, seat_id: UUID, now: datetime) -> None:
    """It sits there no more, and finds nothing of the area from this instant on."""
    _held(session, area_id)
    wanted = select(MaracSeat).where(MaracSeat.id == seat_id, MaracSeat.area_id == area_id)
    kept = session.scalar(wanted.with_for_update())
    if kept is None:
        raise NoSuchAreaError
    kept.ended_at = kept.ended_at or now
    session.flush()


def attended(
    session: Session, area_id: UUID, meeting_id: UUID, came: dict[UUID, bool], actor: Actor, now: datetime
) -> None:
    """Which of the agencies that sit there came; the meeting counts as held."""
    _held(session, area_id)
    meeting = session.scalar(
        select(MaracMeeting).where(MaracMeeting.id == meeting_id, MaracMeeting.area_id == area_id).with_for_update()
    )
    if meeting is None:
        raise NoSuchAreaError
    if meeting.at > now:
        raise AreaRefusedError("The meeting has not begun yet.", "came")
    meeting.held_at = meeting.held_at or now
    known = {
        each.agency_id: each
        for each in session.scalars(select(MaracAttended).where(MaracAttended.meeting_id == meeting_id))
    }
    for agency_id, is_so in came.items():
        row = known.get(agency_id)
        if row is None:
            row = MaracAttended(id=new_id(), area_id=area_id, meeting_id=meeting_id, agency_id=agency_id)
            session.add(row)
        row.came, row.noted_at, row.noted_by = is_so, now, actor.name
    session.flush()


def agency_of(session: Session) -> UUID:
    """The agency in whose scope this is done."""
    scope = session.info.get("scope")
    if not isinstance(scope, AgencyScope):
        raise NoScopeError
    return scope.agency_id


def _held(session: Session, area_id: UUID) -> MaracArea:
    wanted = select(MaracArea).where(MaracArea.id == area_id, MaracArea.agency_id == agency_of(session))
    kept = session.scalar(wanted.with_for_update())
    if kept is None:
        raise NoSuchAreaError
    return kept
