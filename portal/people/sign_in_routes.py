"""Who works here and where they are signed in: for managers and administrators, who can end it."""

from uuid import UUID

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.people import sign_ins
from portal.people.sign_ins import NoSuchColleagueError
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, permission_used

pages = Blueprint("sign_ins", __name__, url_prefix="/desk")
PEOPLE = "/<landlord>/people"
ONE = PEOPLE + "/<uuid:account_id>"


@pages.app_errorhandler(NoSuchColleagueError)
def missing(_error: Exception) -> HTTPException | ResponseReturnValue:
    """The same answer as for an address that does not exist."""
    return current_app.handle_http_exception(NotFound())


@pages.get(PEOPLE)
@needs(Permission.SIGN_INS_END)
def people() -> Response:
    """Everybody who works here, and who is signed in at this moment."""
    with work() as session:
        found = sign_ins.everybody(session, now())
    return page("people/people.html", here=current_landlord(), people=found)


@pages.get(ONE)
@needs(Permission.SIGN_INS_END)
def signed_in_at(account_id: UUID) -> Response:
    """Where one colleague is signed in."""
    with work() as session:
        found = sign_ins.of_one(session, account_id, actor(), permission_used(), now())
    return page("people/signed_in.html", here=current_landlord(), found=found)


@pages.post(ONE + "/end-all")
@needs(Permission.SIGN_INS_END)
def end_all(account_id: UUID) -> Response:
    """End all of it at once."""
    with work() as session:
        sign_ins.end_all(session, account_id, actor(), permission_used(), now())
    return moved(url_for("sign_ins.signed_in_at", account_id=account_id, done="all-ended"))
