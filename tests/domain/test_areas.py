"""Where somebody must not be: postcodes as people write them, and never a neighbour's taken for one's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.rehousing.areas import area, lies_in, written

LETTERS = st.sampled_from("ABDEFGHJLNPQRSTUWXYZ")
DIGITS = st.sampled_from("0123456789")
DISTRICTS = st.tuples(
    st.sampled_from(["N", "NN", "SY", "WS"]), st.sampled_from(["1", "14", "4", "41", "1A"])
).map("".join)
INWARDS = st.tuples(DIGITS, LETTERS, LETTERS).map("".join)


@given(district=DISTRICTS, inward=INWARDS, keep=st.integers(0, 3))
def test_a_home_lies_in_its_district_its_sector_and_its_own_postcode(
    district: str, inward: str, keep: int
) -> None:
    home = written(f" {district.lower()}{inward.lower()} ")
    assert home == f"{district} {inward}"
    part = f"{district} {inward[:keep]}".strip()
    kept = area(part)
    assert kept == part
    assert lies_in(home, kept)


@given(one=DISTRICTS, other=DISTRICTS, inward=INWARDS)
def test_a_home_in_another_district_lies_in_no_part_of_this_one(one: str, other: str, inward: str) -> None:
    assert lies_in(f"{one} {inward}", other) == (one == other)


def test_nn14_does_not_lie_in_nn1_and_sector_4_not_in_sector_1() -> None:
    assert not lies_in("NN14 1AB", "NN1")
    assert not lies_in("NN1 4AB", "NN14")
    assert not lies_in("NN1 4AB", "NN1 1")
    assert lies_in("NN1 4AB", "NN1 4")


@pytest.mark.parametrize("said", ["", "Northampton", "near his mother", "1NN", "NN", "NN1 4ABC", "N N"])
def test_what_is_no_postcode_guards_nobody_and_is_refused(said: str) -> None:
    assert area(said) is None
    assert written(said) is None
