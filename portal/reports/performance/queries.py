"""Counting: each measure is asked once for its figure and once more for the list behind one of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.domain.figures import Counted, Took
from portal.people.models import Account
from portal.reports.performance.measures import Measure, When
from portal.store.database import scope_of

PAGE = 50
SECONDS = 3600


def counted(session: Session, measures: Sequence[Measure], when: When, *, timed: bool = True) -> list[Counted]:
    """Each measure, counted over what the session may see; with how long things took, where that is asked for."""
    return [_counted(session, each, when, timed=timed and when.officers is None) for each in measures]


def _counted(session: Session, measure: Measure, when: When, *, timed: bool) -> Counted:
    rows = measure.rows(when).subquery()
    found: dict[str | None, int] = dict(
        session.execute(select(rows.c[0], func.count()).where(when.of(rows)).group_by(rows.c[0])).all()
    )
    cells = {name: found.pop(name, 0) for name in measure.cells} | {
        str(name): number for name, number in found.items()
    }
    took = []
    for each in measure.took if timed else ():
        seconds = each.rows(when).subquery()
        of = seconds.c[0]
        middle, number = session.execute(
            select(func.percentile_cont(0.5).within_group(of), func.count(of))
        ).one()
        took.append(Took(each.says, None if middle is None else float(middle) / SECONDS, number))
    return Counted(measure.key, measure.of, cells, tuple(took))


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the list behind a number: no word of it but its reference."""

    id: UUID
    reference: str
    stage: str
    opened_at: datetime
    risk_level: str | None
    officer: str | None
    times: int


@dataclass(frozen=True, slots=True)
class Behind:
    """The cases behind one number, and how many of what is counted have no case."""

    rows: tuple[CaseRow, ...]
    without: int
    more: bool


def behind(session: Session, measure: Measure, cell: str, when: When, page: int) -> Behind:
    """The cases that were counted in this cell, those opened last first."""
    rows = measure.rows(when).subquery()
    cases = (
        select(rows.c[1].label("case_id"), func.count().label("times"))
        .where(rows.c[0] == cell, rows.c[1].is_not(None), when.of(rows))
        .group_by(rows.c[1])
        .subquery()
    )
    query = (
        select(
            Case.id, Case.reference, Case.stage, Case.opened_at, Case.risk_level, Account.name, cases.c.times
        )
        .join(cases, cases.c.case_id == Case.id)
        .join(Account, Account.id == Case.assigned_to, isouter=True)
        .where(Case.landlord_id == scope_of(session).landlord_id)
        .order_by(Case.opened_at.desc(), Case.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE + 1)
    )
    found = [CaseRow(*row) for row in session.execute(query)]
    without = session.scalar(
        select(func.count()).select_from(rows).where(rows.c[0] == cell, rows.c[1].is_(None), when.of(rows))
    )
    return Behind(tuple(found[:PAGE]), without or 0, len(found) > PAGE)


@dataclass(frozen=True, slots=True)
class Load:
    """How many open cases a colleague has."""

    name: str
    open: int
    overdue: int
    high: int


def caseloads(session: Session, now: datetime) -> list[Load]:
    """Open cases by officer, the most first; those that nobody has stand first of all."""
    here = scope_of(session).landlord_id
    number = func.count()
    rows = session.execute(
        select(
            Account.name,
            number,
            func.count().filter(Case.next_due_at < now),
            func.count().filter(Case.risk_level == "high"),
        )
        .select_from(Case)
        .join(Account, Account.id == Case.assigned_to, isouter=True)
        .where(Case.landlord_id == here, Case.stage != "closed")
        .group_by(Account.name)
        .order_by(Account.name.is_(None).desc(), number.desc(), Account.name)
    )
    return [Load(name or "Nobody yet", *rest) for name, *rest in rows]
