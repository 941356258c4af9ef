"""What a figure is: a period, a group of people, and how it is shared out. What may be published: suppression."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from portal.domain.calendar import at_wall_clock, in_london
from portal.domain.suppression import Bounds, Key, Rules, Shown, Table, middle, publish, share, together

MONTHS = 3
SINCE = 8
"""How many quarters back figures can be asked for."""
HALF_AN_HOUR = 0.5
KEPT_BACK = "kept back"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of the calendar. The only periods that there are: none overlaps or tells of another."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter of a day."""
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @classmethod
    def read(cls, text: str) -> "Quarter | None":
        """As it stands in an address: 2026-2. None where it is no quarter."""
        year, dash, number = text.partition("-")
        if dash and year.isdecimal() and number in {"1", "2", "3", "4"} and 2000 <= int(year) <= 2999:  # noqa: PLR2004
            return cls(int(year), int(number))
        return None

    def before(self) -> "Quarter":
        """The one before it."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def after(self) -> "Quarter":
        """The one after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)  # noqa: PLR2004

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * MONTHS + 1, 1)

    @property
    def begins(self) -> datetime:
        """Its first moment, by London clocks."""
        return at_wall_clock(self.first, time())

    @property
    def ends(self) -> datetime:
        """The first moment that is not in it any more."""
        return self.after().begins

    def over(self, now: datetime) -> bool:
        """Has it ended?"""
        return self.ends <= now

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    def say(self) -> str:
        """As people read it."""
        last = date(self.year, self.number * MONTHS, 1)
        return f"{self.first:%B} to {last:%B} {self.year}"


def quarters(now: datetime) -> tuple[Quarter, ...]:
    """This quarter and those before it, the newest first."""

    def back() -> Iterator[Quarter]:
        quarter = Quarter.of(in_london(now).date())
        for _ in range(SINCE + 1):
            yield quarter
            quarter = quarter.before()

    return tuple(back())


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took: the middle one of so many, in hours; None where there was nothing."""

    says: str
    hours: float | None
    number: int


@dataclass(frozen=True, slots=True)
class Counted:
    """One figure as it was counted: nothing of it is published before `released`."""

    key: str
    of: Key
    """Which people or things are shared out: two figures about the same ones have the same."""
    cells: Mapping[str, int]
    took: tuple[Took, ...] = ()

    @property
    def all(self) -> int:
        """How many there are."""
        return sum(self.cells.values())


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a figure as it may be seen: in words, from where to where, and its share where that may be said."""

    says: str
    bounds: Bounds
    share: str = ""
    exact: bool = False

    def to_dict(self) -> dict[str, Any]:
        """As it is kept: in words and bounds, and nothing that was counted."""
        return {"says": self.says, "low": self.bounds.low, "high": self.bounds.high, "share": self.share}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "Cell":
        """As it was kept."""
        return cls(kept["says"], Bounds(kept["low"], kept["high"]), kept["share"])

    @property
    def middle(self) -> float:
        """For a drawing: the number, or the middle of what it may be."""
        high = self.bounds.low if self.bounds.high is None else self.bounds.high
        return (self.bounds.low + high) / 2


@dataclass(frozen=True, slots=True)
class Released:
    """One figure as it may be seen by whoever reads it; `cells` is None where it is kept back."""

    key: str
    cells: Mapping[str, Cell] | None
    all: str
    took: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As it is kept, once it is published."""
        cells = self.cells
        return {
            "cells": None if cells is None else {name: cell.to_dict() for name, cell in cells.items()},
            "all": self.all,
            "took": self.took,
        }

    @classmethod
    def from_dict(cls, key: str, kept: Mapping[str, Any] | None) -> "Released":
        """As it was kept; kept back where it was not counted yet."""
        if kept is None:
            return cls(key, None, KEPT_BACK)
        cells = kept["cells"]
        return cls(
            key,
            None if cells is None else {name: Cell.from_dict(cell) for name, cell in cells.items()},
            kept["all"],
            tuple((says, took) for says, took in kept["took"]),
        )


def as_counted(several: list[Counted]) -> dict[str, Released]:
    """For whoever may open the cases: as it was counted."""
    return {
        each.key: Released(
            each.key,
            {
                name: Cell(str(number), Bounds(number, number), _percent(number, each.all), exact=True)
                for name, number in each.cells.items()
            },
            str(each.all),
            tuple((took.says, say_hours(took.hours)) for took in each.took if took.hours is not None),
        )
        for each in several
    }


def summed(several: Sequence[Mapping[str, Released]]) -> dict[str, Released]:
    """Figures of several landlords for whoever may open the cases of each: what was counted, added up.

    What is shown to nobody as it was counted is not added up either; nor is how long things took.
    """
    found = {}
    for key in several[0]:
        parts = [each[key] for each in several]
        exact = [each.cells for each in parts if each.cells is not None and all(c.exact for c in each.cells.values())]
        if len(exact) < len(parts):
            found[key] = Released(key, None, KEPT_BACK)
            continue
        names = dict.fromkeys(name for cells in exact for name in cells)
        cells = {name: sum(each[name].bounds.low for each in exact if name in each) for name in names}
        found |= as_counted([Counted(key, key, cells)])
    return found


def released(several: list[Counted], rules: Rules) -> dict[str, Released]:
    """For everybody else: nothing in it points at anybody. Of two about the same people the first goes first."""
    tables = [
        Table(each.key, each.of, {str(name): number for name, number in each.cells.items()})
        for each in several
    ]
    published = publish(tables, rules)
    return {each.key: _released(each, published[each.key], rules) for each in several}


def _released(counted: Counted, cells: Mapping[Key, Shown] | None, rules: Rules) -> Released:
    if cells is None:
        return Released(counted.key, None, KEPT_BACK)
    whole = together(*cells.values())
    lines = {}
    for name, one in cells.items():
        part = share(one, whole, rules) if len(cells) > 1 else None
        lines[str(name)] = Cell(one.say(), one.bounds, f"{part.say()}%" if part else "")
    took = []
    for each in counted.took:
        hours = middle(each.hours, each.number, rules, HALF_AN_HOUR)
        took.append((each.says, say_hours(hours) if hours is not None else "too few to say"))
    one = next(iter(cells.values()))
    return Released(counted.key, lines, one.say() if len(cells) == 1 else whole.say(), tuple(took))


def _percent(number: int, whole: int) -> str:
    return f"{round(100 * number / whole)}%" if whole else ""


def say_hours(hours: float | None) -> str:
    """2.5 hours; from two days on, in days."""
    if hours is None:
        return ""
    days = hours >= 48  # noqa: PLR2004
    number = f"{hours / 24 if days else hours:.1f}".removesuffix(".0")
    unit = "day" if days else "hour"
    return f"{number} {unit}" if number == "1" else f"{number} {unit}s"
