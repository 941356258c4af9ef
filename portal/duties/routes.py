"""Asking for something of ours in another form, without an account; and what a landlord has to do beside its cases."""

from uuid import UUID

from flask import Blueprint, request, url_for
from flask_limiter import RateLimitExceeded
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.duties import delivery_label
from portal.domain.permissions import Permission
from portal.duties import queries, service
from portal.duties.forms import FORMS, AskForm, EndForm
from portal.duties.service import NoSuchDutyError
from portal.store.audit import PUBLIC
from portal.web.access import anyone, needs
from portal.web.fragments import moved, page
from portal.web.here import now, taking_in
from portal.web.landlord import current_landlord, work
from portal.web.limits import slow_sending
from portal.web.principal import actor, permission_used

pages = Blueprint("duties", __name__)
DUTIES = "/desk/<landlord>/duties"


@pages.get("/<landlord>/formats")
@anyone
def formats() -> Response:
    """Which forms there are, and where to send one."""
    return page("duties/public_formats.html", form=AskForm(), face=current_landlord().face, slow=False)


@pages.post("/<landlord>/formats")
@slow_sending()
@anyone
def ask_for_form() -> Response:
    """Take the wish in; the page that says so comes after it is kept."""
    form = AskForm()
    if not form.validate():
        return page("duties/public_formats.html", status=422, form=form, face=current_landlord().face, slow=False)
    with taking_in(current_landlord().id) as session:
        service.ask_for_form(session, form.wanted(), PUBLIC, now())
    return moved(url_for("duties.asked"))


@pages.errorhandler(RateLimitExceeded)
def wait(_error: RateLimitExceeded) -> Response:
    """Too many at once: the same page with everything that was typed, to be sent again in twenty seconds."""
    face = current_landlord().face
    return page("duties/public_formats.html", status=429, form=AskForm(), face=face, slow=True)


@pages.get("/<landlord>/formats/asked")
@anyone
def asked() -> Response:
    """It is kept, and what happens next."""
    return page("duties/public_asked.html", face=current_landlord().face)


@pages.get(DUTIES)
@needs(Permission.DUTY_WORK)
def duties() -> Response:
    """What waits here beside the cases, and what came of the rest."""
    with work() as session:
        service.note_reading(session, actor(), permission_used(), now())
        open_, ended = queries.waiting(session), queries.done(session)
    return page(
        "duties/duties.html",
        here=current_landlord(),
        open=open_,
        ended=ended,
        forms=FORMS,
        label=delivery_label,
        done=request.args.get("done", ""),
    )


@pages.post(DUTIES + "/<uuid:duty_id>/take")
@needs(Permission.DUTY_WORK)
def take(duty_id: UUID) -> Response:
    """I will do it."""
    try:
        with work() as session:
            service.take(session, duty_id, actor(), now())
    except NoSuchDutyError:
        raise NotFound from None
    return moved(url_for("duties.duties", done="duty-taken"))


@pages.route(DUTIES + "/<uuid:duty_id>/end", methods=["GET", "POST"])
@needs(Permission.DUTY_WORK)
def end(duty_id: UUID) -> Response:
    """What was done."""
    form, status = EndForm(), 200
    with work() as session:
        service.note_reading(session, actor(), permission_used(), now())
        row = next((each for each in queries.waiting(session) if each.id == duty_id), None)
    if row is None:
        raise NotFound
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.end(session, duty_id, form.about.data, actor(), now())
            except NoSuchDutyError:
                raise NotFound from None
            return moved(url_for("duties.duties", done="duty-ended"))
    return page("duties/end.html", status=status, here=current_landlord(), duty=row, form=form)
