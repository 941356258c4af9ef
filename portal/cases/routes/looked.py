"""Who has looked at what: for managers and auditors, and itself written down."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from portal.cases import looked, service
from portal.cases.looking import queries as looking
from portal.cases.looking.forms import WHYS
from portal.cases.routes.blueprint import CASE, pages, reader
from portal.domain.permissions import Permission
from portal.people.queries import colleagues
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import me

LONGEST_POSITION = 18  # digits; the database counts no further than nineteen


@pages.get(CASE + "/looked")
@needs(Permission.AUDIT_READ)
def looked_at(case_id: UUID) -> Response:
    """Everything that anybody did with one case; or every list that showed it to somebody."""
    lists = "lists" in request.args
    with work() as session:
        case = service.get(session, case_id)
        looks = looked.at_case(session, case_id, reader(), _before(), lists=lists)
        reasons = looking.said(session, case_id) if me().can(current_landlord().id, Permission.CASE_READ) else []
    return page(
        "cases/looked.html", block="looks", case=case, looks=looks, lists=lists, reasons=reasons, whys=WHYS
    )


@pages.get("/<landlord>/audit")
@needs(Permission.AUDIT_READ)
def audit_here() -> Response:
    """What people did here, all of them or one."""
    with work() as session:
        people = colleagues(session, now())
        wanted = request.args.get("person", "")
        person = next((each for each in people if str(each.account_id) == wanted), None)
        who, unsaid = person.account_id if person else None, "unsaid" in request.args
        looks = looked.by_person(session, who, reader(), _before(), unsaid=unsaid)
    return page(
        "cases/audit.html",
        block="looks",
        here=current_landlord(),
        people=people,
        person=person,
        looks=looks,
        unsaid=unsaid,
    )


def _before() -> int | None:
    text = request.args.get("before", "")
    return int(text) if text.isdecimal() and len(text) <= LONGEST_POSITION else None
