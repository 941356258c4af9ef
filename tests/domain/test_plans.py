"""A plan is agreed with a rhythm of its own where the policy says so, and what changed can be read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.plans import (
    Change,
    Content,
    NotToAgreeError,
    Part,
    Rhythm,
    Unit,
    check_rhythm,
    difference,
)
from tests.places import pack

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
rhythms = st.builds(Rhythm, st.integers(1, 60), st.sampled_from(Unit), st.booleans())


def test_a_fortnight_from_the_first_of_june() -> None:
    assert Rhythm(2, Unit.WEEKS, agreed=True).next_after(date(2026, 6, 1)) == date(2026, 6, 15)


def test_a_month_from_the_last_of_january_is_still_in_february() -> None:
    assert Rhythm(1, Unit.MONTHS, agreed=True).next_after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert Rhythm(1, Unit.MONTHS, agreed=True).say() == "every month"
    assert Rhythm(2, Unit.WEEKS, agreed=True).say() == "every 2 weeks"


@given(days, rhythms)
def test_the_next_time_always_lies_ahead_and_never_farther_than_it_says(day: date, rhythm: Rhythm) -> None:
    longest = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 31}[rhythm.unit]
    assert timedelta(0) < rhythm.next_after(day) - day <= timedelta(days=rhythm.number * longest)


def test_where_the_policy_leaves_the_rhythm_to_them_nothing_stands_in_for_it() -> None:
    policy = pack("havebury").policy
    for rhythm, field in ((None, "every"), (Rhythm(2, Unit.WEEKS, agreed=False), "rhythm_agreed")):
        with pytest.raises(NotToAgreeError) as refused:
            check_rhythm(policy, rhythm)
        assert list(refused.value.missing) == [field]
        assert "HS-026 4.6" in refused.value.missing[field]
    check_rhythm(policy, Rhythm(2, Unit.WEEKS, agreed=True))


@pytest.mark.parametrize("slug", ["star", "whg", "nph", "dales"])
def test_a_silent_policy_asks_for_no_rhythm(slug: str) -> None:
    check_rhythm(pack(slug).policy, None)


texts = st.text(st.sampled_from("ab  \n"), max_size=40)


@given(texts, texts)
def test_both_texts_can_be_read_out_of_their_difference(older: str, newer: str) -> None:
    pieces = difference(older, newer)
    assert "".join(each.words for each in pieces if each.change is not Change.ADDED) == older
    assert "".join(each.words for each in pieces if each.change is not Change.REMOVED) == newer


def test_a_changed_word_is_named() -> None:
    pieces = difference("Leave by the back door.", "Leave by the front door.")
    assert [(each.change, each.words.strip()) for each in pieces if each.change is not Change.SAME] == [
        (Change.REMOVED, "back"),
        (Change.ADDED, "front"),
    ]


def test_what_is_kept_comes_back_and_what_is_empty_is_left_out() -> None:
    content = Content({"home": Part("Lock"), "pets": Part(declined=True), "money": Part()}, ("stay",))
    again = Content.from_dict(content.to_dict())
    assert again.part("home") == Part("Lock")
    assert again.part("pets").declined
    assert "money" not in again.parts
    assert again.directions == ("stay",)
    assert Content({"money": Part()}).empty
