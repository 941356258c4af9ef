"""A copy of a plan on paper, and whom it went to."""

from uuid import UUID

from flask import request, url_for
from werkzeug.wrappers import Response

from portal.cases.plans import copies
from portal.cases.plans.copies import KEPT_HERE
from portal.cases.plans.forms import GiveForm
from portal.cases.plans.parts import KINDS
from portal.cases.plans.routes.blueprint import PLAN, pages, plan_url, read
from portal.cases.plans.routes.plan import plan_section
from portal.cases.service import ContactRefusedError, NoSuchCaseError
from portal.domain.permissions import Permission
from portal.domain.plans import PlanKind
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor


@pages.post(PLAN + "/print")
@needs(Permission.CASE_WORK)
def print_plan(case_id: UUID, kind: str) -> Response:
    """Make the copy and write it down; it opens as it goes on paper, and is opened again from the log."""
    found = read(case_id, kind)
    try:
        with work() as session:
            left_id = copies.print_it(session, case_id, PlanKind(kind), actor(), now())
    except ContactRefusedError as refused:
        return plan_section("cases/plans/kept_here.html", found, status=422, reasons=refused.reasons)
    return moved(url_for("disclosures.left_paper", case_id=case_id, left_id=left_id))


@pages.route(PLAN + "/give", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def give(case_id: UUID, kind: str) -> Response:
    """Record that they were given a copy; what is not safe is refused with its reasons."""
    form, status = GiveForm(), 200
    if request.method == "POST":
        status = 422
        if form.validate():
            try:
                with work() as session:
                    copies.give(session, case_id, PlanKind(kind), form.by.data, actor(), now())
            except ContactRefusedError as refused:
                form.refuse("by", *refused.reasons)
            else:
                return moved(plan_url(case_id, kind, "plan-given"))
    found = read(case_id, kind)
    if found.agreed is None:
        raise NoSuchCaseError
    mark = KEPT_HERE if found.plan.not_to_send else copies.why_not_on_paper(found.frame.safe)
    return plan_section("cases/plans/give.html", found, status=status, form=form, mark=mark, names=KINDS)
