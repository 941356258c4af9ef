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
from portal.domain.suppression import SMALLEST_THRESHOLD

FEWEST_CASES = 10
FEWEST_LANDLORDS = 3
STEP = 5
LEAST, MOST = 0, 100
"""That it was fewer than five, or all but fewer than five."""
READY_AFTER = timedelta(days=35)
"""How long after a quarter its cases have had the longest of these times, and their record is written down."""
STANDARD = WorkingCalendar()
"""Nobody's closure days, and offices that close at 17:00: the same for all."""


class Compared(StrEnum):
    """One thing that is compared."""

    REACHED = "reached"
    ASSESSED = "assessed"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is counted, the same for all, and within how many working days."""

    title: str
    says: str
    days: int


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
    """Per cent to the nearest five; nothing where they are fewer than ten.

    Where fewer than five were in time, or fewer than five were not, it says that and no more: whoever also has the
    landlord's own figures could otherwise work out how many.
    """
    if of < FEWEST_CASES:
        return None
    if of - those < SMALLEST_THRESHOLD:
        return MOST
    if those < SMALLEST_THRESHOLD:
        return LEAST
    nearest = (100 * those + of * STEP // 2) // (of * STEP) * STEP
    return min(MOST - STEP, max(LEAST + STEP, nearest))


def say(per_cent: int) -> str:
    """As people read it."""
    if per_cent == LEAST:
        return "hardly any"
    return "nearly all" if per_cent == MOST else f"about {per_cent}%"


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
