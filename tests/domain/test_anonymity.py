"""What is taken out of a text so that it does not tell whose case it is, and what stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.anonymity import INSTEAD, alias, blank, telling

HER = telling(["Perpetua Quillfeather-Young", "Pip"], ["Flat 2, 4 Amber Row, Nowhere NW1 1AA"])


def shown(text: str) -> str:
    return blank(text, lambda told, word: (told, word) in HER)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Rang Perpetua today.", f"Rang {INSTEAD} today."),
        ("PERPETUA QUILLFEATHER rang", f"{INSTEAD} rang"),
        ("perpetua's sister", f"{INSTEAD}'s sister"),
        ("Ms Quillfeather-Young", f"Ms {INSTEAD}"),
        ("Pérpetua", INSTEAD),
        ("They live at 4 Amber Row, NW1 1AA, on the left", f"They live at {INSTEAD}, on the left"),
        ("postcode nw11aa", f"postcode {INSTEAD}"),
        ("perpetua.quillfeather@mail.example", f"{INSTEAD}@mail.example"),
        ("Pip rang at 4", f"{INSTEAD} rang at 4"),
    ],
)
def test_what_tells_is_taken_out_however_it_is_written(written: str, left: str) -> None:
    assert shown(written) == left


@pytest.mark.parametrize(
    "text",
    ["She is young, and wears amber.", "The pip of an apple; a row about 4 keys; flat 2 of 3.", "Nothing.", ""],
)
def test_ordinary_words_stay(text: str) -> None:
    assert shown(text) is text


@given(st.text(max_size=60), st.sampled_from(["Perpetua", "quillfeather", "Amber", "NW11AA"]), st.text(max_size=60))
def test_no_word_of_hers_is_left_whatever_stands_around_it(before: str, word: str, after: str) -> None:
    left = shown(f"{before} {word} {after}")
    assert INSTEAD in left
    assert shown(left) == left


def test_the_alias_comes_from_the_reference_alone() -> None:
    assert alias("HAV-7K3Q9M") == "Person 7K3Q9M"
