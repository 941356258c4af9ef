"""The actions of a plan: putting one forward, declining it, ending it."""

from uuid import UUID

from werkzeug.wrappers import Response

from portal.cases.plans import acting
from portal.cases.plans.acting import EndedAlreadyError, Wanted
from portal.cases.plans.forms import ActionForm, DeclineForm, EndActionForm
from portal.cases.plans.parts import Owner
from portal.cases.plans.routes.blueprint import PLANS, pages, plan_url, read
from portal.cases.plans.routes.plan import offer_colleagues, plan_page, plan_section
from portal.cases.service import NoSuchCaseError
from portal.cases.tasks.own import AgainstCautionError
from portal.cases.tasks.service import Ending
from portal.domain.permissions import Permission
from portal.domain.plans import PlanKind
from portal.landlords.policies import close_of_business
from portal.people.queries import caseworkers
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

KIND = PlanKind.ACTION.value
ACTION = PLANS + "/actions/<uuid:action_id>"


@pages.post(PLANS + "/actions")
@needs(Permission.CASE_WORK)
def add_action(case_id: UUID) -> Response:
    """Put an action forward; it counts once they have agreed to it with the plan."""
    form, found = ActionForm(), read(case_id, KIND)
    with work() as session:
        offer_colleagues(form, caseworkers(session, now(), found.frame.case.route))
    if not form.validate():
        return plan_page(case_id, KIND, form, status=422)
    try:
        with work() as session:
            wanted = Wanted(
                form.what.data,
                Owner(form.owner.data),
                form.agency.data or "",
                UUID(form.colleague.data) if form.colleague.data else None,
                close_of_business(session, form.day.data, now()) if form.day.data else None,
            )
            acting.add(session, case_id, wanted, actor(), now())
    except AgainstCautionError as refused:
        form.refuse("what", str(refused))
        return plan_page(case_id, KIND, form, status=422)
    return moved(plan_url(case_id, KIND, "action-added"))


@pages.route(ACTION + "/decline", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def decline_action(case_id: UUID, action_id: UUID) -> Response:
    """They do not want it: it stays visible as declined."""
    form, status = DeclineForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    acting.decline(session, case_id, action_id, form.words.data or "", actor(), now())
            except EndedAlreadyError:
                return moved(plan_url(case_id, KIND, "meanwhile"))
            return moved(plan_url(case_id, KIND, "action-declined"))
    return _about_one(case_id, action_id, "cases/plans/decline.html", form, status)


@pages.post(ACTION + "/again")
@needs(Permission.CASE_WORK)
def put_forward_again(case_id: UUID, action_id: UUID) -> Response:
    """They have changed their mind."""
    try:
        with work() as session:
            acting.again(session, case_id, action_id, actor(), now())
    except EndedAlreadyError:
        return moved(plan_url(case_id, KIND, "meanwhile"))
    return moved(plan_url(case_id, KIND, "action-added"))


@pages.route(ACTION + "/end", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def end_action(case_id: UUID, action_id: UUID) -> Response:
    """What came of it: done, with what shows it; or it could not be done, or is not needed, and why."""
    form, status = EndActionForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    ending, words = Ending(form.ending.data), form.words.data
                    acting.end(session, case_id, action_id, ending, words, actor(), now())
            except EndedAlreadyError:
                return moved(plan_url(case_id, KIND, "meanwhile"))
            return moved(plan_url(case_id, KIND, "action-ended"))
    return _about_one(case_id, action_id, "cases/plans/end.html", form, status)


def _about_one(case_id: UUID, action_id: UUID, template: str, form: object, status: int) -> Response:
    found = read(case_id, KIND)
    action = next((each for each in found.actions if each.id == action_id), None)
    if action is None:
        raise NoSuchCaseError
    return plan_section(template, found, status=status, form=form, action=action)
