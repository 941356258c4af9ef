"""The pages on which an agency's coordinator sees to its people."""

from uuid import UUID

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.domain.agency_roles import AgencyPermission, AgencyRole
from portal.partners.members import inviting, queries, service
from portal.partners.members.forms import InviteForm, RolesForm
from portal.partners.members.inviting import HereAlreadyError
from portal.partners.members.service import (
    ChangedMeanwhileError,
    LastCoordinatorError,
    NoSuchMemberError,
    OwnRolesError,
)
from portal.people import resetting
from portal.people.coming_in import InvitationOverError
from portal.people.handing_over import CODE_HOLDS
from portal.web.access import needs_at_agency
from portal.web.fragments import moved, page
from portal.web.here import agency_work, landlord_work, my_agency, now, public_work
from portal.web.principal import actor, me

pages = Blueprint("members", __name__, url_prefix="/desk/partner")
ONE = "/people/<uuid:member_id>"
HERE = "Somebody with this address works here, or has been asked in. Change their part, or give them another code."
OWN = "Nobody takes a role on for themselves. Ask another coordinator."
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
        rows, invited = queries.members(session), inviting.waiting(session)
    return page(
        "partners/members/people.html",
        invited=invited,
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
            except OwnRolesError:
                form.refuse("roles", OWN)
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


@pages.post(ONE + "/anew")
@needs_at_agency(AgencyPermission.USERS_KEEP)
def start_anew(member_id: UUID) -> Response:
    """Somebody lost their telephone or password: a code goes to their own address, and to nobody else."""
    with agency_work() as session:
        who = service.works_here(session, member_id)
    with public_work() as session:
        resetting.allow_anew(session, who, actor(), now())
        home = resetting.home_of(session, who, now())
    if home:
        with landlord_work(home) as session:
            resetting.send_anew(session, who, now())
    return moved(url_for("members.people", done="started-anew"))


@pages.route("/people/invite", methods=["GET", "POST"])
@needs_at_agency(AgencyPermission.USERS_KEEP)
def invite() -> Response:
    """Ask somebody in: the code is shown once, for the coordinator to hand over."""
    form = InviteForm()
    if form.is_submitted() and form.validate():
        try:
            with agency_work() as session:
                code = inviting.invite(session, form.email.data, form.name.data, form.chosen(), actor(), now())
        except HereAlreadyError:
            form.refuse("email", HERE)
        else:
            return _handed(form.email.data, code)
    status = 422 if form.is_submitted() else 200
    return page("partners/members/invite.html", status=status, agency=my_agency(), form=form)


@pages.post("/people/invitations/<uuid:invitation_id>/code")
@needs_at_agency(AgencyPermission.USERS_KEEP)
def another_code(invitation_id: UUID) -> Response:
    """The code is lost or over: another one, shown once."""
    try:
        with agency_work() as session:
            code, email = inviting.anew(session, invitation_id, now())
    except InvitationOverError:
        raise NotFound from None
    return _handed(email, code)


@pages.post("/people/invitations/<uuid:invitation_id>/end")
@needs_at_agency(AgencyPermission.USERS_KEEP)
def take_back(invitation_id: UUID) -> Response:
    """The code opens nothing any more."""
    with agency_work() as session:
        inviting.take_back(session, invitation_id, now())
    return moved(url_for("members.people", done="invitation-ended"))


def _handed(email: str, code: str) -> Response:
    days = CODE_HOLDS.days
    return page("partners/members/invited.html", agency=my_agency(), email=email, code=code, days=days)


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
