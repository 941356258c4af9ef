"""The page that says why something is due when it is: one click away from every list that shows a time."""

from uuid import UUID

from werkzeug.wrappers import Response

from portal.cases import why as reasons
from portal.cases.routes.blueprint import CASE, pages, reader
from portal.cases.routes.section import section
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.landlord import work


@pages.get(CASE + "/why")
@needs(Permission.CASE_READ)
def why(case_id: UUID) -> Response:
    """The reasons laid open, those of what is due next at the top."""
    with work() as session:
        found = reasons.read(session, case_id, reader())
    return section("cases/why.html", found.frame, clocks=found.clocks, tasks=found.tasks)
