"""The list for seniors: open cases whose record lacks what the policy wants on every one."""

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.cases.routes.blueprint import reader
from portal.domain.permissions import Permission
from portal.reports.lacking import queries
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.landlord import work

pages = Blueprint("lacking", __name__, url_prefix="/desk")


@pages.get("/<landlord>/lacking")
@needs(Permission.TEAM_READ)
def lacking() -> Response:
    """What is asked for and is not there, case by case."""
    after = _id(request.args.get("after", ""))
    with work() as session:
        found = queries.listed(session, reader(), after)
    return page("reports/lacking.html", found=found, later=after is not None)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
