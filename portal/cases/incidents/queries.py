"""Incidents for lists and counts, without anything that was corrected since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, select, tuple_
from sqlalchemy.orm import Session, aliased

from portal.cases.incidents.models import Incident
from portal.cases.incidents.told import (
    ACTS,
    CHILDREN,
    REPORT_WISHES,
    SAID,
    TOLD_BY,
    TOWARDS,
    Act,
    Children,
    ReportWish,
    ToldBy,
    Towards,
)
from portal.domain.happened import Happened, late
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PAGE = 20
LATE = timedelta(hours=24)
"""An incident that is written down later than this says so (HS-026 6.2)."""
ALWAYS_SAID = {"none", "not_asked", "unknown"}


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident, opened. `corrected_by` names the record that puts it right, and stays readable itself."""

    id: UUID
    happened: Happened
    told_at: datetime
    recorded_at: datetime
    actor: str
    acts: tuple[str, ...]
    towards: str
    children: str
    facts: tuple[tuple[str, str], ...]
    what: str
    late_by: timedelta | None
    corrects: UUID | None
    corrected_by: UUID | None


@dataclass(frozen=True, slots=True)
class IncidentLog:
    """One page of the log, what happened last first; `older` says where the next page begins."""

    rows: tuple[IncidentRow, ...]
    older: str


def since(session: Session, case_id: UUID, when: datetime) -> tuple[datetime, ...]:
    """The moments of the incidents since then, oldest first; each counts once, however often it was corrected.

    An incident counts by the latest moment at which it can have happened, and one whose time nobody knows by the
    moment at which it was told: in doubt it counts, since what is counted here can only raise a risk.
    """
    rows = session.scalars(
        select(Incident.stands_at)
        .where(*_standing(session, case_id), Incident.stands_at >= when)
        .order_by(Incident.stands_at)
    )
    return tuple(rows)


def log(session: Session, case_id: UUID, before: str = "") -> IncidentLog:
    """The incidents of a case before a point, with what was corrected beside its correction."""
    query = _all(session, case_id).order_by(Incident.stands_at.desc(), Incident.id.desc()).limit(PAGE + 1)
    start = _point(before)
    if start:
        query = query.where(tuple_(Incident.stands_at, Incident.id) < tuple_(*start))
    found = session.execute(query).all()
    last = found[PAGE - 1][0] if len(found) > PAGE else None
    older = f"{last.stands_at.isoformat()}~{last.id}" if last else ""
    return IncidentLog(tuple(_row(session, case_id, each) for each in found[:PAGE]), older)


def standing(session: Session, case_id: UUID, since: datetime | None) -> Iterator[tuple[UUID, IncidentRow]]:
    """Every incident that nobody has corrected, oldest first, each with the line of the timeline that it stands on."""
    other = aliased(Incident)
    corrected = exists().where(other.landlord_id == Incident.landlord_id, other.corrects_id == Incident.id)
    query = _all(session, case_id).where(~corrected).order_by(Incident.stands_at, Incident.id)
    if since:
        query = query.where(Incident.stands_at >= since)
    for found in session.execute(query).all():
        yield found[0].entry_id, _row(session, case_id, found)


def one(session: Session, case_id: UUID, incident_id: UUID) -> IncidentRow | None:
    """One incident of this case."""
    found = session.execute(_all(session, case_id).where(Incident.id == incident_id)).first()
    return _row(session, case_id, found) if found else None


def kept(session: Session, case_id: UUID, incident_id: UUID) -> dict[str, Any] | None:
    """An incident by the names that a form gives its parts, to be corrected."""
    row = session.scalar(
        select(Incident).where(
            Incident.landlord_id == scope_of(session).landlord_id,
            Incident.case_id == case_id,
            Incident.id == incident_id,
        )
    )
    if row is None:
        return None
    said: dict[str, str] = box_of(session, case_id).open_json("incident", row.id, row.sealed)
    happened = Happened.from_dict(row.happened)
    return said | {
        "known": happened.known.value,
        "day": happened.day,
        "time": happened.clock_time,
        "last_day": happened.last_day,
        "told_by": row.told_by,
        "told_at": row.told_at,
        "acts": row.kinds,
        "towards": row.towards,
        "children": row.children,
        "report_wish": row.report_wish,
    }


def _standing(session: Session, case_id: UUID) -> Sequence[Any]:
    """What holds of the incidents of a case that nobody has corrected."""
    other = aliased(Incident)
    corrected = exists().where(other.landlord_id == Incident.landlord_id, other.corrects_id == Incident.id)
    return (Incident.landlord_id == scope_of(session).landlord_id, Incident.case_id == case_id, ~corrected)


def _all(session: Session, case_id: UUID) -> Select[Incident, UUID]:
    other = aliased(Incident)
    correction = (
        select(other.id)
        .where(other.landlord_id == Incident.landlord_id, other.corrects_id == Incident.id)
        .limit(1)
        .scalar_subquery()
    )
    return select(Incident, correction).where(
        Incident.landlord_id == scope_of(session).landlord_id, Incident.case_id == case_id
    )


def _row(session: Session, case_id: UUID, found: Any) -> IncidentRow:  # noqa: ANN401 - a row of the query above
    row, corrected_by = found
    said = box_of(session, case_id).open_json("incident", row.id, row.sealed)
    happened = Happened.from_dict(row.happened)
    facts = [(label, said[name]) for name, label in SAID.items() if name in said]
    facts.append(("Told by", TOLD_BY[ToldBy(row.told_by)]))
    if row.report_wish not in ALWAYS_SAID:
        facts.append(("The police", REPORT_WISHES[ReportWish(row.report_wish)]))
    return IncidentRow(
        id=row.id,
        happened=happened,
        told_at=row.told_at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        acts=tuple(ACTS[Act(each)] for each in row.kinds),
        towards="" if row.towards == Towards.SURVIVOR else TOWARDS[Towards(row.towards)],
        children="" if row.children in ALWAYS_SAID else CHILDREN[Children(row.children)],
        facts=tuple(facts),
        what=said["what"],
        late_by=late(happened, row.recorded_at, LATE),
        corrects=row.corrects_id,
        corrected_by=corrected_by,
    )


def _point(text: str) -> tuple[datetime, UUID] | None:
    at, _, row = text.partition("~")
    try:
        return datetime.fromisoformat(at), UUID(row)
    except ValueError:
        return None
