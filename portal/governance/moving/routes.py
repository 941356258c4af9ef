"""The page on which somebody who may approve a policy moves an open case to another version of it."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.routes.blueprint import CASE, case_url, reader
from portal.domain.permissions import Permission
from portal.governance.moving import queries, service
from portal.governance.moving.forms import MoveForm
from portal.governance.moving.service import MovedMeanwhileError, NotMovedError
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("moving", __name__, url_prefix="/desk")
UNFIT, CONFLICT = 422, 409


@pages.route(CASE + "/version", methods=["GET", "POST"])
@needs(Permission.POLICY_APPROVE)
def version(case_id: UUID) -> Response:
    """Which version the case keeps to, what each other one would make of it, and the decision."""
    form = MoveForm()
    with work() as session:
        story = frame.read(session, case_id, reader())
        keeps_to = story.case.policy_version_id
        known = queries.versions(session, now())
        others = [each for each in known if each.id != keeps_to]
        shown = [queries.compared(session, case_id, keeps_to, each) for each in others]
    form.versions({str(each.id): each.says[:1].upper() + each.says[1:] for each in others})

    def answer(status: int) -> Response:
        if status != UNFIT:
            form.seen.data = str(keeps_to)
        return page(
            "governance/moving/version.html",
            status=status,
            here=current_landlord(),
            story=story,
            case=story.case,
            form=form,
            keeps_to=next((each for each in known if each.id == keeps_to), None),
            shown=shown,
            changed=status == CONFLICT,
        )

    if not form.is_submitted():
        return answer(200)
    if not form.validate() or form.before is None:
        return answer(UNFIT)
    try:
        with work() as session:
            service.move(session, case_id, UUID(form.to.data), form.why.data, form.before, actor(), now())
    except NotMovedError as refused:
        form.refuse("to", str(refused))
        return answer(UNFIT)
    except MovedMeanwhileError:
        return answer(CONFLICT)
    return moved(case_url(case_id, "policy-moved"))
