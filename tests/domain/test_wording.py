"""Due times as people say them, by London clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calendar import LONDON
from portal.domain.wording import DueState, say_day, say_deadline, say_due, say_moment, say_span

NOW = datetime(2026, 4, 2, 13, 40, tzinfo=LONDON)
moments = st.datetimes(datetime(2013, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("at", "state", "text"),
    [
        (london(2026, 4, 2, 17), DueState.SOON, "today 17:00, in 3 h 20 min"),
        (london(2026, 4, 2, 17, 41), DueState.DUE, "today 17:41, in 4 h 1 min"),
        (london(2026, 4, 2, 13, 40), DueState.SOON, "today 13:40, due now"),
        (london(2026, 4, 2, 11, 40), DueState.OVERDUE, "overdue by 2 h"),
        (london(2026, 4, 1, 10, 10), DueState.OVERDUE, "overdue by 1 day 3 h"),
        (london(2026, 4, 3), DueState.DUE, "end of today, in 10 h 20 min"),
        (london(2026, 4, 4), DueState.DUE, "end of tomorrow, in 1 day 10 h"),
        (london(2026, 4, 3, 17), DueState.DUE, "tomorrow 17:00, in 1 day 3 h"),
        (london(2026, 4, 7, 17), DueState.DUE, "Tuesday 7 April 17:00, in 5 days 3 h"),
        (london(2026, 4, 30, 17), DueState.DUE, "Thursday 30 April 17:00, in 28 days"),
        (london(2027, 1, 4, 17), DueState.DUE, "Monday 4 January 2027 17:00, in 277 days"),
    ],
)
def test_says_when_and_how_long(at: datetime, state: DueState, text: str) -> None:
    words = say_due(at, NOW)
    assert (words.state, words.text) == (state, text)


def test_says_the_exact_moment() -> None:
    assert say_due(london(2026, 4, 2, 17), NOW).exact == "Thursday 2 April 2026, 17:00"


def test_midnight_is_the_end_of_the_day_before() -> None:
    due_at = datetime(2026, 6, 15, 23, tzinfo=UTC)
    words = say_due(due_at, london(2026, 6, 13, 11))
    assert words.text == "end of Monday 15 June, in 2 days 13 h"
    assert words.exact == "end of Monday 15 June 2026"
    assert say_moment(due_at) == "Tuesday 16 June 2026, 00:00"


def test_the_new_year_is_named_where_it_is_another_one() -> None:
    words = say_due(london(2027, 1, 1), london(2026, 12, 29, 9))
    assert words.text == "end of Thursday 31 December, in 2 days 15 h"


def test_the_hour_that_comes_twice_says_which() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert say_deadline(first) == "Sunday 25 October 2026, 01:30 (before the clocks go back)"
    again = first + timedelta(hours=1)
    assert say_deadline(again) == "Sunday 25 October 2026, 01:30 (after the clocks go back)"
    assert say_due(again, first).text == "today 01:30 (after the clocks go back), in 1 h"


def test_time_left_counts_the_hours_that_pass_over_a_clock_change() -> None:
    assert say_due(london(2026, 3, 29, 12), london(2026, 3, 28, 20)).text == "tomorrow 12:00, in 15 h"
    assert say_due(london(2026, 10, 25, 12), london(2026, 10, 24, 20)).text == "tomorrow 12:00, in 17 h"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1, seconds=59), "1 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=1, minutes=20), "1 day"),
        (timedelta(days=6, hours=23, minutes=59), "6 days 23 h"),
        (timedelta(days=7, hours=23), "7 days"),
    ],
)
def test_spans_are_cut_off_and_never_rounded_up(span: timedelta, words: str) -> None:
    assert say_span(span) == words


def test_says_a_day() -> None:
    assert say_day(date(2026, 4, 2)) == "Thursday 2 April 2026"


@given(moments, moments)
def test_overdue_is_said_exactly_when_the_moment_has_passed(at: datetime, now: datetime) -> None:
    words = say_due(at, now)
    assert (words.state is DueState.OVERDUE) == (at < now)
    assert words.text.startswith("overdue") == (at < now)


@given(moments, moments)
def test_the_words_are_the_same_whatever_zone_the_moments_come_in(at: datetime, now: datetime) -> None:
    assert say_due(at, now) == say_due(at.astimezone(LONDON), now.astimezone(LONDON))
