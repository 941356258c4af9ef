"""The register of training: who works cases, what they have learned, and whose is due."""

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.domain.permissions import Permission
from portal.people import matrix, trained
from portal.people.trained import SOON, Holds
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me, permission_used

pages = Blueprint("training", __name__, url_prefix="/desk")
HOLDS = {
    Holds.LAPSED: ("overdue", "Lapsed"),
    Holds.NONE: ("missed", "None on record"),
    Holds.SOON: ("soon", "Ends soon"),
    Holds.CURRENT: ("met", "Holds"),
}


@pages.get("/<landlord>/training")
@needs(Permission.TEAM_READ)
def register() -> Response:
    """Everybody who works cases here, those whose training is due first."""
    with work() as session:
        found = trained.read(session, actor(), permission_used(), now())
        needs_of_all = matrix.needs(session, now())
    here = current_landlord()
    return page(
        "people/training.html",
        here=here,
        found=found,
        needs=needs_of_all,
        lacking=sum(each.lacks for each in needs_of_all),
        holds=HOLDS,
        weeks=SOON.days // 7,
        may_record=me().can(here.id, Permission.PEOPLE_ADMIN),
    )
