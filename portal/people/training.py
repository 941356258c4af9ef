"""Who has learned what, and until when it holds: the record that completing an assessment asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.training import Course, TrainingLevel, is_current
from portal.people.models import Training
from portal.people.queries import caseworkers
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of


@dataclass(frozen=True, slots=True)
class Trained:
    """A colleague and the courses on record, the newest first."""

    account_id: UUID
    name: str
    courses: tuple[Course, ...]


def record(session: Session, account_id: UUID, course: Course, actor: Actor, now: datetime) -> UUID:
    """Write a completed course down. A wrong one is put right by recording the true one."""
    training_id = new_id()
    session.add(
        Training(
            landlord_id=scope_of(session).landlord_id,
            id=training_id,
            account_id=account_id,
            title=course.title,
            level=course.level.value,
            completed_on=course.completed_on,
            valid_until=course.valid_until,
            provider=course.provider or None,
            recorded_by=actor.account_id,
            recorded_at=now,
        )
    )
    detail = course.level.value
    audit.record(
        session, Fact.TRAINING_RECORDED, actor, now, subject="account", subject_id=account_id, detail=detail
    )
    return training_id


def held_by(session: Session, accounts: Iterable[UUID]) -> dict[UUID, tuple[Course, ...]]:
    """The courses of these people here, the newest first; the last record of a course and day counts."""
    rows = session.scalars(
        select(Training)
        .where(Training.landlord_id == scope_of(session).landlord_id, Training.account_id.in_(list(accounts)))
        .order_by(Training.recorded_at, Training.id)
    )
    found: dict[UUID, dict[tuple[str, date], Course]] = {}
    for row in rows:
        course = Course(
            row.title, TrainingLevel(row.level), row.completed_on, row.valid_until, row.provider or ""
        )
        found.setdefault(row.account_id, {})[row.title, row.completed_on] = course
    return {
        account: tuple(sorted(courses.values(), key=lambda each: each.completed_on, reverse=True))
        for account, courses in found.items()
    }


def trained_now(
    session: Session, level: TrainingLevel, now: datetime, today: date, route: str
) -> list[Trained]:
    """The colleagues who may work cases of this route and whose training is deep enough today, by name."""
    able = caseworkers(session, now, route)
    held = held_by(session, [each.account_id for each in able])
    return [
        Trained(each.account_id, each.name, held[each.account_id])
        for each in able
        if is_current(held.get(each.account_id, ()), level, today)
    ]
