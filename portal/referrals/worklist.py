"""My work: one list over all landlords that somebody works for, made by asking one scope after another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice
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
    cases = list(_merged(((place, each.cases) for place, each in found), limit + 1))
    shown, more = cases[:limit], len(cases) > limit
    seen = {line.id for _, line in shown}
    untimed = [(place, line) for place, each in found for line in each.untimed if line.id not in seen]
    rest = [row for row in shown if row[1].due_at is None]
    timed = [row for row in shown if row[1].due_at is not None]
    reports = sorted(
        ((place, line) for place, each in found for line in each.reports),
        key=lambda row: (not row[1].threat_to_life, row[1].due_at or NEVER),
    )
    nobodys = list(_merged(((place, each.unassigned) for place, each in found), FEW))
    nobody_late = [row for row in nobodys if (row[1].due_at or NEVER) < now]
    late = [row for row in timed if (row[1].due_at or NEVER) < now]
    at_once = [row for row in reports if _at_once(row[1], now)] if late or nobody_late else []
    return Work(
        at_once=at_once,
        overdue=[row for row in late if row[1].event != TASK],
        late_tasks=[row for row in late if row[1].event == TASK],
        due=timed[len(late) :],
        untimed=[row for row in rest if row[1].event is not None] + untimed,
        waiting=[row for row in rest if _waits(row[1])],
        quiet=[row for row in rest if row[1].event is None and not _waits(row[1])],
        nobody_late=nobody_late,
        unassigned=[row for row in nobodys if (row[1].due_at or NEVER) >= now],
        reports=[row for row in reports if row not in at_once],
        more_reports=any(each.more_reports for _, each in found),
        given=sorted(
            ((place, task) for place, each in found for task in each.given), key=lambda row: row[1].due_at or NEVER
        ),
        more=Cursor(shown[-1][1].due_at, shown[-1][1].id) if more else None,
    )


def _at_once(line: ReportLine, now: datetime) -> bool:
    return line.threat_to_life or (line.due_at or NEVER) < now


def midnight(now: datetime) -> datetime:
    """The end of this day by London clocks; whatever is due by then is due today."""
    return at_wall_clock(in_london(now).date() + timedelta(days=1), datetime.min.time())


def _reports(session: Session, show: Show) -> list[ReportLine]:
    return [] if show is Show.WAITING else told.to_triage(session, limit=MOST_REPORTS + 1)


def _belongs(line: ReportLine, show: Show, now: datetime, until: datetime) -> bool:
    match show:
        case Show.OVERDUE:
            return line.due_at is not None and line.due_at < now
        case Show.TODAY:
            return line.due_at is not None and line.due_at <= until
        case Show.LIFE:
            return line.threat_to_life
        case Show.UNTIMED:
            return line.due_at is None
        case _:
            return True


def _merged(lists: Iterable[tuple[UUID, list[CaseLine]]], limit: int) -> Iterable[tuple[UUID, CaseLine]]:
    named = [[(place, line) for line in lines] for place, lines in lists]
    return islice(merge(*named, key=lambda row: (row[1].due_at or NEVER, row[1].id)), limit)


def _waits(line: CaseLine) -> bool:
    return line.event is None and line.stage == CaseStage.WAITING
