"""How an order stands on a day, and when somebody looks at it again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.court_orders import Served, State, Term
from portal.domain.policy.said_date import first_day
from portal.landlords.orders import catalogue

MADE = date(2026, 2, 2)
DAYS = st.integers(0, 900)


@given(DAYS, DAYS, st.sampled_from(Served))
def test_an_order_holds_to_the_end_of_its_last_day(length: int, later: int, served: Served) -> None:
    term = Term(MADE, MADE + timedelta(days=length), None, served)
    day = MADE + timedelta(days=later)
    holds = term.state(day) in {State.IN_FORCE, State.NOT_SERVED}
    assert holds == (later <= length)


@given(DAYS, st.sampled_from(Served))
def test_one_without_a_last_day_holds_until_it_is_ended(later: int, served: Served) -> None:
    day = MADE + timedelta(days=later)
    assert Term(MADE, None, None, served).state(day) is not State.EXPIRED
    assert Term(MADE, None, day, served).state(day) is State.ENDED
    assert Term(MADE, None, None, served).warnings == ()


@pytest.mark.parametrize("served", [Served.NO, Served.UNKNOWN])
def test_one_that_is_not_known_to_be_served_never_shows_as_in_force(served: Served) -> None:
    assert Term(MADE, None, None, served).state(MADE) is State.NOT_SERVED


def test_somebody_looks_four_weeks_and_one_week_before_the_end() -> None:
    term = Term(MADE, date(2026, 8, 2), None, Served.YES)
    assert [day for _before, day in term.warnings] == [date(2026, 7, 5), date(2026, 7, 26)]


def test_the_catalogue_is_dated_whole_and_claims_no_check_that_nobody_made() -> None:
    kinds = catalogue().kinds
    ids = {each.id for each in kinds}
    assert {"non-molestation", "occupation", "restraining", "dapo", "dapn", "fgm", "forced-marriage"} <= ids
    assert len(ids) == len(kinds)
    for each in kinds:
        assert first_day(each.since) <= date(2026, 11, 25)
        assert each.replaced_by is None or each.replaced_by in ids
        assert each.last_checked.not_stated, "a check is the landlord's own to record"
