"""When things happen in the demo."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.demo.moments import in_office, started_to_be_due
from portal.domain.calendar import WorkingCalendar
from portal.domain.clock import ClockHours, ClockRule, Counted, WorkingDays, WorkingHours, due

CALENDAR = WorkingCalendar()
RULES = [WorkingDays(1), ClockHours(24), WorkingHours(24, Counted.WORKING_DAYS)]
MOMENTS = st.datetimes(datetime(2026, 2, 1), datetime(2027, 11, 30), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize("rule", RULES, ids=str)
@given(wanted=MOMENTS)
def test_a_report_can_be_dated_so_that_it_is_due_by_a_moment(rule: ClockRule, wanted: datetime) -> None:
    start = started_to_be_due(rule, wanted, CALENDAR, no_later_than=wanted)
    assert start <= wanted
    assert due(rule, start, CALENDAR).at <= wanted
    later = due(rule, min(start + timedelta(minutes=2), wanted), CALENDAR)
    assert later.at > wanted or start + timedelta(minutes=2) > wanted


@given(after=MOMENTS)
def test_officers_sit_at_their_desks_on_working_days_in_office_hours(after: datetime) -> None:
    moment = in_office(after, CALENDAR)
    opens, closes = CALENDAR.office_hours(moment.date())
    assert moment >= after
    assert opens <= moment < closes
    assert CALENDAR.is_working(moment.date())
