"""What must be true of every clock, whatever the rule, the start and the landlord's closures."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calendar import LONDON, WorkingCalendar, bank_holidays, in_london
from portal.domain.clock import ClockHours, ClockRule, Counted, Immediate, WorkingDays, WorkingHours, due

ONE_HOUR = timedelta(hours=1)
FIRST = datetime(min(bank_holidays()).year, 1, 1)  # noqa: DTZ001
LAST = datetime(max(bank_holidays()).year, 11, 1)  # noqa: DTZ001
OFFICE_HOURS = range(9, 17)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


starts = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
whole_hours = starts.map(lambda start: start.replace(minute=0, second=0, microsecond=0))
working_hours = st.builds(WorkingHours, st.integers(1, 72), st.sampled_from(Counted))
working_days = st.builds(WorkingDays, st.integers(1, 10))
rules = st.one_of(
    st.just(Immediate()), st.builds(ClockHours, st.integers(1, 200)), working_days, working_hours
)
closures = st.frozensets(st.integers(0, 14), max_size=6)
changes = st.builds(
    _last_sunday,
    st.integers(FIRST.year, LAST.year),
    st.sampled_from([3, 10]),
)


def _closed(start: datetime, offsets: frozenset[int]) -> WorkingCalendar:
    return WorkingCalendar(frozenset(start.date() + timedelta(days=offset) for offset in offsets))


def _due(rule: ClockRule, start: datetime, calendar: WorkingCalendar) -> datetime:
    answer = due(rule, start, calendar)
    assert answer is not None
    return answer.at


@given(rules, starts, closures)
def test_never_earlier_than_the_start(rule: ClockRule, start: datetime, closed: frozenset[int]) -> None:
    assert _due(rule, start, _closed(start, closed)) >= start


@given(rules, starts, st.timedeltas(timedelta(0), timedelta(days=10)), closures)
def test_a_later_start_is_never_due_earlier(
    rule: ClockRule, start: datetime, later: timedelta, closed: frozenset[int]
) -> None:
    calendar = _closed(start, closed)
    assert _due(rule, start, calendar) <= _due(rule, start + later, calendar)


@given(rules, starts, closures, st.integers(0, 14))
def test_a_closure_day_never_makes_a_due_time_earlier(
    rule: ClockRule, start: datetime, closed: frozenset[int], one_more: int
) -> None:
    before = _due(rule, start, _closed(start, closed))
    assert before <= _due(rule, start, _closed(start, closed | {one_more}))


@given(working_days, starts, closures)
def test_working_days_end_at_close_of_the_nth_working_day_after(
    rule: WorkingDays, start: datetime, closed: frozenset[int]
) -> None:
    calendar = _closed(start, closed)
    ends = in_london(_due(rule, start, calendar))
    reported = in_london(start).date()
    between = (reported + timedelta(days=n) for n in range(1, (ends.date() - reported).days + 1))
    assert ends.time() == time(17)
    assert calendar.is_working(ends.date())
    assert sum(calendar.is_working(day) for day in between) == rule.days


@given(working_hours, whole_hours, closures)
def test_just_the_stated_working_hours_lie_between_start_and_due(
    rule: WorkingHours, start: datetime, closed: frozenset[int]
) -> None:
    calendar = _closed(start, closed)
    ends = _due(rule, start, calendar)
    hours = (in_london(start + n * ONE_HOUR) for n in range(int((ends - start) / ONE_HOUR)))
    counted = [
        hour
        for hour in hours
        if calendar.is_working(hour.date())
        and (rule.counted is Counted.WORKING_DAYS or hour.hour in OFFICE_HOURS)
    ]
    assert len(counted) == rule.hours
    assert in_london(ends - ONE_HOUR) == counted[-1]


@given(starts, st.integers(1, 72), closures)
def test_counting_whole_days_is_never_later_than_counting_office_hours(
    start: datetime, hours: int, closed: frozenset[int]
) -> None:
    calendar = _closed(start, closed)
    sooner = _due(WorkingHours(hours, Counted.WORKING_DAYS), start, calendar)
    assert sooner <= _due(WorkingHours(hours, Counted.OFFICE_HOURS), start, calendar)


@given(changes, st.integers(0, 47), st.integers(1, 96))
def test_clock_hours_are_elapsed_hours_over_every_clock_change(
    sunday: date, hours_before: int, limit: int
) -> None:
    noon = datetime.combine(sunday, time(12), LONDON).astimezone(UTC)
    start = noon - hours_before * ONE_HOUR
    assert _due(ClockHours(limit), start, WorkingCalendar()) - start == limit * ONE_HOUR


@given(changes, st.integers(0, 23), st.integers(0, 59))
def test_working_days_keep_five_o_clock_over_every_clock_change(sunday: date, hour: int, minute: int) -> None:
    start = datetime.combine(sunday - timedelta(days=2), time(hour, minute), LONDON)
    assert in_london(_due(WorkingDays(1), start, WorkingCalendar())).time() == time(17)


@given(rules, starts, closures)
def test_skipped_days_lie_between_start_and_due_and_are_no_working_days(
    rule: ClockRule, start: datetime, closed: frozenset[int]
) -> None:
    calendar = _closed(start, closed)
    answer = due(rule, start, calendar)
    assert answer is not None
    for skipped in answer.skipped:
        assert in_london(start).date() <= skipped.day <= in_london(answer.at).date()
        assert calendar.why_not_working(skipped.day) == skipped.reason
