"""The page of whoever oversees the policy."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.domain.calendar import in_london
from portal.domain.figures import quarters
from portal.domain.permissions import Permission
from portal.governance.oversight import service
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now, published_work
from portal.web.landlord import current_landlord
from portal.web.principal import actor, me

pages = Blueprint("oversight", __name__, url_prefix="/desk/<landlord>/oversight")


@pages.get("")
@needs(Permission.FIGURES_READ)
def oversight() -> Response:
    """Clauses that are not met, and the clocks of a year: this one, or one before as far as figures reach."""
    known = sorted({each.year for each in quarters(now())}, reverse=True)
    asked = request.args.get("year", "")
    year = int(asked) if asked in set(map(str, known)) else in_london(now()).year
    running = me().can(current_landlord().id, Permission.CASE_READ)
    with published_work(current_landlord().id) as session:
        found = service.look(session, year, actor(), now(), running=running)
    return page("governance/oversight/oversight.html", here=current_landlord(), found=found, years=known)
