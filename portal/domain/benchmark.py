"""A comparison with other landlords in which none is named and nobody can be found. Sources: whg 3.2.

Policies have different clocks: contact within a working day is not set against interview by the next. So each thing
that is compared is one act and one time, the same for all, counted by the calendar of England and Wales alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median_low

from portal.domain.calendar import WorkingCalendar, at_wall_clock, in_london
from portal.domain.clock import WorkingDays, due

FEWEST_CASES = 10
FEWEST_LANDLORDS = 3
STEP = 5
READY_AFTER = timedelta(days=35)
"""How long after a quarter its cases have had the longest of these times, and their record is written down."""
STANDARD = WorkingCalendar()
"""Nobody's closure days, and offices that close at 17:00: the same for all."""


class Compared(StrEnum):
    """One thing that is compared."""

    REACHED = "reached"
    ASSESSED = "assessed"
    PLANNED = "planned"
    HELPED = "helped"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is counted, the same for all; `days` is none where there is no time in it."""

    title: str
    says: str
    days: int | None


MEANINGS = {
    Compared.REACHED: Meaning(
        "Reached within one working day",
        "Of the cases opened in the quarter: somebody spoke with them, by whatever way, by 17:00 of the working day "
        "after the report came in. Whether a policy calls that contact, response or interview makes no difference.",
        1,
    ),
    Compared.ASSESSED: Meaning(
        "Risk assessed within five working days",
        "Of the cases opened in the quarter: a risk assessment was completed by 17:00 of the fifth working day after "
        "the case was opened.",
        5,
    ),
    Compared.PLANNED: Meaning(
        "A plan agreed within twenty working days",
        "Of the cases opened in the quarter: a plan was agreed with them by 17:00 of the twentieth working day after "
        "the case was opened.",
        20,
    ),
    Compared.HELPED: Meaning(
        "Closed with help complete, or handed on",
        "Of the cases closed in the quarter: help was complete and they agreed, or another landlord or service has "
        "taken over.",
        None,
    ),
}


def kept(times: Iterable[tuple[datetime, datetime | None]], days: int) -> Sequence[bool]:
    """Of each thing that began at one moment and was done at another, or never: was it done in time?"""
    last: dict[date, datetime] = {}
    found = []
    for began, done in times:
        day = in_london(began).date()
        if day not in last:
            by = due(WorkingDays(days), at_wall_clock(day, STANDARD.opens), STANDARD)
            assert by is not None  # noqa: S101 - working days always make a time
            last[day] = by.at
        found.append(done is not None and done <= last[day])
    return found


def rate(those: int, of: int) -> int | None:
    """Per cent to the nearest five, never none and never all; nothing where they are fewer than ten."""
    if of < FEWEST_CASES:
        return None
    nearest = (100 * those + of * STEP // 2) // (of * STEP) * STEP
    return min(100 - STEP, max(STEP, nearest))


def say(per_cent: int) -> str:
    """As people read it: the ends say no more than that they are ends."""
    if per_cent <= STEP:
        return f"{STEP}% or less"
    return f"{per_cent}% or more" if per_cent >= 100 - STEP else f"about {per_cent}%"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one landlord stands: its own rate, the middle one of all, and its place; no other rate is given."""

    own: int | None
    middle: int
    place: int | None
    shared: bool
    of: int


def standing(rates: Sequence[int], own: int | None) -> Standing | None:
    """The comparison of one thing; nothing where fewer than three landlords have it."""
    if len(rates) < FEWEST_LANDLORDS:
        return None
    place = 1 + sum(each > own for each in rates) if own is not None else None
    shared = own is not None and sum(each == own for each in rates) > 1
    return Standing(own, median_low(sorted(rates)), place, shared, len(rates))
