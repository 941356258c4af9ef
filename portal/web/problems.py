"""What systems are told when something is not done: RFC 9457, in sentences without anything that was sent."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import NoReturn

from flask import abort, json
from werkzeug.wrappers import Response

MIMETYPE = "application/problem+json"
SAYS = {
    400: "That could not be read. Send one JSON object.",
    401: "Send a token that is valid here: Authorization: Bearer …",
    403: "This token may not do that. An administrator decides what it may.",
    404: "There is nothing here under this address, or nothing for this token.",
    405: "This address takes another method.",
    409: "It stands differently by now. Read it again.",
    413: "That is too large to send.",
    415: "Send application/json.",
    422: "Some of it cannot be taken: see faults.",
    429: "Too many calls. Wait a minute.",
    500: "Something went wrong on our side.",
}


def problem(
    status: int,
    detail: str = "",
    faults: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer; `faults` say where in what was sent, and what is wrong there, never what stood there."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or SAYS.get(status, SAYS[400]),
    }
    more = {"faults": [dict(each) for each in faults]} if faults else {}
    response = Response(json.dumps(body | more), status, mimetype=MIMETYPE)
    for name, value in (headers or {}).items():
        if name.lower() in {"allow", "www-authenticate", "retry-after"}:
            response.headers[name] = value
    return response


def refuse(status: int, detail: str = "", faults: Sequence[Mapping[str, str]] = ()) -> NoReturn:
    """Answer so at once."""
    abort(problem(status, detail, faults))
