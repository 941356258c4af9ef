"""The verb of a handover. Source: STAR 3.13 (no case is left without an officer)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.cases.assigning import Assignment, assign
from portal.cases.meetings import leaving
from portal.cases.models import Case
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.errors import PortalError
from portal.domain.lifecycle import CaseStage
from portal.duties.service import let_go
from portal.store.audit import Actor
from portal.store.database import scope_of


class NobodyToTakeError(PortalError):
    """Nobody was chosen to take the work, or only the one who gives it up."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Whose work, who takes it in turn, and why; `manages` as in an assignment."""

    giver: UUID
    takers: tuple[UUID, ...]
    why: str
    manages: bool = False


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed over, and the cases that somebody has to decide about one by one."""

    cases: int
    tasks: int
    meetings: int
    duties: int
    left: tuple[UUID, ...]


def hand_over(session: Session, handover: Handover, actor: Actor, now: datetime) -> Handed:
    """Give every open case, task, meeting and other duty of one person to others: cases in turn.

    A case that its taker may not be given, because of a wish or promise to the survivor or because the taker
    must not know of it, stays where it is and is named: nothing is decided over anybody's head.
    """
    takers = [each for each in handover.takers if each != handover.giver]
    if not takers:
        raise NobodyToTakeError
    left, handed = [], 0
    for case_id, taker in zip(_open_cases(session, handover.giver), cycle(takers)):
        to = Assignment(taker, why=handover.why, manages=handover.manages)
        try:
            with session.begin_nested():
                assign(session, case_id, to, actor, now)
        except PortalError:
            left.append(case_id)
        else:
            handed += 1
    tasks = _hand_tasks(session, handover.giver, left)
    met = leaving.take_from(session, handover.giver)
    return Handed(handed, tasks, met, let_go(session, handover.giver, actor, now), tuple(left))


def _open_cases(session: Session, giver: UUID) -> Sequence[UUID]:
    return session.scalars(
        select(Case.id)
        .where(
            Case.landlord_id == scope_of(session).landlord_id,
            Case.assigned_to == giver,
            Case.stage != CaseStage.CLOSED.value,
        )
        .order_by(Case.next_due_at.asc().nulls_last(), Case.id)
    ).all()


def _hand_tasks(session: Session, giver: UUID, left: Sequence[UUID]) -> int:
    """Tasks that were given to the person fall to the officer of their case."""
    theirs = (
        Task.landlord_id == scope_of(session).landlord_id,
        Task.owner == giver,
        Task.ended_at.is_(None),
        Task.case_id.not_in(left),
    )
    clocks = session.scalars(select(Task.deadline_id).where(*theirs, Task.deadline_id.is_not(None))).all()
    session.execute(update(Deadline).where(Deadline.id.in_(clocks)).values(owner=None))
    handed = session.scalars(update(Task).where(*theirs).values(owner=None).returning(Task.id)).all()
    return len(handed)
