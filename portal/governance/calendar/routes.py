"""The page of what is due: everybody sees what they can act on, and nothing else."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.governance.calendar import queries
from portal.governance.calendar.entries import KINDS, Kind, Stand
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import me

pages = Blueprint("calendar", __name__, url_prefix="/desk/<landlord>/calendar")
TITLES = {
    Stand.OVERDUE: "Overdue, or missing",
    Stand.SOON: "In the next three months",
    Stand.LATER: "Later",
    Stand.UNDATED: "Without a day",
}


@pages.get("")
@needs(Permission.POLICY_READ)
def calendar() -> Response:
    """What is due, as far as whoever reads it can act on it; narrowed to one kind where that is asked."""
    here, today = current_landlord(), in_london(now()).date()
    asked = request.args.get("kind", "")
    kind = Kind(asked) if asked in set(Kind) else None
    with work() as session:
        found = [each for each in queries.calendar(session, now()) if me().can(here.id, each.acts)]
    shown = [each for each in found if kind in (None, each.kind)]
    return page(
        "governance/calendar/calendar.html",
        here=here,
        groups=[
            (stand, says, [each for each in shown if each.stand(today) is stand])
            for stand, says in TITLES.items()
        ],
        kinds={each: says for each, says in KINDS.items() if each in {one.kind for one in found}},
        kind=kind,
        number=len(shown),
        late=sum(each.stand(today) is Stand.OVERDUE for each in found),
    )
