"""Safe hours by London clocks, and the first safe moment from now."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.calendar import LONDON
from portal.domain.contact import SafeTimes, Times, Weekday, Window

MORNINGS = Window(frozenset({Weekday.MON, Weekday.WED}), time(9), time(12))
NIGHT = Window(frozenset({Weekday.SAT}), time(22), time(2))
QUARTER = timedelta(minutes=15)

quarters = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
days = st.frozensets(st.sampled_from(Weekday), min_size=1)
windows = (
    st.tuples(days, quarters, quarters)
    .filter(lambda w: w[1] != w[2] or w[1] == time.min)
    .map(lambda w: Window(*w))
)
only_these = st.lists(windows, max_size=3).map(lambda some: SafeTimes(Times.ONLY_THESE, tuple(some)))
clock_changes = st.sampled_from([datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)])
near_clock_changes = st.builds(lambda day, n: day + n * QUARTER, clock_changes, st.integers(0, 192))


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("window", "moment", "inside"),
    [
        (MORNINGS, london(2026, 6, 15, 8, 59), False),
        (MORNINGS, london(2026, 6, 15, 9), True),
        (MORNINGS, london(2026, 6, 15, 11, 59), True),
        (MORNINGS, london(2026, 6, 15, 12), False),
        (MORNINGS, london(2026, 6, 16, 10), False),
        (MORNINGS, datetime(2026, 6, 15, 8, 30, tzinfo=UTC), True),
        (MORNINGS, datetime(2026, 12, 14, 8, 30, tzinfo=UTC), False),
        (NIGHT, london(2026, 6, 13, 23), True),
        (NIGHT, london(2026, 6, 14, 1, 59), True),
        (NIGHT, london(2026, 6, 14, 2), False),
        (NIGHT, london(2026, 6, 13, 1), False),
        (Window(frozenset({Weekday.MON}), time(18), time.min), london(2026, 6, 15, 23, 59), True),
        (Window(frozenset({Weekday.MON}), time(18), time.min), london(2026, 6, 16), False),
        (Window(frozenset({Weekday.MON}), time.min, time.min), london(2026, 6, 15, 4), True),
        (Window(frozenset({Weekday.MON}), time.min, time.min), london(2026, 6, 16), False),
    ],
)
def test_a_window_holds_its_start_and_not_its_end(window: Window, moment: datetime, inside: bool) -> None:
    assert SafeTimes(Times.ONLY_THESE, (window,)).include(moment) is inside


def test_a_window_from_a_time_to_the_same_time_is_refused() -> None:
    with pytest.raises(ValueError, match="same time"):
        Window(frozenset({Weekday.MON}), time(9), time(9))


def test_any_time_only_these_and_never_stated_are_three_things() -> None:
    night, office = london(2026, 6, 15, 3), london(2026, 6, 15, 10)
    assert SafeTimes(Times.ANY_TIME).include(night)
    assert not SafeTimes(Times.ONLY_THESE).include(office)
    assert SafeTimes(Times.NEVER_STATED).include(office)
    assert not SafeTimes(Times.NEVER_STATED).include(night)
    assert not SafeTimes(Times.NEVER_STATED).include(london(2026, 6, 14, 10))


def test_windows_count_only_when_they_are_what_was_said() -> None:
    assert not SafeTimes(Times.NEVER_STATED, (NIGHT,)).include(london(2026, 6, 13, 23))


@pytest.mark.parametrize(
    ("after", "first"),
    [
        (london(2026, 6, 15, 10), london(2026, 6, 15, 10)),
        (london(2026, 6, 15, 12), london(2026, 6, 17, 9)),
        (london(2026, 6, 17, 12), london(2026, 6, 22, 9)),
        (london(2026, 10, 23, 12), london(2026, 10, 26, 9)),
    ],
)
def test_the_first_safe_moment(after: datetime, first: datetime) -> None:
    assert SafeTimes(Times.ONLY_THESE, (MORNINGS,)).first_from(after) == first


def test_no_window_means_no_safe_moment() -> None:
    assert SafeTimes(Times.ONLY_THESE).first_from(london(2026, 6, 15, 10)) is None


@pytest.mark.parametrize(
    ("after", "first"),
    [
        (london(2026, 3, 28, 12), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (london(2026, 10, 24, 12), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_window_that_begins_in_the_missing_or_repeated_hour(after: datetime, first: datetime) -> None:
    times = SafeTimes(Times.ONLY_THESE, (Window(frozenset({Weekday.SUN}), time(1, 30), time(5)),))
    assert times.first_from(after) == first


@settings(max_examples=60)
@given(only_these, near_clock_changes)
def test_nothing_earlier_is_safe_even_when_clocks_change(times: SafeTimes, after: datetime) -> None:
    first = times.first_from(after)
    if first is None:
        assert times.windows == ()
        return
    assert times.include(first)
    assert first >= after
    quarters_between = min(int((first - after) / QUARTER), 300)
    assert not any(times.include(after + n * QUARTER) for n in range(quarters_between))


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (SafeTimes(Times.ANY_TIME), "at any time"),
        (SafeTimes(), "safe hours not yet asked"),
        (SafeTimes(Times.ONLY_THESE), "at no time"),
        (SafeTimes(Times.ONLY_THESE, (MORNINGS, NIGHT)), "Mon, Wed 09:00 to 12:00; Sat 22:00 to 02:00"),
        (
            SafeTimes(Times.ONLY_THESE, (Window(frozenset(list(Weekday)[:5]), time(9), time(17)),)),
            "Mon to Fri 09:00 to 17:00",
        ),
    ],
)
def test_says_the_hours_in_words(times: SafeTimes, words: str) -> None:
    assert times.in_words() == words


@given(only_these)
def test_what_was_stored_is_read_back(times: SafeTimes) -> None:
    assert SafeTimes.from_dict(times.to_dict()) == times


def test_hours_that_cannot_be_read_allow_nothing() -> None:
    stored = {"said": "when the moon is full", "windows": [{"days": ["someday"]}, {"start": 9}]}
    assert SafeTimes.from_dict(stored) == SafeTimes(Times.ONLY_THESE)
