"""Jobs that may leave the portal.

None does of a case that is restricted, about a colleague or without a name, from which somebody is barred, or whose
home is kept apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.cases.confidentiality.models import CaseBar
from portal.cases.models import Case
from portal.domain.calendar import in_london
from portal.homes.flags.queries import two_needed
from portal.homes.new_home.queries import kept_apart
from portal.homes.securing.models import WorkOrder
from portal.store.database import beside, scope_of
from portal.store.record_keys import box_of
from portal.store.scope import NOBODY, LandlordScope

NAMES = ("number", "state", "urgency", "ordered_at", "ended_at")


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job without its words."""

    id: UUID
    case_id: UUID
    number: str
    state: str
    urgency: str
    visit_from: datetime
    visit_until: datetime
    ordered_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class JobShown:
    """One job with what a contractor may see of it."""

    line: JobLine
    what: str
    where: str
    access: str
    two_people: bool


def jobs(session: Session, state: str | None, after: UUID | None, most: int, now: datetime) -> list[JobLine]:
    """So many of them behind this one, the oldest first."""
    wanted = select(WorkOrder).join(Case, _its_case()).where(_here(session), ~Case.anonymous)
    if state:
        wanted = wanted.where(WorkOrder.state == state)
    if after:
        wanted = wanted.where(WorkOrder.id > after)
    rows = session.scalars(wanted.order_by(WorkOrder.id).limit(most)).all()
    kept = apart(session, {each.case_id for each in rows}, in_london(now).date())
    return [_line(each) for each in rows if each.case_id not in kept]


def job(session: Session, number: str, now: datetime) -> JobLine | None:
    """The job with this number, if it may leave."""
    row = session.scalar(
        select(WorkOrder).join(Case, _its_case()).where(_here(session), ~Case.anonymous, WorkOrder.number == number)
    )
    if row is None or apart(session, [row.case_id], in_london(now).date()):
        return None
    return _line(row)


def shown(session: Session, number: str, now: datetime) -> JobShown | None:
    """The same with its words."""
    line = job(session, number, now)
    if line is None:
        return None
    row = session.get_one(WorkOrder, (scope_of(session).landlord_id, line.id))
    said = box_of(session, row.case_id).open_json("work_order", row.id, row.sealed)
    return JobShown(line, said["what"], said["where"], said["access"], two_needed(session, row.case_id))


def leaves(session: Session, order_id: UUID, now: datetime) -> JobLine | None:
    """The job with this id, looked at with nobody's eyes, if it may leave."""
    with beside(session, LandlordScope(scope_of(session).landlord_id, staff_cases=False, reader=NOBODY)) as outside:
        number = outside.scalar(select(WorkOrder.number).where(_here(outside), WorkOrder.id == order_id))
        return job(outside, number, now) if number else None


def apart(session: Session, case_ids: Iterable[UUID], today: date) -> frozenset[UUID]:
    """Of these cases those whose home nobody may be told of. Looked up beside, for nobody sees that there is one."""
    wanted = list(case_ids)
    if not wanted:
        return frozenset()
    here = scope_of(session).landlord_id
    with beside(session, LandlordScope(here)) as looking:
        hidden = kept_apart(looking, wanted, today)
        barred = looking.scalars(
            select(CaseBar.case_id).where(
                CaseBar.landlord_id == here, CaseBar.case_id.in_(wanted), CaseBar.ended_at.is_(None)
            )
        ).all()
    return frozenset([*hidden, *barred])


def _its_case() -> ColumnElement[bool]:
    return (Case.landlord_id == WorkOrder.landlord_id) & (Case.id == WorkOrder.case_id)


def _here(session: Session) -> ColumnElement[bool]:
    return WorkOrder.landlord_id == scope_of(session).landlord_id


def _line(row: WorkOrder) -> JobLine:
    plain = {name: getattr(row, name) for name in NAMES}
    return JobLine(id=row.id, case_id=row.case_id, visit_from=row.visit_at, visit_until=row.visit_until, **plain)
