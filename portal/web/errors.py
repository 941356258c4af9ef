"""When something goes wrong: a page with a reference that a helper can find, and a log line without anybody in it."""

import secrets
import traceback

import structlog
from flask import Flask, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.sansio.response import Response as SansResponse
from werkzeug.wrappers import Response

from portal.domain.calendar import in_london
from portal.domain.languages import N_
from portal.web.fragments import whole_again
from portal.web.here import now
from portal.web.landlord import national_lines
from portal.web.problems import problem
from portal.web.sessions import API, DESK

log = structlog.get_logger()

TELLS = {
    400: (N_("We could not read that"), N_("Go back and try again. Nothing was changed.")),
    403: (N_("You cannot open this page"), N_("Your role does not include it. Ask an administrator if it should.")),
    404: (N_("We cannot find that page"), N_("Check the address, or go back.")),
    405: (N_("We cannot find that page"), N_("Check the address, or go back.")),
    413: (N_("That is too large to send"), N_("Go back and send less.")),
    429: (N_("Please wait a moment"), N_("A lot of people are using this page. Wait twenty seconds, then try again.")),
    500: (
        N_("Something went wrong on our side"),
        N_("What you sent was not lost on the way: please try again in a moment."),
    ),
    503: (N_("This page is resting for a moment"), N_("Please try again in a minute.")),
}
METHOD_NOT_ALLOWED = 405
GONE = frozenset({403, 404})
"""What was on the page may not be there for them any more: htmx loads the whole page again, and shows what is left."""
PLAIN = """<!doctype html><html lang="en-GB"><title>{title}</title><h1>{title}</h1><p>{what}</p>{out}</html>"""
OUT = '<p><a href="/leave" rel="noreferrer">Exit this page</a></p>'
"""On the public side even the barest page has a way out; it asks nothing of what may be broken."""
STALE = (
    N_("This could not be sent"),
    N_("It was open for a long time, or this browser keeps no cookies. Open the page again, or ring us, or come in."),
)


def init_app(app: Flask) -> None:
    """One handler for what the web refuses, one for what we did not foresee."""

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> tuple[str, int]:
        return not_sent()

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[str, int] | tuple[str, int, dict[str, str]] | SansResponse | Response:
        status = error.code or 500
        if isinstance(error, InternalServerError):
            return fault(error.original_exception or error)
        if error.response is not None:
            return error.response
        if request.path.startswith(API):
            return problem(status, headers=dict(error.get_headers()) if status == METHOD_NOT_ALLOWED else {})
        html, status = _page(status, TELLS.get(status, TELLS[400]), None)
        return html, status, whole_again() if status in GONE else {}

    @app.errorhandler(Exception)
    def fault(error: BaseException) -> tuple[str, int] | Response:
        reference = secrets.token_hex(4).upper()
        frames = traceback.extract_tb(error.__traceback__)
        log.error(
            "fault",
            reference=reference,
            error=type(error).__name__,
            where=[f"{frame.name}:{frame.lineno}" for frame in frames[-4:]],
            endpoint=request.endpoint,
            method=request.method,
        )
        if request.path.startswith(API):
            return problem(500, f"Something went wrong on our side. Say {reference} to whoever runs the portal.")
        return _page(500, TELLS[500], reference)


def not_sent() -> tuple[str, int]:
    """What was sent did not come from a page that this browser has open."""
    return _page(400, STALE, None)


def _page(status: int, tells: tuple[str, str], reference: str | None) -> tuple[str, int]:
    desk = request.path.startswith(DESK)
    landlord = None if desk else g.get("landlord")
    layout = "layouts/desk.html" if desk else "layouts/public.html"
    title, what = tells
    try:
        lines = [] if desk or landlord else [each for each in national_lines() if each.get("number")]
        html = render_template(
            "errors/error.html", layout=layout, landlord=landlord, heading=title, what=what, reference=reference,
            national=lines, today=in_london(now()).date().isoformat(),
        )  # fmt: skip
    except Exception as fault:  # noqa: BLE001 - whatever it is must not reach the server's log with its words
        log.error("fault", reference=reference, error=type(fault).__name__, endpoint=request.endpoint)  # noqa: TRY400
        html = PLAIN.format(title=title, what=what, out="" if desk else OUT)
    return html, status
