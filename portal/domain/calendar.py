"""Working days, office hours and bank holidays of a landlord in England, as Europe/London keeps them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from govuk_bank_holidays.bank_holidays import BankHolidays

from portal.domain.errors import BeyondCalendarError, NaiveTimeError

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5


def in_utc(moment: datetime) -> datetime:
    """The same instant in UTC, the only form in which instants are added, compared and stored."""
    if moment.utcoffset() is None:
        raise NaiveTimeError("This moment has no time zone.")
    return moment.astimezone(UTC)


def in_london(moment: datetime) -> datetime:
    """The same instant as clocks on the wall show it."""
    return in_utc(moment).astimezone(LONDON)


def at_wall_clock(day: date, clock_time: time) -> datetime:
    """The instant at which London clocks first show this time on this day, in UTC."""
    return datetime.combine(day, clock_time, LONDON).astimezone(UTC)


class Shown(StrEnum):
    """How often clocks in London show a time on its day."""

    ONCE = "once"
    NEVER = "never"
    TWICE = "twice"


def how_often_shown(local: datetime) -> Shown:
    """Never in the hour that a spring night leaves out, twice in the hour that an autumn night repeats."""
    first, second = _readings(local)
    if first == second:
        return Shown.ONCE
    return Shown.TWICE if first < second else Shown.NEVER


def at_the_sooner(local: datetime) -> datetime:
    """The instant that a London time means; of two that it can mean, the one that reaches the survivor sooner."""
    return min(_readings(local))


def _readings(local: datetime) -> tuple[datetime, datetime]:
    first, second = (in_utc(local.replace(tzinfo=LONDON, fold=fold)) for fold in (0, 1))
    return first, second


def days_from(first: date) -> Iterator[date]:
    """This day and every later one."""
    while True:
        yield first
        first += timedelta(days=1)


@cache
def bank_holidays() -> Mapping[date, str]:
    """Bank holidays of England and Wales with their names, from the data that the library carries."""
    known = BankHolidays(use_cached_holidays=True).get_holidays(BankHolidays.ENGLAND_AND_WALES)
    return MappingProxyType({each["date"]: _name(each["title"], each["notes"]) for each in known})


def _name(title: str, notes: str) -> str:
    return f"{title} ({notes.lower()})" if notes else title


@cache
def _known_years() -> range:
    return range(min(bank_holidays()).year, max(bank_holidays()).year + 1)


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day that a clock did not count, and why, in words for the screen."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days and hours count at one landlord; 09:00 to 17:00 is the portal's default, no policy's."""

    closure_days: frozenset[date] = frozenset()
    opens: time = time(9)
    closes: time = time(17)

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("Offices must open before they close, on the same day.")

    def why_not_working(self, day: date) -> str | None:
        """The reason that this day is no working day, or None if it is one; raises outside known years."""
        if day.year not in _known_years():
            raise BeyondCalendarError(
                f"Bank holidays of {day.year} are not known: update the package govuk-bank-holidays."
            )
        if day in bank_holidays():
            return bank_holidays()[day]
        if day.weekday() >= SATURDAY:
            return f"{day:%A}"
        return "the landlord's own closure day" if day in self.closure_days else None

    def is_working(self, day: date) -> bool:
        """Is it a weekday that is neither a bank holiday nor the landlord's own closure day?"""
        return self.why_not_working(day) is None

    def working_days_from(self, first: date) -> Iterator[date]:
        """The working days from this day on, this one included if it is one."""
        return (day for day in days_from(first) if self.is_working(day))

    def skipped(self, first: date, last: date) -> tuple[SkippedDay, ...]:
        """The days from first to last, both included, that are no working days."""
        days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        reasons = ((day, self.why_not_working(day)) for day in days)
        return tuple(SkippedDay(day, reason) for day, reason in reasons if reason is not None)

    def close_of_business(self, day: date) -> datetime:
        """The end of office hours on this day."""
        return at_wall_clock(day, self.closes)

    def office_hours(self, day: date) -> tuple[datetime, datetime]:
        """From opening to closing."""
        return at_wall_clock(day, self.opens), at_wall_clock(day, self.closes)

    def whole_day(self, day: date) -> tuple[datetime, datetime]:
        """From midnight to midnight."""
        return at_wall_clock(day, time.min), at_wall_clock(day + timedelta(days=1), time.min)
