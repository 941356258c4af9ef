"""A public page that refuses an answer: kept sealed for a while and asked for again, so that no browser holds words.

A browser that may have to show the answer to a form once more, after Back or after a restart, keeps what was sent with
the form, and writes that to its disk. So whoever sends a form gets no page as the answer, only the way to one. The
script of these pages fetches them by itself, which leaves nothing behind, and gets the page at once.
"""

from datetime import datetime
from http import HTTPStatus

import structlog
from flask import Flask, g, make_response, request
from flask import session as browser
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.referrals import drafts
from portal.web.headers import nonce
from portal.web.here import now, taking_in
from portal.web.landlord import current_landlord
from portal.web.leaving import IN_PLACE
from portal.web.sessions import API, DESK

log = structlog.get_logger()
AGAIN = "again"
KEPT = {HTTPStatus.OK, HTTPStatus.GONE, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS}


def again() -> str:
    """The secret under which a refused page of this browser is kept: one page each, however often it is refused."""
    token = browser.get("csrf_token", "")
    return f"{AGAIN} {token}" if token else ""


def init_app(app: Flask) -> None:
    """Must stand before everything else that looks at answers: what comes first here is asked last."""

    @app.after_request
    def keep(response: Response) -> Response:
        if not _is_ours(response):
            return response
        try:
            with taking_in(current_landlord().id) as session:
                _keep(session, response, now())
        except Exception as fault:  # noqa: BLE001 - she gets her page all the same
            log.error("refused page not kept", error=type(fault).__name__)  # noqa: TRY400 - no words of hers in a trace
            return response
        address = request.full_path.rstrip("?&")
        if AGAIN not in request.args:
            address += ("&" if "?" in address else "?") + f"{AGAIN}=1"
        moved = make_response("", HTTPStatus.SEE_OTHER)
        moved.headers.update({name: value for name, value in response.headers if name != "Content-Length"})
        moved.headers["Location"] = address
        return moved

    @app.before_request
    def show() -> Response | None:
        if request.method != "GET" or AGAIN not in request.args or not _is_public():
            return None
        with taking_in(current_landlord().id) as session:
            kept = drafts.read(session, again(), AGAIN, now())
        if kept is None:
            return None
        shown = kept.said[AGAIN]
        g.nonce = shown["nonce"]
        return make_response(shown["page"], shown["status"])


def _is_public() -> bool:
    return bool(g.get("landlord")) and not request.path.startswith((DESK, API))


def _is_ours(response: Response) -> bool:
    plain = request.method == "POST" and IN_PLACE not in request.headers
    page = response.mimetype == "text/html" and response.status_code in KEPT
    return bool(_is_public() and plain and page and response.get_data() and again())


def _keep(session: Session, response: Response, at: datetime) -> None:
    shown = {"page": response.get_data(as_text=True), "status": response.status_code, "nonce": nonce()}
    drafts.keep(session, again(), AGAIN, AGAIN, shown, at)
