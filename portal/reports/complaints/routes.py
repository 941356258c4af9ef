"""Complaints: those of a case, those that somebody handles, one of them, and each of its steps."""

from typing import Any
from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.forms import RevisedForm
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.domain.calendar import in_london
from portal.domain.complaints import CannotWaitError, Step
from portal.domain.permissions import Permission
from portal.landlords.policies import in_force
from portal.people.queries import colleagues
from portal.reports.complaints import queries, service
from portal.reports.complaints.forms import (
    AcknowledgeForm,
    AgainForm,
    AnswerForm,
    CloseForm,
    LinkForm,
    LongerForm,
    this_moment,
)
from portal.reports.complaints.queries import ComplaintFound
from portal.reports.complaints.service import (
    ChangedMeanwhileError,
    NoSuchComplaintError,
    Reading,
    UnfitHandlerError,
)
from portal.reports.complaints.words import COMPLAINS, NOT_TO_HARMER, OUTCOMES, PARTS, STAGES, STEPS
from portal.web.access import needs
from portal.web.fragments import moved, page
from portal.web.here import now
from portal.web.landlord import Keep, current_landlord, work
from portal.web.principal import actor, me

pages = Blueprint("complaints", __name__, url_prefix="/desk")
HERE = "/<landlord>/complaints"
ONE = HERE + "/<uuid:complaint_id>"
HANDLE = Permission.COMPLAINT_HANDLE
KEPT, CHANGED = 303, 409
"""What a step does, in a unit of work."""
WORDS: dict[str, Any] = {"complains": COMPLAINS, "outcomes": OUTCOMES, "parts": PARTS, "stages": STAGES, "steps": STEPS}


@pages.get(CASE + "/complaints")
@needs(Permission.CASE_READ)
def of_case(case_id: UUID) -> Response:
    """The complaints that are linked to a case."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        rows = queries.of_case(session, case_id)
    handles = me().can(current_landlord().id, HANDLE)
    return section("reports/complaints/of_case.html", found, rows=rows, handles=handles, **WORDS)


@pages.route(CASE + "/complaints/add", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def link(case_id: UUID) -> Response:
    """Link a complaint to the case."""
    form, status = LinkForm(), 200
    with work() as session:
        found = frame.read(session, case_id, reader())
    form.handlers(_handlers())
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.link(session, case_id, form.linked(), actor(), now())
            except UnfitHandlerError as error:
                form.refuse("handler", error.says)
            else:
                return moved(url_for("complaints.of_case", case_id=case_id, done="complaint-linked"))
    else:
        form.revision.data = 1
        this_moment(form, in_london(now()))
    return section("reports/complaints/link.html", found, status=status, form=form, warned=NOT_TO_HARMER)


@pages.get(HERE)
@needs(HANDLE)
def complaints() -> Response:
    """The complaints that somebody handles; all of them for whoever may open cases."""
    reading = _reading()
    with work() as session:
        rows = queries.listed(session, reading.handler)
    return page("reports/complaints/list.html", here=current_landlord(), rows=rows, every=reading.every, **WORDS)


@pages.get(ONE)
@needs(HANDLE)
def complaint(complaint_id: UUID) -> Response:
    """One complaint, and of its case what its answer needs."""
    return _shown(_found(complaint_id))


def _shown(found: ComplaintFound) -> Response:
    with work() as session:
        policy = in_force(session, now()).policy
    return page(
        "reports/complaints/complaint.html",
        here=current_landlord(),
        found=found,
        stated=policy.complaint_times,
        document=policy.document,
        warned=NOT_TO_HARMER if found.row.by == "harmer" else "",
        every=_reading().every,
        **WORDS,
    )


@pages.route(ONE + "/acknowledge", methods=["GET", "POST"])
@needs(HANDLE)
def acknowledge(complaint_id: UUID) -> Response:
    """Whoever complains was told that we have it."""
    form = AcknowledgeForm()
    return _step(
        complaint_id,
        Step.ACKNOWLEDGE,
        form,
        lambda session: service.acknowledge(
            session, complaint_id, form.revision.data, form.words.data, _reading(), now()
        ),
        "complaint-acknowledged",
    )


@pages.route(ONE + "/longer", methods=["GET", "POST"])
@needs(HANDLE)
def longer(complaint_id: UUID) -> Response:
    """Put the answer off."""
    form = LongerForm()
    return _step(
        complaint_id,
        Step.ANSWER,
        form,
        lambda session: service.longer(
            session, complaint_id, form.revision.data, form.days.data, form.words.data, _reading(), now()
        ),
        "complaint-longer",
    )


@pages.route(ONE + "/answer", methods=["GET", "POST"])
@needs(HANDLE)
def answer(complaint_id: UUID) -> Response:
    """Keep our answer."""
    form = AnswerForm()
    return _step(
        complaint_id,
        Step.ANSWER,
        form,
        lambda session: service.answer(
            session, complaint_id, form.revision.data, form.chosen(), form.words.data, _reading(), now()
        ),
        "complaint-answered",
    )


@pages.route(ONE + "/again", methods=["GET", "POST"])
@needs(HANDLE)
def again(complaint_id: UUID) -> Response:
    """They ask for stage two."""
    form = AgainForm()
    form.handlers(_handlers())
    if not form.is_submitted():
        this_moment(form, in_london(now()))
    return _step(
        complaint_id,
        Step.SETTLE,
        form,
        lambda session: service.again(
            session, complaint_id, form.revision.data, form.asked(), _reading(), now()
        ),
        "complaint-again",
        away=not _reading().every,
    )


@pages.route(ONE + "/close", methods=["GET", "POST"])
@needs(HANDLE)
def close(complaint_id: UUID) -> Response:
    """Write down what was learned."""
    form = CloseForm()
    form.names(_staff())
    return _step(
        complaint_id,
        Step.SETTLE,
        form,
        lambda session: service.close(
            session, complaint_id, form.revision.data, form.learned(), _reading(), now()
        ),
        "complaint-closed",
    )


def _step(complaint_id: UUID, step: Step, form: RevisedForm, keep: Keep, done: str, *, away: bool = False) -> Response:
    """One step with its form; where it is not the one to be done now, the complaint, which says which is.

    `away` is true where whoever took the step handles the complaint no more.
    """
    found, status = _found(complaint_id), 200
    there = url_for("complaints.complaint", complaint_id=complaint_id, done=None)
    if found.row.ended_at or found.row.step != step:
        return moved(f"{there}?done=meanwhile") if form.is_submitted() else _shown(found)
    if form.is_submitted():
        status = _kept(form, keep)
        if status == KEPT:
            to = url_for("complaints.complaints", done=done) if away else f"{there}?done={done}"
            return moved(to)
    if status in {200, CHANGED}:
        form.revision.data = found.revision
    with work() as session:
        stated = in_force(session, now()).policy.complaint_times
    return page(
        "reports/complaints/step.html",
        status=status,
        found=found,
        form=form,
        doing=done,
        stated=stated,
        changed=status == CHANGED,
        warned=NOT_TO_HARMER if found.row.by == "harmer" else "",
        stages=STAGES,
        steps=STEPS,
    )


def _kept(form: RevisedForm, keep: Keep) -> int:
    if not form.validate():
        return 422
    try:
        with work() as session:
            keep(session)
    except CannotWaitError as error:
        form.refuse("days", error.says)
    except UnfitHandlerError as error:
        form.refuse("handler", error.says)
    except ChangedMeanwhileError:
        return CHANGED
    except NoSuchComplaintError:
        raise NotFound from None
    else:
        return KEPT
    return 422


def _reading() -> Reading:
    return Reading(actor(), me().can(current_landlord().id, Permission.CASE_READ))


def _found(complaint_id: UUID) -> ComplaintFound:
    try:
        with work() as session:
            return service.read(session, complaint_id, _reading(), now())
    except NoSuchComplaintError:
        raise NotFound from None


def _handlers() -> dict[str, str]:
    with work() as session:
        return {str(each.account_id): each.name for each in colleagues(session, now()) if each.can(HANDLE)}


def _staff() -> dict[str, str]:
    with work() as session:
        return {str(each.account_id): each.name for each in colleagues(session, now())}
