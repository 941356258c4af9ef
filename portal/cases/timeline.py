"""The story of a case, newest first, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import DateTime, Uuid, exists, select, true, tuple_
from sqlalchemy.orm import Session, aliased

from portal.cases.assessments.words import LINES
from portal.cases.home_words import HOME
from portal.cases.models import TimelineEntry
from portal.cases.narrowing import Kind, Narrowed
from portal.cases.people_words import ABOUT_PEOPLE, PROTECTING
from portal.cases.words import points, told, when
from portal.domain.calendar import at_wall_clock
from portal.store.keys import Box
from portal.store.record_keys import box_of
from portal.store.statements import HERE, Later, Statement, given, pose

PAGE = 30
EVERYTHING = Narrowed()
SHOWN = {
    Kind.ALL: "Everything",
    Kind.CONTACTS: "Contacts",
    Kind.NOTES: "Notes",
    Kind.INCIDENTS: "Incidents",
    Kind.PLANS: "Plans",
    Kind.WISHES: "Wishes",
    Kind.REPORTS: "Reports",
    Kind.RISK: "Risk",
    Kind.SHARING: "Sharing and documents",
    Kind.CHANGES: "Changes",
    Kind.SAFETY: "Safeguarding and orders",
    Kind.HOME: "The home",
}
KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.ALL: (),
    Kind.CONTACTS: (
        *("they_wrote", "written_to", "contact", "interview", "override", "unsafe_contact", "time_agreed"),
        *("meeting", "meeting_ended", "their_reminder"),
    ),
    Kind.NOTES: ("note",),
    Kind.INCIDENTS: ("incident", "incident_corrected"),
    Kind.PLANS: ("plan_agreed", "plan_reviewed", "plan_given", "plan_action"),
    Kind.WISHES: ("wish", "step", "step_decided"),
    Kind.REPORTS: ("report",),
    Kind.RISK: tuple(LINES),
    Kind.SAFETY: tuple(PROTECTING),
    Kind.HOME: (*HOME, "repaired"),
    Kind.CHANGES: (
        *ABOUT_PEOPLE,
        *("assigned", "safe_contact", "arranged", "needs", "task", "waiting", "resumed", "closed", "reopened"),
        *("closing_asked", "closing_decided", "reviewed", "held", "hold_lifted", "kept"),
        *("restricted", "unrestricted", "reader_named", "reader_unnamed", "barred", "unbarred"),
        *("emergency", "emergency_reviewed", "name_out", "name_in", "cleared", "uncleared", "approval"),
        *("task_given", "task_moved", "task_open_again", "complaint", "policy_moved"),
    ),
    Kind.SHARING: (
        "consent", "consent_withdrawn", "share", "share_decided", "disclosed", "document", "document_version",
        "kept_back", "kept_back_lifted", "file_asked", "file_prepared", "file_signed", "file_given",
        "conference",
    ),
}


class Line(NamedTuple):
    """One line of the story, with its words opened; `report` leads to the report that it tells of."""

    id: UUID
    at: datetime
    kind: str
    actor: str
    title: str
    points: tuple[str, ...]
    words: str
    report: str | None
    when: str
    corrects: bool
    corrected: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of it; `older` says where the next page begins, `writers` who has written in it: name by id."""

    lines: tuple[Line, ...]
    narrowed: Narrowed
    older: str
    writers: dict[str, str]

    @property
    def whole(self) -> bool:
        """Is this all that there is?"""
        return not self.older and self.narrowed == EVERYTHING


@cache
def _page(kind: Kind, *, from_top: bool, by_one: bool, since: bool, until: bool) -> Statement:
    """Each way of narrowing the story is one statement, written at its first use."""
    entry, moment, newer = TimelineEntry, DateTime(timezone=True), aliased(TimelineEntry)
    corrected = exists().where(newer.landlord_id == entry.landlord_id, newer.corrects_id == entry.id)
    before = tuple_(given("before", moment), given("before_id", Uuid()))
    return Statement(
        select(
            entry.id, entry.at, entry.kind, entry.actor, entry.facts, entry.sealed,
            entry.corrects_id, corrected, entry.account_id,
        )
        .where(
            entry.landlord_id == HERE,
            entry.case_id == given("case_id", Uuid()),
            entry.kind.in_(KINDS[kind]) if KINDS[kind] else true(),
            true() if from_top else tuple_(entry.at, entry.id) < before,
            entry.account_id == given("who", Uuid()) if by_one else true(),
            entry.at >= given("since", moment) if since else true(),
            entry.at < given("until", moment) if until else true(),
        )
        .order_by(entry.at.desc(), entry.id.desc())
        .limit(PAGE + 1)
    )


def pose_timeline(session: Session, case_id: UUID, narrowed: Narrowed = EVERYTHING) -> Later[Timeline]:
    """The lines of a case before a point, newest first, and only those that are asked for."""
    at, entry_id = _point(narrowed.before) or (None, None)
    since = at_wall_clock(narrowed.since, time.min) if narrowed.since else None
    until = at_wall_clock(narrowed.until + timedelta(days=1), time.min) if narrowed.until else None
    page = _page(
        narrowed.kind,
        from_top=at is None,
        by_one=narrowed.who is not None,
        since=since is not None,
        until=until is not None,
    )
    found = pose(
        session, page, case_id=case_id, before=at, before_id=entry_id, who=narrowed.who, since=since, until=until
    )
    return lambda: _timeline(found.rows, box_of(session, case_id), narrowed)


def _timeline(rows: Sequence[Any], box: Box, narrowed: Narrowed) -> Timeline:
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
            when=when(facts),
            corrects=corrects is not None,
            corrected=corrected,
        )
        for row, at, what, actor, facts, sealed, corrects, corrected, _ in rows[:PAGE]
    )
    older = f"{lines[-1].at.isoformat()}~{lines[-1].id}" if len(rows) > PAGE else ""
    return Timeline(lines, narrowed, older, {str(by): actor for _, _, _, actor, *_, by in rows if by})


def _point(text: str) -> tuple[datetime, UUID] | None:
    at, _, row = text.partition("~")
    try:
        return datetime.fromisoformat(at), UUID(row)
    except ValueError:
        return None
