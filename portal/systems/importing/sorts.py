"""The kinds of files as data: what their columns can mean, and what is done with a line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.domain.importing import cases, homes, people
from portal.domain.importing.kinds import Kind
from portal.systems.importing import as_cases, as_homes, as_people


@dataclass(frozen=True, slots=True)
class Sort:
    """One kind of file: `look` reads its lines, `make` and `take_back` do, `changed` counts what stands in the way."""

    columns: type[StrEnum]
    titles: Mapping[Any, str]
    guesses: Mapping[Any, tuple[str, ...]]
    look: Callable[..., tuple[list[Any], list[Any]]]
    make: Callable[..., None]
    changed: Callable[..., int]
    take_back: Callable[..., None]


SORTS: dict[Kind, Sort] = {
    Kind.CASES: Sort(
        cases.Column, cases.TITLES, cases.GUESSES, as_cases.look, as_cases.make, as_cases.changed, as_cases.take_back
    ),
    Kind.PEOPLE: Sort(
        people.PersonColumn, people.TITLES, people.GUESSES, as_people.look, as_people.make, as_people.changed,
        as_people.take_back,
    ),
    Kind.HOMES: Sort(
        homes.HomeColumn, homes.TITLES, homes.GUESSES, as_homes.look, as_homes.make, as_homes.changed,
        as_homes.take_back,
    ),
}  # fmt: skip
