"""My work: one list over all landlords that somebody works for, made by asking one scope after another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import queries
from portal.cases.frame import Reader
from portal.cases.queries import CaseLine, Cursor, Show, Wanted
from portal.cases.tasks import queries as tasks
from portal.cases.tasks.queries import Given
from portal.domain.calendar import at_wall_clock, in_london
from portal.domain.lifecycle import CaseStage
from portal.domain.tasks import TASK
from portal.referrals import reports as told
from portal.referrals.reports import ReportLine
from portal.store import audit
from portal.store.audit import Fact

PAGE = queries.PAGE
FEW = 20
MOST_REPORTS = 100  # of one landlord: so many that a flood of false ones does not soon push a true one out of sight
AnyLine = TypeVar("AnyLine", CaseLine, ReportLine)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pile:
    """One landlord's part of the list."""

    cases: list[CaseLine]
    untimed: list[CaseLine]
    unassigned: list[CaseLine]
    reports: list[ReportLine]
    more_reports: bool
    given: list[Given]


@dataclass(frozen=True, slots=True)
class Work:
    """The whole list, each row with the place that it belongs to.

    Where the reader has missed something, `overdue` holds it, below `at_once`, the new reports that are overdue as
    well or tell of a threat to life, and above those that can still be met in time. `late_tasks` stand below all
    new reports: help for somebody who has just told comes first (STAR section 2, end).
    """

    at_once: list[tuple[UUID, ReportLine]]
    overdue: list[tuple[UUID, CaseLine]]
    late_tasks: list[tuple[UUID, CaseLine]]
    due: list[tuple[UUID, CaseLine]]
    untimed: list[tuple[UUID, CaseLine]]
    waiting: list[tuple[UUID, CaseLine]]
    quiet: list[tuple[UUID, CaseLine]]
    nobody_late: list[tuple[UUID, CaseLine]]
    unassigned: list[tuple[UUID, CaseLine]]
    reports: list[tuple[UUID, ReportLine]]
    more_reports: bool
    given: list[tuple[UUID, Given]]
    more: Cursor | None


def pile(session: Session, wanted: Wanted, reader: Reader, *, triages: bool) -> Pile:
    """What one landlord adds; new reports only for those who decide about them.

    One row too many is read, to know whether there is a next page.
    The sections beside the reader's own cases belong to the first page only. Where the reader has more
    cases than a page holds, those without a stated time are asked for apart, so that they are never hidden.
    """
    account_id = reader.actor.account_id
    if account_id is None:
        message = "Nobody's work can be listed."
        raise PermissionError(message)
    until = midnight(reader.now)
    one_more = Wanted(wanted.show, wanted.after, wanted.limit + 1)
    mine = queries.mine(session, account_id, one_more, reader.now, until)
    first = wanted.after is None
    waiting = _reports(session, wanted.show) if first and triages else []
    crowded = first and wanted.show is Show.ALL and len(mine) > wanted.limit
    found = Pile(
        cases=mine,
        untimed=queries.untimed(session, account_id, FEW) if crowded else [],
        unassigned=queries.unassigned(session, Wanted(wanted.show, limit=FEW), reader.now, until) if first else [],
        reports=[each for each in waiting[:MOST_REPORTS] if _belongs(each, wanted.show, reader.now, until)],
        more_reports=len(waiting) > MOST_REPORTS,
        given=tasks.given_to(session, account_id, FEW) if first and wanted.show is Show.ALL else [],
    )
    _note_reading(session, found, reader)
    return found


def _note_reading(session: Session, found: Pile, reader: Reader) -> None:
    """One row for the list, with every case and report whose name it opened."""
    lists = (found.cases, found.untimed, found.unassigned, found.reports)
    shown = dict.fromkeys((*(each.id for part in lists for each in part), *(each.case_id for each in found.given)))
    audit.record(
        session, Fact.WORKLIST_READ, reader.actor, reader.now, permission=reader.permission, shown=shown
    )


def gather(piles: Iterable[tuple[UUID, Pile]], now: datetime, limit: int = PAGE) -> Work:
    """One list out of several, in the order in which everything falls due."""
    found = list(piles)
    cases = _merged([(place, each.cases) for place, each in found], limit + 1)
    shown = cases[:limit]
    timed, rest = _parted(shown, lambda line: line.due_at is not None)
    late, due = _parted(timed, lambda line: _late(line, now))
    late_tasks, overdue = _parted(late, lambda line: line.event == TASK)
    untimed, idle = _parted(rest, lambda line: line.event is not None)
    waiting, quiet = _parted(idle, _waits)
    nobodys = _merged([(place, each.unassigned) for place, each in found], FEW)
    nobody_late, unassigned = _parted(nobodys, lambda line: _late(line, now))
    missed = bool(late or nobody_late)
    at_once, reports = _parted(_told(found), lambda line: missed and (line.threat_to_life or _late(line, now)))
    return Work(
        at_once=at_once,
        overdue=overdue,
        late_tasks=late_tasks,
        due=due,
        untimed=untimed + _further_untimed(found, shown),
        waiting=waiting,
        quiet=quiet,
        nobody_late=nobody_late,
        unassigned=unassigned,
        reports=reports,
        more_reports=any(each.more_reports for _, each in found),
        given=_given(found),
        more=Cursor(shown[-1][1].due_at, shown[-1][1].id) if len(cases) > limit else None,
    )


def _told(found: Sequence[tuple[UUID, Pile]]) -> list[tuple[UUID, ReportLine]]:
    """The new reports: those that tell of a threat to life first, then as they fall due."""
    rows = [(place, line) for place, each in found for line in each.reports]
    return sorted(rows, key=lambda row: (not row[1].threat_to_life, row[1].due_at or NEVER))


def _given(found: Sequence[tuple[UUID, Pile]]) -> list[tuple[UUID, Given]]:
    """Tasks on other people's cases, as they fall due."""
    rows = [(place, task) for place, each in found for task in each.given]
    return sorted(rows, key=lambda row: row[1].due_at or NEVER)


def _further_untimed(
    found: Sequence[tuple[UUID, Pile]], shown: Sequence[tuple[UUID, CaseLine]]
) -> list[tuple[UUID, CaseLine]]:
    """Cases without a stated time that this page would leave out."""
    seen = {line.id for _, line in shown}
    return [(place, line) for place, each in found for line in each.untimed if line.id not in seen]


def _parted(
    rows: Iterable[tuple[UUID, AnyLine]], is_so: Callable[[AnyLine], bool]
) -> tuple[list[tuple[UUID, AnyLine]], list[tuple[UUID, AnyLine]]]:
    """The rows of which it is so, and the others, each in their order."""
    so: list[tuple[UUID, AnyLine]] = []
    others: list[tuple[UUID, AnyLine]] = []
    for row in rows:
        (so if is_so(row[1]) else others).append(row)
    return so, others


def _late(line: CaseLine | ReportLine, now: datetime) -> bool:
    return line.due_at is not None and line.due_at < now


def midnight(now: datetime) -> datetime:
    """The end of this day by London clocks; whatever is due by then is due today."""
    return at_wall_clock(in_london(now).date() + timedelta(days=1), datetime.min.time())


def _reports(session: Session, show: Show) -> list[ReportLine]:
    return [] if show is Show.WAITING else told.to_triage(session, limit=MOST_REPORTS + 1)


def _belongs(line: ReportLine, show: Show, now: datetime, until: datetime) -> bool:
    match show:
        case Show.OVERDUE:
            return _late(line, now)
        case Show.TODAY:
            return line.due_at is not None and line.due_at <= until
        case Show.LIFE:
            return line.threat_to_life
        case Show.UNTIMED:
            return line.due_at is None
        case _:
            return True


def _merged(lists: Iterable[tuple[UUID, list[CaseLine]]], limit: int) -> list[tuple[UUID, CaseLine]]:
    named = [[(place, line) for line in lines] for place, lines in lists]
    return list(islice(merge(*named, key=lambda row: (row[1].due_at or NEVER, row[1].id)), limit))


def _waits(line: CaseLine) -> bool:
    return line.event is None and line.stage == CaseStage.WAITING
