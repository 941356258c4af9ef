"""Sending reminders of meetings to those who asked for them: at most once each, and never where the guard says no."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.meetings.models import Meeting
from portal.cases.models import Case
from portal.cases.opening import summary, tell
from portal.cases.reminded.models import TheirReminder
from portal.domain.lifecycle import CaseStage
from portal.domain.meetings import State
from portal.messaging.cleared import Cleared
from portal.messaging.gateway import Gateway, GatewayAwayError, LetterRefusedError
from portal.messaging.reminding import AHEAD, LATEST, asked_for, reminder
from portal.store import audit
from portal.store.audit import PORTAL, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.tenancy import Landlord
from portal.work.programme import Open

Says = Callable[[datetime, str], str]
"""The words about a moment, in a language that is named as officers name it."""
JUST_AGREED = timedelta(hours=2)
"""Whoever agreed to it a moment ago is not reminded of it."""
NO_SAFE_MOMENT = "no safe way at a safe hour"
UNTOLD = ~exists().where(
    TheirReminder.landlord_id == Meeting.landlord_id, TheirReminder.meeting_id == Meeting.id
)


def remind_them(open_: Open, now: datetime, *, gateway: Gateway, says: Says) -> None:
    """Send what may go at this moment at one landlord; and write down what cannot go any more."""
    with open_() as session:
        waiting = _to_come(session, now)
    try:
        for meeting_id in waiting:
            with open_() as session:
                letter = _begin(session, meeting_id, now, says)
            if letter is not None:
                _send(open_, gateway, meeting_id, letter, now)
    finally:
        gateway.close()


def _to_come(session: Session, now: datetime) -> list[UUID]:
    """The meetings of which somebody may be reminded now, or could not be."""
    of_case = (Case.landlord_id == Meeting.landlord_id) & (Case.id == Meeting.case_id)
    wanted = (
        select(Meeting.id)
        .join(Case, of_case)
        .where(
            Meeting.landlord_id == scope_of(session).landlord_id,
            Meeting.state == State.BOOKED.value,
            Meeting.starts_at.between(now, now + AHEAD),
            Meeting.booked_at < now - JUST_AGREED,
            Case.stage != CaseStage.CLOSED.value,
            Case.erased_at.is_(None),
            UNTOLD,
        )
        .order_by(Meeting.starts_at)
    )
    return list(session.scalars(wanted))


def _begin(session: Session, meeting_id: UUID, now: datetime, says: Says) -> Cleared | None:
    """The letter, asked of the guard in this moment and written down before it goes; None where none goes now."""
    here = Meeting.landlord_id == scope_of(session).landlord_id
    meeting = session.scalar(select(Meeting).where(here, Meeting.id == meeting_id, UNTOLD).with_for_update())
    if meeting is None or meeting.state != State.BOOKED.value:
        return None
    case = cases.get(session, meeting.case_id)
    safe = cases.safe_contact(session, case)
    if not asked_for(safe):
        return None
    letter = reminder(
        safe, meeting.starts_at, now, says(meeting.starts_at, safe.language), _secrets(session, case)
    )
    if letter is None and now < meeting.starts_at - LATEST:
        return None
    session.add(
        TheirReminder(
            landlord_id=case.landlord_id,
            id=new_id(),
            case_id=case.id,
            meeting_id=meeting.id,
            channel=letter.channel.value if letter else None,
            begun_at=now,
            fault=None if letter else NO_SAFE_MOMENT,
        )
    )
    if letter is None:
        _tell(session, case.id, now, by=None)
    return letter


def _send(open_: Open, gateway: Gateway, meeting_id: UUID, letter: Cleared, now: datetime) -> None:
    try:
        gateway.send(letter)
    except GatewayAwayError:
        with open_() as session:
            session.execute(delete(TheirReminder).where(_of(session, meeting_id)))
        raise
    except LetterRefusedError as fault:
        _note(open_, meeting_id, letter, now, fault=str(fault))
    else:
        _note(open_, meeting_id, letter, now, fault=None)


def _note(open_: Open, meeting_id: UUID, letter: Cleared, now: datetime, *, fault: str | None) -> None:
    with open_() as session:
        sent_at = None if fault else now
        kept = update(TheirReminder).where(_of(session, meeting_id)).values(sent_at=sent_at, fault=fault)
        case_id = session.scalars(kept.returning(TheirReminder.case_id)).one()
        _tell(session, case_id, now, by=None if fault else letter.channel.value)


def _tell(session: Session, case_id: UUID, now: datetime, *, by: str | None) -> None:
    """On the timeline and in the audit: that it went, or that it could not."""
    tell(session, case_id, "their_reminder", PORTAL, now, facts={"by": by or ""})
    audit.record(
        session,
        Fact.THEY_WERE_REMINDED,
        PORTAL,
        now,
        subject="case",
        subject_id=case_id,
        detail=by or "not sent",
    )


def _of(session: Session, meeting_id: UUID) -> ColumnElement[bool]:
    here = TheirReminder.landlord_id == scope_of(session).landlord_id
    return here & (TheirReminder.meeting_id == meeting_id)


def _secrets(session: Session, case: Case) -> tuple[str, ...]:
    """Every name that must not stand in it: hers, of whoever does harm, of the home, and the landlord's own."""
    answers = summary(session, case)
    landlord = session.scalars(select(Landlord).where(Landlord.id == case.landlord_id)).one()
    names = (answers.name, answers.other_person.name, *answers.address.splitlines(), landlord.name)
    return tuple(each for each in (*names, (landlord.face or {}).get("short_name", "")) if each)
