"""A date as exactly as a policy says it: a day, or only a month, never made more exact than it is."""

import calendar
import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from portal.domain.policy.unfit import UnfitError

SHAPE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
HOW_TO_WRITE = 'Write a day as "2026-01-26", or a month as "2026-01".'
MONTH_ONLY = 2
WRITTEN = re.compile(r"(?:(?:on|in) )?(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})")
MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}


def _parts(said: str) -> tuple[int, ...]:
    return tuple(int(part) for part in said.split("-"))


def _only_month(said: str) -> bool:
    return len(_parts(said)) == MONTH_ONLY


def _checked(said: str) -> str:
    if not SHAPE.fullmatch(said):
        raise UnfitError(f'"{said}" is no date that can be read.', HOW_TO_WRITE)
    try:
        first_day(said)
    except ValueError:
        raise UnfitError(f'There is no such day as "{said}".', HOW_TO_WRITE) from None
    return said


def first_day(said: str) -> date:
    """The first day that the words can mean."""
    parts = _parts(said)
    return date(parts[0], parts[1], 1 if len(parts) == MONTH_ONLY else parts[2])


def last_day(said: str) -> date:
    """The last day that the words can mean: a review due in January is overdue in February."""
    first = first_day(said)
    if not _only_month(said):
        return first
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def in_words(said: str) -> str:
    """As people write it: "26 January 2023" or "January 2023"."""
    first = first_day(said)
    month = f"{calendar.month_name[first.month]} {first.year}"
    return month if _only_month(said) else f"{first.day} {month}"


def at(said: str) -> str:
    """As people say when: "on 26 January 2023" or "in January 2023"."""
    return f"{'in' if _only_month(said) else 'on'} {in_words(said)}"


def read_words(words: str) -> tuple[date, bool] | None:
    """The day of such words, and whether they name the day and not only its month."""
    found = WRITTEN.fullmatch(words)
    if found is None or found[2] not in MONTHS:
        return None
    return date(int(found[3]), MONTHS[found[2]], int(found[1] or 1)), found[1] is not None


def later(said: str, months: int) -> str:
    """The same day or month, so many months on; the 31st becomes the month's last day."""
    first = first_day(said)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if _only_month(said):
        return f"{year:04d}-{month + 1:02d}"
    day = min(first.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day).isoformat()


def may_be_the_same(one: str, other: str) -> bool:
    """Whether two dates agree as far as both go: "2027-06" agrees with "2027-06-12"."""
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)


SaidDate = Annotated[str, AfterValidator(_checked)]
