"""Messages to staff say nothing about anybody, whoever reads the screen that they light up on."""

import re

import pytest

from portal.domain.contact import not_bland
from portal.messaging.words import SENTENCES, SUBJECTS, Kind, new_code, words_of
from tests.places import pack

NAMES = ("dales", "havebury", "nph", "seven-locks", "star", "whg")
LINK = "https://portal.example/desk/x/cases/01a20872-3b20-7dfb-97c5-adbfa711ee41"


@pytest.mark.invariant(4)
@pytest.mark.clause("WHG-2.1a")
@pytest.mark.parametrize("kind", Kind)
def test_no_message_tells_what_it_is_about_or_whose_it_is(kind: Kind) -> None:
    words = words_of(kind, "K7QXPF", LINK, 3)
    names = [pack(each).landlord.name for each in NAMES] + [pack(each).landlord.short_name for each in NAMES]
    for part in (words.subject, words.body):
        assert not_bland(part, [*names, "housing", "tenant", "case", "officer", "support", "referral"]) == ()


@pytest.mark.parametrize("kind", Kind)
def test_each_message_holds_its_code_and_one_link_and_nothing_else_that_changes(kind: Kind) -> None:
    one, other = words_of(kind, "K7QXPF", LINK), words_of(kind, "ZZZZZZ", "https://portal.example/desk/")
    assert re.findall(r"https?://\S+", one.body) == [LINK]
    assert one.subject.replace("K7QXPF", "ZZZZZZ") == other.subject
    assert one.body.replace("K7QXPF", "ZZZZZZ").replace(LINK, "https://portal.example/desk/") == other.body


def test_every_kind_has_its_words_and_only_the_daily_list_counts() -> None:
    assert set(SUBJECTS) == set(SENTENCES) == set(Kind)
    assert "Number of things: 4." in words_of(Kind.DIGEST, "X", LINK, 4).body
    assert "4" not in words_of(Kind.OVERDUE, "X", "/desk/", 4).body


def test_danger_to_life_goes_before_everything_else() -> None:
    assert min(Kind, key=lambda each: each.rank) is Kind.LIFE
    assert max(Kind, key=lambda each: each.rank) is Kind.DIGEST


def test_codes_are_short_spell_no_word_and_differ() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(re.fullmatch(r"[2-9B-DF-HJ-NP-TV-Z]{6}", each) for each in codes)
