"""The pages on which an agency's coordinator sees to its people."""

from uuid import UUID

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.domain.agency_roles import AgencyPermission, AgencyRole
from portal.partners.members import queries, service
from portal.partners.members.forms import RolesForm
from portal.partners.members.service import ChangedMeanwhileError, LastCoordinatorError, NoSuchMemberError
from portal.web.access import needs_at_agency
from portal.web.fragments import moved, page
from portal.web.here import agency_work, my_agency, now
from portal.web.principal import actor, me

pages = Blueprint("members", __name__, url_prefix="/desk/partner")
ONE = "/people/<uuid:member_id>"
NEEDED = "Nobody else here is a coordinator. Make somebody else one first."


@pages.app_errorhandler(NoSuchMemberError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """Somebody of another agency answers as somebody who never was."""
    return current_app.handle_http_exception(NotFound())


@pages.get("/people")
@needs_at_agency(AgencyPermission.USERS_KEEP)
def people() -> Response:
    """Everybody who gets in for this agency, and who did."""
    with agency_work() as session:
        rows = queries.members(session)
    return page(
        "partners/members/people.html",
        agency=my_agency(),
        rows=[each for each in rows if not each.ended_at],
        gone=[each for each in rows if each.ended_at],
    )


@pages.route(ONE, methods=["GET", "POST"])
@needs_at_agency(AgencyPermission.USERS_KEEP)
def person(member_id: UUID) -> Response:
    """One of them: what they may do."""
    form, status = RolesForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with agency_work() as session:
                    who = service.change(session, member_id, form.chosen(), actor(), now())
            except LastCoordinatorError:
                form.refuse("roles", NEEDED)
            except ChangedMeanwhileError:
                return moved(url_for("members.people", done="member-meanwhile"))
            else:
                gone = who == me().account_id and AgencyRole.COORDINATOR not in form.chosen()
                return _after("member-changed", gone=gone)
    return _page(member_id, form, status)


@pages.post(ONE + "/end")
@needs_at_agency(AgencyPermission.USERS_KEEP)
def end(member_id: UUID) -> Response:
    """End somebody's access, at once."""
    try:
        with agency_work() as session:
            who = service.end(session, member_id, actor(), now())
    except LastCoordinatorError:
        form = RolesForm()
        form.roles.errors = [NEEDED]
        return _page(member_id, form, 422)
    except ChangedMeanwhileError:
        return moved(url_for("members.people", done="member-meanwhile"))
    return _after("member-ended", gone=who == me().account_id)


def _after(done: str, *, gone: bool) -> Response:
    """Back to the people; whoever has just given this page up goes to their own account."""
    return moved(url_for("people.mine" if gone else "members.people", done=done))


def _page(member_id: UUID, form: RolesForm, status: int) -> Response:
    with agency_work() as session:
        row = next((each for each in queries.members(session) if each.id == member_id and not each.ended_at), None)
    if row is None:
        raise NoSuchMemberError
    if not form.roles.data:
        form.roles.data = [each.value for each in AgencyRole if each in row.roles]
    return page("partners/members/person.html", status=status, agency=my_agency(), form=form, row=row)
