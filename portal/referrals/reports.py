"""Lists of reports: those that nobody has decided about yet, and what became of the others.

What is told about a colleague is left out by the database for all who may not read it (HS-026 1.3, NPH Employees).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Text, and_, cast, func, or_, select, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Session

from portal.cases.frame import Reader
from portal.cases.whose import OTHER, SURVIVOR, Named, explained
from portal.domain.calendar import at_wall_clock, in_london
from portal.domain.lifecycle import ReportState
from portal.referrals import service
from portal.referrals.models import Report
from portal.store import audit, search
from portal.store.audit import Fact
from portal.store.database import scope_of
from portal.store.record_keys import RecordKey, of_record, opening
from portal.store.statements import HERE, Later, Statement, given, pose

PAGE = 50
SOURCES = {
    "self": "The person themselves",
    "someone_else": "Somebody else",
    "concern_card": "Concern card",
    "staff_entry": "Written down by staff",
}
ROUTES = {
    "ordinary": "",
    "child_safeguarding": "Under 16: child safeguarding",
    "council": "Help to reach the council",
    "staff": "About somebody who works here",
}
STATES = {
    "new": "New",
    "opened": "Became a case",
    "joined": "Joined to a case",
    "routed": "Sent on",
    "set_aside": "Set aside",
}
COLUMNS: tuple[Any, ...] = (
    Report.id,
    Report.headline,
    RecordKey.wrapped,
    RecordKey.blanks,
    Report.source,
    Report.route,
    Report.also,
    Report.state,
    Report.received_at,
    Report.next_due_at,
    Report.next_event,
    Report.next_clause,
    Report.threat_to_life,
    Report.case_id,
)
LISTED = select(*COLUMNS).join(RecordKey, of_record(Report))
UNDECIDED = and_(
    Report.case_id.is_(None),
    Report.state.in_((ReportState.NEW.value, ReportState.ROUTED.value)),
    or_(Report.state == ReportState.NEW.value, Report.next_due_at.is_not(None)),
)
"""New; or sent on while its clock still runs here: then it stays in the list until somebody has reached the person.
Said first of all as having no case, so that the database looks at the few that wait and not at the archive."""


class ReportLine(NamedTuple):
    """One report in a list."""

    id: UUID
    name: str
    how: str
    source: str
    route: str
    also: list[str]
    state: str
    received_at: datetime
    due_at: datetime | None
    event: str | None
    clause: str | None
    threat_to_life: bool
    case_id: UUID | None

    @property
    def routes(self) -> tuple[str, ...]:
        """Everywhere that it goes, in words."""
        return _routes(self.route, *self.also)


@cache
def _routes(*codes: str) -> tuple[str, ...]:
    return tuple(ROUTES[each] for each in codes if ROUTES[each])


TO_TRIAGE = Statement(
    LISTED.where(Report.landlord_id == HERE, UNDECIDED)
    .order_by(Report.threat_to_life.desc(), Report.next_due_at.asc().nulls_last(), Report.id)
    .limit(given("limit", Integer()))
)


def to_triage(session: Session, *, limit: int = PAGE) -> list[ReportLine]:
    """Reports that wait for a decision, threats to life first, then in the order in which they fall due."""
    return pose_to_triage(session, limit=limit)()


def pose_to_triage(session: Session, *, limit: int = PAGE) -> Later[list[ReportLine]]:
    """The same, for whoever asks for more at once."""
    found = pose(session, TO_TRIAGE, limit=limit)
    return lambda: _lines(session, found.rows)


def listed(
    session: Session, state: ReportState, reader: Reader, *, before: datetime | None = None
) -> list[ReportLine]:
    """The same for a reader: what was shown is written down, in one row."""
    found, by = by_state(session, state, before=before), reader
    shown = [each.id for each in found[:PAGE]]
    audit.record(session, Fact.REPORTS_LISTED, by.actor, by.now, permission=by.permission, shown=shown)
    return found


def by_state(session: Session, state: ReportState, *, before: datetime | None = None) -> list[ReportLine]:
    """Reports of which one thing became, the newest first; nothing that was reported is ever out of reach."""
    query = LISTED.where(_here(session), Report.state == state.value)
    if before:
        query = query.where(Report.received_at < before)
    return _lines(session, session.execute(query.order_by(Report.received_at.desc()).limit(PAGE + 1)).all())


@dataclass(frozen=True, slots=True)
class Month:
    """What was received in a month, and how much of it is decided (HS-026 4.1): the two parts make the whole."""

    name: str
    received: int
    waits: int
    became: tuple[tuple[str, int], ...]

    @property
    def decided(self) -> int:
        """How many of them somebody has looked into and decided about."""
        return self.received - self.waits


def month(session: Session, now: datetime) -> Month:
    """This month's reports, as far as the reader may know of them."""
    today = in_london(now).date()
    first = at_wall_clock(today.replace(day=1), time.min)
    rows = session.execute(
        select(Report.state, func.count())
        .where(_here(session), Report.received_at >= first, Report.received_at <= now)
        .group_by(Report.state)
    )
    counts = dict(iter(rows))
    became = tuple((STATES[each.value], counts[each.value]) for each in ReportState if each.value in counts)
    return Month(
        f"{today:%B %Y}",
        sum(counts.values()),
        counts.get(ReportState.NEW.value, 0),
        tuple(row for row in became if row[0] != STATES[ReportState.NEW.value]),
    )


def found(session: Session, query: str) -> list[ReportLine]:
    """Reports without a case that hold every word of a search, the newest first: whoever rings may be among them."""
    groups = search.asked(session, query)
    if not groups:
        return []
    held = type_coerce(Report.match_tokens, JSONB)
    each = [held.has_any(cast([token.hex() for token in group], ARRAY(Text))) for group in groups]
    rows = LISTED.where(_here(session), Report.case_id.is_(None), *each)
    rows = rows.order_by(Report.received_at.desc()).limit(search.MOST_FOUND)
    return _lines(session, session.execute(rows).all())


def met_by(line: ReportLine, session: Session, query: str) -> tuple[str, ...]:
    """What in this report the words of a search have met, in words; it is opened only where its line does not say."""

    def people() -> Iterator[Named]:
        answers = service.answers_of(session, service.read(session, line.id))
        yield SURVIVOR, answers.name, answers.address
        yield OTHER, answers.other_person.name, ""

    return explained(query, line.name, people)


def _here(session: Session) -> ColumnElement[bool]:
    return Report.landlord_id == scope_of(session).landlord_id


def _lines(session: Session, rows: Sequence[Any]) -> list[ReportLine]:
    opened = opening(session, "report.headline")
    lines = []
    for report_id, sealed, key, blanks, *rest in rows:
        line = opened(report_id, key, blanks, sealed)
        lines.append(ReportLine(report_id, line["name"], line["how"], *rest))
    return lines
