"""Changing a task: giving it to somebody, moving its date with a reason, and taking back that it had ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.tasks.models import PLACE, Task
from portal.cases.tasks.service import NoSuchTaskError
from portal.deadlines import service as deadlines
from portal.deadlines.models import Deadline
from portal.domain.errors import PortalError
from portal.landlords.policies import pinned
from portal.people.models import Account
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.record_keys import box_of


class WhyMovedError(PortalError):
    """A date is moved with a reason, or not at all."""


@dataclass(frozen=True, slots=True)
class Change:
    """Who does it from now on, by when, and why the date moved."""

    owner: UUID | None
    due_at: datetime | None
    why: str = ""


def change(session: Session, case_id: UUID, task_id: UUID, to: Change, actor: Actor, now: datetime) -> None:
    """Give the task to somebody, or move its date; both are told on the timeline, the date with its reason."""
    case = cases.get(session, case_id, for_update=True)
    task, clock = _open(session, case_id, task_id)
    was = clock.due_at if clock else None
    if was != to.due_at and was is not None and not to.why:
        raise WhyMovedError
    if task.owner != to.owner:
        task.owner = to.owner
        name = session.scalar(select(Account.name).where(Account.id == to.owner)) if to.owner else None
        facts = {"kind": task.kind, "to": name or "the officer of the case"}
        tell(session, case_id, "task_given", actor, now, facts=facts)
    if was != to.due_at:
        _end_clock(session, task, actor, now)
        _start_clock(session, case, task, to.due_at, now)
        facts = {"kind": task.kind, "due": to.due_at.isoformat() if to.due_at else ""}
        tell(session, case_id, "task_moved", actor, now, facts=facts, words=to.why or None)
    elif clock:
        clock.owner = task.owner
    audit.record(session, Fact.TASK_CHANGED, actor, now, subject="case", subject_id=case_id, detail=task.kind)
    cases.refresh_next(session, case)


def take_back(session: Session, case_id: UUID, task_id: UUID, actor: Actor, now: datetime) -> None:
    """It had not ended after all: the task is open again, with the date that it had."""
    case = cases.get(session, case_id, for_update=True)
    task = session.scalar(
        select(Task).where(Task.id == task_id, Task.case_id == case_id, Task.ended_at.is_not(None)).with_for_update()
    )
    if task is None:
        raise NoSuchTaskError
    box = box_of(session, case_id)
    said = {key: value for key, value in box.open_json(PLACE, task_id, task.sealed).items() if key != "ended"}
    task.sealed = box.seal_json(PLACE, task_id, said)
    task.ended_at = task.ended_by = task.ending = None
    clock = session.get(Deadline, (task.landlord_id, task.deadline_id)) if task.deadline_id else None
    _start_clock(session, case, task, clock.due_at if clock else None, now)
    tell(session, case_id, "task_open_again", actor, now, facts={"kind": task.kind}, words=said["words"])
    audit.record(session, Fact.TASK_CHANGED, actor, now, subject="case", subject_id=case_id, detail=task.kind)
    cases.refresh_next(session, case)


def _open(session: Session, case_id: UUID, task_id: UUID) -> tuple[Task, Deadline | None]:
    task = session.scalar(
        select(Task).where(Task.id == task_id, Task.case_id == case_id, Task.ended_at.is_(None)).with_for_update()
    )
    if task is None:
        raise NoSuchTaskError
    return task, session.get(Deadline, (task.landlord_id, task.deadline_id)) if task.deadline_id else None


def _end_clock(session: Session, task: Task, actor: Actor, now: datetime) -> None:
    if task.deadline_id:
        deadlines.end_task(session, task.deadline_id, actor, now, done=False)


def _start_clock(session: Session, case: Case, task: Task, due_at: datetime | None, now: datetime) -> None:
    task.deadline_id = None
    if due_at is not None:
        under = pinned(session, case.policy_version_id)
        task.deadline_id = deadlines.start_task(
            session, under, case.id, task.kind, due_at, now, owner=task.owner, clause=task.clause
        ).id
    session.flush()
