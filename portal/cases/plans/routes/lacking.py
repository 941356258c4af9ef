"""The list for seniors: open cases that lack what their policy asks for."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from portal.cases.plans import lacking
from portal.cases.plans.routes.blueprint import pages
from portal.cases.routes.blueprint import reader
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.landlord import work


@pages.get("/<landlord>/plans")
@needs(Permission.TEAM_READ)
def without_plan() -> Response:
    """What is asked for and is not there, case by case."""
    after = request.args.get("after", "")
    with work() as session:
        found = lacking.listed(session, reader(), _id(after))
    return page("cases/plans/lacking.html", found=found, later=bool(after))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
