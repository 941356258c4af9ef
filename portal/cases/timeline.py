"""The story of a case, newest first, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from portal.cases.assessments.words import LINES
from portal.cases.models import TimelineEntry
from portal.cases.words import points, told
from portal.store.database import scope_of
from portal.store.record_keys import box_of

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
        "assigned", "safe_contact", "arranged", "task", "waiting", "resumed", "closed", "reopened",
        "closing_asked", "closing_decided", "held", "hold_lifted", "kept",
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


def timeline(session: Session, case_id: UUID, kind: Kind = Kind.ALL, before: str = "") -> Timeline:
    """The lines of a case before a point, newest first."""
    entry = TimelineEntry
    query = select(entry.id, entry.at, entry.kind, entry.actor, entry.facts, entry.sealed).where(
        entry.landlord_id == scope_of(session).landlord_id, entry.case_id == case_id
    )
    if KINDS[kind]:
        query = query.where(entry.kind.in_(KINDS[kind]))
    start = _point(before)
    if start:
        query = query.where(tuple_(entry.at, entry.id) < tuple_(*start))
    rows = session.execute(query.order_by(entry.at.desc(), entry.id.desc()).limit(PAGE + 1)).all()
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
