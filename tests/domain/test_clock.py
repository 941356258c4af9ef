"""The worked examples of each policy's clock, and the days on which clocks go wrong."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from portal.domain.calendar import LONDON, WorkingCalendar, bank_holidays, in_london
from portal.domain.clock import (
    ClockHours,
    ClockRule,
    Counted,
    Immediate,
    NotStated,
    SurvivorWish,
    WorkingDays,
    WorkingHours,
    describe,
    due,
    effective_due,
)
from portal.domain.errors import BeyondCalendarError, NaiveTimeError

CALENDAR = WorkingCalendar()
NEXT_WORKING_DAY = WorkingDays(1)
DAY_ROUND = WorkingHours(24, Counted.WORKING_DAYS)
OFFICE = WorkingHours(24, Counted.OFFICE_HOURS)


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type, misc]


def due_at(rule: ClockRule, start: datetime, calendar: WorkingCalendar = CALENDAR) -> datetime:
    answer = due(rule, start, calendar)
    assert answer is not None
    assert answer.at.tzinfo is UTC
    assert answer.rule == rule
    return answer.at


@pytest.mark.clause("HAV-4.3a")
def test_one_working_day_over_easter() -> None:
    assert due_at(NEXT_WORKING_DAY, london(2026, 4, 2, 16, 30)) == london(2026, 4, 7, 17)


@pytest.mark.clause("AG013-OP1a")
def test_a_report_after_hours_is_due_at_the_end_of_the_next_working_day() -> None:
    assert due_at(NEXT_WORKING_DAY, london(2026, 4, 2, 18, 10)) == london(2026, 4, 7, 17)


@pytest.mark.clause("AG013-OP1b")
def test_a_referral_counts_from_receipt_on_a_saturday() -> None:
    assert due_at(NEXT_WORKING_DAY, london(2026, 6, 13, 10)) == london(2026, 6, 15, 17)


@pytest.mark.clause("HAV-6.1b")
def test_a_concern_on_a_friday_is_due_on_monday() -> None:
    assert due_at(NEXT_WORKING_DAY, london(2026, 6, 12, 15)) == london(2026, 6, 15, 17)


@pytest.mark.clause("STAR-5.1a")
@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (london(2026, 6, 12, 15), london(2026, 6, 15, 15)),
        (london(2026, 6, 13, 11), london(2026, 6, 16)),
    ],
)
def test_24_working_hours_counted_on_working_days(start: datetime, expected: datetime) -> None:
    assert due_at(DAY_ROUND, start) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (london(2026, 6, 12, 15), london(2026, 6, 17, 15)),
        (london(2026, 6, 12, 7), london(2026, 6, 16, 17)),
        (london(2026, 6, 12, 20), london(2026, 6, 17, 17)),
        (london(2026, 6, 13, 11), london(2026, 6, 17, 17)),
    ],
)
def test_24_working_hours_counted_in_office_hours(start: datetime, expected: datetime) -> None:
    assert due_at(OFFICE, start) == expected


@pytest.mark.clause("STAR-5.2a")
def test_24_hours_are_24_hours_in_the_night_the_clocks_go_back() -> None:
    assert due_at(ClockHours(24), london(2026, 10, 24, 13)) == london(2026, 10, 25, 12)


def test_24_hours_are_24_hours_in_the_night_the_clocks_go_forward() -> None:
    assert due_at(ClockHours(24), london(2026, 3, 28, 13)) == london(2026, 3, 29, 14)


@pytest.mark.clause("HAV-6.1a")
@pytest.mark.parametrize("start", [london(2026, 4, 3, 3, 12), london(2026, 12, 25), london(2041, 1, 1)])
def test_a_threat_to_life_is_due_at_the_same_instant(start: datetime) -> None:
    assert due_at(Immediate(), start) == start


@pytest.mark.clause("NPH-DEALING-6")
def test_one_working_day_over_christmas_with_a_substitute_day() -> None:
    answer = due(NEXT_WORKING_DAY, london(2026, 12, 24, 15), CALENDAR)
    assert answer is not None
    assert answer.at == london(2026, 12, 29, 17)
    assert [(each.day.day, each.reason) for each in answer.skipped] == [
        (25, "Christmas Day"),
        (26, "Saturday"),
        (27, "Sunday"),
        (28, "Boxing Day (substitute day)"),
    ]


def test_no_time_is_made_up_where_the_policy_states_none() -> None:
    assert due(NotStated(), london(2026, 4, 2, 16, 30), CALENDAR) is None


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2021, 12, 24), date(2021, 12, 29)),
        (date(2022, 12, 24), date(2022, 12, 28)),
        (date(2023, 12, 24), date(2023, 12, 27)),
        (date(2024, 12, 24), date(2024, 12, 27)),
        (date(2025, 12, 24), date(2025, 12, 29)),
        (date(2027, 12, 24), date(2027, 12, 29)),
        (date(2028, 12, 24), date(2028, 12, 27)),
        (date(2024, 3, 28), date(2024, 4, 2)),
        (date(2025, 4, 17), date(2025, 4, 22)),
        (date(2027, 3, 25), date(2027, 3, 30)),
        (date(2028, 4, 13), date(2028, 4, 18)),
        (date(2022, 6, 1), date(2022, 6, 6)),
        (date(2022, 9, 16), date(2022, 9, 20)),
        (date(2023, 5, 5), date(2023, 5, 9)),
    ],
)
def test_christmas_easter_and_single_holidays_of_several_years(start: date, expected: date) -> None:
    reported = datetime.combine(start, time(10), LONDON)
    assert due_at(NEXT_WORKING_DAY, reported) == datetime.combine(expected, time(17), LONDON)


@pytest.mark.parametrize(
    ("friday", "monday"),
    [((2026, 3, 27), (2026, 3, 30)), ((2026, 10, 23), (2026, 10, 26)), ((2027, 10, 29), (2027, 11, 1))],
)
def test_wall_clock_rules_keep_the_wall_clock_over_a_clock_change(
    friday: tuple[int, ...], monday: tuple[int, ...]
) -> None:
    assert due_at(NEXT_WORKING_DAY, london(*friday, 15)) == london(*monday, 17)
    assert due_at(DAY_ROUND, london(*friday, 15)) == london(*monday, 15)


def test_the_day_of_the_report_is_the_day_in_london() -> None:
    just_past_midnight = datetime(2026, 6, 9, 23, 30, tzinfo=UTC)
    assert due_at(NEXT_WORKING_DAY, just_past_midnight) == london(2026, 6, 11, 17)


def test_several_working_days() -> None:
    assert due_at(WorkingDays(3), london(2026, 6, 12, 15)) == london(2026, 6, 17, 17)


def test_other_office_hours_and_closure_days_of_a_landlord() -> None:
    calendar = WorkingCalendar(frozenset({date(2026, 6, 15)}), time(8), time(18, 30))
    answer = due(NEXT_WORKING_DAY, london(2026, 6, 12, 15), calendar)
    assert answer is not None
    assert answer.at == london(2026, 6, 16, 18, 30)
    assert "the landlord's own closure day" in [each.reason for each in answer.skipped]
    assert due_at(WorkingHours(3, Counted.OFFICE_HOURS), london(2026, 6, 12, 17), calendar) == london(
        2026, 6, 16, 9, 30
    )


@pytest.mark.parametrize("rule", [NEXT_WORKING_DAY, DAY_ROUND, OFFICE])
def test_beyond_the_last_known_year_it_refuses_to_guess(rule: ClockRule) -> None:
    last = max(bank_holidays()).year
    with pytest.raises(BeyondCalendarError):
        due(rule, london(last, 12, 31, 12), CALENDAR)


@pytest.mark.parametrize("rule", [Immediate(), ClockHours(24), NEXT_WORKING_DAY, DAY_ROUND, NotStated()])
def test_a_start_without_a_time_zone_is_refused(rule: ClockRule) -> None:
    with pytest.raises(NaiveTimeError):
        due(rule, datetime(2026, 6, 12, 15), CALENDAR)  # noqa: DTZ001


@pytest.mark.parametrize("kind", [ClockHours, WorkingDays, lambda n: WorkingHours(n, Counted.WORKING_DAYS)])
def test_a_limit_of_nothing_is_refused(kind: type[ClockHours]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        kind(0)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Immediate(), "at once"),
        (ClockHours(24), "24 hours, counting every hour of every day"),
        (ClockHours(1), "1 hour, counting every hour of every day"),
        (WorkingDays(1), "the end of the next working day"),
        (WorkingDays(2), "the end of the 2nd working day"),
        (WorkingDays(12), "the end of the 12th working day"),
        (WorkingDays(23), "the end of the 23rd working day"),
        (DAY_ROUND, "24 working hours, counted on working days"),
        (OFFICE, "24 working hours, counted in office hours"),
        (NotStated(), "no time stated"),
    ],
)
def test_describes_a_rule_in_plain_english(rule: ClockRule, words: str) -> None:
    assert describe(rule) == words


def wish(at: datetime) -> SurvivorWish:
    return SurvivorWish(at, "officer 1", london(2026, 4, 2, 17))


@pytest.mark.clause("HAV-4.3b")
def test_the_survivors_wish_becomes_the_due_time() -> None:
    policy_due = due_at(NEXT_WORKING_DAY, london(2026, 4, 2, 16, 30))
    assert effective_due(policy_due, wish(london(2026, 4, 9, 11))) == london(2026, 4, 9, 11)
    assert policy_due == london(2026, 4, 7, 17)
    assert effective_due(policy_due, None) == policy_due


@pytest.mark.clause("NPH-DEALING-7")
@pytest.mark.parametrize("wished", [london(2026, 9, 10, 9, 30), london(2026, 9, 8, 9)])
def test_the_wish_may_be_later_or_earlier(wished: datetime) -> None:
    policy_due = due_at(NEXT_WORKING_DAY, london(2026, 9, 7, 10))
    assert policy_due == london(2026, 9, 8, 17)
    assert effective_due(policy_due, wish(wished)) == wished


def test_where_the_policy_leaves_no_room_only_an_earlier_wish_counts() -> None:
    policy_due = due_at(NEXT_WORKING_DAY, london(2026, 9, 7, 10))
    assert effective_due(policy_due, wish(london(2026, 9, 10, 9)), later_allowed=False) == policy_due
    sooner = policy_due - timedelta(hours=3)
    assert effective_due(policy_due, wish(sooner), later_allowed=False) == sooner


def test_a_wish_is_kept_where_the_policy_states_no_time() -> None:
    wished = london(2026, 9, 10, 9)
    assert effective_due(None, wish(wished), later_allowed=False) == wished
    assert in_london(wished) == wished
    assert effective_due(None, None) is None
