"""My work: one list over all landlords that somebody works for, made by asking one scope after another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Any, Generic, TypeVar
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
from portal.store.statements import Later

PAGE = queries.PAGE
FEW = 20
MOST_REPORTS = 100  # of one landlord: so many that a flood of false ones does not soon push a true one out of sight
AnyLine = TypeVar("AnyLine", CaseLine, ReportLine)
Place = TypeVar("Place")
"""A landlord, however whoever asks knows it."""
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


class Part(StrEnum):
    """A part of the list of cases, by what is due there."""

    OVERDUE = "overdue"
    LATE_TASKS = "late tasks"
    DUE = "due"
    UNTIMED = "untimed"
    WAITING = "waiting"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Work(Generic[Place]):
    """The whole list, each row with the place that it belongs to.

    Where the reader has missed something, `overdue` holds it, below `at_once`, the new reports that are overdue as
    well or tell of a threat to life, and above those that can still be met in time. `late_tasks` stand below all
    new reports: help for somebody who has just told comes first (STAR section 2, end).
    """

    at_once: list[tuple[Place, ReportLine]]
    overdue: list[tuple[Place, CaseLine]]
    late_tasks: list[tuple[Place, CaseLine]]
    due: list[tuple[Place, CaseLine]]
    untimed: list[tuple[Place, CaseLine]]
    waiting: list[tuple[Place, CaseLine]]
    quiet: list[tuple[Place, CaseLine]]
    nobody_late: list[tuple[Place, CaseLine]]
    unassigned: list[tuple[Place, CaseLine]]
    reports: list[tuple[Place, ReportLine]]
    more_reports: bool
    given: list[tuple[Place, Given]]
    more: Cursor | None


def pile(session: Session, wanted: Wanted, reader: Reader, *, triages: bool) -> Pile:
    """What one landlord adds; new reports only for those who decide about them.

    One row too many is read, to know whether there is a next page.
    The sections beside the reader's own cases belong to the first page only. Cases without a stated time are asked
    for apart, so that they are never hidden where the reader has more cases than a page holds.
    """
    account_id = reader.actor.account_id
    if account_id is None:
        message = "Nobody's work can be listed."
        raise PermissionError(message)
    until = midnight(reader.now)
    if wanted.after is None:
        found = _first(session, account_id, wanted, reader.now, until, triages=triages)
    else:
        one_more = Wanted(wanted.show, wanted.after, wanted.limit + 1)
        cases = queries.mine(session, account_id, one_more, reader.now, until)
        found = Pile(cases, untimed=[], unassigned=[], reports=[], more_reports=False, given=[])
    _note_reading(session, found, reader)
    return found


def _first(
    session: Session, account_id: UUID, wanted: Wanted, now: datetime, until: datetime, *, triages: bool
) -> Pile:
    asked = _pose_reports(session, wanted.show) if triages else list
    hers = queries.pose_first_page(session, account_id, wanted, FEW, now, until)
    given = tasks.pose_given_to(session, account_id, FEW) if wanted.show is Show.ALL else list
    waiting, rows = asked(), hers()
    reports = [each for each in waiting[:MOST_REPORTS] if _belongs(each, wanted.show, now, until)]
    one_more = _room(reports, rows.nobodys, wanted.limit) + 1
    return Pile(
        cases=queries.opened(session, rows.hers[:one_more]),
        untimed=queries.opened(session, rows.untimed),
        unassigned=queries.opened(session, rows.nobodys),
        reports=reports,
        more_reports=len(waiting) > MOST_REPORTS,
        given=given(),
    )


def _room(reports: Sequence[Any], nobodys: Sequence[Any], page: int) -> int:
    """How many of the reader's own cases a page holds beside the rest: one page of work, at least half of it hers."""
    return max(page - len(reports) - len(nobodys), page // 2)


def _note_reading(session: Session, found: Pile, reader: Reader) -> None:
    """One row for the list, with every case and report whose name it opened."""
    lists = (found.cases, found.untimed, found.unassigned, found.reports)
    shown: Iterable[UUID] = [each.id for part in lists for each in part]
    if found.untimed or found.given:  # a case can stand there and among the others
        shown = dict.fromkeys((*shown, *(each.case_id for each in found.given)))
    audit.record(
        session, Fact.WORKLIST_READ, reader.actor, reader.now, permission=reader.permission, shown=shown
    )


def gather(piles: Iterable[tuple[Place, Pile]], now: datetime, limit: int = PAGE) -> Work[Place]:
    """One list out of several, in the order in which everything falls due."""
    found = list(piles)
    nobodys = _merged([(place, each.unassigned) for place, each in found], FEW)
    fresh = _told(found)
    room = _room(fresh, nobodys, limit)
    cases = _merged([(place, each.cases) for place, each in found], room + 1)
    shown = cases[:room]
    part = _by_part(shown, now)
    nobody_late, unassigned = _parted(nobodys, lambda line: _late(line, now))
    missed = bool(part[Part.OVERDUE] or part[Part.LATE_TASKS] or nobody_late)
    at_once, reports = _parted(fresh, lambda line: missed and (line.threat_to_life or _late(line, now)))
    return Work(
        at_once=at_once,
        overdue=part[Part.OVERDUE],
        late_tasks=part[Part.LATE_TASKS],
        due=part[Part.DUE],
        untimed=part[Part.UNTIMED] + _further_untimed(found, shown),
        waiting=part[Part.WAITING],
        quiet=part[Part.QUIET],
        nobody_late=nobody_late,
        unassigned=unassigned,
        reports=reports,
        more_reports=any(each.more_reports for _, each in found),
        given=_given(found),
        more=Cursor(shown[-1][1].due_at, shown[-1][1].id) if len(cases) > room else None,
    )


def _told(found: Sequence[tuple[Place, Pile]]) -> list[tuple[Place, ReportLine]]:
    """The new reports: those that tell of a threat to life first, then as they fall due."""
    rows = [(place, line) for place, each in found for line in each.reports]
    return sorted(rows, key=lambda row: (not row[1].threat_to_life, row[1].due_at or NEVER))


def _given(found: Sequence[tuple[Place, Pile]]) -> list[tuple[Place, Given]]:
    """Tasks on other people's cases, as they fall due."""
    rows = [(place, task) for place, each in found for task in each.given]
    return sorted(rows, key=lambda row: row[1].due_at or NEVER)


def _further_untimed(
    found: Sequence[tuple[Place, Pile]], shown: Sequence[tuple[Place, CaseLine]]
) -> list[tuple[Place, CaseLine]]:
    """Cases without a stated time that this page would leave out."""
    further = [(place, line) for place, each in found for line in each.untimed]
    seen = {line.id for _, line in shown} if further else set()
    return [row for row in further if row[1].id not in seen]


def _parted(
    rows: Iterable[tuple[Place, AnyLine]], is_so: Callable[[AnyLine], bool]
) -> tuple[list[tuple[Place, AnyLine]], list[tuple[Place, AnyLine]]]:
    """The rows of which it is so, and the others, each in their order."""
    so: list[tuple[Place, AnyLine]] = []
    others: list[tuple[Place, AnyLine]] = []
    for row in rows:
        (so if is_so(row[1]) else others).append(row)
    return so, others


def _by_part(
    rows: Iterable[tuple[Place, CaseLine]], now: datetime
) -> dict[Part, list[tuple[Place, CaseLine]]]:
    """The reader's own cases in parts, each in its order."""
    found: dict[Part, list[tuple[Place, CaseLine]]] = {each: [] for each in Part}
    for row in rows:
        found[_part(row[1], now)].append(row)
    return found


def _part(line: CaseLine, now: datetime) -> Part:
    if line.due_at is not None:
        if line.due_at >= now:
            return Part.DUE
        return Part.LATE_TASKS if line.event == TASK else Part.OVERDUE
    if line.event is not None:
        return Part.UNTIMED
    return Part.WAITING if line.stage == CaseStage.WAITING else Part.QUIET


def _late(line: CaseLine | ReportLine, now: datetime) -> bool:
    return line.due_at is not None and line.due_at < now


def midnight(now: datetime) -> datetime:
    """The end of this day by London clocks; whatever is due by then is due today."""
    return at_wall_clock(in_london(now).date() + timedelta(days=1), datetime.min.time())


def _pose_reports(session: Session, show: Show) -> Later[list[ReportLine]]:
    return list if show is Show.WAITING else told.pose_to_triage(session, limit=MOST_REPORTS + 1)


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


def _merged(lists: Iterable[tuple[Place, list[CaseLine]]], limit: int) -> list[tuple[Place, CaseLine]]:
    named = [[(place, line) for line in lines] for place, lines in lists]
    return list(islice(merge(*named, key=lambda row: (row[1].due_at or NEVER, row[1].id)), limit))
