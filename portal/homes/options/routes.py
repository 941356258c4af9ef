"""The pages of the options board."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.frame import Frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.service import EditedMeanwhileError
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.homes.options import queries, service
from portal.homes.options.forms import AnswersForm, SittingForm, StepForm
from portal.homes.options.queries import Board
from portal.homes.options.words import HOMES, OPTIONS, STAGES, STATES, STEPS, WISHES
from portal.homes.panels import queries as panels
from portal.homes.refused import RefusedError
from portal.homes.routes import is_manager, refuse
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("options", __name__, url_prefix="/desk")
BOARD = CASE + "/options"
AGREEMENTS = "agreements_cited"
"""Under this name portal.app hands in how agreements with other bodies are cited: those stand above homes."""
WORDS: dict[str, Any] = {
    "states": STATES, "steps_said": STEPS, "options": OPTIONS, "stages": STAGES, "homes": HOMES, "wishes": WISHES,
}  # fmt: skip


@pages.get(BOARD)
@needs(Permission.CASE_READ)
def options(case_id: UUID) -> Response:
    """Every option, open or closed, with the reason and the clause; what was done about each; the terms of a move."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        board, guests = queries.board_of(session, found), panels.of_case(session, case_id)
    return section(
        "homes/options/board.html", found, board=board, panel=found.policy.moving.panel, guests=guests,
        reporter=found.policy.moving.reporter_invited, at=now(), **WORDS,
    )  # fmt: skip


@pages.route(BOARD + "/answers", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def answers(case_id: UUID) -> Response:
    """Keep what is known about the home and about what they want."""
    found, board = _read(case_id)
    form, status = AnswersForm(data=AnswersForm.filled(board.known)), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.answer(
                        session,
                        case_id,
                        form.revision.data,
                        form.facts(),
                        form.words.data or "",
                        actor(),
                        now(),
                    )
            except RefusedError as refused:
                refuse(form, refused)
            except EditedMeanwhileError:
                status, form.revision.data = 409, board.known.number
            else:
                return _back(case_id, "housing")
    changed = status == 409  # noqa: PLR2004 - the answer's own number
    return section(
        "homes/options/answers.html", found, status=status, form=form, changed=changed, known=board.known
    )


@pages.route(BOARD + "/step", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def step(case_id: UUID) -> Response:
    """Write down what was said or done about an option."""
    found, _board = _read(case_id)
    here = in_london(now())
    form, status = StepForm(day=here.date(), time=here.time()), 200
    form.name(found.policy)
    with work() as session:
        form.cite(current_app.extensions[AGREEMENTS](session))
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.record(session, case_id, form.done(), actor(), now(), is_manager=is_manager())
            except RefusedError as refused:
                refuse(form, refused)
            else:
                return _back(case_id, "option_step")
    return section(
        "homes/options/step.html", found, status=status, form=form, consulted=found.policy.rehousing.consulted
    )


@pages.route(BOARD + "/panel", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def panel(case_id: UUID) -> Response:
    """Keep a panel's recommendation, where the policy has a panel."""
    found, board = _read(case_id)
    if found.policy.moving.panel.value is None:
        return moved(url_for("options.options", case_id=case_id))
    here = in_london(now())
    form, status = SittingForm(day=here.date(), time=here.time()), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    service.sit(session, case_id, form.sitting(), actor(), now())
            except RefusedError as refused:
                refuse(form, refused)
            else:
                return _back(case_id, "panel")
    with work() as session:
        asked = panels.of_case(session, case_id)
    rule = found.policy.moving
    return section(
        "homes/options/panel.html", found, status=status, form=form, board=board, rule=rule.panel, guests=asked,
        reporter=rule.reporter_invited, **WORDS,
    )  # fmt: skip


def _read(case_id: UUID) -> tuple[Frame, Board]:
    with work() as session:
        found = frame.read(session, case_id, reader())
        return found, queries.board_of(session, found)


def _back(case_id: UUID, what: str) -> Response:
    return moved(url_for("options.options", case_id=case_id, done=what))
