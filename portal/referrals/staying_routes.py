"""What the script of the public pages says without being seen: somebody is still there, or the page was closed."""

from flask import Blueprint, current_app
from flask import session as browser
from werkzeug.wrappers import Response

from portal.referrals import staying
from portal.referrals.journey import WayIn
from portal.referrals.refused import again
from portal.web.access import anyone
from portal.web.here import now, taking_in
from portal.web.landlord import current_landlord
from portal.web.limits import slow_public

pages = Blueprint("staying", __name__, url_prefix="/<landlord>")
VISIT = "n"


@pages.post("/stay")
@slow_public()
@anyone
def stay() -> Response:
    """More time for what this browser holds."""
    with taking_in(current_landlord().id) as session:
        staying.stay(session, _drafts(), browser.get(VISIT, ""), now())
    return current_app.make_response(("", 204))


@pages.post("/closed")
@slow_public()
@anyone
def closed() -> Response:
    """Nobody looks at it any more: soon nothing is left, also for whoever opens the tab again."""
    with taking_in(current_landlord().id) as session:
        staying.close(session, [again(), *_drafts().values()], browser.get(VISIT, ""), now())
    return current_app.make_response(("", 204))


def _drafts() -> dict[str, str]:
    return {way.value: browser[way.value] for way in WayIn if way.value in browser}
