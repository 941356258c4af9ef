"""Referrals to services that support somebody: what was offered, and what came of it."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.needs.following import known
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import one_of, section
from portal.cases.signposts import queries as signposts
from portal.cases.support import queries, service
from portal.cases.support.forms import OfferForm, OutcomeForm, said
from portal.cases.support.service import AnsweredAlreadyError
from portal.cases.support.words import ANSWERS, BODIES, HOWS, OUTCOMES
from portal.domain.permissions import Permission
from portal.domain.support import Outcome
from portal.landlords.checked import lists
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import current_landlord, work
from portal.web.principal import actor

pages = Blueprint("support", __name__, url_prefix="/desk")
SUPPORT = CASE + "/support"


@pages.get(SUPPORT)
@needs(Permission.CASE_READ)
def support(case_id: UUID) -> Response:
    """What was offered, what they said, and what came of it."""
    return _page(case_id)


@pages.post(SUPPORT)
@needs(Permission.CASE_WORK)
def offer(case_id: UUID) -> Response:
    """Keep that a service was offered, and refer where they agreed."""
    form = OfferForm()
    with work() as session:
        found = frame.read(session, case_id, reader())
    form.fit(known(found.answers, found.case.preferences))
    if not form.validate():
        return _page(case_id, form, status=422)
    with work() as session:
        service.offer(session, case_id, form.offer(), actor(), now())
    return moved(url_for("support.support", case_id=case_id, done="support"))


@pages.route(SUPPORT + "/<uuid:support_id>", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def outcome(case_id: UUID, support_id: UUID) -> Response:
    """Keep what came of a referral."""
    form = OutcomeForm()
    found, row = one_of(case_id, lambda session, _: queries.of_case(session, case_id), support_id)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    came, words = Outcome(form.outcome.data), form.words.data or ""
                    service.answered(session, case_id, support_id, came, words, actor(), now())
            except AnsweredAlreadyError:
                return moved(url_for("support.support", case_id=case_id, done="meanwhile"))
            return moved(url_for("support.support", case_id=case_id, done="support-answer"))
    return section("cases/support/outcome.html", found, status=status, form=form, row=row, bodies=BODIES)


def _page(case_id: UUID, form: OfferForm | None = None, *, status: int = 200) -> Response:
    form = form or OfferForm(formdata=None)
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows = queries.of_case(session, case_id)
        names = [each["name"] for each in signposts.services_of(lists(session, current_landlord().face))]
    form.fit(known(found.answers, found.case.preferences))
    policy = found.policy
    return section(
        "cases/support/support.html",
        found,
        status=status,
        form=form,
        rows=rows,
        names=names,
        reading=next((each for each in policy.readings if each.clause == policy.risk.threshold.clause), None),
        words={"body": BODIES, "answer": ANSWERS, "how": HOWS, "outcome": OUTCOMES},
        need_of=said,
    )
