"""The invented people: nobody real can be reached through them, and what they say fits them."""

import re
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.demo import safe_ways, voices
from portal.demo.households import Neighbourhood
from portal.demo.staff import LANDLORDS
from portal.domain.contact import Channel, guard

DRAMA_MOBILE = re.compile(r"07700 900\d{3}")
DRAMA_LANDLINE = re.compile(r"01632 960\d{3}")
DRAMA_LONDON = re.compile(r"020 7946 0\d{3}")
NO_SUCH_AREA = re.compile(r", X[A-Z]\d{1,2} \d[A-Z]{2}$")
NOW = datetime(2026, 11, 23, 12, 40, tzinfo=UTC)


@pytest.fixture
def homes() -> Neighbourhood:
    return Neighbourhood("havebury", 2, Random(7))


def test_numbers_postcodes_and_mail_lead_nowhere(homes: Neighbourhood) -> None:
    for _ in range(60):
        home = homes.household()
        assert DRAMA_MOBILE.fullmatch(home.mobile)
        assert DRAMA_LONDON.fullmatch(home.friends_number)
        assert DRAMA_LANDLINE.fullmatch(home.landline)
        assert NO_SUCH_AREA.search(home.address)
        assert home.email.endswith("@example.org")


def test_no_two_households_share_a_number() -> None:
    numbers = []
    for part, slug in enumerate(LANDLORDS):
        homes = Neighbourhood(slug, part, Random(slug))
        for _ in range(70):
            home = homes.household()
            numbers += [home.mobile, home.friends_number]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("tie", voices.TIES)
def test_every_sentence_finds_its_words(homes: Neighbourhood, tie: str) -> None:
    home = homes.household(tie=tie)
    for sentence in voices.HAPPENING[tie] + voices.WISHES + voices.AGAIN + voices.LIFE + voices.DAMAGE:
        assert "{" not in home.say(sentence)


@given(minutes=st.integers(0, 60 * 24 * 14))
def test_some_can_be_rung_at_this_moment_and_some_must_not_be(minutes: int) -> None:
    now, chance = NOW + timedelta(minutes=minutes), Random(minutes)
    home = Neighbourhood("star", 3, chance).household()
    assert guard(safe_ways.safe_now(home, now, chance), Channel.CALL, now).allowed
    assert not guard(safe_ways.unsafe_now(home, now, chance), Channel.CALL, now).allowed
