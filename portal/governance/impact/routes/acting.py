"""What is to be done because of an assessment: added, done, and whether it helped."""

from uuid import UUID

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.domain.impact.form import ROWS
from portal.domain.permissions import Permission
from portal.governance.impact import acting
from portal.governance.impact.forms import ActionForm, DoneForm, HelpedForm
from portal.governance.impact.queries import ActionRow, ImpactFound
from portal.governance.impact.routes.blueprint import ONE, at_work, done, pages, staff, the_assessment
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord
from portal.web.principal import actor

ONE_ACTION = ONE + "/actions/<uuid:promise_id>"
LABELS = {key: each.label for key, each in ROWS.items()}


@pages.route(ONE + "/actions", methods=["GET", "POST"])
@needs(Permission.POLICY_DRAFT)
def add(impact_id: UUID) -> Response:
    """Put an action on the plan."""
    found, form = the_assessment(impact_id), ActionForm()
    form.choices(LABELS, staff())

    def shown(status: int) -> Response:
        return page(
            "governance/impact/action.html", status=status, here=current_landlord(), found=found, form=form
        )

    def does() -> None:
        with at_work() as session:
            acting.add(session, impact_id, form.wanted(), actor(), now())

    return done(form, impact_id, does, "impact-action", shown) if form.is_submitted() else shown(200)


@pages.route(ONE_ACTION + "/done", methods=["GET", "POST"])
@needs(Permission.POLICY_READ)
def finish(impact_id: UUID, promise_id: UUID) -> Response:
    """It is done."""
    found, form = the_assessment(impact_id), DoneForm()
    action = _action(found, promise_id)

    def shown(status: int) -> Response:
        return page(
            "governance/impact/finish.html",
            status=status,
            here=current_landlord(),
            found=found,
            form=form,
            action=action,
        )

    def does() -> None:
        with at_work() as session:
            acting.finish(session, promise_id, form.comment.data, actor(), now())

    return done(form, impact_id, does, "impact-done", shown) if form.is_submitted() else shown(200)


@pages.route(ONE_ACTION + "/helped", methods=["GET", "POST"])
@needs(Permission.POLICY_READ)
def judge(impact_id: UUID, promise_id: UUID) -> Response:
    """Whether it helped, and what is done instead where it did not."""
    found = the_assessment(impact_id)
    action = _action(found, promise_id)
    form = HelpedForm(data={"row": action.row, "owner": str(action.owner_id)})
    form.choices(LABELS, staff())

    def shown(status: int) -> Response:
        return page(
            "governance/impact/helped.html",
            status=status,
            here=current_landlord(),
            found=found,
            form=form,
            action=action,
        )

    def does() -> None:
        instead = form.wanted() if form.helped.data == "no" else None
        with at_work() as session:
            acting.judge(session, promise_id, form.found.data, instead, actor(), now())

    return done(form, impact_id, does, "impact-judged", shown) if form.is_submitted() else shown(200)


def _action(found: ImpactFound, promise_id: UUID) -> ActionRow:
    row = next((each for each in found.actions if each.id == promise_id), None)
    if row is None:
        raise NotFound
    return row
