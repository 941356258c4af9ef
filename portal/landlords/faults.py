"""What is wrong with a pack, said so that somebody who has never seen TOML can put it right."""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from portal.domain.errors import PortalError
from portal.domain.policy.stated import Stated
from portal.domain.policy.unfit import UnfitError

LONGEST_SHOWN = 40

TYPE_WORDS = {
    "string_type": "words in quotation marks",
    "int_type": "a whole number without quotation marks",
    "bool_type": "true or false",
    "tuple_type": "a list in square brackets",
    "model_type": "a table with named values",
    "model_attributes_type": "a table with named values",
    "date_parsing": 'a day as "2026-01-26"',
    "date_from_datetime_parsing": 'a day as "2026-01-26"',
    "time_parsing": 'a time as "09:00"',
}
BOUNDS = {
    "greater_than": "a number greater than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than": "a number less than {lt}",
    "less_than_equal": "{le} or less",
    "string_too_short": "something between the quotation marks",
    "too_short": "{min_length} or more of them",
    "too_long": "{max_length} of them at most",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right: in which file, at which key, what is wrong, and what to write."""

    file: str
    key: str
    wrong: str
    write_instead: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.wrong} {self.write_instead}"


class PackFaults(PortalError):  # noqa: N818, it carries every fault and is read as their list
    """A pack that cannot be used, with everything that is wrong with it at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.key)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def of_syntax(file: str, error: tomllib.TOMLDecodeError) -> Fault:
    """The file is not TOML; the parser names line and column."""
    what, _, where = str(error).rpartition(" (at ")
    return Fault(
        file,
        where.rstrip(")") or "end of file",
        f"This cannot be read: {(what or str(error)).rstrip('.')}.",
        'Look at this line and the one before: every line reads name = value, and words stand in "quotation marks".',
    )


def of_validation(model: type[BaseModel], files: Mapping[str, str], error: ValidationError) -> list[Fault]:
    """Every fault of the content; `files` says in which file each top-level key stands."""
    return of_details(model, files, error.errors())


def of_details(
    model: type[BaseModel], files: Mapping[str, str], details: Iterable[ErrorDetails]
) -> list[Fault]:
    """The same for those that somebody has picked out."""
    return [_of_detail(model, files, detail) for detail in details]


def _of_detail(model: type[BaseModel], files: Mapping[str, str], detail: ErrorDetails) -> Fault:
    place = detail["loc"]
    top = str(place[0]) if place else ""
    wrong, write = _said(model, detail)
    return Fault(files.get(top, files[""]), _dotted(place) or "the whole file", wrong, write)


def _dotted(place: tuple[int | str, ...]) -> str:
    parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".")


def _said(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    kind, name = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    context = detail.get("ctx", {})
    match kind:
        case "missing":
            return "This is missing.", _how_to_add(model, detail["loc"], name)
        case "extra_forbidden":
            return _unknown(model, detail["loc"], name)
        case "enum" | "literal_error":
            return (
                f"{_shown(detail['input'])} is not one of the words known here.",
                f"Write {context['expected']}.",
            )
        case "value_error":
            return _unfit(context["error"])
        case _ if kind in TYPE_WORDS:
            return f"{_shown(detail['input'])} is of the wrong kind.", f"Write {TYPE_WORDS[kind]}."
        case _:
            instead = f"Write {BOUNDS[kind].format(**context)}" if kind in BOUNDS else detail["msg"].rstrip(".")
            return f"{_shown(detail['input'])} cannot be used.", f"{instead}."


def _unknown(model: type[BaseModel], place: tuple[int | str, ...], name: str) -> tuple[str, str]:
    known = list(_model_at(model, place[:-1]).model_fields)
    near = difflib.get_close_matches(name, known, n=1)
    advice = f'Did you mean "{near[0]}"?' if near else f"Take it out, or use one of: {', '.join(known)}."
    return f'Nothing here is called "{name}".', advice


def _how_to_add(model: type[BaseModel], place: tuple[int | str, ...], name: str) -> str:
    wanted = _model_at(model, place)
    if name == "value" and issubclass(_model_at(model, place[:-1]), Stated):
        return 'Add value = ... and clause = "...": the portal needs this one, so it cannot be left unstated.'
    if issubclass(wanted, Stated):
        return (
            f'Add {name} = {{ value = ..., clause = "..." }}, '
            f"or {name} = {{ not_stated = true }} where the policy is silent."
        )
    return f"Add {name}."


def _model_at(model: type[BaseModel], place: tuple[int | str, ...]) -> type[BaseModel]:
    """The part of the model that a place in the file belongs to; the last one met where it is a plain value."""
    for step in place:
        if isinstance(step, str) and step in model.model_fields:
            model = _first_model(model.model_fields[step].annotation) or model
    return model


def _first_model(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401, a type hint has no narrower type
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in get_args(annotation) if (found := _first_model(one))), None)


def _shown(value: object) -> str:
    shown = str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"')
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}..."


def _unfit(error: ValueError) -> tuple[str, str]:
    if isinstance(error, UnfitError):
        return error.wrong, error.write_instead
    return "This cannot be used.", f"{error}."
