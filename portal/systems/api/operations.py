"""One call of the interface as data, the view that answers it, and the description that is made of all of them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Blueprint, request
from pydantic import ValidationError
from werkzeug.wrappers import Response

from portal.domain.systems import ApiScope
from portal.systems.api.shapes import Shape
from portal.web.access import needs_token
from portal.web.limits import slow_system
from portal.web.problems import refuse

JSON = "application/json"
LONGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Operation:
    """One call: `takes` is its body, `asks` what may stand behind a question mark, `gives` its answer."""

    name: str
    method: str
    path: str
    scope: ApiScope
    says: str
    gives: type[Shape]
    more: str = ""
    takes: type[Shape] | None = None
    asks: type[Shape] | None = None
    status: int = 200
    patterns: dict[str, str] = field(default_factory=dict)
    missing: bool = False
    """Whether it can answer that there is nothing of the kind."""
    stale: bool = False
    """Whether it can answer that things stand differently by now."""
    once: bool = False
    """Whether it can be sent twice with the same key without being done twice."""

    @property
    def refusals(self) -> tuple[int, ...]:
        """The problems that it can answer with."""
        found = [401, 403, 429, 500]
        if self.takes:
            found += [400, 413, 415]
        if self.takes or self.asks or self.once:
            found.append(422)
        if self.missing:
            found.append(404)
        if self.stale:
            found.append(409)
        return tuple(sorted(found))


OPERATIONS: dict[str, Operation] = {}
"""Every call, by its name."""
View = Callable[..., Shape]


def offers(pages: Blueprint, what: Operation) -> Callable[[View], Callable[..., Response]]:
    """Let a view answer this call: what it gets has been checked, and what it gives is what the description says."""

    def mark(view: View) -> Callable[..., Response]:
        @needs_token(what.scope)
        @slow_system
        @wraps(view)
        def answer(**parts: str) -> Response:
            if any(not re.fullmatch(pattern, parts[name]) for name, pattern in what.patterns.items()):
                refuse(404)
            given = view(**parts, **_asked(what))
            return Response(given.model_dump_json(), what.status, mimetype=JSON)

        OPERATIONS[what.name] = what
        rule = what.path.replace("{", "<").replace("}", ">")
        pages.add_url_rule(rule, what.name, answer, methods=[what.method])
        return answer

    return mark


def _asked(what: Operation) -> dict[str, Shape]:
    if what.takes:
        return {"said": _body(what.takes)}
    return {"asked": _query(what.asks)} if what.asks else {}


def _body(shape: type[Shape]) -> Shape:
    if request.mimetype != JSON:
        refuse(415)
    if (request.content_length or 0) > LONGEST:
        refuse(413)
    try:
        return shape.model_validate_json(request.get_data(cache=False))
    except ValidationError as wrong:
        found = wrong.errors(include_input=False, include_url=False, include_context=False)
        if any(each["type"] == "json_invalid" for each in found):
            refuse(400)
        refuse(422, faults=_faults(found))


def _query(shape: type[Shape]) -> Shape:
    values: dict[str, Any] = {}
    for name, sent in request.args.lists():
        values[name] = sent[0] if len(sent) == 1 else sent
    try:
        return shape.model_validate_strings(values)
    except ValidationError as wrong:
        refuse(422, faults=_faults(wrong.errors(include_input=False, include_url=False, include_context=False)))


def _faults(found: Iterable[Any]) -> list[dict[str, str]]:
    return [{"at": "/" + "/".join(map(_plain, each["loc"])), "says": _says(each)} for each in found]


def _plain(part: object) -> str:
    """A name of ours or a place in a list; a name that was made up by whoever sent it is not said back."""
    known = {name for each in OPERATIONS.values() for shape in (each.takes, each.asks) if shape
             for name in shape.model_fields}  # fmt: skip
    return str(part) if part in known or isinstance(part, int) else "…"


def _says(each: Any) -> str:  # noqa: ANN401 - a row of pydantic's
    return str(each["msg"]).removeprefix("Value error, ") if each["type"] != "extra_forbidden" else "It is not known."
