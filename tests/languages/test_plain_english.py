"""The English of the public side is for a reader of nine: measured for each page and form by Flesch and Kincaid.

The grade of Flesch and Kincaid counts years at school in America, which begin at five: grade four is a reader of nine.
Landlords' own sentences are quoted from their policies and are not ours to measure.
"""

import re
from collections import defaultdict
from functools import cache

from portal.languages.extraction import extracted, of_a_landlord, said
from tests.conventions.sources import ROOT

OLDEST, AT_SCHOOL_FROM = 9, 5
LONGEST = 18
FEWEST = 30
"""Words below which one long one decides all: such short texts are measured with the whole."""
NAMES = {"portal/landlords/public_words.py"}
"""Names of kinds and offers, no sentences ("British Sign Language"): these too are measured with the whole."""
WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
SILENT = re.compile(r"(?<=[^aeioulty])e$|(?<=[^td])ed$|(?<=[^lrsxzcg])es$")
NOT_READ = re.compile(r"<[^>]+>|%\(\w+\)s|\S+@\S+")


def syllables(word: str) -> int:
    plain = word.lower().partition("’")[0]
    return max(1, len(re.findall("[aeiouy]+", SILENT.sub("", plain) if len(plain) > 3 else plain)))


def sentences(texts: list[str]) -> list[list[str]]:
    parts = [part for text in texts for part in re.split(r"(?<=[.?!:])\s+", NOT_READ.sub(" ", text))]
    return [words for part in parts if (words := WORD.findall(part))]


def age(texts: list[str]) -> float:
    said_there = sentences(texts)
    words = [word for each in said_there for word in each]
    long = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(said_there) + 11.8 * long - 15.59 + AT_SCHOOL_FROM


@cache
def by_place() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for message in said(extracted(ROOT)):
        if not of_a_landlord(message):
            for where, _ in message.locations:
                found[where].append(str(message.id))
    return found


def test_the_measure_tells_a_childs_book_from_a_policy() -> None:
    assert age(["The cat sat on the mat. It was a good day."]) < 6
    assert age(["Applicants experiencing abuse receive accommodation following multi-agency assessment."]) > 18
    assert [syllables(each) for each in ("house", "ring", "wanted", "safe", "other", "anybody")] == [1, 1, 2, 1, 2, 4]


def test_all_of_it_together() -> None:
    everything = {text for texts in by_place().values() for text in texts}
    assert len(everything) > 500
    assert age(sorted(everything)) < OLDEST


def test_each_page_and_each_form_is_for_a_reader_of_nine() -> None:
    ages = {
        where: round(age(texts), 1)
        for where, texts in by_place().items()
        if where not in NAMES and sum(map(len, sentences(texts))) >= FEWEST
    }
    assert len(ages) > 15
    assert not {where: found for where, found in ages.items() if found > OLDEST + 0.5}


def test_no_sentence_is_so_long_that_its_beginning_is_forgotten() -> None:
    texts = [text for found in by_place().values() for text in found]
    assert not {" ".join(each) for each in sentences(texts) if len(each) > LONGEST}
