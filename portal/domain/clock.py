"""The kinds of time limit a policy can set, the acts that meet it, and the moment it makes due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import assert_never

from portal.domain.calendar import SkippedDay, WorkingCalendar, in_london, in_utc

ONE_DAY = timedelta(days=1)
NOTHING = timedelta(0)
TEENS = (11, 12, 13)


class Counted(StrEnum):
    """Which hours count as working hours: "24 working hours" can mean either, so a policy must choose."""

    WORKING_DAYS = "working_days"
    OFFICE_HOURS = "office_hours"


class StopAct(StrEnum):
    """What ends a clock. An attempt that did not reach the survivor is none of these."""

    CONTACTED = "contacted"
    RESPONDED = "responded"
    INTERVIEWED = "interviewed"
    REPAIRED = "repaired"


def _at_least_one(number: int, unit: str) -> None:
    if number < 1:
        raise ValueError(
            f"A limit in {unit} needs at least 1, not {number}; for none at all there is Immediate."
        )


@dataclass(frozen=True, slots=True)
class Immediate:
    """Due at the very moment of the report."""


@dataclass(frozen=True, slots=True)
class ClockHours:
    """Elapsed hours, every hour of every day."""

    hours: int

    def __post_init__(self) -> None:
        _at_least_one(self.hours, "hours")


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Close of business on the n-th working day after the local date of the report."""

    days: int

    def __post_init__(self) -> None:
        _at_least_one(self.days, "working days")


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Hours of working days only, counted around the clock or in office hours."""

    hours: int
    counted: Counted

    def __post_init__(self) -> None:
        _at_least_one(self.hours, "working hours")


@dataclass(frozen=True, slots=True)
class NotStated:
    """The policy is silent: no due time, and none may be made up."""


ClockRule = Immediate | ClockHours | WorkingDays | WorkingHours | NotStated


@dataclass(frozen=True, slots=True)
class Due:
    """When something must have happened, in UTC, with all that is needed to explain it."""

    at: datetime
    skipped: tuple[SkippedDay, ...]
    rule: ClockRule


def due(rule: ClockRule, start: datetime, calendar: WorkingCalendar) -> Due | None:
    """When a report that reached the landlord at this start must be answered; None where nothing is stated.

    Raises NaiveTimeError for a start without a time zone, BeyondCalendarError where holidays are unknown.
    """
    started = in_utc(start)
    match rule:
        case NotStated():
            return None
        case Immediate():
            return Due(started, (), rule)
        case ClockHours(hours):
            return Due(started + timedelta(hours=hours), (), rule)
        case WorkingDays():
            return _after_working_days(rule, started, calendar)
        case WorkingHours():
            return _after_working_hours(rule, started, calendar)
        case _:
            assert_never(rule)


def _after_working_days(rule: WorkingDays, started: datetime, calendar: WorkingCalendar) -> Due:
    """The day of the report never counts, whatever its hour and whether or not it is a working day."""
    first = in_london(started).date() + ONE_DAY
    last = next(islice(calendar.working_days_from(first), rule.days - 1, None))
    return Due(calendar.close_of_business(last), calendar.skipped(first, last), rule)


def _after_working_hours(rule: WorkingHours, started: datetime, calendar: WorkingCalendar) -> Due:
    """A limit used up at the very end of a working day is due then, not when the next one begins."""
    hours_of = calendar.office_hours if rule.counted is Counted.OFFICE_HOURS else calendar.whole_day
    first, left = in_london(started).date(), timedelta(hours=rule.hours)
    days = calendar.working_days_from(first)
    while True:
        day = next(days)
        opens, closes = hours_of(day)
        counting_from = max(opens, started)
        available = max(closes - counting_from, NOTHING)
        if available >= left:
            return Due(counting_from + left, calendar.skipped(first, day), rule)
        left -= available


@dataclass(frozen=True, slots=True)
class SurvivorWish:
    """The moment that the survivor asked for, and who wrote it down when; nothing else delays a clock."""

    at: datetime
    recorded_by: str
    recorded_at: datetime


def effective_due(
    policy_due: datetime | None, survivor_wish: SurvivorWish | None, *, later_allowed: bool = True
) -> datetime | None:
    """The moment to keep; the policy's own stays on record beside it (HS-026 4.3, NPH Dealing with cases).

    `later_allowed` is False where the policy leaves no room for a later moment; an earlier one always counts.
    """
    if survivor_wish is None:
        return policy_due
    wished = in_utc(survivor_wish.at)
    if policy_due is None or later_allowed:
        return wished
    return min(wished, in_utc(policy_due))


def rests_on_office_hours(rule: ClockRule) -> bool:
    """Whether other office hours would make another due time."""
    match rule:
        case WorkingDays():
            return True
        case WorkingHours():
            return rule.counted is Counted.OFFICE_HOURS
        case _:
            return False


def describe(rule: ClockRule) -> str:
    """The rule in plain English, to follow "by" or stand alone."""
    match rule:
        case NotStated():
            return "no time stated"
        case Immediate():
            return "at once"
        case ClockHours(hours):
            return f"{_count(hours, 'hour')}, counting every hour of every day"
        case WorkingDays(days):
            return f"the end of the {_nth(days)} working day"
        case WorkingHours(hours, counted):
            where = "in office hours" if counted is Counted.OFFICE_HOURS else "on working days"
            return f"{_count(hours, 'working hour')}, counted {where}"
        case _:
            assert_never(rule)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _nth(number: int) -> str:
    if number == 1:
        return "next"
    ending = "th" if number % 100 in TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
