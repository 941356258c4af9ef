"""What reminders are about: the case with the officer who has it, or the report that nobody has opened yet."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Uuid, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from portal.cases.confidentiality.queries import matters
from portal.deadlines.hearers import Matter
from portal.domain.lifecycle import Route
from portal.domain.permissions import Permission
from portal.referrals.models import Report
from portal.store.statements import HERE, Statement, given, pose

ROUTES = Statement(
    select(Report.id, Report.route).where(
        Report.landlord_id == HERE, Report.id == func.any(given("report_ids", ARRAY(Uuid())))
    )
)


def matters_of(session: Session, case_ids: Iterable[UUID], report_ids: Iterable[UUID]) -> dict[UUID, Matter]:
    """Each of these, by its id."""
    wanted = list(report_ids)
    reports = pose(session, ROUTES, report_ids=wanted) if wanted else None
    found = matters(session, case_ids)
    for report_id, route in reports.rows if reports else ():
        found[report_id] = report_matter(report_id, route)
    return found


def report_matter(report_id: UUID, route: str) -> Matter:
    """A report by or about a colleague may be opened, and so heard of, by few."""
    staff = route == Route.STAFF.value
    opened_with = Permission.STAFF_ROUTE_READ if staff else Permission.REPORT_TRIAGE
    return Matter(f"reports/{report_id}", opened_with=opened_with)
