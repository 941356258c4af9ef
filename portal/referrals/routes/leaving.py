"""Getting away, whatever happens: the way out, and the same page again where something came between."""

import structlog
from flask import request
from flask import session as browser
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from portal.referrals import drafts, journey
from portal.referrals.coming_back import visits
from portal.referrals.drafts import NOTHING
from portal.referrals.journey import WayIn
from portal.referrals.refused import again
from portal.referrals.routes.blueprint import (
    LOST,
    SLOW,
    asked_at,
    ended,
    face,
    kept_here,
    pages,
    read_through,
    show,
)
from portal.web.access import anyone
from portal.web.errors import not_sent
from portal.web.here import taking_in
from portal.web.landlord import current_landlord
from portal.web.languages import HELD
from portal.web.leaving import gone

log = structlog.get_logger()
OURS = "same-origin"
OFFERED_AGAIN = {"referrals.answer", "referrals.send"}


@pages.get("/leave")
@anyone
def leave() -> Response:
    """Exit this page: wipe everything here first, then go somewhere harmless."""
    current_landlord()
    try:
        with taking_in(current_landlord().id) as session:
            drafts.wipe(session, [again(), *(browser[each] for each in (*WayIn, HELD) if each in browser)])
            visits.end(session, browser.get("n", ""))
    except Exception as fault:  # noqa: BLE001 - whatever it is, she has to get away; the half hour wipes what is left
        log.error("not wiped on leaving", error=type(fault).__name__)  # noqa: TRY400 - no words of hers in a trace
    browser.clear()
    return gone()


@pages.errorhandler(RateLimitExceeded)
def wait(_error: RateLimitExceeded) -> Response:
    """Too many at once: the same page with everything that was typed, to be sent again in twenty seconds."""
    args = request.view_args or {}
    way_in = WayIn(args["way"])
    kept = kept_here(way_in) or NOTHING
    if "number" not in args:
        return read_through(way_in, kept, status=SLOW)
    _, asked = asked_at(args["way"], args["number"])
    return show(way_in, args["number"], asked.form(face(), kept.said), kept.said, status=SLOW)


@pages.errorhandler(CSRFError)
def lost(_error: CSRFError) -> Response | tuple[str, int]:
    """The cookie was lost on the way: the same page with everything that was typed, to be sent again.

    Only to whoever wrote on this page of ours: what another page has sent is not shown as if she had written it.
    """
    args = request.view_args or {}
    if request.headers.get("Sec-Fetch-Site", OURS) != OURS or request.endpoint not in OFFERED_AGAIN:
        return not_sent()
    way_in = WayIn(args["way"])
    kept = kept_here(way_in) or NOTHING
    if "number" not in args:
        return read_through(way_in, kept, status=LOST) if kept.said else ended(way_in)
    _, asked = asked_at(args["way"], args["number"])
    form = asked.form(face(), kept.said or journey.ALL_ASKED)
    return show(way_in, args["number"], form, kept.said, status=LOST)
