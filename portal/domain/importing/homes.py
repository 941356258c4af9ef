"""Homes of the landlord that come as a table: a reference and an address, and nobody who lives there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.domain.flags import address_keys, has_postcode
from portal.domain.importing.table import Fault, Line, Sheet, folded, lacking, said_in

LONGEST_REFERENCE, LONGEST_ADDRESS, MOST_BEDROOMS = 40, 300, 12


class HomeColumn(StrEnum):
    """What a column can mean."""

    REFERENCE = "reference"
    ADDRESS = "address"
    POSTCODE = "postcode"
    OTHER_KEY = "other_key"
    KIND = "kind"
    BEDROOMS = "bedrooms"
    HELD = "held"
    OURS = "ours"
    APART = "apart"


TITLES: dict[HomeColumn, str] = {
    HomeColumn.REFERENCE: "Reference of the home",
    HomeColumn.ADDRESS: "Address",
    HomeColumn.POSTCODE: "Postcode, where it stands apart",
    HomeColumn.OTHER_KEY: "Another key for it, such as the UPRN",
    HomeColumn.KIND: "What it is (house, flat, bungalow)",
    HomeColumn.BEDROOMS: "Bedrooms",
    HomeColumn.HELD: "How it is held (rented, leasehold, shared ownership)",
    HomeColumn.OURS: "Whether it is ours still (yes or no; empty: yes)",
    HomeColumn.APART: "Whether it is a refuge or a safe house (such lines are left out)",
}
NEEDED = (HomeColumn.REFERENCE, HomeColumn.ADDRESS)
GUESSES: dict[HomeColumn, tuple[str, ...]] = {
    HomeColumn.REFERENCE: (
        "property reference", "property ref", "prop ref", "property id", "place ref", "asset reference", "asset id",
        "reference", "ref",
    ),
    HomeColumn.OTHER_KEY: ("uprn", "unique property reference number", "llpg", "other key"),
    HomeColumn.ADDRESS: ("address", "property address", "full address", "location"),
    HomeColumn.POSTCODE: ("postcode", "post code"),
    HomeColumn.KIND: ("property type", "dwelling type", "type", "built form"),
    HomeColumn.BEDROOMS: ("bedrooms", "beds", "number of bedrooms", "no of bedrooms", "bed size"),
    HomeColumn.HELD: ("tenure", "tenure type", "held", "ownership"),
    HomeColumn.OURS: ("in management", "managed", "ours", "current"),
    HomeColumn.APART: ("refuge", "safe house", "confidential", "kept apart"),
}  # fmt: skip
"""Headings as other systems write them, without marks and in small letters."""


@dataclass(frozen=True, slots=True)
class Home:
    """One line as a home."""

    line: int
    reference: str
    address: str
    other_key: str
    kind: str
    bedrooms: int | None
    held: str
    ours: bool


def check(sheet: Sheet, mapped: Mapping[HomeColumn, int], now: datetime) -> tuple[list[Home], list[Fault]]:
    """Every line as a home, and every fault of the file. A refuge is left out, and told of."""
    faults = lacking(NEEDED, mapped, TITLES, sheet.head_at)
    if faults:
        return [], faults
    taken: list[Home] = []
    seen: dict[str, int] = {}
    places: dict[str, int] = {}
    heads = {each: sheet.head[place] for each, place in mapped.items()}
    for number, said in said_in(sheet, mapped):
        line = _HomeLine(number, said, heads, TITLES, now)
        found = line.read(seen, places)
        faults += line.faults
        if found:
            taken.append(found)
    if not taken and not any(each.stops for each in faults):
        faults.append(Fault(sheet.head_at + 1, "", "There is no line with a home in it."))
    return taken, faults


class _HomeLine(Line[HomeColumn]):
    """One line while it is looked at."""

    def read(self, seen: dict[str, int], places: dict[str, int]) -> Home | None:
        """The line as a home, if nothing is wrong with it and it is no refuge."""
        if self.yes(HomeColumn.APART, otherwise=False):
            self.heed(
                HomeColumn.APART,
                "A refuge or safe house: this line is left out. No list here has its address.",
            )
            return None
        reference, bedrooms = self.needed(HomeColumn.REFERENCE), self._bedrooms()
        whole = ", ".join(
            each for each in (self.needed(HomeColumn.ADDRESS), self.get(HomeColumn.POSTCODE)) if each
        )
        ours = self.yes(HomeColumn.OURS, otherwise=True)
        self._lengths(whole)
        self._twice(HomeColumn.REFERENCE, folded(reference), seen)
        if whole and not has_postcode(whole):
            self.heed(
                HomeColumn.ADDRESS, "There is no postcode. It is found only where it is written just so."
            )
        elif whole:
            self._twice(HomeColumn.ADDRESS, address_keys(whole)[0], places, stops=False)
        if self.stopped:
            return None
        kind, held = self.get(HomeColumn.KIND), self.get(HomeColumn.HELD)
        return Home(self.number, reference, whole, self.get(HomeColumn.OTHER_KEY), kind, bedrooms, held, ours)

    def _bedrooms(self) -> int | None:
        text = self.get(HomeColumn.BEDROOMS)
        if not text:
            return None
        if not text.isdecimal() or int(text) > MOST_BEDROOMS:
            self.wrong(HomeColumn.BEDROOMS, f"Write a number from 0 to {MOST_BEDROOMS}.")
            return None
        return int(text)

    def _lengths(self, whole: str) -> None:
        for column in (HomeColumn.REFERENCE, HomeColumn.OTHER_KEY, HomeColumn.KIND, HomeColumn.HELD):
            if len(self.get(column)) > LONGEST_REFERENCE:
                self.wrong(column, f"This is longer than {LONGEST_REFERENCE} letters.")
        if len(whole) > LONGEST_ADDRESS:
            self.wrong(HomeColumn.ADDRESS, f"This is longer than {LONGEST_ADDRESS} letters.")

    def _twice(self, column: HomeColumn, key: str, seen: dict[str, int], *, stops: bool = True) -> None:
        if not key:
            return
        if key in seen and stops:
            self.wrong(column, f"This stands in line {seen[key]} already.")
        elif key in seen:
            self.heed(column, f"This seems to be the home of line {seen[key]} once more.")
        else:
            seen[key] = self.number
