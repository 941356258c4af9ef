"""Minutes of one case, and a landlord's attendance, as far as they are there for whoever asks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.marac import State
from portal.marac.areas.models import MaracArea, MaracAttended, MaracMeeting
from portal.marac.minutes.models import MaracAttendance, MaracMinutes
from portal.marac.referrals.models import MaracReferral
from portal.partners.grants.keys import NoKeyError, box_of
from portal.store.database import cipher_at, scope_of
from portal.store.tenancy import Landlord

PLACE, ATTENDANCE = "marac_minutes", "marac_attendance"


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """The newest version."""

    at: datetime
    actor: str
    circulated: bool
    words: str


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A landlord's attendance at one meeting: who, in which post, or why not."""

    meeting_id: UUID
    landlord: str
    came: bool
    noted_at: datetime
    noted_by: str
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Missed:
    """A meeting that is over, at which a case of ours was, and about which nobody has said who went."""

    meeting_id: UUID
    area: str
    at: datetime


def minutes(session: Session, landlord_id: UUID, conference_id: UUID) -> MinutesRow | None:
    """The newest minutes that are there; None where there are none for whoever asks."""
    kept = session.scalar(
        select(MaracMinutes)
        .where(MaracMinutes.landlord_id == landlord_id, MaracMinutes.referral_id == conference_id)
        .order_by(MaracMinutes.at.desc(), MaracMinutes.id.desc())
        .limit(1)
    )
    if kept is None:
        return None
    try:
        words = box_of(session, landlord_id, kept.id).open(PLACE, kept.id, kept.sealed)
    except NoKeyError:  # its time ended between the two questions
        return None
    return MinutesRow(kept.at, kept.actor, kept.circulated, words)


def attendance(session: Session, meeting_id: UUID) -> list[AttendanceRow]:
    """Which landlords said that they came to a meeting or why not: one's own, or for the coordinator all."""
    rows = session.execute(
        select(MaracAttendance, Landlord.name)
        .join(Landlord, Landlord.id == MaracAttendance.landlord_id)
        .where(MaracAttendance.meeting_id == meeting_id)
        .order_by(Landlord.name)
    )
    return [
        AttendanceRow(
            kept.meeting_id, name, kept.came, kept.noted_at, kept.noted_by,
            cipher_at(session, kept.landlord_id).open_json(ATTENDANCE, kept.id, kept.sealed),
        )
        for kept, name in rows
    ]  # fmt: skip


def who_came(session: Session, meeting_id: UUID) -> dict[UUID, bool]:
    """Which agencies came."""
    rows = session.execute(
        select(MaracAttended.agency_id, MaracAttended.came).where(MaracAttended.meeting_id == meeting_id)
    )
    return dict(iter(rows))


def missed(session: Session, now: datetime) -> list[Missed]:
    """Meetings with a case of ours that are over, without a word about who went: invited or not (whg 2.12)."""
    here = scope_of(session).landlord_id
    said = select(MaracAttendance.meeting_id).where(MaracAttendance.landlord_id == here)
    rows = session.execute(
        select(MaracMeeting.id, MaracArea.name, MaracMeeting.at)
        .join(MaracReferral, MaracReferral.meeting_id == MaracMeeting.id)
        .join(MaracArea, MaracArea.id == MaracMeeting.area_id)
        .where(
            MaracReferral.landlord_id == here,
            MaracReferral.state.in_([State.LISTED, State.HEARD]),
            MaracMeeting.at < now,
            MaracMeeting.id.not_in(said),
        )
        .distinct()
        .order_by(MaracMeeting.at.desc())
    )
    return [Missed(*row) for row in rows]
