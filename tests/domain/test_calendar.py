"""Working days: weekends, bank holidays with substitutes, a landlord's own closures, and where knowledge ends."""

from datetime import UTC, date, datetime, time, timedelta

import holidays
import pytest

from portal.domain.calendar import (
    SkippedDay,
    WorkingCalendar,
    bank_holidays,
    in_london,
    in_utc,
)
from portal.domain.errors import BeyondCalendarError, NaiveTimeError

CALENDAR = WorkingCalendar()
YEARS = range(min(bank_holidays()).year, max(bank_holidays()).year + 1)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 4, 2), None),
        (date(2026, 4, 3), "Good Friday"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 6, 13), "Saturday"),
        (date(2026, 6, 14), "Sunday"),
        (date(2026, 12, 28), "Boxing Day (substitute day)"),
        (date(2027, 12, 27), "Christmas Day (substitute day)"),
    ],
)
def test_says_why_a_day_does_not_count(day: date, reason: str | None) -> None:
    assert CALENDAR.why_not_working(day) == reason
    assert CALENDAR.is_working(day) == (reason is None)


@pytest.mark.parametrize("year", YEARS)
def test_two_libraries_agree_on_the_bank_holidays(year: int) -> None:
    ours = {day for day in bank_holidays() if day.year == year}
    theirs = set(holidays.country_holidays("GB", subdiv="ENG", years=year))
    assert {day for day in ours ^ theirs if day.weekday() < 5} == set()


def test_a_landlords_own_closure_is_no_working_day() -> None:
    closed = date(2026, 12, 30)
    assert not WorkingCalendar(frozenset({closed})).is_working(closed)
    assert CALENDAR.is_working(closed)


def test_lists_the_days_it_skipped() -> None:
    assert CALENDAR.skipped(date(2026, 6, 12), date(2026, 6, 14)) == (
        SkippedDay(date(2026, 6, 13), "Saturday"),
        SkippedDay(date(2026, 6, 14), "Sunday"),
    )


@pytest.mark.parametrize("year", [min(YEARS) - 1, max(YEARS) + 1])
def test_refuses_to_guess_beyond_the_known_years(year: int) -> None:
    with pytest.raises(BeyondCalendarError, match=str(year)):
        CALENDAR.is_working(date(year, 6, 1))


def test_knows_the_bank_holidays_of_the_year_to_come() -> None:
    assert date(2028, 12, 26) in bank_holidays()


def test_bank_holidays_cannot_be_changed_by_accident() -> None:
    with pytest.raises(TypeError):
        bank_holidays()[date(2026, 7, 1)] = "A day off"  # type: ignore[index]


@pytest.mark.parametrize(("opens", "closes"), [(time(17), time(9)), (time(9), time(9))])
def test_refuses_offices_that_close_before_they_open(opens: time, closes: time) -> None:
    with pytest.raises(ValueError, match="open before they close"):
        WorkingCalendar(opens=opens, closes=closes)


@pytest.mark.parametrize("read", [in_utc, in_london])
def test_refuses_a_moment_without_a_time_zone(read: type) -> None:
    with pytest.raises(NaiveTimeError):
        read(datetime(2026, 4, 2, 16, 30))  # noqa: DTZ001


@pytest.mark.parametrize(("day", "hours"), [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 6, 15), 24)])
def test_a_day_is_as_long_as_clocks_make_it(day: tuple[int, int, int], hours: int) -> None:
    begins, ends = CALENDAR.whole_day(date(*day))
    assert ends - begins == timedelta(hours=hours)


def test_close_of_business_follows_summer_time() -> None:
    assert CALENDAR.close_of_business(date(2026, 3, 27)) == datetime(2026, 3, 27, 17, tzinfo=UTC)
    assert CALENDAR.close_of_business(date(2026, 3, 30)) == datetime(2026, 3, 30, 16, tzinfo=UTC)
