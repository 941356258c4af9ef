"""The questions that a part of the policy asks, taken from its model: so a new parameter has its form by itself."""

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from itertools import groupby
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from portal.domain.policy.said_date import SaidDate
from portal.domain.policy.stated import Required, Stated
from portal.governance.drafts.names import DAY, HINTS, NAMES, SAID, TIME

Raw = Any
"""A value as TOML and JSON hold it."""
STATED, SILENT = "stated", "silent"
FOLDED = NAMES["interpretation"]
HELD, WHILE = ("from_day", "to_day"), "Where it holds for a part of the time only"
SHORT = {date: DAY, time: TIME, SaidDate: SAID}
"""What is written in one short line, with how."""


class Kind(StrEnum):
    """How a question is answered."""

    WORDS = "words"
    LINES = "lines"
    NUMBER = "number"
    ONE_OF = "one_of"
    SOME_OF = "some_of"


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form. `group` says which part of the value it belongs to, nothing for the value itself.

    `short` says that it is written in one short line.
    """

    name: str
    label: str
    kind: Kind
    options: tuple[tuple[str, str], ...] = ()
    answers: tuple[str, ...] = ()
    group: str = ""
    stated: bool = False
    hint: str = ""
    short: bool = False

    @property
    def answer(self) -> str:
        """The one answer, or the lines of several."""
        return "\n".join(self.answers)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together; what is seldom said is folded away until somebody has said it."""

    group: str
    questions: tuple[Question, ...]

    @property
    def folded(self) -> bool:
        """Whether it can stand closed."""
        return self.group.endswith((FOLDED, WHILE, IN_CLAUSE)) and not any(each.answers for each in self.questions)


@dataclass(frozen=True, slots=True)
class Asked:
    """A type without what surrounds it, and whether it can be left out."""

    type: Any
    optional: bool


def asked(annotation: Any) -> Asked:  # noqa: ANN401, a type hint has no narrower type
    """The type that is asked for, whatever it is wrapped in."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return asked(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        inner = [each for each in get_args(annotation) if each is not types.NoneType]
        return Asked(asked(inner[0]).type, optional=True)
    return Asked(annotation, optional=False)


def is_model(kind: Any) -> bool:  # noqa: ANN401, the same
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def questions(annotation: Any, raw: Raw, name: str = "", label: str = "") -> Iterator[Question]:  # noqa: ANN401
    """Every question of a value of this type, with the answers that it has now."""
    kind = asked(annotation).type
    if get_origin(kind) is tuple and is_model(asked(get_args(kind)[0]).type):
        several = raw if isinstance(raw, list) else []
        for number, one in enumerate((*several, None), start=1):
            which = f"{label} {number}" if one is not None else f"{label}: one more"
            yield from _grouped(which, questions(get_args(kind)[0], one, _at(name, number - 1), label))
    elif is_model(kind):
        yield from _of_model(kind, raw if isinstance(raw, Mapping) else {}, name)
    else:
        short = next((SHORT[each] for each in _kinds(annotation) if each in SHORT), "")
        hint = short or HINTS.get(name.rsplit("-", maxsplit=1)[-1], "")
        plain = _plain(kind, raw, name, label, optional=asked(annotation).optional)
        one_line = plain.kind is Kind.NUMBER or (bool(short) and plain.kind is Kind.WORDS)
        yield replace(plain, hint=hint, short=one_line)


def _kinds(annotation: Any) -> Iterator[Any]:  # noqa: ANN401
    """The type as it is named, and those inside it that can be asked for."""
    yield annotation
    if get_origin(annotation) in {Union, types.UnionType, tuple}:
        for each in get_args(annotation):
            yield from _kinds(each)


def _of_model(model: type[BaseModel], raw: Mapping[str, Raw], name: str) -> Iterator[Question]:
    silent = issubclass(model, Stated) and not issubclass(model, Required)
    if silent:
        now = (SILENT,) if raw.get("not_stated") else (STATED,) if raw else ()
        both = ((STATED, "The policy states it"), (SILENT, "Not stated: the policy is silent"))
        yield Question(_at(name, STATED), "Does the policy say it?", Kind.ONE_OF, both, now, stated=True)
    for field, info in model.model_fields.items():
        if field == "not_stated":
            continue
        label = said(field)
        below = questions(info.annotation, raw.get(field), _at(name, field), label)
        if is_model(asked(info.annotation).type):
            yield from _grouped(label, below)
        else:
            yield from _grouped(WHILE, below) if field in HELD else below


def _grouped(group: str, below: Iterator[Question]) -> Iterator[Question]:
    return (replace(each, group=f"{group}: {each.group}" if each.group else group) for each in below)


OWN = {
    STATED: ("Do you set it?", ((STATED, "We set it"), (SILENT, "Not stated: nothing is set"))),
    "value": ("What you set", None),
}
def set_by_us(annotation: Any) -> Raw:  # noqa: ANN401
    """Where nothing is set yet: whoever writes it here sets it for themselves."""
    kind = asked(annotation).type
    return {"origin": "landlords_own"} if is_model(kind) and issubclass(kind, Stated) else None


OF_CLAUSE, IN_CLAUSE = ("clause", "also"), "Where a clause of the policy says it"


def as_own(several: Sequence[Question]) -> Iterator[Question]:
    """The same questions about what a landlord sets for itself, as a rule without a clause."""
    for each in several:
        last = each.name.rsplit("-", maxsplit=1)[-1]
        label, options = OWN.get(last, (each.label, None))
        group = IN_CLAUSE if last in OF_CLAUSE else each.group.replace(NAMES["value"], OWN["value"][0])
        yield replace(each, label=label, options=options or each.options, group=group)


def in_groups(several: Sequence[Question]) -> tuple[Section, ...]:
    """The questions as a form shows them: group by group, in their order."""
    return tuple(Section(group, tuple(each)) for group, each in groupby(several, key=lambda one: one.group))


def _plain(kind: Any, raw: Raw, name: str, label: str, *, optional: bool) -> Question:  # noqa: ANN401
    several = get_origin(kind) is tuple
    one = asked(get_args(kind)[0]).type if several else kind
    answers = tuple(map(_written, raw)) if isinstance(raw, list) else () if raw is None else (_written(raw),)
    options = _options(one)
    if options:
        blank = () if several or not optional else (("", "No answer"),)
        return Question(name, label, Kind.SOME_OF if several else Kind.ONE_OF, (*blank, *options), answers)
    if several:
        return Question(name, label if "line" in label else f"{label}, one a line", Kind.LINES, (), answers)
    return Question(name, label, Kind.NUMBER if one is int else Kind.WORDS, (), answers)


def _options(kind: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401
    if kind is bool:
        return (("true", "Yes"), ("false", "No"))
    if get_origin(kind) is Literal:
        return tuple((str(each), str(each)) for each in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return tuple((each.value, said(each.value)) for each in kind)
    return ()


def _written(value: Raw) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def answered(annotation: Any, given: Mapping[str, Sequence[str]], name: str = "") -> Raw:  # noqa: ANN401
    """The value that was answered, as a file would hold it; None where nothing was. Nothing is judged here."""
    kind = asked(annotation).type
    if get_origin(kind) is tuple and is_model(asked(get_args(kind)[0]).type):
        return _several(get_args(kind)[0], given, name)
    if is_model(kind):
        return _model_answered(kind, given, name)
    typed = [each.strip() for each in given.get(name, ())]
    if get_origin(kind) is tuple:
        lines = [line.strip() for each in typed for line in each.splitlines() if line.strip()]
        return lines or None
    return _one(kind, typed[0]) if typed and typed[0] else None


def _several(kind: Any, given: Mapping[str, Sequence[str]], name: str) -> list[Raw] | None:  # noqa: ANN401
    found, number = [], 0
    while any(key.startswith(f"{_at(name, number)}-") for key in given):
        one = answered(kind, given, _at(name, number))
        if one:
            found.append(one)
        number += 1
    return found or None


def _model_answered(model: type[BaseModel], given: Mapping[str, Sequence[str]], name: str) -> Raw:
    found = {
        field: one
        for field, info in model.model_fields.items()
        if field != "not_stated" and (one := answered(info.annotation, given, _at(name, field))) is not None
    }
    if issubclass(model, Stated):
        if found.get("origin") == "policy":
            del found["origin"]
        if SILENT in given.get(_at(name, STATED), ()):
            return {"not_stated": True} | {key: one for key, one in found.items() if key != "value"}
    return found | _empty(model, found) if found else None


def _empty(model: type[BaseModel], found: Mapping[str, Raw]) -> dict[str, Raw]:
    """What has to be said and may be said with nothing: a list without entries, a blank as it stands in the source."""
    left = {
        name: info for name, info in model.model_fields.items() if info.is_required() and name not in found
    }
    lists: dict[str, Raw] = {
        name: [] for name, info in left.items() if get_origin(asked(info.annotation).type) is tuple
    }
    return lists | {name: "" for name, info in left.items() if info.annotation is str and not info.metadata}


def _one(kind: Any, typed: str) -> Raw:  # noqa: ANN401
    if kind is bool and typed in {"true", "false"}:
        return typed == "true"
    return int(typed) if kind is int and typed.lstrip("-").isdecimal() else typed.replace("\r\n", "\n")


def _at(name: str, step: str | int) -> str:
    return f"{name}-{step}" if name else str(step)


def said(name: str) -> str:
    """A name of the model as people read it."""
    words = NAMES.get(name) or name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]
