"""The page on which officers choose what they state of themselves at one landlord."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.people import profile as people
from portal.people.forms import ProfileForm
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("profile", __name__, url_prefix="/desk")


@pages.route("/<landlord>/profile", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def profile() -> Response:
    """What I state, and who sees it."""
    with work() as session:
        stated = people.stated(session, actor())
    form = ProfileForm(data=ProfileForm.filled(stated))
    if not form.is_submitted():
        return page("people/profile.html", here=current_landlord(), form=form, given=stated.given)
    if not form.validate():
        return page("people/profile.html", status=422, here=current_landlord(), form=form, given=stated.given)
    with work() as session:
        people.state(session, form.profile(), actor(), now())
    return moved(url_for("people.mine", done="profile"))
