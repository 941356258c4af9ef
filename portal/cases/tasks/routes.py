"""The page of a case's tasks."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import section
from portal.cases.service import NoSuchCaseError
from portal.cases.tasks import queries, service
from portal.cases.tasks.forms import ENDINGS, EndTaskForm, TaskForm
from portal.cases.tasks.service import Ending, NoSuchTaskError, Proposal
from portal.domain.permissions import Permission
from portal.domain.tasks import TaskKind
from portal.landlords.policies import close_of_business
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("tasks", __name__, url_prefix="/desk")


@pages.get(CASE + "/tasks")
@needs(Permission.CASE_READ)
def tasks(case_id: UUID) -> Response:
    """What is to be done on this case, and what was."""
    return _page(case_id, TaskForm())


@pages.post(CASE + "/tasks")
@needs(Permission.CASE_WORK)
def set_task(case_id: UUID) -> Response:
    """Set a task, for oneself or whoever has the case."""
    form = TaskForm()
    if not form.validate():
        return _page(case_id, form, status=422)
    with work() as session:
        due_at = close_of_business(session, form.day.data, now()) if form.day.data else None
        service.propose(session, case_id, Proposal(TaskKind.OWN, form.words.data, due_at), actor(), now())
    return moved(url_for("tasks.tasks", case_id=case_id, done="task"))


@pages.route(CASE + "/tasks/<uuid:task_id>/end", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def end_task(case_id: UUID, task_id: UUID) -> Response:
    """Say what came of a task."""
    form = EndTaskForm()
    if form.is_submitted() and form.validate():
        try:
            with work() as session:
                ending = Ending(form.ending.data)
                service.end(session, case_id, task_id, ending, form.words.data or "", actor(), now())
        except NoSuchTaskError:
            raise NoSuchCaseError from None
        return moved(url_for("tasks.tasks", case_id=case_id, done="task-ended"))
    with work() as session:
        found = frame.read(session, case_id, reader())
        task = next((each for each in queries.of_case(session, case_id) if each.id == task_id), None)
    if task is None:
        raise NoSuchCaseError
    status = 422 if form.is_submitted() else 200
    return section("cases/tasks/end.html", found, status=status, form=form, task=task)


def _page(case_id: UUID, form: TaskForm, *, status: int = 200) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        still, ended = queries.of_case(session, case_id), queries.of_case(session, case_id, ended=True)
    return section(
        "cases/tasks/tasks.html", found, status=status, form=form, open=still, ended=ended, endings=ENDINGS
    )
