"""How long a record is kept: never too short, and never while anything stands against erasing it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.retention import (
    STILL_OPEN,
    WARNED_BEFORE,
    Blocker,
    Standing,
    blockers,
    end_of_keeping,
    warning_due,
)

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
STANDINGS = st.builds(
    Standing,
    closed=st.booleans(),
    keep_until=st.none() | DAYS,
    warned_on=st.none() | DAYS,
    held=st.booleans(),
    waits=st.frozensets(st.sampled_from(STILL_OPEN), max_size=2),
)


@pytest.mark.parametrize(
    ("closed_on", "months", "last"),
    [
        (date(2026, 2, 2), 72, date(2032, 2, 2)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_are_counted_by_the_calendar(closed_on: date, months: int, last: date) -> None:
    assert end_of_keeping(closed_on, months) == last


@given(closed_on=DAYS, months=st.integers(1, 600))
def test_a_longer_period_never_ends_sooner(closed_on: date, months: int) -> None:
    assert closed_on < end_of_keeping(closed_on, months) <= end_of_keeping(closed_on, months + 1)


@given(case=STANDINGS, today=DAYS)
def test_nothing_open_held_unset_or_untold_is_ever_erased(case: Standing, today: date) -> None:
    if blockers(case, today):
        return
    assert case.closed
    assert not case.held
    assert not case.waits
    assert case.keep_until is not None
    assert today > case.keep_until
    assert case.warned_on is not None
    assert today - case.warned_on >= WARNED_BEFORE


@given(case=STANDINGS, today=DAYS)
def test_its_people_are_told_once_and_in_time(case: Standing, today: date) -> None:
    if warning_due(case, today):
        assert case.warned_on is None
        told = Standing(closed=True, keep_until=case.keep_until, warned_on=today)
        assert not warning_due(told, today + timedelta(days=1))
        assert Blocker.NOT_WARNED in blockers(told, today + WARNED_BEFORE - timedelta(days=1))
