"""One assessment: filling it in, finishing it, reading it."""

from typing import Any
from uuid import UUID

from flask import current_app, request, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.assessments import drafts, queries, service, words
from portal.cases.assessments.drafts import Kept, NotADraftError
from portal.cases.assessments.escalation import incidents
from portal.cases.assessments.forms import ItemsForm, OutcomeForm, SetAsideForm, items_form
from portal.cases.assessments.models import COMPLETED, DRAFT
from portal.cases.assessments.queries import Sheet
from portal.cases.assessments.routes.overview import RISK, pages
from portal.cases.assessments.service import (
    AnsweredMeanwhileError,
    BasisMissingError,
    IncompleteError,
    ReasonMissingError,
)
from portal.cases.assessments.training_gate import NotTrainedError, gate
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import reader
from portal.cases.routes.section import section
from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.permissions import Permission
from portal.domain.risk import Facts, LoweringRefusedError, reasons, steps
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

REFUSALS_BESIDE: dict[type[PortalError], str] = {
    IncompleteError: "seen",
    NotTrainedError: "seen",
    ReasonMissingError: "why",
    BasisMissingError: "basis",
    LoweringRefusedError: "judgement",
}
"""Beside which question each refusal stands."""
REFUSALS = tuple(REFUSALS_BESIDE)
AREAS = "areas_of_risk"
"""Under this name portal.app hands in the numbers that areas have drawn: the conference stands above cases."""
SHEET = RISK + "/<uuid:assessment_id>"
THEN = "then"
"""The button that was pressed; an answer that is kept the moment it is given comes without one."""


@pages.get(SHEET)
@needs(Permission.CASE_READ)
def sheet(case_id: UUID, assessment_id: UUID) -> Response:
    """A draft to go on with, or an assessment to read, with the version that it was made with."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        read = queries.sheet(session, case_id, assessment_id)
        before = queries.asked_before(session, case_id) if read.row.state == DRAFT else None
        come_to = (
            queries.outcome_of(session, found.case, read)
            if read.row.state == COMPLETED
            else None
        )
    if read.row.state == DRAFT:
        return _fill_in(found, read, items_form(read.instrument, read.kept), before=before)
    return section(
        "cases/assessments/read.html",
        found,
        sheet=read,
        outcome=come_to,
        because=reasons(come_to) if come_to else (),
        steps=steps(found.policy, come_to) if come_to else (),
        words=words,
    )


@pages.post(SHEET)
@needs(Permission.CASE_WORK)
def answer(case_id: UUID, assessment_id: UUID) -> Response:
    """Keep the answers of a draft, all or only the one that was just given; then stay, or go on to the outcome."""
    with work() as session:
        read = queries.sheet(session, case_id, assessment_id)
    form = items_form(read.instrument, {})
    if not form.validate():
        return _fill_in(_frame(case_id), read, form, status=422)
    try:
        with work() as session:
            contested = drafts.answer(
                session, case_id, assessment_id, form.typed(read.instrument), actor(), now()
            )
    except NotADraftError:
        return _ended_meanwhile(case_id, assessment_id, form)
    with work() as session:
        read = queries.sheet(session, case_id, assessment_id)
    if contested or THEN not in request.form:
        form.stands_at(read.kept)
        return _fill_in(
            _frame(case_id), read, form, contested=contested, status=409 if contested else 200, saved=True
        )
    if request.form[THEN] == "finish":
        return moved(url_for("assessments.finish", case_id=case_id, assessment_id=assessment_id))
    return moved(
        url_for("assessments.sheet", case_id=case_id, assessment_id=assessment_id, done="risk-saved")
    )


@pages.get(SHEET + "/finish")
@needs(Permission.CASE_WORK)
def finish(case_id: UUID, assessment_id: UUID) -> Response:
    """What the answers come to, and what the assessor can add."""
    with work() as session:
        read = queries.sheet(session, case_id, assessment_id)
    if read.row.state != DRAFT:
        return moved(url_for("assessments.sheet", case_id=case_id, assessment_id=assessment_id))
    return _finish(case_id, assessment_id, OutcomeForm())


@pages.post(SHEET + "/finish")
@needs(Permission.CASE_WORK)
def complete(case_id: UUID, assessment_id: UUID) -> Response:
    """End the draft with its outcome; whatever stands in the way is said beside its question."""
    form = OutcomeForm()
    drawn = _offer(case_id, assessment_id, form)["drawn"]
    if not form.validate():
        return _finish(case_id, assessment_id, form, status=422)
    try:
        with work() as session:
            service.complete(session, case_id, assessment_id, form.verdict(drawn), actor(), now())
    except REFUSALS as refused:
        form.refuse(REFUSALS_BESIDE[type(refused)], str(refused))
        return _finish(case_id, assessment_id, form, status=422)
    except (AnsweredMeanwhileError, NotADraftError):
        return _finish(case_id, assessment_id, form, status=409, changed=True)
    done = url_for("assessments.sheet", case_id=case_id, assessment_id=assessment_id, done="risk-assessed")
    return moved(done)


@pages.route(SHEET + "/set-aside", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def set_aside(case_id: UUID, assessment_id: UUID) -> Response:
    """Put a draft away with a reason."""
    form = SetAsideForm()
    if form.is_submitted() and form.validate():
        try:
            with work() as session:
                drafts.set_aside(session, case_id, assessment_id, form.why.data, actor(), now())
        except NotADraftError:
            return moved(url_for("assessments.risk", case_id=case_id, done="meanwhile"))
        return moved(url_for("assessments.risk", case_id=case_id, done="risk-set-aside"))
    with work() as session:
        found = frame.read(session, case_id, reader())
        read = queries.sheet(session, case_id, assessment_id)
    status = 422 if form.is_submitted() else 200
    return section("cases/assessments/set_aside.html", found, status=status, form=form, sheet=read)


def _frame(case_id: UUID) -> Frame:
    with work() as session:
        return frame.read(session, case_id, reader())


def _fill_in(
    found: Frame,
    read: Sheet,
    form: ItemsForm,
    *,
    before: Sheet | None = None,
    contested: dict[str, Kept] | None = None,
    status: int = 200,
    saved: bool = False,
) -> Response:
    return section(
        "cases/assessments/fill_in.html",
        found,
        block="progress",
        status=status,
        sheet=read,
        form=form,
        before=before,
        contested=contested or {},
        changed=bool(contested),
        saved=saved,
        words=words,
    )


def _ended_meanwhile(case_id: UUID, assessment_id: UUID, form: ItemsForm) -> Response:
    """Somebody completed it while this was typed: both are shown, so that nothing is lost."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        read = queries.sheet(session, case_id, assessment_id)
    typed = {
        item: each.said
        for item, each in form.typed(read.instrument).items()
        if each.said != (read.kept[item].said if item in read.kept else drafts.NOTHING)
    }
    return section(
        "cases/assessments/ended_meanwhile.html",
        found,
        status=409,
        sheet=read,
        typed=typed,
        changed=True,
        words=words,
    )


def _offer(case_id: UUID, assessment_id: UUID, form: OutcomeForm) -> dict[str, Any]:
    """What the outcome page shows; the form is given the choices that there are."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        read = queries.sheet(session, case_id, assessment_id)
        count = incidents(session, case_id, now())
        drawn = current_app.extensions[AREAS](session, found.policy, now())
        come_to = queries.outcome_of(session, found.case, read, Facts(count, drawn=drawn))
        stands = gate(session, found.policy, found.case, actor(), now(), in_london(now()).date())
    named = {each.id: each.name for each in (*found.policy.marac_areas, *drawn)}
    form.offer(come_to.by_count, named)
    shown = {"found": found, "sheet": read, "outcome": come_to, "gate": stands, "because": reasons(come_to)}
    return shown | {"drawn": drawn, "areas": named}


def _finish(
    case_id: UUID, assessment_id: UUID, form: OutcomeForm, *, status: int = 200, changed: bool = False
) -> Response:
    shown = _offer(case_id, assessment_id, form)
    if not form.is_submitted() or changed:
        form.seen.raw_data, form.seen.data = None, shown["sheet"].seen
    review = shown["found"].policy.risk.plan_review
    return section(
        "cases/assessments/finish.html",
        shown.pop("found"),
        status=status,
        form=form,
        changed=changed,
        review=review,
        words=words,
        **shown,
    )
