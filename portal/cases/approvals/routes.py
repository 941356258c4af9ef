"""The list of what waits for a second person, and their answer."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import service as cases
from portal.cases.approvals import queries, service
from portal.cases.approvals.forms import VerdictForm
from portal.cases.approvals.service import NothingWaitsError, OwnWorkError
from portal.cases.approvals.words import KINDS, WHAT
from portal.cases.routes.blueprint import CASE
from portal.domain.approvals import Verdict
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("approvals", __name__, url_prefix="/desk")


@pages.get("/<landlord>/approvals")
@needs(Permission.CLOSING_APPROVE)
def approvals() -> Response:
    """Everything here that waits for a second person."""
    return _page()


@pages.post(CASE + "/approvals")
@needs(Permission.CLOSING_APPROVE)
def decide(case_id: UUID) -> Response:
    """What a second person says to one of them."""
    form = VerdictForm()
    with work() as session:
        cases.get(session, case_id)
    if not form.validate() or form.refused():
        return _page(form, status=422)
    try:
        with work() as session:
            verdict, words = Verdict(form.verdict.data), form.words.data or ""
            service.decide(session, case_id, form.of_id(), verdict, words, _asked(), actor(), now())
    except OwnWorkError:
        form.refuse("verdict", "You made this, or have the case: somebody else must look at it.")
        return _page(form, status=422)
    except NothingWaitsError:
        return moved(url_for("approvals.approvals", done="meanwhile"))
    return moved(url_for("approvals.approvals", done="approval"))


def _asked() -> tuple[str, ...]:
    return tuple(current_landlord().face.get("approvals", ()))


def _page(form: VerdictForm | None = None, *, status: int = 200) -> Response:
    with work() as session:
        found = queries.waiting(session, _asked(), me().account_id)
    sent = str(form.of_id()) if form else ""
    forms = {
        str(each.of_id): form if form and str(each.of_id) == sent else VerdictForm(formdata=None, of=str(each.of_id))
        for each in found
    }
    return page(
        "cases/approvals/approvals.html",
        status=status,
        here=current_landlord(),
        found=found,
        forms=forms,
        form=form or VerdictForm(formdata=None),
        sent=sent,
        asked=_asked(),
        what=WHAT,
        kinds=KINDS,
    )
