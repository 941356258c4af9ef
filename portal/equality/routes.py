"""Questions for figures, after something was sent and apart from it."""

from flask import Blueprint, abort, url_for
from flask import session as browser
from flask_limiter import RateLimitExceeded
from werkzeug.wrappers import Response

from portal.equality import service
from portal.equality.forms import AboutForm
from portal.referrals import drafts
from portal.referrals.journey import WayIn
from portal.web.access import anyone
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.limits import slow_sending

pages = Blueprint("equality", __name__, url_prefix="/<landlord>")
ANSWERED = "a"


@pages.get("/contact/figures")
@anyone
def ask() -> Response:
    """Ask, once, whoever has just sent something about herself."""
    _only_after_sending()
    return page("equality/ask.html", form=_form(), slow=False)


@pages.post("/contact/figures")
@slow_sending()
@anyone
def answer() -> Response:
    """Keep the answers apart, and go back to what was received."""
    _only_after_sending()
    form = _form()
    if not form.validate():
        return page("equality/ask.html", status=422, form=form, slow=False)
    with work() as session:
        service.keep(session, form.answers(), now())
    browser[ANSWERED] = 1
    return moved(url_for("referrals.received", way=WayIn.SELF.value))


@pages.errorhandler(RateLimitExceeded)
def wait(_error: RateLimitExceeded) -> Response:
    """Too many at once: the same page with everything that was ticked."""
    return page("equality/ask.html", status=429, form=_form(), slow=True)


def _form() -> AboutForm:
    return AboutForm().ask_only(current_landlord().face.get("questions"))


def _only_after_sending() -> None:
    """There is no such page for anybody who has sent nothing, or has answered: figures are of those who asked."""
    if current_landlord().face.get("questions") == []:
        abort(404)
    with work() as session:
        kept = drafts.read(session, browser.get(WayIn.SELF.value, ""), WayIn.SELF.value, now())
    if kept is None or kept.sent is None or ANSWERED in browser:
        abort(404)
