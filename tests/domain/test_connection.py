"""How two people belong together under each policy and under the Act: information, never a bar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.connection import ALSO_SAID, MEANS, TIES, about_age, age_on, check, offered
from portal.domain.policy.scope import Definition
from tests.places import pack

ALL = ("dales", "seven-locks", "havebury", "star", "whg", "nph")


def definition(like: str) -> Definition:
    return pack(like).policy.definition


@pytest.mark.parametrize("like", ALL)
def test_every_word_that_a_policy_uses_is_offered_and_counts(like: str) -> None:
    """AG/013 Context, family members; NPH Definition: a policy's own words can be chosen and lie within it."""
    own = definition(like)
    for tie in own.relationships.value.all():
        assert tie in offered(own)
        assert check(own, tie).in_policy is True, tie
    assert {kind for kind in own.relationships.value.kinds if kind not in MEANS} == set(), (
        "words nobody has read"
    )


@pytest.mark.parametrize(
    ("like", "tie", "in_policy", "in_act"),
    [
        ("nph", "engaged, called off", True, True),
        ("nph", "parental role for the same child", True, True),
        ("nph", "other person in the household", True, False),
        ("nph", "neighbour, friend or acquaintance", False, False),
        ("star", "cousin", True, True),
        ("star", "other person in the household", False, False),
        ("dales", "other person in the household", True, False),
        ("dales", "step-sister", True, True),
        ("dales", "carer", True, False),
        ("dales", "cousin", False, True),
        ("havebury", "ex-husband", True, True),
        ("havebury", "carer", False, False),
        ("whg", "other relative", True, True),
    ],
)
def test_policy_and_act_are_answered_apart(like: str, tie: str, *, in_policy: bool, in_act: bool) -> None:
    found = check(definition(like), tie)
    assert (found.in_policy, found.in_act) == (in_policy, in_act)
    assert all(clause in found.says[0] for clause in found.clauses)
    if not in_policy:
        assert "bars nothing" in found.says[0]


def test_a_tie_in_somebodys_own_words_is_not_judged() -> None:
    found = check(definition("star"), "the man from the flat below")
    assert (found.in_policy, found.in_act) == (None, None)
    assert "Choose one" in found.says[0]


def test_what_reports_say_means_a_tie_that_can_be_chosen() -> None:
    assert set(ALSO_SAID.values()) <= set(TIES)


@pytest.mark.parametrize("like", ALL)
def test_sixteen_and_seventeen_come_under_the_act_whatever_the_policy_says(like: str) -> None:
    own = definition(like)
    for age in (16, 17):
        says = " ".join(about_age(own, age))
        assert "Domestic Abuse Act 2021" in says
        assert ("comes first" in says) == (like in {"dales", "seven-locks"})
    assert about_age(own, 18) == about_age(own, None) == ()


@pytest.mark.parametrize("like", ALL)
def test_under_sixteen_goes_to_childrens_services_as_victim_and_as_one_who_harms(like: str) -> None:
    own = definition(like)
    for does_harm in (False, True):
        [says] = about_age(own, 15, does_harm=does_harm)
        assert "Refer to children’s services today" in says
        assert "the usual help goes on" in says
    assert ("NPH Definition, under 16" in says) == (like == "nph")


@given(st.dates(date(1920, 1, 1), date(2026, 1, 1)), st.integers(0, 40_000))
def test_an_age_grows_by_one_on_the_birthday_and_never_shrinks(born: date, days: int) -> None:
    day = date.fromordinal(min(born.toordinal() + days, date(2027, 1, 1).toordinal()))
    age = age_on(born, day)
    assert 0 <= age <= day.year - born.year
    before = date.fromordinal(max(born.toordinal(), day.toordinal() - 1))
    grown = age - age_on(born, before)
    assert grown in {0, 1}
    if grown:
        assert (day.month, day.day) in {(born.month, born.day), (3, 1)}


def test_the_catalogue_of_words_holds_no_tie_twice() -> None:
    assert len({tie.casefold() for tie in TIES}) == len(TIES)
