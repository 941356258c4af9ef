"""The pages on which an agency's coordinator sees to its people."""

from uuid import UUID

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.domain.agency_roles import AgencyPermission, AgencyRole
from portal.partners.members import inviting, queries, service
from portal.partners.members.forms import InviteForm, JoinForm, RolesForm
from portal.partners.members.inviting import InvitationOverError
from portal.partners.members.service import ChangedMeanwhileError, LastCoordinatorError, NoSuchMemberError
from portal.people import resetting
from portal.store.scope import NOBODY, AgencyScope
from portal.web.access import anyone, needs_at_agency
from portal.web.fragments import moved, page
from portal.web.here import agency_work, landlord_work, my_agency, now, portal, public_work
from portal.web.limits import line, slow_sign_in
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
        rows, invited = queries.members(session), inviting.open_ones(session, now())
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
    """Ask somebody in: the link is shown once, for the coordinator to hand over."""
    form = InviteForm()
    if form.is_submitted() and form.validate():
        with agency_work() as session:
            link = inviting.invite(
                session, my_agency().id, form.email.data, form.name.data, form.chosen(), actor(), now()
            )
        url = url_for("members.join", secret=link, _external=True)
        return page("partners/members/invited.html", agency=my_agency(), url=url, until=now() + inviting.HOLDS_FOR)
    status = 422 if form.is_submitted() else 200
    return page("partners/members/invite.html", status=status, agency=my_agency(), form=form)


@pages.post("/people/invitations/<uuid:invitation_id>/end")
@needs_at_agency(AgencyPermission.USERS_KEEP)
def take_back(invitation_id: UUID) -> Response:
    """The link works no more."""
    with agency_work() as session:
        inviting.take_back(session, invitation_id, now())
    return moved(url_for("members.people", done="invitation-ended"))


@pages.route("/join/<secret>", methods=["GET", "POST"])
@slow_sign_in(line)
@anyone
def join(secret: str) -> Response:
    """Come in by a link: one that was used, taken back, has run out or never was, all answer alike."""
    try:
        agency_id, word = inviting.agency_in(secret)
        with portal().database.work(AgencyScope(agency_id, NOBODY)) as session:
            row = inviting.found(session, word, now())
    except InvitationOverError:
        return page("partners/members/join.html", status=404, row=None, form=None)
    form = JoinForm()
    if form.is_submitted() and form.validate():
        try:
            with public_work() as session:
                account_id = inviting.make_account(session, row, form.password.data, now())
            with portal().database.work(AgencyScope(agency_id, account_id)) as session:
                inviting.come_in(session, row, account_id, now())
        except InvitationOverError:
            return page("partners/members/join.html", status=404, row=None, form=None)
        return moved(url_for("people.sign_in"))
    status = 422 if form.is_submitted() else 200
    return page("partners/members/join.html", status=status, row=row, form=form)


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
