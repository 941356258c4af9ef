"""Where the policy offers somebody of the same sex, whoever asks for help says whom they mean, and nobody guesses."""

from collections.abc import Callable

import pytest

from tests.referrals.conftest import REACHED, Desk, Visitor

MEETING = "When we meet"


@pytest.mark.parametrize("slug", ["dales", "seven-locks", "star"])
@pytest.mark.parametrize(
    ("said", "wanted", "needs"),
    [
        ({"whom": "woman"}, ("same_sex:woman",), ""),
        ({"preferences": ["same_sex"], "whom": "man"}, ("same_sex:man",), ""),
        ({"preferences": ["same_sex"]}, ("same_sex",), ""),
        ({"preferences": ["same_sex"], "whom": "own_words"}, ("same_sex",), ""),
        (
            {"whom_words": "A trans woman, like me"},
            ("same_sex:own_words",),
            "Would like to see: A trans woman, like me",
        ),
        ({}, (), ""),
    ],
)
def test_she_says_it_herself_in_a_word_or_in_her_own(
    visitor: Callable[[str], Visitor],
    desk: Callable[[str], Desk],
    slug: str,
    said: dict[str, object],
    wanted: tuple[str, ...],
    needs: str,
) -> None:
    her = visitor(slug)
    her.tell(**REACHED, **{MEETING: said})
    her.send()
    report, told = desk(slug).newest()
    assert (told.preferences, told.needs) == (wanted, needs)
    assert "trans" not in str(report.preferences), "words are sealed, codes are not"


@pytest.mark.parametrize("slug", ["havebury", "whg", "nph"])
def test_where_the_policy_does_not_offer_it_nobody_is_asked(visitor: Callable[[str], Visitor], slug: str) -> None:
    her = visitor(slug)
    her.tell(**REACHED)
    page = her.get(f"/{slug}/contact/12")
    assert her.heading == MEETING
    assert "Whom would you rather see?" not in page.text
