"""Saying why one looks at a case that is not one's own."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import service as cases
from portal.cases.frame import WhyNeededError, note_reading
from portal.cases.looking import service
from portal.cases.looking.forms import WhyForm
from portal.cases.routes.blueprint import CASE, case_url, reader
from portal.domain.looking import Why
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("looking", __name__, url_prefix="/desk")


@pages.app_errorhandler(WhyNeededError)
def say_first(error: WhyNeededError) -> Response:
    """The landlord wants the reason before anything is shown."""
    return moved(url_for("looking.why_look", case_id=error.case_id))


@pages.route(CASE + "/why-look", methods=["GET", "POST"])
@needs(Permission.CASE_READ)
def why_look(case_id: UUID) -> Response:
    """Say it. Nothing of the case stands on this page but its reference."""
    form = WhyForm()
    with work() as session:
        reference = cases.get(session, case_id).reference
        note_reading(session, case_id, reader(), detail="reference")
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            with work() as session:
                service.say(session, case_id, Why(form.why.data), form.words.data or "", actor(), now())
            return moved(case_url(case_id, "why-look"))
    return page("cases/looking/why.html", status=status, form=form, case_id=case_id, reference=reference)
