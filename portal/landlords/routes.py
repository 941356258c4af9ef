"""The pages of a landlord that ask nothing: its front page, its numbers, what it promises, what a device keeps."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.domain.for_whom import IN_ADDRESSES, TAGS
from portal.landlords.checked import Lists, lists
from portal.web.access import anyone
from portal.web.fragments import page
from portal.web.here import now, portal
from portal.web.landlord import current_landlord, landlords, work
from portal.web.leaving import gone

pages = Blueprint("landlords", __name__)
LONDON = ZoneInfo("Europe/London")
BY_NUMBER = {number: tag for tag, number in IN_ADDRESSES.items()}


@pages.get("/")
@anyone
def doors() -> Response:
    """Every landlord's front door, for whoever came to the wrong one."""
    return page("landlords/public_doors.html", doors=[each for each in landlords().values() if each.opened])


@pages.get("/leave")
@anyone
def leave() -> Response:
    """Exit from a page that belongs to no landlord: nothing was written there, so there is nothing to wipe."""
    return gone()


@pages.get("/<landlord>/")
@anyone
def front() -> Response:
    """Three ways in, whom to ring, and what the landlord promises."""
    here = current_landlord()
    return page("landlords/public_front.html", face=here.face, national=_lists()["national"], today=_today())


@pages.get("/<landlord>/numbers")
@anyone
def numbers() -> Response:
    """Whom else to ring, each with when somebody last checked it. HS-026 4.10; whg 1.7; AG/013 OP9; STAR 3.5.

    Whoever chooses for whom sees those services only; the choice is kept nowhere.
    """
    found, tag = _lists(), BY_NUMBER.get(request.args.get("list", ""), "")
    shown = {name: [each for each in lines if not tag or tag in each["tags"]] for name, lines in found.items()}
    tags = {tag for lines in found.values() for each in lines for tag in each["tags"]}
    return page(
        "landlords/public_numbers.html",
        lists=shown,
        tags={each: says for each, says in TAGS.items() if each in tags},
        tag=tag,
        numbers=IN_ADDRESSES,
        today=_today(),
    )


@pages.get("/<landlord>/promise")
@anyone
def promise() -> Response:
    """The policy in short: its name, since when it is in force, and what it promises. Large at once (STAR 10)."""
    large = request.args.get("size") == "large"
    return page("landlords/public_promise.html", face=current_landlord().face, large=large)


@pages.get("/<landlord>/easy")
@anyone
def easy() -> Response:
    """What the front page says, in short sentences with one thought in each, in large type for whoever wants it."""
    large = request.args.get("size") == "large"
    return page("landlords/public_easy.html", face=current_landlord().face, large=large)


@pages.get("/<landlord>/poster")
@anyone
def poster() -> Response:
    """One sheet for a wall, with nothing on it that comes from elsewhere. NPH Commitment; STAR 3.18."""
    here = current_landlord()
    address = portal().settings.base_url.rstrip("/") + url_for("landlords.front")
    return page("landlords/public_poster.html", face=here.face, address=address)


@pages.get("/<landlord>/device")
@anyone
def device() -> Response:
    """What this website forgets, and what a browser may still keep. whg 2.6."""
    current_landlord()
    return page("landlords/public_device.html")


def _lists() -> Lists:
    with work() as session:
        return lists(session, current_landlord().face)


def _today() -> str:
    today: date = now().astimezone(LONDON).date()
    return today.isoformat()
