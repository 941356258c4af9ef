"""Telling somebody that their account was used on a device that was not known: without a word about work."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.messaging.words import Kind
from portal.people.proving.happened import Happened
from portal.people.proving.happened import note as note_event
from portal.people.proving.models import SignInEvent
from portal.people.resetting import home_of
from portal.work.notices import Notice, leave

PAGE = "/desk/me/sign-in"


def note(session: Session, account_id: UUID, device: str, now: datetime, *, known: bool) -> UUID | None:
    """Write down a device that was not known; the landlord whose post is to tell its owner, where they are to hear.

    Nobody is told of their very first sign-in.
    """
    if known:
        return None
    times = session.scalar(
        select(func.count()).where(
            SignInEvent.account_id == account_id, SignInEvent.what == Happened.SIGNED_IN.value
        )
    )
    if not times or times == 1:
        return None
    note_event(session, account_id, Happened.NEW_DEVICE, device, now)
    return home_of(session, account_id, now)


def tell(session: Session, account_id: UUID, session_id: UUID, now: datetime) -> None:
    """Leave a notice, in the scope of the landlord whose post carries it."""
    leave(session, [Notice(account_id, session_id, Kind.SIGN_IN, PAGE)], now)
