"""In which other register a case stands."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.elsewhere import queries, service
from portal.cases.elsewhere.forms import ElsewhereForm
from portal.cases.elsewhere.service import NoOtherSystemError
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.domain.permissions import Permission
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("elsewhere", __name__, url_prefix="/desk")


@pages.get(CASE + "/elsewhere")
@needs(Permission.CASE_READ)
def elsewhere(case_id: UUID) -> Response:
    """What the policy asks, and under which reference the case stands there."""
    return _page(case_id, ElsewhereForm())


@pages.post(CASE + "/elsewhere")
@needs(Permission.CASE_WORK)
def keep(case_id: UUID) -> Response:
    """Keep the reference."""
    form = ElsewhereForm()
    if not form.validate():
        return _page(case_id, form, status=422)
    try:
        with work() as session:
            service.keep(session, case_id, form.reference.data, actor(), now())
    except NoOtherSystemError:
        form.refuse("reference", "The policy of this case names no other register.")
        return _page(case_id, form, status=422)
    return moved(url_for("elsewhere.elsewhere", case_id=case_id, done="elsewhere"))


def _page(case_id: UUID, form: ElsewhereForm, *, status: int = 200) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows = queries.of_case(session, case_id)
    policy = found.policy
    return section(
        "cases/elsewhere/elsewhere.html",
        found,
        status=status,
        form=form,
        rows=rows,
        asked=policy.record.other_system,
        instead=policy.instead_of_other_system,
    )
