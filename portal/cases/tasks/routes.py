"""The page of a case's tasks."""

from uuid import UUID

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from portal.cases import frame
from portal.cases import service as cases
from portal.cases.routes.blueprint import CASE, reader
from portal.cases.routes.section import newest_of, section, whole
from portal.cases.service import NoSuchCaseError
from portal.cases.tasks import changing, own, queries, service
from portal.cases.tasks.changing import Change, WhyMovedError
from portal.cases.tasks.forms import ENDINGS, ChangeTaskForm, EndTaskForm, TaskForm
from portal.cases.tasks.own import AgainstCautionError
from portal.cases.tasks.queries import ENDED_SHOWN
from portal.cases.tasks.service import Ending, NoSuchTaskError, Proposal
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.domain.tasks import TaskKind
from portal.landlords.policies import close_of_business
from portal.people.queries import caseworkers
from portal.web.access import needs
from portal.web.fragments import moved
from portal.web.here import now
from portal.web.landlord import work
from portal.web.principal import actor

pages = Blueprint("tasks", __name__, url_prefix="/desk")
LEADS: dict[str, tuple[str, dict[str, str]]] = {
    TaskKind.PLAN_ACTION: ("plans.plan", {"kind": "action"}),
    TaskKind.ACTION_PLAN_REVIEW: ("plans.review", {"kind": "action"}),
    TaskKind.SAFETY_PLAN_REVIEW: ("plans.review", {"kind": "safety"}),
    TaskKind.MEETING: ("meetings.meetings", {}),
    TaskKind.CONFERENCE_ACTION: ("conference.of_case", {}),
    TaskKind.CONFERENCE_PAPER: ("conference.of_case", {}),
    TaskKind.THEIR_WORD: ("back_desk.messages", {}),
}
"""Tasks that are finished where they come from, because more follows from it there."""


@pages.get(CASE + "/tasks")
@needs(Permission.CASE_READ)
def tasks(case_id: UUID) -> Response:
    """What is to be done on this case, and what was."""
    return _page(case_id, TaskForm(formdata=None))


@pages.post(CASE + "/tasks")
@needs(Permission.CASE_WORK)
def set_task(case_id: UUID) -> Response:
    """Set a task, for oneself or whoever has the case."""
    form = TaskForm()
    with work() as session:
        form.offer(caseworkers(session, now(), cases.get(session, case_id).route))
    if not form.validate():
        return _page(case_id, form, status=422)
    try:
        with work() as session:
            due_at = close_of_business(session, form.day.data, now()) if form.day.data else None
            task = Proposal(TaskKind.OWN, form.words.data, due_at, owner=form.account_id)
            own.set_task(session, case_id, task, actor(), now())
    except AgainstCautionError as refused:
        form.refuse("words", str(refused))
        return _page(case_id, form, status=422)
    return moved(url_for("tasks.tasks", case_id=case_id, done="task"))


@pages.route(CASE + "/tasks/<uuid:task_id>/end", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def end_task(case_id: UUID, task_id: UUID) -> Response:
    """Say what came of a task; one that belongs to a plan is finished there."""
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


@pages.route(CASE + "/tasks/<uuid:task_id>/change", methods=["GET", "POST"])
@needs(Permission.CASE_WORK)
def change_task(case_id: UUID, task_id: UUID) -> Response:
    """Give a task to somebody, or move its date with a reason."""
    with work() as session:
        found = frame.read(session, case_id, reader())
        task = next((each for each in queries.of_case(session, case_id) if each.id == task_id), None)
        who = caseworkers(session, now(), found.case.route)
    if task is None:
        raise NoSuchCaseError
    day = in_london(task.due_at).date() if task.due_at else None
    form, status = ChangeTaskForm(owner=str(task.owner_id or ""), day=day), 200
    form.offer(who)
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                with work() as session:
                    moved_to = form.day.data
                    kept = task.due_at if moved_to == day else None
                    due_at = kept or (close_of_business(session, moved_to, now()) if moved_to else None)
                    to = Change(form.account_id, due_at, form.why.data or "")
                    changing.change(session, case_id, task_id, to, actor(), now())
            except WhyMovedError:
                form.refuse("why", "Say why the date moves.")
            except NoSuchTaskError:
                raise NoSuchCaseError from None
            else:
                return moved(url_for("tasks.tasks", case_id=case_id, done="task-changed"))
    return section("cases/tasks/change.html", found, status=status, form=form, task=task)


@pages.post(CASE + "/tasks/<uuid:task_id>/take-back")
@needs(Permission.CASE_WORK)
def take_back_task(case_id: UUID, task_id: UUID) -> Response:
    """It had not ended after all."""
    try:
        with work() as session:
            changing.take_back(session, case_id, task_id, actor(), now())
    except NoSuchTaskError:
        raise NoSuchCaseError from None
    return moved(url_for("tasks.tasks", case_id=case_id, done="task-open-again"))


def _page(case_id: UUID, form: TaskForm, *, status: int = 200) -> Response:
    with work() as session:
        found = frame.read(session, case_id, reader())
        still, most = queries.of_case(session, case_id), None if whole() else ENDED_SHOWN + 1
        ended, cut = newest_of(queries.of_case(session, case_id, ended=True, most=most), ENDED_SHOWN)
        form.offer(caseworkers(session, now(), found.case.route))
    return section(
        "cases/tasks/tasks.html", found, status=status, form=form, open=still, ended=ended, cut=cut, endings=ENDINGS,
        leads=LEADS,
    )
