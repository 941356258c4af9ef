"""A reminder of a meeting to somebody who asked for reminders: in her hours, by her way, and only day and time.

The hours before a meeting are the portal's own. Sources: HS-026 4.5; whg 2.1.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from portal.domain.contact import Channel, SafeContact
from portal.messaging.cleared import Cleared, NotClearedError, clear

AHEAD, LATEST = timedelta(hours=24), timedelta(hours=1)
CARRIED = (Channel.TEXT, Channel.EMAIL)
"""What a carrier can take, the quieter first."""


def asked_for(safe: SafeContact) -> bool:
    """Whether she asked to be reminded at all."""
    return bool(safe.reminders & set(CARRIED))


def reminder(
    safe: SafeContact, meeting_at: datetime, now: datetime, words: str, secrets: Iterable[str] = ()
) -> Cleared | None:
    """The letter that may go at this moment; None before and after its time, and where the guard lets none through."""
    if not meeting_at - AHEAD <= now < meeting_at - LATEST:
        return None
    known = tuple(secrets)
    for channel in CARRIED:
        with suppress(NotClearedError):
            return clear(safe, channel, now, words, known)
    return None
