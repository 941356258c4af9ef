"""The pages on which a landlord asks somebody in: the code is shown once, for whoever asks to hand over."""

from uuid import UUID

from flask import current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.people import inviting
from portal.people.administering import NotYoursToGiveError, PartChangedMeanwhileError
from portal.people.coming_in import InvitationOverError
from portal.people.forms import ColleagueForm, InviteForm
from portal.people.handing_over import CODE_HOLDS
from portal.people.inviting import InvitationRow
from portal.people.people_routes import PEOPLE, as_form, held_here, offering, pages, part_of
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

INVITED = PEOPLE + "/invitations/<uuid:staff_invitation_id>"


@pages.errorhandler(InvitationOverError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """One that is over, or another landlord's, is not there."""
    return current_app.handle_http_exception(NotFound())


@pages.route(PEOPLE + "/invite", methods=["GET", "POST"])
@needs(Permission.PEOPLE_ADMIN)
def invite() -> Response:
    """Ask somebody in; the code is shown once, on the page that answers."""
    form = offering(InviteForm())

    def shown(status: int) -> Response:
        return page("people/invite.html", status=status, here=current_landlord(), form=form)

    if not form.is_submitted():
        return shown(200)
    if not form.validate():
        return shown(422)
    try:
        with work() as session:
            found = inviting.invite(
                session, form.email.data, form.name.data, part_of(form), actor(), held_here(), now()
            )
    except NotYoursToGiveError as refused:
        form.refuse("roles", str(refused))
        return shown(422)
    return _handed(form.email.data, found.code)


@pages.route(INVITED, methods=["GET", "POST"])
@needs(Permission.PEOPLE_ADMIN)
def invited(staff_invitation_id: UUID) -> Response:
    """Somebody who has not come in yet: as what they are asked in."""
    found = _one(staff_invitation_id)
    form = offering(ColleagueForm(data=as_form(found) | {"revision": found.sign}))

    def shown(status: int, now_is: InvitationRow = found) -> Response:
        here, changed = current_landlord(), now_is is not found
        return page("people/asked_in.html", status=status, here=here, form=form, invited=now_is, changed=changed)

    if not form.is_submitted():
        return shown(200)
    if not form.validate():
        return shown(422)
    try:
        with work() as session:
            sign = form.revision.data or ""
            inviting.change(session, found.id, part_of(form), sign, actor(), held_here(), now())
    except PartChangedMeanwhileError:
        now_is = _one(staff_invitation_id)
        form.revision.data = now_is.sign
        return shown(409, now_is)
    except NotYoursToGiveError as refused:
        form.refuse("roles", str(refused))
        return shown(422)
    return moved(url_for("staff.people", done="invitation-changed"))


@pages.post(INVITED + "/code")
@needs(Permission.PEOPLE_ADMIN)
def another_code(staff_invitation_id: UUID) -> Response:
    """The code is lost or over: another one, shown once."""
    try:
        with work() as session:
            code, email = inviting.anew(session, staff_invitation_id, actor(), held_here(), now())
    except NotYoursToGiveError:
        return moved(url_for("staff.people", done="not-yours"))
    return _handed(email, code)


@pages.post(INVITED + "/end")
@needs(Permission.PEOPLE_ADMIN)
def take_back(staff_invitation_id: UUID) -> Response:
    """The code opens nothing any more."""
    with work() as session:
        inviting.take_back(session, staff_invitation_id, actor(), now())
    return moved(url_for("staff.people", done="invitation-ended"))


def _one(invitation_id: UUID) -> InvitationRow:
    with work() as session:
        return inviting.one(session, invitation_id)


def _handed(email: str, code: str) -> Response:
    return page(
        "people/invited.html", here=current_landlord(), email=email, code=code, days=CODE_HOLDS.days
    )
