"""Tasks by what proposed them: when that has been dealt with, so have they."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.tasks.models import Task
from portal.cases.tasks.service import Ending, end
from portal.domain.calendar import WorkingCalendar, in_london
from portal.store.audit import Actor
from portal.store.database import scope_of


@dataclass(frozen=True, slots=True)
class DealtWith:
    """How the tasks of one source end, in words; tasks under the sources to `keep` stay open."""

    ending: Ending
    words: str
    keep: Collection[str] = ()


def end_of(
    session: Session, case_id: UUID, source_id: UUID, how: DealtWith, actor: Actor, now: datetime
) -> None:
    """End every open task that this has proposed."""
    still = session.scalars(
        select(Task.id).where(
            Task.landlord_id == scope_of(session).landlord_id,
            Task.case_id == case_id,
            Task.source_id == source_id,
            Task.source.not_in(list(how.keep)),
            Task.ended_at.is_(None),
        )
    ).all()
    for task_id in still:
        end(session, case_id, task_id, how.ending, how.words, actor, now)


def by_day(calendar: WorkingCalendar, day: date, now: datetime) -> datetime:
    """The end of office hours on that day, or on the first working day after it; never before now."""
    first = max(day, in_london(now).date())
    closes = (calendar.close_of_business(each) for each in calendar.working_days_from(first))
    return next(each for each in closes if each > now)


def tomorrow(calendar: WorkingCalendar, now: datetime) -> datetime:
    """The end of the next working day: the portal's own time where a policy gives none."""
    day = in_london(now).date()
    return calendar.close_of_business(next(each for each in calendar.working_days_from(day) if each > day))


def today(calendar: WorkingCalendar, now: datetime) -> datetime:
    """The end of this working day; of the next one where today is none, or over."""
    return by_day(calendar, in_london(now).date(), now)
