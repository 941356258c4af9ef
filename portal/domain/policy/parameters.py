"""A policy as one flat table of parameters: key, value, clause, who said it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from portal.domain.clock import describe
from portal.domain.policy.clocks import Clock, Commitment, OwnTarget
from portal.domain.policy.hours import ClosureDay
from portal.domain.policy.ladder import Ladder, Rung
from portal.domain.policy.policy import Policy
from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.said_date import in_words as date_in_words
from portal.domain.policy.stated import Frozen, Origin, Stated

NO_PARAMETERS = frozenset({"guidance", "clauses", "sayings", "readings", "control_lines", "rows"})
"""Lists that describe the text itself and set nothing."""

SAID_ELSEWHERE = frozenset({"clause", "also", "note"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of the table; no value means that the policy does not state one."""

    key: str
    value: str | None
    clauses: tuple[str, ...]
    origin: Origin
    note: str | None = None
    interpretation: str | None = None
    """Which of several readings is followed; `chosen` says by whom, when and why."""
    chosen: str | None = None
    holds: str | None = None
    """Since and until when this one value holds, where that differs from the document's own dates."""


def parameters(policy: Policy) -> tuple[Parameter, ...]:
    """Every parameter of a policy, in the order of the model."""
    return tuple(_of_parts(policy, ""))


def stated_values(part: BaseModel, under: str = "") -> Iterator[tuple[str, Stated[Any]]]:
    """Every stated or unstated value below a part of a policy, with its dotted key."""
    for key, value in _below(part, under):
        if isinstance(value, Stated):
            yield key, value
        elif isinstance(value, Frozen):
            yield from stated_values(value, f"{key}.")


def _below(part: BaseModel, under: str) -> Iterator[tuple[str, object]]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, tuple):
            for number, one in enumerate(value, start=1):
                yield f"{under}{name}[{_name(one, number)}]", one
        else:
            yield f"{under}{name}", value


def _name(one: object, number: int) -> str:
    named = (getattr(one, field, None) for field in ("event", "id", "name", "need"))
    return next((name for name in named if name), str(number))


def _of_parts(part: BaseModel, under: str) -> Iterator[Parameter]:
    for key, value in _below(part, under):
        match value:
            case _ if key.rpartition(".")[2].partition("[")[0] in NO_PARAMETERS:
                pass
            case Clock() | OwnTarget() | Stated() | Ladder():
                yield from _of_kind(key, value)
            case ClosureDay():
                yield Parameter(key, _record(value), (), Origin.LANDLORDS_OWN)
            case Frozen() if hasattr(value, "clause"):
                yield Parameter(key, _record(value), _clauses(value), Origin.POLICY)
            case Frozen():
                yield from _of_parts(value, f"{key}.")


def _of_kind(key: str, value: Clock | OwnTarget | Stated[Any] | Ladder) -> Iterator[Parameter]:
    match value:
        case Clock():
            yield _stated(key, _of_clock(value), Origin.POLICY, value)
        case OwnTarget():
            yield Parameter(key, describe(value.rule()), (), Origin.LANDLORDS_OWN, value.why)
        case Ladder():
            for rung in value.rungs:
                yield Parameter(f"{key}[{rung.name}]", _of_rung(rung), _clauses(value), value.origin)
        case Stated():
            said = None if value.value is None else in_words(value.value)
            yield _stated(key, said, value.origin, value)


def _stated(key: str, said: str | None, origin: Origin, value: Clock | Stated[Any]) -> Parameter:
    read = value.interpretation
    return Parameter(
        key,
        said,
        value.clauses,
        origin,
        value.note,
        read.choice if read else None,
        read.said_by if read else None,
        _holds(value.from_day, value.to_day),
    )


def _holds(from_day: SaidDate | None, to_day: SaidDate | None) -> str | None:
    parts = (
        f"from {date_in_words(from_day)}" if from_day else "",
        f"until {date_in_words(to_day)}" if to_day else "",
    )
    return " ".join(filter(None, parts)) or None


def time_in_words(value: Clock | OwnTarget) -> str | None:
    """How soon, and what stops the clock; nothing where no time is stated."""
    return _of_clock(value) if isinstance(value, Clock) else describe(value.rule())


def _of_clock(clock: Clock) -> str | None:
    aim = ", as an aim" if clock.commitment is Commitment.AIM else ""
    return f"{clock.stop_act}: {describe(clock.rule())}{aim}" if clock.stated else None


def _of_rung(rung: Rung) -> str:
    minutes = f"{rung.minutes} minutes " if rung.minutes else ""
    only = f", only for {', '.join(rung.events)}" if rung.events else ""
    return f"{minutes}{_spoken(rung.when.value)}, to the {rung.to}{only}"


def _clauses(value: Frozen) -> tuple[str, ...]:
    clause = getattr(value, "clause", None)
    return (clause,) if clause else ()


def _record(value: BaseModel) -> str:
    said = {name: getattr(value, name) for name in type(value).model_fields if name not in SAID_ELSEWHERE}
    return "; ".join(f"{_spoken(name)}: {in_words(one)}" for name, one in said.items() if _says(one))


def in_words(value: object) -> str:
    """A value as a reader sees it in a table."""
    match value:
        case bool():
            return "yes" if value else "no"
        case StrEnum():
            return _spoken(value.value)
        case tuple():
            return ", ".join(in_words(one) for one in value)
        case Stated():
            return "not stated" if value.value is None else in_words(value.value)
        case BaseModel():
            return _record(value)
        case _:
            return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _says(value: object) -> bool:
    return value is not None and value not in ((), "")
