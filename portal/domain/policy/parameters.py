"""A policy as one flat table of parameters: key, value, clause, who said it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from portal.domain.clock import describe
from portal.domain.policy.clocks import Clock
from portal.domain.policy.policy import Policy
from portal.domain.policy.stated import Frozen, Origin, Stated


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of the table; no value means that the policy does not state one."""

    key: str
    value: str | None
    clauses: tuple[str, ...]
    origin: Origin
    note: str | None
    interpretation: str | None


def parameters(policy: Policy) -> tuple[Parameter, ...]:
    """Every parameter of a policy, in the order of the model."""
    return tuple(_of_clock(clock) for clock in policy.clocks) + tuple(
        _of_stated(key, stated) for key, stated in stated_values(policy)
    )


def stated_values(part: BaseModel, under: str = "") -> Iterator[tuple[str, Stated[Any]]]:
    """Every stated or unstated value below a part of a policy, with its dotted key."""
    for name in type(part).model_fields:
        yield from _below(getattr(part, name), f"{under}{name}")


def _below(value: object, key: str) -> Iterator[tuple[str, Stated[Any]]]:
    if isinstance(value, Stated):
        yield key, value
    elif isinstance(value, Frozen):
        yield from stated_values(value, f"{key}.")
    elif isinstance(value, tuple):
        for number, one in enumerate(value, start=1):
            yield from _below(one, f"{key}[{getattr(one, 'event', number)}]")


def _of_stated(key: str, stated: Stated[Any]) -> Parameter:
    chosen = stated.interpretation.choice if stated.interpretation else None
    value = None if stated.value is None else in_words(stated.value)
    return Parameter(key, value, stated.clauses, stated.origin, stated.note, chosen)


def _of_clock(clock: Clock) -> Parameter:
    chosen = clock.interpretation.choice if clock.interpretation else None
    value = f"{clock.stop_act} by {describe(clock.rule())}" if clock.stated else None
    return Parameter(f"clocks[{clock.event}]", value, clock.clauses, Origin.POLICY, clock.note, chosen)


def in_words(value: object) -> str:
    """A value as a reader sees it in a table."""
    match value:
        case bool():
            return "yes" if value else "no"
        case StrEnum():
            return _spoken(value.value)
        case tuple():
            return ", ".join(in_words(one) for one in value)
        case BaseModel():
            said = {name: getattr(value, name) for name in type(value).model_fields}
            return "; ".join(f"{_spoken(name)}: {in_words(one)}" for name, one in said.items() if _says(one))
        case _:
            return str(value)


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _says(value: object) -> bool:
    return value is not None and value != ()
