"""The verbs about tasks: propose, finish, drop. A task with a due time is a clock and climbs the same ladder."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.opening import tell
from portal.cases.tasks.models import PLACE, Task
from portal.deadlines import service as deadlines
from portal.domain.errors import PortalError
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of


class Ending(StrEnum):
    """How a task ended. "Unable" was tried and could not be done; it is not the same as not done."""

    DONE = "done"
    UNABLE = "unable"
    NOT_NEEDED = "not_needed"


class NoSuchTaskError(PortalError):
    """No open task with this id on this case."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something to do. `words` may say anything, they are sealed; `kind` and `clause` are shown in lists.

    `source` and `source_id` name what it comes from: the same thing is proposed once, however often it is asked.
    """

    kind: TaskKind
    words: str
    due_at: datetime | None = None
    clause: str | None = None
    owner: UUID | None = None
    source: str | None = None
    source_id: UUID | None = None


def propose(session: Session, case_id: UUID, task: Proposal, actor: Actor, now: datetime) -> UUID:
    """Put a task on the case; the id of the one that stands there already, where it was proposed before."""
    case = cases.get(session, case_id, for_update=True)
    known = _known(session, case_id, task)
    if known:
        return known
    task_id, deadline_id = new_id(), None
    if task.due_at:
        under = pinned(session, case.policy_version_id)
        started = deadlines.start_task(
            session, under, case_id, task.kind.value, task.due_at, now, owner=task.owner, clause=task.clause
        )
        deadline_id = started.id
    session.add(
        Task(
            landlord_id=case.landlord_id,
            id=task_id,
            case_id=case_id,
            kind=task.kind.value,
            clause=task.clause,
            source=task.source,
            source_id=task.source_id,
            owner=task.owner,
            deadline_id=deadline_id,
            made_at=now,
            made_by=actor.name,
            sealed=box_of(session, case_id).seal_json(PLACE, task_id, {"words": task.words}),
        )
    )
    audit.record(session, Fact.TASK_SET, actor, now, subject="case", subject_id=case_id, detail=task.kind.value)
    cases.refresh_next(session, case)
    return task_id


def end(
    session: Session, case_id: UUID, task_id: UUID, ending: Ending, words: str, actor: Actor, now: datetime
) -> None:
    """The task is done, could not be done, or is not needed any more; `words` say how, or why not."""
    case = cases.get(session, case_id, for_update=True)
    task = session.scalar(
        select(Task).where(Task.id == task_id, Task.case_id == case_id, Task.ended_at.is_(None)).with_for_update()
    )
    if task is None:
        raise NoSuchTaskError
    box = box_of(session, case_id)
    said = box.open_json(PLACE, task_id, task.sealed)
    task.sealed = box.seal_json(PLACE, task_id, said | {"ended": words})
    task.ended_at, task.ended_by, task.ending = now, actor.name, ending.value
    if task.deadline_id:
        deadlines.end_task(session, task.deadline_id, actor, now, done=ending is Ending.DONE)
    tell(session, case_id, "task", actor, now, facts={"kind": task.kind, "ending": ending.value}, words=said["words"])
    audit.record(session, Fact.TASK_ENDED, actor, now, subject="case", subject_id=case_id, detail=ending.value)
    cases.refresh_next(session, case)


def settle(
    session: Session, case_id: UUID, source: str, source_id: UUID, ending: Ending, actor: Actor, now: datetime
) -> None:
    """End whatever is still open of what this source proposed: it has been seen to, or does not matter any more."""
    still = session.scalars(
        select(Task.id).where(
            Task.case_id == case_id, Task.source == source, Task.source_id == source_id, Task.ended_at.is_(None)
        )
    ).all()
    for task_id in still:
        end(session, case_id, task_id, ending, "", actor, now)


def _known(session: Session, case_id: UUID, task: Proposal) -> UUID | None:
    if task.source_id is None:
        return None
    return session.scalar(
        select(Task.id).where(
            Task.case_id == case_id,
            Task.source == task.source,
            Task.source_id == task.source_id,
            Task.kind == task.kind.value,
        )
    )
