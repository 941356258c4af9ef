"""Where in a policy a value stands, as an address can carry it: "contact.preferences.same_sex", "clocks.0"."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from portal.domain.errors import PortalError
from portal.domain.policy import Policy
from portal.domain.policy.clocks import Clock, OwnTarget
from portal.domain.policy.parameters import in_words, time_in_words
from portal.domain.policy.stated import Stated
from portal.governance.drafts.names import TITLES
from portal.governance.drafts.shape import Raw, asked, is_model, said

NAMED_BY = (
    "event",
    "number",
    "id",
    "name",
    "need",
    "outcome",
    "step",
    "title",
    "heading",
    "term",
    "who",
    "question",
)
IN_OTHER_COLUMNS = frozenset({"clause", "also", "note", "interpretation"})
HIDDEN = frozenset({"schema_version"})


class NoSuchPlaceError(PortalError):
    """A policy has no such place."""


@dataclass(frozen=True, slots=True)
class Place:
    """One value that can be edited by itself; `new` where a list can grow."""

    where: str
    label: str
    says: str
    clause: str
    new: bool = False


PARTS = tuple(name for name in Policy.model_fields if name not in HIDDEN)
"""The parts of a policy, in the order of the model."""


def steps_of(where: str) -> tuple[str | int, ...]:
    """The way to a place: names, and numbers within lists."""
    return tuple(int(step) if step.isdecimal() else step for step in where.split("."))


def annotation_at(where: str) -> Any:  # noqa: ANN401, a type hint has no narrower type
    """What kind of value stands there; raises for a place that no policy has."""
    kind: Any = Policy
    for step in steps_of(where):
        if isinstance(step, int) and get_origin(asked(kind).type) is tuple:
            kind = get_args(asked(kind).type)[0]
        elif isinstance(step, str) and is_model(asked(kind).type) and step in asked(kind).type.model_fields:
            kind = asked(kind).type.model_fields[step].annotation
        else:
            raise NoSuchPlaceError("A policy has no such place.")
    if steps_of(where)[0] not in PARTS:
        raise NoSuchPlaceError("A policy has no such place.")
    return kind


def raw_at(content: Raw, where: str) -> Raw:
    """What the draft holds there; None where it holds nothing."""
    for step in steps_of(where):
        inside = isinstance(step, int) and isinstance(content, list) and step < len(content)
        content = content[step] if inside else content.get(step) if isinstance(content, dict) else None
    return content


def with_raw(content: dict[str, Any], where: str, value: Raw) -> dict[str, Any]:
    """The same draft with another value there; None takes it out, and one past the end of a list adds to it."""
    whole = deepcopy(content)
    *way, last = steps_of(where)
    at: Any = whole
    for step in way:
        at = at[step] if isinstance(step, int) else at.setdefault(step, {})
    if isinstance(last, int):
        at[last : last + 1] = [] if value is None else [value]
    elif value is None:
        at.pop(last, None)
    else:
        at[last] = value
    return whole


def list_growing(content: dict[str, Any], where: str) -> dict[str, Any]:
    """The draft with an empty list where the place is to be in one that is not there yet."""
    *way, last = where.split(".")
    above = ".".join(way)
    if last.isdecimal() and raw_at(content, above) is None:
        return with_raw(content, above, [])
    return content


def places(policy: Policy, part: str) -> Iterator[Place]:
    """Everything of one part that can be edited by itself."""
    if part not in PARTS:
        raise NoSuchPlaceError("A policy has no such part.")
    yield from _places(Policy.model_fields[part].annotation, getattr(policy, part), part, TITLES[part].title)


def _places(annotation: Any, value: object, where: str, label: str) -> Iterator[Place]:  # noqa: ANN401
    kind = asked(annotation).type
    if get_origin(kind) is tuple and is_model(asked(get_args(kind)[0]).type):
        several = value if isinstance(value, tuple) else ()
        for number, one in enumerate(several):
            yield Place(f"{where}.{number}", f"{label}: {name_of(one, number)}", _words(one), _clause(one))
        yield Place(f"{where}.{len(several)}", f"{label}: one more", "", "", new=True)
    elif (
        isinstance(value, BaseModel)
        and not isinstance(value, Stated)
        and "clause" not in type(value).model_fields
    ):
        for name, info in type(value).model_fields.items():
            under = said(name) if "." not in where else f"{label}: {said(name)}"
            yield from _places(info.annotation, getattr(value, name), f"{where}.{name}", under)
    else:
        yield Place(where, label, _words(value), _clause(value))


def name_of(one: object, number: int) -> str:
    """What an entry of a list is called."""
    named = (getattr(one, name, None) for name in NAMED_BY)
    found = next((each.value if isinstance(each, Stated) else each for each in named if each), None)
    return str(found) if found else str(number + 1)


def title_of(content: Raw, where: str) -> str:
    """What a place is called, step by step: an entry of a list by its own name, one that is not there yet as new."""
    part, *steps = steps_of(where)
    words, at = [TITLES[str(part)].title], str(part)
    for step in steps:
        at = f"{at}.{step}"
        words.append(said(step) if isinstance(step, str) else _called(raw_at(content, at), step))
    return ": ".join(words)


def _called(entry: Raw, number: int) -> str:
    if not isinstance(entry, dict):
        return "one more"
    named = (entry.get(each) for each in NAMED_BY)
    found = next((each.get("value") if isinstance(each, dict) else each for each in named if each), None)
    return str(found) if found else str(number + 1)


def _words(value: object) -> str:
    if isinstance(value, Stated):
        return "Not stated" if value.value is None else in_words(value.value)
    if isinstance(value, Clock | OwnTarget):
        return time_in_words(value) or "Not stated"
    if isinstance(value, BaseModel):
        shown = ((name, getattr(value, name)) for name in type(value).model_fields if name not in IN_OTHER_COLUMNS)
        return "; ".join(f"{said(name)}: {in_words(one)}" for name, one in shown if one not in (None, (), ""))
    return "Nothing" if value is None or value == () else in_words(value)


def _clause(value: object) -> str:
    return "; ".join(getattr(value, "clauses", ()) or filter(None, (getattr(value, "clause", None),)))
