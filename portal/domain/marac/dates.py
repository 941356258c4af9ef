"""By when a case has to be referred, for which meeting, and for how long the pair stays flagged.

Source: SafeLives, definition of a repeat case: any instance of abuse between the same two people within twelve months
of the last referral; it need not be criminal.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar


class Dated(Protocol):
    """A meeting, as far as dates go."""

    @property
    def at(self) -> datetime:
        """When it begins."""

    @property
    def closes_at(self) -> datetime:
        """Until when a case can be referred to it."""


Meeting = TypeVar("Meeting", bound=Dated)


def closing_day(meets_on: date, days_before: int) -> date:
    """The last day for a referral, so many days before the meeting."""
    return meets_on - timedelta(days=days_before)


def next_open(meetings: Iterable[Meeting], at: datetime) -> Meeting | None:
    """The first meeting to come that still takes referrals at this moment."""
    return min((each for each in meetings if each.closes_at > at), key=lambda each: each.at, default=None)


def is_late(closes_at: datetime, at: datetime) -> bool:
    """Has the deadline of this meeting passed?"""
    return at > closes_at


def a_year_on(day: date) -> date:
    """The last day on which the pair is flagged: twelve months later."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return date(day.year + 1, 2, 28)


def is_repeat(happened_on: date, referred_on: date) -> bool:
    """Does abuse on this day, of any kind, bring the pair back to the conference?"""
    return referred_on <= happened_on <= a_year_on(referred_on)
