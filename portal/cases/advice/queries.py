"""The log of a case: the advice that was given, and what came of it when somebody asked again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.advice.models import PLACE, Advice
from portal.cases.tasks.models import PLACE as TASK_PLACE
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.advice import Result, Topic
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.record_keys import box_of

SOURCE = "advice"
"""What proposes the task of asking again."""


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """One piece of advice, opened. `for_them` is what they see themselves when they come back."""

    id: UUID
    at: datetime
    by: str
    topic: Topic
    way: str
    result: Result
    words: str
    source: str
    for_them: str


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """When somebody asks what came of advice, or what they learned."""

    due_at: datetime | None
    ended_at: datetime | None
    about: str


def of_case(session: Session, case_id: UUID) -> list[AdviceRow]:
    """Everything that they were advised on, the newest first."""
    rows = session.execute(
        select(Advice, Account.name)
        .join(Account, Account.id == Advice.account_id)
        .where(Advice.landlord_id == scope_of(session).landlord_id, Advice.case_id == case_id)
        .order_by(Advice.at.desc(), Advice.id.desc())
    )
    box = box_of(session, case_id)
    found = []
    for row, name in rows:
        said = box.open_json(PLACE, row.id, row.sealed)
        found.append(
            AdviceRow(
                row.id, row.at, name, Topic(row.topic), row.way, Result(row.result),
                said["words"], said["source"], said["for_them"],
            )
        )  # fmt: skip
    return found


def shown_to_them(session: Session, case_id: UUID) -> list[tuple[datetime, str]]:
    """What was released to whoever comes back with their number, with the day on which it was explained."""
    return [(each.at, each.for_them) for each in of_case(session, case_id) if each.for_them]


def asked_again(session: Session, case_id: UUID) -> dict[UUID, AskedAgain]:
    """By advice: when somebody asks, or asked, what came of it."""
    clock = (Deadline.landlord_id == Task.landlord_id) & (Deadline.id == Task.deadline_id)
    rows = session.execute(
        select(Task, Deadline.due_at)
        .join(Deadline, clock, isouter=True)
        .where(Task.landlord_id == scope_of(session).landlord_id, Task.case_id == case_id, Task.source == SOURCE)
    )
    box, found = box_of(session, case_id), dict[UUID, AskedAgain]()
    for task, due_at in rows:
        if task.source_id:
            said = box.open_json(TASK_PLACE, task.id, task.sealed)
            found[task.source_id] = AskedAgain(due_at, task.ended_at, said.get("ended", ""))
    return found
