"""What every file has in common: headings, days as people here write them, and places where something is wrong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from portal.domain.calendar import at_wall_clock

MOST_COLUMNS, LONGEST_CELL, MOST_FAULTS = 60, 4000, 200
NOON = time(12)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ERRORS = frozenset({"#ref!", "#n/a", "#value!", "#name?", "#div/0!", "#null!", "#num!"})
SERIALS = range(20_000, 60_000)
"""Days between 1954 and 2064 as a spreadsheet counts them."""
YES, NO = frozenset({"yes", "y", "true", "1", "x"}), frozenset({"no", "n", "false", "0"})
_NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.? (\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ROUNDED = re.compile(r"\d(\.\d+)?e\+?\d+", re.IGNORECASE)
_NO_ZERO = re.compile(r"[1237]\d{9}")

Meaning = TypeVar("Meaning", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one place of the file: line as a spreadsheet counts, column, and never what stands there.

    One that does not `stop` is only to be looked at.
    """

    line: int
    column: str
    says: str
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a file, headings first; `head_at` is the line on which the headings stand, counted from 1."""

    lines: list[list[str]]
    head_at: int = 1
    notes: tuple[str, ...] = ()
    """What whoever reads it in should know of the file as a whole."""

    @property
    def head(self) -> list[str]:
        """The headings."""
        return self.lines[0]


def folded(heading: str) -> str:
    """A heading without marks, in small letters."""
    return " ".join(re.findall(r"[a-z0-9]+", heading.casefold()))


def guess(head: Sequence[str], guesses: Mapping[Meaning, tuple[str, ...]]) -> dict[Meaning, int]:
    """What the columns seem to mean; each is taken once."""
    names = [folded(each) for each in head]
    found: dict[Meaning, int] = {}
    for column, likely in guesses.items():
        free = [name if place not in found.values() else "" for place, name in enumerate(names)]
        place = next((free.index(each) for each in likely if each in free), None)
        if place is not None:
            found[column] = place
    return found


def lacking(
    needed: Sequence[Meaning], mapped: Mapping[Meaning, int], titles: Mapping[Meaning, str], head_at: int
) -> list[Fault]:
    """The meanings without which nothing can be made of a line, and for which no column is chosen."""
    return [
        Fault(head_at, titles[each].partition(" (")[0], "No column is chosen for this.")
        for each in needed
        if each not in mapped
    ]


def said_in(sheet: Sheet, mapped: Mapping[Meaning, int]) -> Iterator[tuple[int, dict[Meaning, str]]]:
    """The lines with anything in them: the number of each, and what stands under every meaning."""
    for number, row in enumerate(sheet.lines[1:], start=sheet.head_at + 1):
        if any(cell.strip() for cell in row):
            yield (
                number,
                {
                    each: row[place].strip()
                    for each, place in mapped.items()
                    if place < len(row) and row[place].strip()
                },
            )


def read_day(text: str) -> tuple[date, time | None] | None:
    """A day as people here write it, the day before the month, with a time where one stands behind; None for others."""
    words = " ".join(text.replace("T", " ").split()) if _ISO.match(text) else " ".join(text.split())
    hour = _TIME.search(words)
    plain = (words[: hour.start()] + words[hour.end() :]).strip() if hour else words
    try:
        clock = time(int(hour[1]), int(hour[2])) if hour else None
        day = _day(plain)
    except ValueError:
        return None
    return (day, clock) if day else None


def _day(plain: str) -> date | None:
    if found := _ISO.fullmatch(plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(plain):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)  # noqa: PLR2004 - two digits of a year
        return date(year, int(found[2]), int(found[1]))
    found = _WORDS.fullmatch(plain)
    if found and found[2].lower()[:3] in MONTHS:
        return date(int(found[3]), MONTHS.index(found[2].lower()[:3]) + 1, int(found[1]))
    return None


class Line(Generic[Meaning]):
    """One line while it is looked at."""

    def __init__(
        self,
        number: int,
        said: dict[Meaning, str],
        heads: Mapping[Meaning, str],
        titles: Mapping[Meaning, str],
        now: datetime,
    ) -> None:
        """`heads` are the headings of the file for what is mapped, `titles` ours for all the rest."""
        self.number, self.said, self.heads, self.titles, self.now = number, said, heads, titles, now
        self.faults: list[Fault] = []
        self._plain()

    @property
    def stopped(self) -> bool:
        """Whether nothing can be made of it."""
        return any(each.stops for each in self.faults)

    def get(self, column: Meaning) -> str:
        """What stands under a meaning; empty where nothing does."""
        return self.said.get(column, "")

    def wrong(self, column: Meaning, says: str) -> None:
        """Something that stops it."""
        self._say(column, says, stops=True)

    def heed(self, column: Meaning, says: str) -> None:
        """Something to be looked at, that stops nothing."""
        self._say(column, says, stops=False)

    def needed(self, column: Meaning) -> str:
        """What stands there; wrong where nothing does."""
        if not self.get(column):
            self.wrong(column, "This is empty.")
        return self.get(column)

    def moment(self, column: Meaning, *, to_come: bool = False) -> datetime | None:
        """A day, with its hour where one is written; wrong where it has not come yet, unless it may be `to_come`."""
        text = self.get(column)
        found = read_day(text)
        if not text or found is None:
            if text:
                self.wrong(column, _no_day(text))
            return None
        moment = at_wall_clock(found[0], found[1] or NOON)
        if moment > self.now and found[1] is None and moment - self.now < timedelta(hours=12):
            moment = self.now  # today, without an hour
        if moment > self.now and not to_come:
            self.wrong(column, "This day has not come yet.")
        return moment

    def email(self, column: Meaning) -> str:
        """An address of email; wrong where it is none."""
        text = self.get(column)
        if text and not _EMAIL.fullmatch(text):
            self.wrong(column, "This is no email address.")
        return text.casefold()

    def number_of(self, column: Meaning) -> None:
        """A telephone number, as spreadsheets spoil it: the 0 in front goes, or it is rounded."""
        text = self.get(column)
        bare = re.sub(r"[\s()\-]", "", text)
        if _ROUNDED.fullmatch(bare):
            self.wrong(column, "A spreadsheet has rounded this number. Give the column the format of text.")
        elif _NO_ZERO.fullmatch(bare):
            self.said[column] = f"0{bare}"
            self.heed(column, "The 0 in front was lost, as spreadsheets do. It is put back.")

    def yes(self, column: Meaning, *, otherwise: bool) -> bool:
        """Yes or no; `otherwise` where nothing stands there."""
        text = folded(self.get(column))
        if text and text not in YES | NO:
            self.wrong(column, "Write yes or no.")
        return text in YES if text else otherwise

    def _plain(self) -> None:
        for column, text in self.said.items():
            if text.startswith(("=", "@")):
                self.wrong(column, "This is a formula. Put what it comes to in its place.")
            elif text.casefold() in ERRORS:
                self.wrong(
                    column, "This is an error of the spreadsheet. Put right what it is worked out from."
                )
            elif len(text) > LONGEST_CELL:
                self.wrong(column, f"This is longer than {LONGEST_CELL} letters.")

    def _say(self, column: Meaning, says: str, *, stops: bool) -> None:
        title = self.heads.get(column) or self.titles[column].partition(" (")[0]
        self.faults.append(Fault(self.number, title, says, stops))


def _no_day(text: str) -> str:
    if text.isdecimal() and int(text) in SERIALS:
        return "This is a day as a spreadsheet counts days. Give the column the format of a date, and save it again."
    return "This is no day as it is written here, such as 02/04/2026."
