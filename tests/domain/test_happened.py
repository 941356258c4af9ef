"""A time is kept as well as it is known, and in doubt it counts."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.happened import Happened, Known, UnfitTimeError, late

TOLD = datetime(2026, 4, 8, 10, tzinfo=UTC)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@st.composite
def times(draw: st.DrawFn) -> Happened:
    known, first = draw(st.sampled_from(Known)), draw(days)
    return Happened(
        known,
        None if known is Known.UNKNOWN else first,
        draw(st.times()) if known is Known.EXACT else None,
        first + timedelta(days=draw(st.integers(0, 400))) if known is Known.BETWEEN else None,
    )


@pytest.mark.parametrize(
    ("happened", "says"),
    [
        (Happened(Known.EXACT, date(2026, 4, 2), time(16, 30)), "Thursday 2 April 2026, 16:30"),
        (Happened(Known.DAY, date(2026, 4, 2)), "Thursday 2 April 2026"),
        (Happened(Known.ABOUT, date(2026, 4, 2)), "about Thursday 2 April 2026"),
        (
            Happened(Known.BETWEEN, date(2026, 4, 2), last_day=date(2026, 4, 5)),
            "between Thursday 2 April 2026 and Sunday 5 April 2026",
        ),
        (Happened(Known.UNKNOWN), "at a time that is not known"),
    ],
)
def test_no_more_is_said_than_is_known(happened: Happened, says: str) -> None:
    assert happened.say() == says


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ((Known.EXACT, date(2026, 4, 2)), "time"),
        ((Known.DAY,), "day"),
        ((Known.BETWEEN, date(2026, 4, 2), None, date(2026, 4, 1)), "last_day"),
        ((Known.BETWEEN, date(2026, 4, 2)), "last_day"),
    ],
)
def test_what_does_not_fit_together_is_refused_beside_its_question(parts: tuple, field: str) -> None:
    with pytest.raises(UnfitTimeError) as unfit:
        Happened(*parts)
    assert unfit.value.field == field


def test_nothing_has_happened_tomorrow() -> None:
    Happened(Known.DAY, date(2026, 4, 8)).check_not_to_come(TOLD)
    with pytest.raises(UnfitTimeError):
        Happened(Known.DAY, date(2026, 4, 9)).check_not_to_come(TOLD)


def test_an_unknown_time_counts_from_when_it_was_told() -> None:
    unknown = Happened(Known.UNKNOWN)
    assert unknown.stands_at(TOLD) == TOLD
    assert unknown.may_be_since(TOLD - timedelta(days=1), TOLD)
    assert not unknown.may_be_since(TOLD + timedelta(days=1), TOLD)


def test_a_span_that_reaches_into_the_period_counts() -> None:
    span = Happened(Known.BETWEEN, date(2025, 3, 1), last_day=date(2025, 5, 1))
    assert span.may_be_since(datetime(2025, 4, 8, tzinfo=UTC), TOLD)
    assert not span.may_be_since(datetime(2025, 5, 3, tzinfo=UTC), TOLD)


@given(times())
def test_what_is_kept_comes_back(happened: Happened) -> None:
    again = Happened.from_dict(happened.to_dict())
    assert (again.known, again.day, again.last_day) == (happened.known, happened.day, happened.last_day)
    assert again.say() == happened.say()


@given(times())
def test_it_never_stands_after_it_was_told_nor_is_it_earlier_than_it_can_have_been(happened: Happened) -> None:
    assert happened.stands_at(TOLD) <= TOLD
    if happened.earliest and happened.latest:
        assert happened.earliest <= happened.latest
        if happened.latest <= TOLD:
            assert happened.stands_at(TOLD) == happened.latest


def test_late_is_said_only_where_it_is_known() -> None:
    written, a_day = datetime(2026, 4, 5, 12, tzinfo=UTC), timedelta(days=1)
    exactly = Happened(Known.EXACT, date(2026, 4, 2), time(13))
    assert late(exactly, written, a_day) == timedelta(days=3)
    assert late(Happened(Known.EXACT, date(2026, 4, 5), time(9)), written, a_day) is None
    assert late(Happened(Known.UNKNOWN), written, a_day) is None
