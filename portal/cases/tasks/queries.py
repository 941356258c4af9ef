"""The tasks of a case: open ones first, in the order in which they fall due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Uuid, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.tasks.models import PLACE, Task
from portal.deadlines.models import Deadline
from portal.domain.tasks import TASKS
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import RecordKey, Unwrap, box_of, of_record, unwrapping
from portal.store.statements import HERE, Later, Statement, given, pose

ENDED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task with its words opened; `owner` is None where it falls to the officer of the case."""

    id: UUID
    kind: str
    what: str
    words: str
    clause: str | None
    owner: str | None
    owner_id: UUID | None
    due_at: datetime | None
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    ended_by: str | None
    ending: str | None
    about: str
    source: str | None
    """What proposed it; None where somebody set it by hand."""


def of_case(session: Session, case_id: UUID, *, ended: bool = False, most: int | None = ENDED_SHOWN) -> list[TaskRow]:
    """The open tasks of a case, or the newest of those that have ended."""
    query = (
        select(Task, Deadline.due_at, Account.name)
        .join(
            Deadline,
            (Deadline.landlord_id == Task.landlord_id) & (Deadline.id == Task.deadline_id),
            isouter=True,
        )
        .join(Account, Account.id == Task.owner, isouter=True)
        .where(Task.landlord_id == scope_of(session).landlord_id, Task.case_id == case_id)
    )
    if ended:
        query = query.where(Task.ended_at.is_not(None)).order_by(Task.ended_at.desc()).limit(most)
    else:
        query = query.where(Task.ended_at.is_(None)).order_by(Deadline.due_at.asc().nulls_last(), Task.made_at)
    box = box_of(session, case_id)
    found = []
    for task, due_at, owner in session.execute(query):
        said = box.open_json(PLACE, task.id, task.sealed)
        found.append(
            TaskRow(
                id=task.id,
                kind=task.kind,
                what=TASKS.get(task.kind, task.kind),
                words=said["words"],
                clause=task.clause,
                owner=owner,
                owner_id=task.owner,
                due_at=due_at,
                made_at=task.made_at,
                made_by=task.made_by,
                ended_at=task.ended_at,
                ended_by=task.ended_by,
                ending=task.ending,
                about=said.get("ended", ""),
                source=task.source,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Given:
    """A task that somebody has to do, in a list over all cases; `words` are its own, opened."""

    case_id: UUID
    reference: str
    what: str
    words: str
    clause: str | None
    due_at: datetime | None
    made_by: str


GIVEN_TO = Statement(
    select(
        Task.id,
        Task.case_id,
        Task.kind,
        Task.clause,
        Task.made_by,
        Task.sealed,
        Deadline.due_at,
        Case.reference,
        RecordKey.wrapped,
        RecordKey.blanks,
    )
    .join(Case, (Case.landlord_id == Task.landlord_id) & (Case.id == Task.case_id))
    .join(RecordKey, of_record(Case))
    .join(
        Deadline,
        (Deadline.landlord_id == Task.landlord_id) & (Deadline.id == Task.deadline_id),
        isouter=True,
    )
    .where(Task.landlord_id == HERE, Task.owner == given("account_id", Uuid()), Task.ended_at.is_(None))
    .order_by(Deadline.due_at.asc().nulls_last(), Task.made_at)
    .limit(given("limit", Integer()))
)


def pose_given_to(session: Session, account_id: UUID, limit: int) -> Later[list[Given]]:
    """The open tasks that were given to somebody, whoever has the case; those that fall due first at the top."""
    posed = pose(session, GIVEN_TO, account_id=account_id, limit=limit)
    return lambda: _given(posed.rows, unwrapping(session))


def _given(rows: Iterable[Any], unwrap: Unwrap) -> list[Given]:
    found = []
    for task in rows:
        said = unwrap(task.case_id, task.wrapped, task.blanks).open_json(PLACE, task.id, task.sealed)
        what = TASKS.get(task.kind, task.kind)
        found.append(
            Given(task.case_id, task.reference, what, said["words"], task.clause, task.due_at, task.made_by)
        )
    return found
