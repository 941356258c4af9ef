"""What a landlord sees of support: who asked to be let in, for what, until when, and each page that was opened."""

from uuid import UUID

from flask import Blueprint, g, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.operators import queries, support
from portal.operators.support import NotWaitingError
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, current_principal

pages = Blueprint("support_here", __name__, url_prefix="/desk/<landlord>/support")


@pages.before_app_request
def written_down() -> None:
    """Each page that support opens at a landlord stands on that landlord's record, before anything of it is shown."""
    who = current_principal() if request.endpoint else None
    here = g.get("landlord")
    if who and who.operator and here and here.id in who.roles and request.path.startswith("/desk/"):
        with work() as session:
            support.note_page(session, f"{request.method} {request.endpoint}", actor(), now())


@pages.get("")
@needs(Permission.PEOPLE_ADMIN)
def support_asked() -> Response:
    """Who asked, and what they did."""
    with work() as session:
        found, looked = queries.support_here(session, now()), queries.looked(session)
    return page("operators/support.html", here=current_landlord(), found=found, looked=looked)


@pages.post("/<uuid:access_id>")
@needs(Permission.PEOPLE_ADMIN)
def answer(access_id: UUID) -> Response:
    """Let them in for as long as they asked, or not; or end it."""
    does, says = {
        "let-in": (support.let_in, "support-let-in"),
        "end": (support.end, "support-ended"),
    }.get(request.form.get("action", ""), (support.refuse, "support-refused"))
    try:
        with work() as session:
            does(session, access_id, actor(), now())
    except NotWaitingError:
        raise NotFound from None
    return moved(url_for("operators.support_here.support_asked", done=says))
