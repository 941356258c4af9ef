"""Time as people say it, always by London clocks."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from portal.domain.calendar import in_london, in_utc

SOON = timedelta(hours=4)
NONE = timedelta(0)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
MINUTES, HOURS = 60, 24
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
A_WEEK_AWAY = 7
KEPT = 4096  # lists show the same few due times again and again


class DueState(StrEnum):
    """How pressing a due time is; colour follows from this, words never rely on colour."""

    DUE = "due"
    SOON = "soon"
    OVERDUE = "overdue"


class DueWords(NamedTuple):
    """A due time for a list ("today 17:00, in 3 h 20 min") and in full ("Thursday 2 April 2026, 17:00")."""

    state: DueState
    text: str
    exact: str


def say_due(at: datetime, now: datetime) -> DueWords:
    """How a due time stands at this moment. Rounded so that nobody seems to have more time than there is."""
    return saying_due(now)(at)


def saying_due(now: datetime) -> Callable[[datetime], DueWords]:
    """The same for all due times of a list: what they share is worked out once."""
    this, today = in_utc(now), in_london(now).date()

    def say(at: datetime) -> DueWords:
        due = in_utc(at)
        left = due - this
        if left < NONE:
            return DueWords(DueState.OVERDUE, f"overdue by {say_span(-left)}", _deadline(due))
        near, exact = _near_and_exact(due, today)
        return DueWords(DueState.SOON if left <= SOON else DueState.DUE, f"{near}, {_time_left(left)}", exact)

    return say


def say_deadline(at: datetime) -> str:
    """A due time in full; midnight belongs to the day that it ends: "end of Monday 15 June 2026"."""
    return _deadline(in_utc(at))


def say_moment(at: datetime) -> str:
    """A moment in full: "Thursday 2 April 2026, 16:30"."""
    return f"{say_day(in_london(at).date())}, {_clock_time(at)}"


def say_short_moment(at: datetime, now: datetime) -> str:
    """A moment in a list: "2 Apr 16:30", with the year where it is not this one."""
    return _short(in_utc(at), _year(in_utc(now).replace(minute=0, second=0, microsecond=0)))


@lru_cache(KEPT)
def _short(at: datetime, this_year: int) -> str:
    """Kept like `_deadline`."""
    local = in_london(at)
    year = "" if local.year == this_year else f" {local.year}"
    return f"{local.day} {MONTHS[local.month - 1]}{year} {local.hour:02}:{local.minute:02}"


@lru_cache(KEPT)
def _year(hour: datetime) -> int:
    """The year of clocks in London, in which one begins with an hour."""
    return in_london(hour).year


@lru_cache(KEPT)
def say_day(day: date) -> str:
    """A day in full: "Thursday 2 April 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def say_span(span: timedelta) -> str:
    """A length of time in its two largest units, cut off and not rounded up; a week or more in days alone."""
    return _span(span // MINUTE) if span >= MINUTE else "less than a minute"


@lru_cache(KEPT)
def _span(minutes: int) -> str:
    hours, minutes = divmod(minutes, MINUTES)
    days, hours = divmod(hours, HOURS)
    if days >= A_WEEK_AWAY:
        return f"{days} days"
    parts = [f"{days} day" if days == 1 else f"{days} days"] if days else []
    if hours:
        parts.append(f"{hours} h")
    if minutes and not days:
        parts.append(f"{minutes} min")
    return " ".join(parts)


def _time_left(left: timedelta) -> str:
    return f"in {say_span(left)}" if left else "due now"


@lru_cache(KEPT)
def _deadline(at: datetime) -> str:
    """Kept by the instant in UTC: in London the two hours of an autumn night look equal."""
    if _is_midnight(at):
        return f"end of {say_day(in_london(at).date() - DAY)}"
    return say_moment(at)


@lru_cache(KEPT)
def _near_and_exact(at: datetime, today: date) -> tuple[str, str]:
    """Kept like `_deadline`."""
    return _near(at, today), _deadline(at)


def _near(at: datetime, today: date) -> str:
    """The day as seen from today, with the time; the year only where it is another one."""
    day = in_london(at).date()
    if ends_day := _is_midnight(at):
        day -= DAY
    named = {today: "today", today + DAY: "tomorrow"}.get(day, f"{day:%A} {day.day} {day:%B}")
    if day.year != today.year and day > today + DAY:
        named = f"{named} {day.year}"
    return f"end of {named}" if ends_day else f"{named} {_clock_time(at)}"


def _is_midnight(at: datetime) -> bool:
    local = in_london(at)
    return (local.hour, local.minute) == (0, 0)


def _clock_time(at: datetime) -> str:
    """Hours and minutes; on the autumn night on which one hour comes twice, also which of the two."""
    local = in_london(at)
    other = local.replace(fold=1 - local.fold)
    if local.utcoffset() == other.utcoffset():
        return f"{local:%H:%M}"
    which = "after" if local.fold else "before"
    return f"{local:%H:%M} ({which} the clocks go back)"
