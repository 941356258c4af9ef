"""The public pages on which somebody tells us something: what all of them are shown with."""

from flask import Blueprint, abort, request, url_for
from flask import session as browser
from werkzeug.wrappers import Response

from portal.referrals import drafts, journey
from portal.referrals.drafts import NOTHING, Kept
from portal.referrals.forms.fields import Said, StepForm
from portal.referrals.journey import Step, WayIn
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord, work

pages = Blueprint("referrals", __name__, url_prefix="/<landlord>")

WAY = f"/<any({', '.join(WayIn)}):way>"
LOST, SLOW = 400, 429


def asked_at(way: str, number: int) -> tuple[WayIn, Step]:
    """The way in and the page that an address names; without one there is nothing."""
    way_in = WayIn(way)
    asked = journey.step(way_in, number)
    if asked is None:
        abort(404)
    return way_in, asked


def face() -> dict[str, object]:
    """What the landlord shows of itself."""
    return current_landlord().face


def kept_here(way: WayIn) -> Kept | None:
    """What this browser holds: nothing yet, something, or None when what it held has ended."""
    current_landlord()
    secret = browser.get(way.value)
    if secret is None:
        return NOTHING
    with work() as session:
        return drafts.read(session, secret, way.value, now())


def following(way: WayIn, number: int, said: Said) -> str:
    """The address of the page after this one, or of reading it through."""
    following = journey.after(way, number, said)
    if following is None:
        return url_for(".check", way=way.value)
    return url_for(".step", way=way.value, number=following)


def show(way: WayIn, number: int, form: StepForm, said: Said, *, status: int = 200) -> Response:
    """One page of questions with its ways on, back and out."""
    asked = journey.JOURNEYS[way][number - 1]
    before = journey.before(way, number, said)
    changing = "change" in request.args
    return page(
        asked.template,
        status=status,
        form=form,
        heading=asked.heading,
        way=way.value,
        slow=status == SLOW,
        lost=status == LOST,
        back=url_for(".check", way=way.value) if changing else _back(way, before),
        skip=None if asked.needed or changing else following(way, number, said),
        stop=url_for(".check", way=way.value)
        if journey.may_stop(way, number, said) and not changing
        else None,
    )


def _back(way: WayIn, before: int | None) -> str:
    return url_for(".step", way=way.value, number=before) if before else url_for("landlords.front")


def read_through(way: WayIn, kept: Kept, *, status: int = 200) -> Response:
    """Everything that was answered, and what is still missing."""
    missing = journey.missing(way, kept.said)
    return page(
        "referrals/check.html",
        status=status,
        way=way.value,
        parts=journey.lines(way, face(), kept.said),
        missing=missing,
        needed=journey.JOURNEYS[way][missing - 1].heading if missing else "",
        slow=status == SLOW,
        lost=status == LOST,
    )


def ended(way: WayIn) -> Response:
    """The half hour is over: nothing that was written is shown."""
    browser.pop(way.value, None)
    return page("referrals/ended.html", status=410, again=url_for(".step", way=way.value, number=1))
