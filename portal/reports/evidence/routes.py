"""The page of evidence."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.domain.figures import Quarter
from portal.domain.permissions import Permission
from portal.reports.evidence import service
from portal.reports.performance.published import askable
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now, published_work
from portal.web.landlord import current_landlord
from portal.web.principal import actor, me

pages = Blueprint("evidence", __name__, url_prefix="/desk/<landlord>/evidence")


@pages.get("")
@needs(Permission.FIGURES_READ)
def evidence() -> Response:
    """Each framework line by line, with what speaks for it in one quarter, or its gap."""
    here = current_landlord()
    known = askable(now(), running=me().can(here.id, Permission.CASE_READ))
    asked = Quarter.read(request.args.get("quarter", ""))
    quarter = asked if asked in known else known[0]
    services = sum(len(here.face.get(each) or ()) for each in ("national", "local"))
    with published_work(here.id) as session:
        sheets = service.gathered(
            session, quarter, services, actor(), now(), pledged=bool(here.face.get("pledge"))
        )
    return page("reports/evidence.html", here=here, sheets=sheets, quarter=quarter, quarters=known)
