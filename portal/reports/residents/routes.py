"""Who asked for help beside who lives here, and loading a profile."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from portal.domain.equality import QUESTIONS
from portal.domain.figures import Quarter, quarters
from portal.domain.permissions import Permission
from portal.domain.residents import Beside, UnreadableProfileError
from portal.reports.residents import service
from portal.reports.residents.forms import ProfileForm
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now, published_work
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("residents", __name__, url_prefix="/desk/<landlord>/residents")
SAYS = {
    Beside.LESS: "Fewer than live here",
    Beside.ALIKE: "No difference can be said",
    Beside.MORE: "More than live here",
    Beside.UNKNOWN: "–",
}


@pages.get("")
@needs(Permission.FIGURES_READ)
def residents() -> Response:
    """A quarter beside the profile."""
    known = [each for each in quarters(now()) if each.over(now())]
    asked = Quarter.read(request.args.get("quarter", ""))
    quarter = asked if asked in known else known[0]
    with published_work(current_landlord().id) as session:
        found = service.look(session, quarter, actor(), now())
    return page(
        "reports/residents/residents.html",
        here=current_landlord(),
        found=found,
        says=SAYS,
        quarters=known,
        loads=me().can(current_landlord().id, Permission.PACK_MAKE),
    )


@pages.route("/profile", methods=["GET", "POST"])
@needs(Permission.PACK_MAKE)
def profile() -> Response:
    """Load a profile."""
    form, status = ProfileForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.load(session, form.numbers.data, form.as_of.data, form.source.data, actor(), now())
            except UnreadableProfileError as error:
                form.refuse("numbers", error.says)
            else:
                return moved(url_for("residents.residents", done="residents-loaded"))
    return page("reports/residents/profile.html", status=status, form=form, questions=QUESTIONS)
