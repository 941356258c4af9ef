"""Coming back with the number: every page works alone, and none shows anything before it is safe to."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, abort, current_app, request, url_for
from flask import session as browser
from flask_limiter import RateLimitExceeded
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from portal.domain.contact import Channel
from portal.domain.errors import PortalError
from portal.domain.languages import N_
from portal.referrals.coming_back import queries, service, visits
from portal.referrals.coming_back.forms import (
    NO_MORE,
    NOBODY,
    HowForm,
    LessForm,
    NumberForm,
    RemindForm,
    SafeForm,
    WriteForm,
)
from portal.referrals.coming_back.queries import NotShownError, Writes
from portal.referrals.coming_back.visits import LASTS, SENDS, Visit
from portal.web.access import anyone
from portal.web.forms import Form
from portal.web.fragments import moved, page
from portal.web.here import now, taking_in
from portal.web.landlord import current_landlord
from portal.web.languages import deadline_said
from portal.web.limits import slow_number, slow_public

pages = Blueprint("back", __name__, url_prefix="/<landlord>/number")
HELD = "n"
UNKNOWN = N_("This number opens nothing here. Look at each digit, or ring us.")
SHOWN_FOR, SENT_WITHIN = int(LASTS.total_seconds()), int((LASTS + SENDS).total_seconds())
Page = Callable[[Visit], Response]
KEEPS: dict[str | None, tuple[str, type[Form]]] = {
    "back.write": ("referrals/back/write.html", WriteForm),
    "back.reach": ("referrals/back/reach.html", LessForm),
    "back.remind": ("referrals/back/remind.html", RemindForm),
}
"""Where words are typed: they are taken a while after the visit is over, and stay when the line has to wait."""


def for_visitors(view: Page) -> Callable[[], Response]:
    """A page for whoever came back and said that it is safe; everybody else starts again."""

    @wraps(view)
    def answer() -> Response:
        visit = _visit()
        if visit is None or (visit.over and not (request.method == "POST" and request.endpoint in KEEPS)):
            return page("referrals/back/hidden.html", status=410)
        if not visit.safe:
            return moved(url_for(".safe"))
        return view(visit)

    return answer


@pages.route("", methods=["GET", "POST"])
@slow_public()
@slow_number()
@anyone
def enter() -> Response:
    """The number, and nothing else. A wrong one, an ended one and one that never was have one answer."""
    form, status = NumberForm(), 200
    current_landlord()
    if form.is_submitted():
        status = 422
        if form.validate():
            with taking_in(current_landlord().id) as session:
                secret = visits.begin(session, form.number.data, browser.get(HELD, ""), now())
            if secret:
                browser[HELD] = secret
                return moved(url_for(".safe"))
            form.refuse("number", UNKNOWN)
    form.number.data = ""  # a number never stands on a page
    return page("referrals/back/enter.html", status=status, form=form, slow=False)


@pages.errorhandler(RateLimitExceeded)
def wait(_error: RateLimitExceeded) -> Response:
    """Too much from this line: a number is not shown again, words are, and nobody else has to wait."""
    if request.endpoint in KEEPS:
        template, kept = KEEPS[request.endpoint]
        return page(template, status=429, form=kept(), seconds=SENT_WITHIN, slow=True)
    if request.endpoint != "back.enter":
        return cast("Response", current_app.make_response(current_app.handle_http_exception(TooManyRequests())))
    form = NumberForm(formdata=None)
    return page("referrals/back/enter.html", status=429, form=form, slow=True)


@pages.route("/now", methods=["GET", "POST"])
@slow_public()
@anyone
def safe() -> Response:
    """Is it safe? Nothing is shown before that."""
    visit, form, status = _visit(), SafeForm(), 200
    if visit is None or visit.over:
        return page("referrals/back/hidden.html", status=410)
    if form.is_submitted():
        status = 422
        if form.validate():
            if form.safe.data == "no":
                return moved(url_for("referrals.leave"))
            with taking_in(current_landlord().id) as session:
                visits.safe_now(session, visit, now())
            return moved(url_for(".open"))
    return page("referrals/back/safe.html", status=status, form=form, seconds=SHOWN_FOR)


@pages.get("/open", endpoint="open")
@anyone
@for_visitors
def open_(visit: Visit) -> Response:
    """What was done, what comes next, and what we wrote."""
    with taking_in(current_landlord().id) as session:
        found = queries.seen(session, visit, now())
        steps, agreed = queries.steps(session, visit), queries.agreed(session, visit, now())
        explained = queries.explained(session, visit)
    by = deadline_said(found.due_at) if found.due_at else None
    return page(
        "referrals/back/open.html",
        seen=found,
        by=by,
        steps=steps,
        explained=explained,
        agreed=agreed,
        shows_plan=visit.shows_plan,
        seconds=SHOWN_FOR,
        done=request.args.get("done", ""),
    )


@pages.get("/seen")
@anyone
@for_visitors
def seen(visit: Visit) -> Response:
    """Who has read what they told us, by post and day; that it was shown stands in the audit as well."""
    try:
        with taking_in(current_landlord().id) as session:
            found = queries.readers(session, visit, now())
    except NotShownError:
        abort(404)
    return page("referrals/back/seen.html", found=found, seconds=SHOWN_FOR)


@pages.post("/stay")
@slow_public()
@anyone
@for_visitors
def stay(visit: Visit) -> Response:
    """More time, and what we wrote is read."""
    with taking_in(current_landlord().id) as session:
        service.mark_read(session, visit, now())
    return moved(url_for(".open"))


@pages.route("/write", methods=["GET", "POST"])
@slow_public()
@anyone
@for_visitors
def write(visit: Visit) -> Response:
    """Write to us. More contact, and speaking with others, are asked for here: an officer makes sure first."""
    form, status = WriteForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            with taking_in(current_landlord().id) as session:
                service.write(session, visit, Writes(form.about.data), form.words.data, now())
            return _done("written", visit)
    return page("referrals/back/write.html", status=status, form=form, seconds=SENT_WITHIN)


@pages.route("/reach", methods=["GET", "POST"])
@slow_public()
@anyone
@for_visitors
def reach(visit: Visit) -> Response:
    """Less contact, at once."""
    form, status = LessForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            chosen = set(form.stop.data or ())
            stop = frozenset(Channel(each) for each in chosen - set(NOBODY))
            never = tuple(line.strip() for line in (form.never.data or "").splitlines() if line.strip())
            with taking_in(current_landlord().id) as session:
                service.narrow(session, visit, stop, never, now(), nobody=bool(chosen & set(NOBODY)))
            return _done("less", visit)
    return page("referrals/back/reach.html", status=status, form=form, seconds=SENT_WITHIN)


@pages.route("/remind", methods=["GET", "POST"])
@slow_public()
@anyone
@for_visitors
def remind(visit: Visit) -> Response:
    """Ask to be reminded of meetings, which an officer makes sure of; or not to be, which counts at once."""
    form, status = RemindForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            less = form.by.data == NO_MORE
            with taking_in(current_landlord().id) as session:
                if less:
                    service.stop_reminders(session, visit, now())
                else:
                    service.ask_for_reminders(session, visit, Channel(form.by.data), now())
            return _done("less" if less else "written", visit)
    return page("referrals/back/remind.html", status=status, form=form, seconds=SENT_WITHIN)


@pages.post("/plan")
@slow_public()
@anyone
@for_visitors
def plan(visit: Visit) -> Response:
    """A part of the plan is done, or not wanted."""
    do = request.form.get("do")
    return _say(service.say_of_step, visit, done=do == "done") if do in {"done", "no"} else abort(404)


@pages.post("/agreed")
@slow_public()
@anyone
@for_visitors
def agreed(visit: Visit) -> Response:
    """Take back that we may speak with somebody."""
    return _say(service.take_back, visit)


@pages.route("/how", methods=["GET", "POST"])
@slow_public()
@anyone
@for_visitors
def how(visit: Visit) -> Response:  # noqa: ARG001 - whoever came back may say, and nothing ties it to them
    """How it went: for figures, apart from everything else."""
    form, status = HowForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            said = {name: form[name].data for name in service.FEEDBACK if form[name].data}
            with taking_in(current_landlord().id) as session:
                service.say_how_it_went(session, said, now())
            return _done("how")
    return page("referrals/back/how.html", status=status, form=form, seconds=SHOWN_FOR)


@pages.get("/hidden")
@anyone
def hidden() -> Response:
    """The minutes are over: nothing is shown any more."""
    current_landlord()
    return page("referrals/back/hidden.html", status=410)


def _say(verb: Callable[..., None], visit: Visit, **more: Any) -> Response:  # noqa: ANN401 - what the verb takes
    try:
        wanted = UUID(request.form.get("which", ""))
    except ValueError:
        abort(404)
    try:
        with taking_in(current_landlord().id) as session:
            verb(session, visit, wanted, now=now(), **more)
    except PortalError:  # not theirs to say, or said already
        abort(404)
    return _done("said")


def _done(what: str, visit: Visit | None = None) -> Response:
    if visit and visit.over:
        return page("referrals/back/hidden.html", status=410, kept=True)
    return moved(url_for(".open", done=what))


def _visit() -> Visit | None:
    current_landlord()
    with taking_in(current_landlord().id) as session:
        return visits.read(session, browser.get(HELD, ""), now())
