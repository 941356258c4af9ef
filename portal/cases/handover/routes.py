"""Handing over all the work of somebody who leaves or is away."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.cases import queries
from portal.cases.handover import queries as resting
from portal.cases.handover import service
from portal.cases.handover.forms import HandoverForm
from portal.cases.handover.service import Handed, Handover, NobodyToTakeError
from portal.domain.lifecycle import Route
from portal.domain.permissions import Permission
from portal.people.queries import caseworkers
from portal.web.access import needs
from portal.web.fragments import page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("handover", __name__, url_prefix="/desk")


@pages.get("/<landlord>/team/handover")
@needs(Permission.TEAM_HANDOVER)
def handover() -> Response:
    """Choose whose work goes to whom."""
    return _page(HandoverForm())


@pages.post("/<landlord>/team/handover")
@needs(Permission.TEAM_HANDOVER)
def hand_over() -> Response:
    """Hand it over, and name what somebody has still to decide about."""
    form = HandoverForm()
    _choices(form)
    if not form.validate():
        return _page(form, status=422)
    wanted = Handover(
        UUID(form.giver.data),
        tuple(UUID(each) for each in form.takers.data),
        form.why.data,
        manages=me().can(current_landlord().id, Permission.STAFF_ROUTE_READ),
    )
    try:
        with work() as session:
            handed = service.hand_over(session, wanted, actor(), now())
            lines = queries.by_ids(session, handed.left)
    except NobodyToTakeError:
        form.refuse("takers", "Choose somebody else than the one who gives the work up.")
        return _page(form, status=422)
    return _page(HandoverForm(formdata=None), handed=handed, left=lines)


def _choices(form: HandoverForm) -> list[queries.Load]:
    """Whoever has open cases can give, and whoever has anything else; whoever may work cases can take."""
    with work() as session:
        loads = [each for each in queries.loads(session, now()) if each.account_id]
        able = caseworkers(session, now(), Route.ORDINARY.value)
        busy = resting.busy(session)
    form.giver.choices = [(str(each.account_id), f"{each.name} ({each.open} open)") for each in loads]
    without = busy.keys() - {each.account_id for each in loads}
    form.giver.choices += [(str(account), f"{name} (no case)") for account, name in busy.items() if account in without]
    form.takers.choices = [(str(each.account_id), each.name) for each in able]
    return loads


def _page(
    form: HandoverForm,
    *,
    status: int = 200,
    handed: Handed | None = None,
    left: list[queries.CaseLine] | None = None,
) -> Response:
    _choices(form)
    return page(
        "cases/handover/handover.html",
        status=status,
        form=form,
        handed=handed,
        left=left or [],
        here=current_landlord(),
    )
