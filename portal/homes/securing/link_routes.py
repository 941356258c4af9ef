"""The page that a contractor opens by a link: the job, and nothing else. It ends by itself."""

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.homes.securing import queries, work_orders
from portal.homes.securing.words import URGENCIES
from portal.web.access import anyone
from portal.web.fragments import page
from portal.web.here import now, taking_in
from portal.web.landlord import current_landlord

pages = Blueprint("job_links", __name__)


@pages.get("/<landlord>/job/<secret>")
@anyone
def show(secret: str) -> Response:
    """The job of this link. One that has ended, was replaced or never was, all answer alike."""
    with taking_in(current_landlord().id) as session:
        found = queries.job_of_link(session, secret, now())
        if found:
            case_id, order_id, _shown = found
            work_orders.note_shown(session, case_id, order_id, now())
    job = found[2] if found else None
    return page("homes/securing/link.html", status=200 if job else 404, job=job, urgencies=URGENCIES)
