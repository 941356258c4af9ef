"""The pages about actions: a coordinator sets one, and whoever it belongs to says what came of it."""

from uuid import UUID

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.domain.agency_roles import AgencyPermission
from portal.domain.permissions import Permission
from portal.marac.actions import queries, service
from portal.marac.actions.forms import ActionForm, EndActionForm, EndTheirActionForm
from portal.marac.actions.service import ActionRefusedError, NoSuchActionError
from portal.marac.areas import queries as areas
from portal.marac.board.actor import at_agency
from portal.marac.board.service import found as on_board
from portal.marac.board.service import mine
from portal.marac.papers.service import About
from portal.web.access import needs, needs_at_agency
from portal.web.fragments import moved, page
from portal.web.here import agency_work, my_agency, now, taking_in
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("agreed", __name__, url_prefix="/desk")
OURS = CASE + "/conference/<uuid:conference_id>/actions/<uuid:agreed_id>"
CASES = "/partner/conference/cases/<uuid:conference_id>/actions"


@pages.app_errorhandler(NoSuchActionError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """Another body's action answers as one that never was."""
    return current_app.handle_http_exception(NotFound())


@pages.route(OURS, methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def ours(case_id: UUID, conference_id: UUID, agreed_id: UUID) -> Response:
    """An action of the landlord's own: what came of it."""
    form, here = EndActionForm(), current_landlord().id
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows = queries.of_referral(session, here, conference_id)
    row = next((e for e in rows if e.id == agreed_id and e.agency_id is None and e.case_id == case_id), None)
    if row is None:
        raise NoSuchActionError
    back = url_for("conference.one", case_id=case_id, conference_id=conference_id, done="conference-meanwhile")
    if row.ended:
        return moved(back)
    if form.is_submitted() and form.validate():
        about = About(here, case_id, conference_id, agreed_id)
        try:
            with work() as session:
                service.end(session, about, None, form.came(), actor(), now())
                service.note_end(session, about, form.came(), actor(), now(), ours=True)
        except ActionRefusedError as refused:
            form.refuse(refused.field, str(refused))
        else:
            to = url_for(
                "conference.one", case_id=case_id, conference_id=conference_id, done="conference-action-ended"
            )
            return moved(to)
    status = 422 if form.is_submitted() else 200
    return section("marac/end_action.html", found, status=status, row=row, form=form)


@pages.route(CASES, methods=["GET", "POST"])
@needs_at_agency(AgencyPermission.CONFERENCE)
def agree(conference_id: UUID) -> Response:
    """The coordinator sets an action for a body."""
    form = ActionForm()
    with agency_work() as session:
        row = mine(session, conference_id)
        area = areas.area(session, row.area_id)
    if area is None:
        raise NoSuchActionError
    form.offer(area, row.landlord)
    if form.is_submitted() and form.validate():
        about, agreed = About(row.landlord_id, row.case_id, conference_id), form.agreed()
        try:
            with agency_work() as session:
                made = service.agree(session, about, agreed, at_agency(), now())
        except ActionRefusedError as refused:
            form.refuse(refused.field, str(refused))
        else:
            with taking_in(row.landlord_id) as session:
                service.tell_landlord(session, about, made, agreed, at_agency(), now())
            return moved(url_for("board.one", conference_id=conference_id, done="conference-action"))
    status = 422 if form.is_submitted() else 200
    return page("marac/action.html", block="form", status=status, agency=my_agency(), row=row, form=form)


@pages.route(CASES + "/<uuid:agreed_id>", methods=["GET", "POST"])
@needs_at_agency(AgencyPermission.CONFERENCE)
def theirs(conference_id: UUID, agreed_id: UUID) -> Response:
    """An action of this agency's: what came of it."""
    form, agency = EndTheirActionForm(), my_agency()
    with agency_work() as session:
        case = on_board(session, conference_id)
        rows = queries.of_referral(session, case.landlord_id, conference_id)
    row = next((each for each in rows if each.id == agreed_id and each.agency_id == agency.id), None)
    if row is None:
        raise NoSuchActionError
    if row.ended:
        return moved(url_for("board.one", conference_id=conference_id, done="conference-meanwhile"))
    if form.is_submitted() and form.validate():
        about = About(case.landlord_id, case.case_id, conference_id, agreed_id)
        try:
            with agency_work() as session:
                service.end(session, about, agency.id, form.came(), at_agency(), now())
        except ActionRefusedError as refused:
            form.refuse(refused.field, str(refused))
        else:
            with taking_in(case.landlord_id) as session:
                service.note_end(session, about, form.came(), at_agency(), now(), ours=False)
            return moved(url_for("board.one", conference_id=conference_id, done="conference-action-ended"))
    status = 422 if form.is_submitted() else 200
    return page("marac/their_action.html", block="form", status=status, agency=agency, case=case, row=row, form=form)
