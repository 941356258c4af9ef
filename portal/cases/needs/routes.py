"""The page on which an officer records what somebody needs."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from portal.cases import frame, story
from portal.cases.needs import service
from portal.cases.needs.forms import NeedsForm
from portal.cases.preferences import chosen_of
from portal.cases.routes.blueprint import CASE, case_url, reader
from portal.cases.routes.section import section
from portal.cases.service import EditedMeanwhileError
from portal.domain.permissions import Permission
from portal.domain.policy import PreferenceKind
from portal.web.access import needs as access
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("needs", __name__, url_prefix="/desk")


@pages.route(CASE + "/needs", methods=["GET", "POST"])
@access(Permission.CASE_WORK)
def needs(case_id: UUID) -> Response:
    """Record what they need by now; a need opens the task that the policy has for it."""
    with work() as session:
        found = frame.read(session, case_id, reader())
    kinds = [each.partition(":")[0] for each in found.case.preferences]
    form = NeedsForm(
        wanted=chosen_of(found.case.preferences), barriers=list(found.answers.barriers), revision=found.case.revision
    )
    asked = found.policy.contact.preferences.asked()
    form.offer(each for each in PreferenceKind if each in asked or each in kinds)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    story.unchanged(session, case_id, form.revision.data)
                    said = form.words.data or ""
                    service.record(
                        session, case_id, form.wanted.data, form.barriers.data, said, actor(), now()
                    )
            except EditedMeanwhileError:
                status = 409
                form.revision.data = found.case.revision
            else:
                return moved(case_url(case_id, "needs"))
    return section(
        "cases/needs/needs.html",
        found,
        status=status,
        form=form,
        changed=status == 409,  # noqa: PLR2004 - the answer's own number
    )
