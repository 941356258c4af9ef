"""The questions, page by page. Each works as a plain page, and each address says nothing."""

from flask import request, url_for
from flask import session as browser
from werkzeug.wrappers import Response

from portal.landlords.checked import lists
from portal.referrals import drafts, journey
from portal.referrals.drafts import NOTHING, AlreadySentError
from portal.referrals.forms.fields import Said
from portal.referrals.journey import WayIn
from portal.referrals.routes.blueprint import WAY, asked_at, ended, face, following, kept_here, pages, show
from portal.web.access import anyone
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import work
from portal.web.limits import slow_public

PRESSING = {"life", "soon"}


@pages.get(f"{WAY}/<int:number>")
@anyone
def step(way: str, number: int) -> Response:
    """One page of questions, with what was answered before."""
    way_in, asked = asked_at(way, number)
    kept = kept_here(way_in)
    if kept is None:
        return ended(way_in)
    if kept.sent:
        return moved(url_for(".received", way=way))
    if not asked.asked(kept.said) or (number > 1 and not kept.said):
        return moved(following(way_in, 0 if not kept.said else number, kept.said))
    return show(way_in, number, asked.form(face(), kept.said), kept.said)


@pages.post(f"{WAY}/<int:number>")
@slow_public()
@anyone
def answer(way: str, number: int) -> Response:
    """Keep a page of answers, or show what to change in them with everything that was typed."""
    way_in, asked = asked_at(way, number)
    held = browser.get(way, "")
    try:
        with work() as session:
            found = drafts.read(session, held, way, now())
            # A secret that lies idle in a shared browser may have been copied: it never opens what comes later.
            secret, kept = (held, found) if found else (drafts.new_secret(), NOTHING)
            form = asked.form(face(), kept.said if found else journey.ALL_ASKED)
            if not form.validate():
                return show(way_in, number, form, kept.said, status=422)
            said = drafts.keep(session, secret, way, form.name, form.words(), now())
    except AlreadySentError:
        return moved(url_for(".received", way=way))
    browser[way] = secret
    wiped = bool(held) and not found and len(journey.JOURNEYS[way_in]) > 1
    if form.data.get("danger") in PRESSING:
        changing = "change" in request.args
        return moved(url_for(".danger", way=way, number=number, wiped=wiped or None, change=changing or None))
    if wiped:
        return moved(url_for(".wiped", way=way, number=number))
    return moved(_onward(way_in, number, said))


@pages.get(f"{WAY}/<int:number>/again")
@anyone
def wiped(way: str, number: int) -> Response:
    """What was wiped while she wrote, and what was kept. Then it is asked anew whether it is safe now."""
    way_in, asked = asked_at(way, number)
    kept = kept_here(way_in)
    if kept is None:
        return ended(way_in)
    if not kept.said or kept.sent:
        return moved(url_for(".step", way=way, number=1))
    on = following(way_in, number, kept.said) if number == 1 else url_for(".step", way=way, number=1)
    return page("referrals/wiped.html", heading=asked.heading, on=on, first=number == 1)


@pages.get(f"{WAY}/<int:number>/now")
@anyone
def danger(way: str, number: int) -> Response:
    """Whom to ring now, before going on."""
    way_in, _ = asked_at(way, number)
    kept = kept_here(way_in)
    if kept is None:
        return ended(way_in)
    on = url_for(".wiped", way=way, number=number) if "wiped" in request.args else _onward(way_in, number, kept.said)
    with work() as session:
        national = lists(session, face())["national"]
    return page("referrals/now.html", on=on, national=national)


def _onward(way: WayIn, number: int, said: Said) -> str:
    """Back to reading it through for whoever came from there; the next page for everybody else."""
    if "change" in request.args and journey.missing(way, said) is None:
        return url_for(".check", way=way.value)
    return following(way, number, said)
