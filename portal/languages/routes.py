"""Choosing a language on the first screen."""

from flask import Blueprint, request, url_for
from flask import session as browser
from werkzeug.wrappers import Response

from portal.languages.choice import choose as keep
from portal.web.access import anyone
from portal.web.fragments import moved
from portal.web.here import now, taking_in
from portal.web.landlord import current_landlord
from portal.web.languages import HELD
from portal.web.limits import slow_public

pages = Blueprint("languages", __name__)


@pages.post("/<landlord>/words")
@slow_public()
@anyone
def choose() -> Response:
    """Speak another language from now on. Neither the address nor the cookie says which one it is."""
    with taking_in(current_landlord().id) as session:
        secret = keep(session, browser.get(HELD, ""), request.form.get("to", ""), now())
    browser.pop(HELD, None)
    if secret:
        browser[HELD] = secret
    return moved(url_for("landlords.front"))
