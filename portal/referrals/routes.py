"""Asking for help: the public pages. Each works as a plain page, and each address says nothing."""

from datetime import datetime

import structlog
from flask import Blueprint, abort, request, url_for
from flask import session as browser
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from portal.landlords.checked import lists
from portal.referrals import drafts, journey
from portal.referrals.coming_back import visits
from portal.referrals.drafts import NOTHING, AlreadySentError, DraftEndedError, Kept, Sent
from portal.referrals.forms.fields import Said, StepForm
from portal.referrals.journey import Step, UnansweredError, WayIn
from portal.referrals.refused import again
from portal.store.audit import PUBLIC
from portal.web.access import anyone
from portal.web.errors import not_sent
from portal.web.fragments import moved, page
from portal.web.here import now, taking_in
from portal.web.landlord import current_landlord, work
from portal.web.languages import HELD, deadline_said, language
from portal.web.leaving import gone
from portal.web.limits import slow_public, slow_sending

log = structlog.get_logger()
pages = Blueprint("referrals", __name__, url_prefix="/<landlord>")

WAY = f"/<any({', '.join(WayIn)}):way>"
PRESSING = {"life", "soon"}
LOST, OURS = 400, "same-origin"
OFFERED_AGAIN = {"referrals.answer", "referrals.send"}


@pages.get(f"{WAY}/<int:number>")
@anyone
def step(way: str, number: int) -> Response:
    """One page of questions, with what was answered before."""
    way_in, asked = _asked(way, number)
    kept = _kept(way_in)
    if kept is None:
        return _ended(way_in)
    if kept.sent:
        return moved(url_for(".received", way=way))
    if not asked.asked(kept.said) or (number > 1 and not kept.said):
        return moved(_next(way_in, 0 if not kept.said else number, kept.said))
    return _show(way_in, number, asked.form(_face(), kept.said), kept.said)


@pages.post(f"{WAY}/<int:number>")
@slow_public()
@anyone
def answer(way: str, number: int) -> Response:
    """Keep a page of answers, or show what to change in them with everything that was typed."""
    way_in, asked = _asked(way, number)
    held = browser.get(way, "")
    try:
        with work() as session:
            found = drafts.read(session, held, way, now())
            # A secret that lies idle in a shared browser may have been copied: it never opens what comes later.
            secret, kept = (held, found) if found else (drafts.new_secret(), NOTHING)
            form = asked.form(_face(), kept.said if found else journey.ALL_ASKED)
            if not form.validate():
                return _show(way_in, number, form, kept.said, status=422)
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
    way_in, asked = _asked(way, number)
    kept = _kept(way_in)
    if kept is None:
        return _ended(way_in)
    if not kept.said or kept.sent:
        return moved(url_for(".step", way=way, number=1))
    on = _next(way_in, number, kept.said) if number == 1 else url_for(".step", way=way, number=1)
    return page("referrals/wiped.html", heading=asked.heading, on=on, first=number == 1)


@pages.get(f"{WAY}/<int:number>/now")
@anyone
def danger(way: str, number: int) -> Response:
    """Whom to ring now, before going on."""
    way_in, _ = _asked(way, number)
    kept = _kept(way_in)
    if kept is None:
        return _ended(way_in)
    on = url_for(".wiped", way=way, number=number) if "wiped" in request.args else _onward(way_in, number, kept.said)
    with work() as session:
        national = lists(session, _face())["national"]
    return page("referrals/now.html", on=on, national=national)


@pages.get(f"{WAY}/check")
@anyone
def check(way: str) -> Response:
    """Everything that was answered, to read through and to change."""
    way_in = WayIn(way)
    kept = _kept(way_in)
    if kept is None:
        return _ended(way_in)
    if kept.sent:
        return moved(url_for(".received", way=way))
    if not kept.said:
        return moved(_next(way_in, 0, kept.said))
    return _check(way_in, kept)


@pages.post(f"{WAY}/check")
@slow_sending()
@anyone
def send(way: str) -> Response:
    """Send it. The page that says "received" comes after the commit; a second press sends nothing twice."""
    way_in, face = WayIn(way), _face()
    try:
        with taking_in(current_landlord().id) as session:
            drafts.send(
                session,
                browser.get(way, ""),
                way,
                lambda said: journey.answers(way_in, face, said, language().code),
                PUBLIC,
                now(),
            )
    except DraftEndedError:
        return _ended(way_in)
    except UnansweredError:
        return _check(way_in, _kept(way_in) or NOTHING, status=422)
    return moved(url_for(".received", way=way))


@pages.get(f"{WAY}/received")
@anyone
def received(way: str) -> Response:
    """What was received and what follows; for ten minutes, so that a lost connection does not lose it."""
    way_in = WayIn(way)
    kept = _kept(way_in)
    if kept is None:
        return _ended(way_in)
    if kept.sent is None:
        abort(404)
    template = "referrals/noted.html" if way_in is WayIn.CARD else "referrals/received.html"
    by = {event: deadline_said(datetime.fromisoformat(at)) for event, at in kept.sent.dues.items()}
    asks_more = way_in is WayIn.SELF and "a" not in browser
    return page(
        template,
        sent=kept.sent,
        way=way,
        by=by,
        timed=_timed(kept.sent),
        asks_more=asks_more,
        comes_back=kept.sent.comes_back,
    )


@pages.post(f"{WAY}/received")
@anyone
def finish(way: str) -> Response:
    """Decline the code, or be done: then nothing is left under this browser's secret."""
    secret = browser.get(way, "")
    if request.form.get("action") == "decline":
        with taking_in(current_landlord().id) as session:
            drafts.decline_receipt(session, secret, way, now())
        return moved(url_for(".received", way=way))
    if request.form.get("action") == "back":
        with taking_in(current_landlord().id) as session:
            drafts.want_to_come_back(session, secret, way, now())
        return moved(url_for(".received", way=way))
    with work() as session:
        drafts.wipe(session, [secret, again()])
    browser.pop(way, None)
    browser.pop("a", None)
    return moved(url_for("landlords.front"))


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
    kept = _kept(way_in) or NOTHING
    if "number" not in args:
        return _check(way_in, kept, status=429)
    _, asked = _asked(args["way"], args["number"])
    return _show(way_in, args["number"], asked.form(_face(), kept.said), kept.said, status=429)


@pages.errorhandler(CSRFError)
def lost(_error: CSRFError) -> Response | tuple[str, int]:
    """The cookie was lost on the way: the same page with everything that was typed, to be sent again.

    Only to whoever wrote on this page of ours: what another page has sent is not shown as if she had written it.
    """
    args = request.view_args or {}
    if request.headers.get("Sec-Fetch-Site", OURS) != OURS or request.endpoint not in OFFERED_AGAIN:
        return not_sent()
    way_in = WayIn(args["way"])
    kept = _kept(way_in) or NOTHING
    if "number" not in args:
        return _check(way_in, kept, status=LOST) if kept.said else _ended(way_in)
    _, asked = _asked(args["way"], args["number"])
    form = asked.form(_face(), kept.said or journey.ALL_ASKED)
    return _show(way_in, args["number"], form, kept.said, status=LOST)


def _timed(sent: Sent) -> bool:
    """Whether the policy names a time for anything that was started."""
    promises = current_landlord().face["promises"]
    return sent.stated or any(promises[event]["stated"] for event in sent.events[1:])


def _asked(way: str, number: int) -> tuple[WayIn, Step]:
    way_in = WayIn(way)
    asked = journey.step(way_in, number)
    if asked is None:
        abort(404)
    return way_in, asked


def _face() -> dict[str, object]:
    return current_landlord().face


def _kept(way: WayIn) -> Kept | None:
    """What this browser holds: nothing yet, something, or None when what it held has ended."""
    current_landlord()
    secret = browser.get(way.value)
    if secret is None:
        return NOTHING
    with work() as session:
        return drafts.read(session, secret, way.value, now())


def _onward(way: WayIn, number: int, said: Said) -> str:
    """Back to reading it through for whoever came from there; the next page for everybody else."""
    if "change" in request.args and journey.missing(way, said) is None:
        return url_for(".check", way=way.value)
    return _next(way, number, said)


def _next(way: WayIn, number: int, said: Said) -> str:
    following = journey.after(way, number, said)
    if following is None:
        return url_for(".check", way=way.value)
    return url_for(".step", way=way.value, number=following)


def _show(way: WayIn, number: int, form: StepForm, said: Said, *, status: int = 200) -> Response:
    asked = journey.JOURNEYS[way][number - 1]
    before = journey.before(way, number, said)
    changing = "change" in request.args
    return page(
        asked.template,
        status=status,
        form=form,
        heading=asked.heading,
        way=way.value,
        slow=status == 429,  # noqa: PLR2004 - Too Many Requests
        lost=status == LOST,
        back=url_for(".check", way=way.value) if changing else _back(way, before),
        skip=None if asked.needed or changing else _next(way, number, said),
        stop=url_for(".check", way=way.value)
        if journey.may_stop(way, number, said) and not changing
        else None,
    )


def _back(way: WayIn, before: int | None) -> str:
    return url_for(".step", way=way.value, number=before) if before else url_for("landlords.front")


def _check(way: WayIn, kept: Kept, *, status: int = 200) -> Response:
    missing = journey.missing(way, kept.said)
    return page(
        "referrals/check.html",
        status=status,
        way=way.value,
        parts=journey.lines(way, _face(), kept.said),
        missing=missing,
        needed=journey.JOURNEYS[way][missing - 1].heading if missing else "",
        slow=status == 429,  # noqa: PLR2004 - Too Many Requests
        lost=status == LOST,
    )


def _ended(way: WayIn) -> Response:
    """The half hour is over: nothing that was written is shown."""
    browser.pop(way.value, None)
    return page("referrals/ended.html", status=410, again=url_for(".step", way=way.value, number=1))
