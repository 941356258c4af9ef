"""The verbs about minutes and attendance.

Minutes stand apart: in a table that only the coordinator writes, that nothing which leaves on paper is made from, and
that a landlord finds only with the permission for it. Sources: HS-026 4.9, 4.14; STAR 3.9; whg 2.12; NPH Dealing with
cases, para 3.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.marac.areas import queries as areas
from portal.marac.minutes import queries
from portal.marac.minutes.models import MaracAttendance, MaracMinutes
from portal.marac.minutes.queries import ATTENDANCE, PLACE, MinutesRow
from portal.marac.papers.service import About
from portal.partners.grants.keys import keep, made
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of


class NoMinutesError(PortalError):
    """There are none for whoever asks."""


class AttendanceRefusedError(PortalError):
    """It cannot stand like this; `field` is the question that the sentence stands beside."""

    def __init__(self, sentence: str, field: str) -> None:
        """Keep where the sentence stands."""
        super().__init__(sentence)
        self.field = field


def write(
    session: Session, about: About, meeting_id: UUID, words: str, actor: Actor, now: datetime, *, circulated: bool
) -> UUID:
    """Keep minutes of one case, under the agency that coordinates the area; each version stays."""
    minutes_id = new_id()
    box, wrapped = made(session, about.landlord_id, minutes_id)
    session.add(
        MaracMinutes(
            landlord_id=about.landlord_id,
            id=minutes_id,
            case_id=about.case_id,
            referral_id=about.conference_id,
            meeting_id=meeting_id,
            at=now,
            actor=actor.name,
            circulated=circulated,
            sealed=box.seal(PLACE, minutes_id, words),
        )
    )
    keep(session, about.landlord_id, minutes_id, about.case_id, wrapped, now)
    return minutes_id


def note(session: Session, about: About, step: str, actor: Actor, now: datetime) -> None:
    """Into the audit of the case: that they were written or read, and nothing onto its timeline."""
    detail = f"{about.conference_id} {step}"
    audit.record(
        session, Fact.CONFERENCE_MINUTES, actor, now, subject="case", subject_id=about.case_id, detail=detail
    )


def opened(session: Session, about: About, actor: Actor, now: datetime) -> MinutesRow:
    """Minutes at the landlord, for those who are cleared for them: read, and written down as read."""
    found = queries.minutes(session, about.landlord_id, about.conference_id)
    if found is None:
        raise NoMinutesError
    note(session, about, "read", actor, now)
    return found


def attend(
    session: Session, meeting_id: UUID, *, came: bool, who: str, reason: str, actor: Actor, now: datetime
) -> None:
    """Who of this landlord went, in which post, or why nobody did; said again, the newest holds."""
    meeting = areas.meeting(session, meeting_id)
    if meeting is None or meeting.at > now:
        raise AttendanceRefusedError("The meeting has not begun yet.", "came")
    if came and not who.strip():
        raise AttendanceRefusedError("Say who went, and in which post.", "who")
    if not came and not reason.strip():
        raise AttendanceRefusedError("Say why nobody went.", "reason")
    here = scope_of(session).landlord_id
    kept = session.scalar(
        select(MaracAttendance)
        .where(MaracAttendance.landlord_id == here, MaracAttendance.meeting_id == meeting_id)
        .with_for_update()
    )
    if kept is None:
        kept = MaracAttendance(landlord_id=here, id=new_id(), meeting_id=meeting_id)
        session.add(kept)
    kept.came, kept.noted_at, kept.noted_by, kept.account_id = came, now, actor.name, actor.account_id
    kept.sealed = cipher_of(session).seal_json(ATTENDANCE, kept.id, {"who": who, "reason": reason})
    session.flush()
    audit.record(session, Fact.CONFERENCE_ATTENDED, actor, now, detail=f"{meeting_id} {'came' if came else 'absent'}")
