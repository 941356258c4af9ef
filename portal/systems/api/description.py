"""The description of the interface (OpenAPI 3.1), made of the calls themselves: it cannot say anything else."""

from typing import Any

from pydantic.json_schema import models_json_schema

from portal.domain.systems import SCOPES
from portal.systems.api.operations import JSON, OPERATIONS, Operation
from portal.systems.api.shapes import Problem
from portal.web.problems import MIMETYPE

VERSION = "1.0.0"
KEY = "Idempotency-Key"
ABOUT = (
    "For systems of a landlord. Send a token with each call: `Authorization: Bearer …`. An administrator makes it, it "
    "opens the scopes that are ticked and nothing else, it ends by itself, and each call is written down in its name. "
    "Problems are told as RFC 9457 says, without anything that was sent. 300 calls a minute for each token."
)
REF = "#/components/schemas/{model}"


def server(base_url: str, slug: str) -> str:
    """Where a landlord's interface stands."""
    return f"{base_url}/api/{slug}/v1"


def description(at: str) -> dict[str, Any]:
    """The whole, for the landlord whose interface stands there."""
    calls = list(OPERATIONS.values())
    shapes: list[tuple[Any, Any]] = [(Problem, "serialization")]
    shapes += [(each.gives, "serialization") for each in calls]
    shapes += [(each.takes, "validation") for each in calls if each.takes]
    _names, found = models_json_schema(list(dict.fromkeys(shapes)), ref_template=REF)
    paths: dict[str, dict[str, Any]] = {}
    for each in calls:
        paths.setdefault(each.path, {})[each.method.lower()] = _call(each)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Lintel for other systems", "version": VERSION, "description": ABOUT},
        "servers": [{"url": at}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": found["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _call(what: Operation) -> dict[str, Any]:
    scope = SCOPES[what.scope]
    call: dict[str, Any] = {
        "operationId": what.name,
        "summary": what.says,
        "description": f"{what.more} Scope: `{what.scope.value}` ({scope.name.lower()}).".strip(),
        "security": [{"token": [what.scope.value]}],
        "parameters": _parameters(what),
        "responses": {str(what.status): _answer(what)} | {str(each): _problem() for each in what.refusals},
    }
    if what.takes:
        schema = {"$ref": REF.format(model=what.takes.__name__)}
        call["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    return call


def _parameters(what: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": pattern}}
        for name, pattern in what.patterns.items()
    ]
    if what.asks:
        schema = what.asks.model_json_schema(ref_template=REF)
        found += [
            {"name": name, "in": "query", "required": False, "schema": _inline(one, schema.get("$defs", {}))}
            for name, one in schema["properties"].items()
        ]
    if what.once:
        found.append(
            {"name": KEY, "in": "header", "required": False, "schema": {"type": "string", "format": "uuid"},
             "description": "The same key again is the same call: nothing is done twice."}
        )  # fmt: skip
    return found


def _inline(schema: Any, known: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON schema
    """A parameter's own schema; what may be left out is not sent as null."""
    if isinstance(schema, dict) and "anyOf" in schema:
        one = next(each for each in schema["anyOf"] if each.get("type") != "null")
        return _inline(one, known)
    if isinstance(schema, dict) and "$ref" in schema:
        return known[schema["$ref"].rpartition("/")[2]]
    return schema


def _answer(what: Operation) -> dict[str, Any]:
    schema = {"$ref": REF.format(model=what.gives.__name__)}
    return {"description": "As asked for.", "content": {JSON: {"schema": schema}}}


def _problem() -> dict[str, Any]:
    return {"description": "Not done.", "content": {MIMETYPE: {"schema": {"$ref": REF.format(model="Problem")}}}}
