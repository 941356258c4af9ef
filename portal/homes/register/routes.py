"""The list of the landlord's homes, and looking one up in it."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.homes.register import listed, service
from portal.homes.register.forms import LookForm
from portal.homes.register.listed import Cursor, Homes
from portal.homes.register.queries import how_many
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, permission_used

pages = Blueprint("register", __name__, url_prefix="/desk")
OURS = "/<landlord>/our-homes"


@pages.get(OURS)
@needs(Permission.DIRECTORY_READ)
def homes() -> Response:
    """All of them, page by page."""
    after = Cursor.read(request.args.get("after", ""))
    with work() as session:
        found, number = listed.listed(session, after), how_many(session)
        service.note_reading(session, len(found.rows), actor(), permission_used(), now())
    return _shown(LookForm(), found, number, later=after is not None)


@pages.post(OURS)
@needs(Permission.DIRECTORY_READ)
def look_up() -> Response:
    """The one that is meant; what is typed is kept nowhere."""
    form = LookForm()
    if not form.validate():
        return _shown(form, Homes(()), status=422)
    with work() as session:
        found = listed.looked_for(session, form.home.data)
        service.note_reading(session, len(found.rows), actor(), permission_used(), now())
    return _shown(form, found)


def _shown(
    form: LookForm, found: Homes, number: int | None = None, *, later: bool = False, status: int = 200
) -> Response:
    """The list, or what was found; `number` is how many there are, where the whole list is shown."""
    here = current_landlord()
    return page(
        "homes/register/homes.html", status=status, here=here, form=form, found=found, number=number, later=later
    )
