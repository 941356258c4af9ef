"""What both sides of the desk share: the blueprint and the words."""

from typing import Any

from flask import Blueprint

from portal.homes.exchange.words import ACCESS, REGIONS, RELEASED, STATES, TENURE

pages = Blueprint("exchange", __name__, url_prefix="/desk")
WORDS: dict[str, Any] = {
    "regions": REGIONS,
    "access": ACCESS,
    "tenures": TENURE,
    "states": STATES,
    "releases": RELEASED,
}
