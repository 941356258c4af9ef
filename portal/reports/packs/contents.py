"""What a report says: published figures in words, with the quarter before beside them, as they are kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from portal.domain.figures import Quarter, Released
from portal.domain.suppression import Rules
from portal.domain.wording import say_moment
from portal.reports.performance.learned import Learned
from portal.reports.performance.measures import MEASURES, Measure

PARTS: tuple[Measure | Learned, ...] = (*MEASURES, Learned())


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table."""

    says: str
    number: str
    share: str
    before: str


@dataclass(frozen=True, slots=True)
class Part:
    """One figure; without lines it is kept back."""

    group: str
    title: str
    about: str
    all: str
    lines: tuple[Line, ...]
    took: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole report but for the words that an officer wrote."""

    quarter: str
    period: str
    before: str
    fewest: int
    base: int
    parts: tuple[Part, ...]
    as_of: str = ""
    """When the figures were counted, in words."""

    def to_dict(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> "Contents":
        """As it was kept."""
        parts = tuple(
            Part(
                each["group"],
                each["title"],
                each["about"],
                each["all"],
                tuple(Line(**line) for line in each["lines"]),
                tuple((says, time) for says, time in each["took"]),
            )
            for each in kept["parts"]
        )
        return cls(**kept | {"parts": parts})

    @property
    def groups(self) -> dict[str, list[Part]]:
        """The parts under their headings."""
        found: dict[str, list[Part]] = {}
        for each in self.parts:
            found.setdefault(each.group, []).append(each)
        return found


@dataclass(frozen=True, slots=True)
class Said:
    """What the officer wrote beside the figures."""

    summary: str = ""
    actions: str = ""


def part(measure: Measure | Learned, now: Released, before: Released | None) -> Part:
    """One figure in words."""
    lines = []
    for name, cell in (now.cells or {}).items():
        earlier = before.cells.get(name) if before and before.cells else None
        kept = "kept back" if before and before.cells is None else ""
        lines.append(
            Line(measure.cells.get(name, name), cell.says, cell.share, earlier.says if earlier else kept)
        )
    return Part(measure.group, measure.title, measure.about, now.all, tuple(lines), now.took)


def contents(
    quarter: Quarter,
    now: Mapping[str, Released],
    before: Mapping[str, Released],
    rules: Rules,
    as_of: datetime | None = None,
) -> Contents:
    """The whole report."""
    return Contents(
        str(quarter),
        quarter.say(),
        quarter.before().say(),
        rules.fewest,
        rules.base,
        tuple(part(each, now[each.key], before.get(each.key)) for each in PARTS if each.key in now),
        say_moment(as_of) if as_of else "",
    )
