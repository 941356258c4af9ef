"""Telling somebody that their account was used on a device that was not known: without a word about work."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.messaging.words import Kind
from portal.people.proving.happened import Happened
from portal.people.proving.happened import note as note_event
from portal.people.proving.models import SignInEvent
from portal.work.notices import Notice, leave

PAGE = "/desk/me/sign-in"


def note(session: Session, account_id: UUID, *, known: bool, now: datetime) -> bool:
    """Write down a device that was not known; True where its owner is to hear of it.

    Nobody is told of their very first sign-in.
    """
    if known:
        return False
    before = session.scalar(
        select(func.count()).where(
            SignInEvent.account_id == account_id, SignInEvent.what == Happened.SIGNED_IN.value, SignInEvent.at < now
        )
    )
    if not before:
        return False
    note_event(session, account_id, Happened.NEW_DEVICE, "", now)
    return True


def tell(session: Session, account_id: UUID, session_id: UUID, now: datetime) -> None:
    """Leave a notice, at one landlord that they work for."""
    leave(session, [Notice(account_id, session_id, Kind.SIGN_IN, PAGE)], now)
