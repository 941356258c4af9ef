"""Reading it through, sending it, and the page that says that we have it."""

from datetime import datetime

from flask import abort, request, url_for
from flask import session as browser
from werkzeug.wrappers import Response

from portal.referrals import drafts, journey
from portal.referrals.drafts import NOTHING, DraftEndedError, Sent
from portal.referrals.journey import UnansweredError, WayIn
from portal.referrals.refused import again
from portal.referrals.routes.blueprint import WAY, ended, face, following, kept_here, pages, read_through
from portal.store.audit import PUBLIC
from portal.web.access import anyone
from portal.web.fragments import moved, page
from portal.web.here import now, taking_in
from portal.web.landlord import current_landlord, work
from portal.web.languages import deadline_said, language
from portal.web.limits import slow_sending


@pages.get(f"{WAY}/check")
@anyone
def check(way: str) -> Response:
    """Everything that was answered, to read through and to change."""
    way_in = WayIn(way)
    kept = kept_here(way_in)
    if kept is None:
        return ended(way_in)
    if kept.sent:
        return moved(url_for(".received", way=way))
    if not kept.said:
        return moved(following(way_in, 0, kept.said))
    return read_through(way_in, kept)


@pages.post(f"{WAY}/check")
@slow_sending()
@anyone
def send(way: str) -> Response:
    """Send it. The page that says "received" comes after the commit; a second press sends nothing twice."""
    way_in, shown = WayIn(way), face()
    try:
        with taking_in(current_landlord().id) as session:
            drafts.send(
                session,
                browser.get(way, ""),
                way,
                lambda said: journey.answers(way_in, shown, said, language().code),
                PUBLIC,
                now(),
            )
    except DraftEndedError:
        return ended(way_in)
    except UnansweredError:
        return read_through(way_in, kept_here(way_in) or NOTHING, status=422)
    return moved(url_for(".received", way=way))


@pages.get(f"{WAY}/received")
@anyone
def received(way: str) -> Response:
    """What was received and what follows; for ten minutes, so that a lost connection does not lose it."""
    way_in = WayIn(way)
    kept = kept_here(way_in)
    if kept is None:
        return ended(way_in)
    if kept.sent is None:
        abort(404)
    template = "referrals/noted.html" if way_in is WayIn.CARD else "referrals/received.html"
    by = {event: deadline_said(datetime.fromisoformat(at)) for event, at in kept.sent.dues.items()}
    asks_more = way_in is WayIn.SELF and "a" not in browser and current_landlord().face.get("questions") != []
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


def _timed(sent: Sent) -> bool:
    """Whether the policy names a time for anything that was started."""
    promises = current_landlord().face["promises"]
    return sent.stated or any(promises[event]["stated"] for event in sent.events[1:])
