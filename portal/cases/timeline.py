"""The story of a case, newest first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from uuid import UUID

from sqlalchemy import DateTime, Uuid, select, true, tuple_
from sqlalchemy.orm import Session

from portal.cases.assessments.words import LINES
from portal.cases.models import TimelineEntry
from portal.cases.words import points, told
from portal.store.record_keys import box_of
from portal.store.statements import HERE, Statement, ask, given

PAGE = 30


class Kind(StrEnum):
    """Which lines somebody wants to see."""

    ALL = "all"
    CONTACTS = "contacts"
    NOTES = "notes"
    INCIDENTS = "incidents"
    REPORTS = "reports"
    RISK = "risk"
    SHARING = "sharing"
    CHANGES = "changes"


SHOWN = {
    Kind.ALL: "Everything",
    Kind.CONTACTS: "Contacts",
    Kind.NOTES: "Notes",
    Kind.INCIDENTS: "Incidents",
    Kind.REPORTS: "Reports",
    Kind.RISK: "Risk",
    Kind.SHARING: "Sharing and documents",
    Kind.CHANGES: "Changes",
}
KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.ALL: (),
    Kind.CONTACTS: ("contact", "interview", "override", "time_agreed"),
    Kind.NOTES: ("note",),
    Kind.INCIDENTS: ("incident", "incident_corrected"),
    Kind.REPORTS: ("report",),
    Kind.RISK: tuple(LINES),
    Kind.CHANGES: (
        *("assigned", "safe_contact", "arranged", "task", "waiting", "resumed", "closed", "reopened"),
        *("closing_asked", "closing_decided", "reviewed", "held", "hold_lifted", "kept"),
        *("restricted", "unrestricted", "reader_named", "reader_unnamed", "barred", "unbarred"),
        *("emergency", "emergency_reviewed"),
    ),
    Kind.SHARING: (
        "consent", "consent_withdrawn", "share", "share_decided", "disclosed", "document", "document_version",
        "kept_back", "kept_back_lifted",
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the story, with its words opened; `report` leads to the report that it tells of."""

    id: UUID
    at: datetime
    kind: str
    actor: str
    title: str
    points: tuple[str, ...]
    words: str
    report: str | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of it; `older` says where the next page begins."""

    lines: tuple[Line, ...]
    kind: Kind
    older: str


@cache
def _page(kind: Kind, *, from_top: bool) -> Statement:
    """Each way of narrowing the story is one statement, written at its first use."""
    entry = TimelineEntry
    before = tuple_(given("before", DateTime(timezone=True)), given("before_id", Uuid()))
    return Statement(
        select(entry.id, entry.at, entry.kind, entry.actor, entry.facts, entry.sealed)
        .where(
            entry.landlord_id == HERE,
            entry.case_id == given("case_id", Uuid()),
            entry.kind.in_(KINDS[kind]) if KINDS[kind] else true(),
            true() if from_top else tuple_(entry.at, entry.id) < before,
        )
        .order_by(entry.at.desc(), entry.id.desc())
        .limit(PAGE + 1)
    )


def timeline(session: Session, case_id: UUID, kind: Kind = Kind.ALL, before: str = "") -> Timeline:
    """The lines of a case before a point, newest first."""
    start = _point(before)
    at, entry_id = start or (None, None)
    page = _page(kind, from_top=start is None)
    rows = ask(session, page, case_id=case_id, before=at, before_id=entry_id)
    box = box_of(session, case_id)
    lines = tuple(
        Line(
            id=row,
            at=at,
            kind=what,
            actor=actor,
            title=told(what, facts),
            points=points(what, facts),
            words=box.open("timeline_entry", row, sealed) if sealed else "",
            report=facts.get("report"),
        )
        for row, at, what, actor, facts, sealed in rows[:PAGE]
    )
    older = f"{lines[-1].at.isoformat()}~{lines[-1].id}" if len(rows) > PAGE else ""
    return Timeline(lines, kind, older)


def _point(text: str) -> tuple[datetime, UUID] | None:
    at, _, row = text.partition("~")
    try:
        return datetime.fromisoformat(at), UUID(row)
    except ValueError:
        return None
