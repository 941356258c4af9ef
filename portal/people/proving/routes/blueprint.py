"""What these pages share: which default holds, under which name passkeys are made, and slowing down guesses."""

from typing import cast

from flask import Blueprint, current_app, make_response, request
from werkzeug.wrappers import Response

from portal.people.devices import device_name
from portal.people.proving.passkeys import Site
from portal.people.proving.rules import Default, default_of
from portal.people.throttle import LONGEST_FOR_CODES, Throttle
from portal.web.here import portal

pages = Blueprint("proving", __name__, url_prefix="/desk")
HALF = "half"
"""Where the cookie keeps the secret of a half session."""
ELSEWHERE = "elsewhere"
"""All devices that an account has never signed in from: whoever guesses codes from many lines shares one pause."""


def default() -> Default:
    """What the portal asks by itself."""
    return default_of(portal().settings.env)


def site() -> Site:
    """The name under which passkeys are made."""
    return Site.of(portal().settings.base_url)


def device() -> str:
    """What to call the device that asks."""
    return device_name(request.headers.get("User-Agent", ""))


def codes() -> Throttle:
    """Slows down guesses at the second factor."""
    kept = current_app.extensions.get("code_throttle")
    if kept is None:
        secret = portal().settings.secret_key
        kept = Throttle(portal().redis, secret, "code", LONGEST_FOR_CODES)
        current_app.extensions["code_throttle"] = kept
    return cast("Throttle", kept)


def as_json(text: str) -> Response:
    """What a script asked for."""
    return make_response(text, 200, {"Content-Type": "application/json"})
