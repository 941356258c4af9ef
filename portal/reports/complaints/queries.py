"""Complaints as whoever handles them reads them, and what the case shows for each: when, by which clause, no word."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case, Contact
from portal.cases.plans.models import PlanVersion
from portal.cases.plans.parts import HOWS, How
from portal.cases.service import safe_contact
from portal.cases.words import CHANNELS
from portal.cases.words import OUTCOMES as CAME_OF_IT
from portal.deadlines import words
from portal.deadlines.models import Deadline
from portal.domain.complaints import Clock, Complains, Shown, Stage, Step
from portal.domain.tasks import TASK
from portal.homes.securing.models import HomeDamage, HomeMeasure
from portal.people.models import Account
from portal.reports.complaints.models import OF_STEP, PLACE, Complaint, ComplaintStep
from portal.store.database import scope_of
from portal.store.record_keys import box_of

SHOWN = 60


@dataclass(frozen=True, slots=True)
class ComplaintRow:
    """One complaint in a list: nothing of what it says."""

    id: UUID
    case_id: UUID
    number: str
    by: Complains
    received_at: datetime
    handler: str
    stage: Stage
    step: Step
    due_at: datetime
    outcome: str | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step, opened."""

    clock: Clock
    first_due_at: datetime
    source: str
    done_by: str | None
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PartFound:
    """One part of the case that is shown: each line a moment and what was done."""

    part: Shown
    lines: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True, slots=True)
class ComplaintFound:
    """One complaint, opened, with what may be seen of its case."""

    row: ComplaintRow
    revision: int
    says: str
    reach: str
    safely: str
    officer: str | None
    steps: tuple[StepRow, ...]
    parts: tuple[PartFound, ...]

    @property
    def clock(self) -> Clock:
        """The newest step."""
        return self.steps[-1].clock


def listed(session: Session, handler: UUID | None) -> list[ComplaintRow]:
    """The complaints that somebody handles, or all where nobody is named; those that wait first."""
    query = _rows()
    if handler is not None:
        query = query.where(Complaint.handler == handler)
    query = query.where(Complaint.landlord_id == scope_of(session).landlord_id)
    order = (Complaint.ended_at.is_not(None), Complaint.due_at, Complaint.id)
    return [_row(*each) for each in session.execute(query.order_by(*order).limit(SHOWN))]


def of_case(session: Session, case_id: UUID) -> list[ComplaintRow]:
    """The complaints of a case, the newest first."""
    here = (Complaint.landlord_id == scope_of(session).landlord_id, Complaint.case_id == case_id)
    return [
        _row(*each) for each in session.execute(_rows().where(*here).order_by(Complaint.received_at.desc()))
    ]


def opened(session: Session, complaint: Complaint, case: Case) -> ComplaintFound:
    """One complaint with its words, its steps and the parts that may be seen."""
    box = box_of(session, complaint.case_id)
    said = box.open_json(PLACE, complaint.id, complaint.sealed)
    handler = session.scalar(select(Account.name).where(Account.id == complaint.handler))
    officer = session.scalar(select(Account.name).where(Account.id == case.assigned_to))
    theirs = Complains(complaint.by) is Complains.SURVIVOR
    return ComplaintFound(
        _row(complaint, handler),
        complaint.revision,
        said["says"],
        said["reach"],
        safe_contact(session, case).in_short() if theirs else "",
        officer,
        tuple(_steps(session, complaint)),
        tuple(PartFound(part, READ[part](session, case.id)) for part in map(Shown, complaint.parts)),
    )


def _rows() -> Any:  # noqa: ANN401 - a statement of two things
    return select(Complaint, Account.name).join(Account, Account.id == Complaint.handler)


def _row(each: Complaint, handler: str | None) -> ComplaintRow:
    return ComplaintRow(
        each.id,
        each.case_id,
        each.number,
        Complains(each.by),
        each.received_at,
        handler or "",
        Stage(each.stage),
        Step(each.step),
        each.due_at,
        each.outcome,
        each.ended_at,
    )


def _steps(session: Session, complaint: Complaint) -> list[StepRow]:
    box, each = box_of(session, complaint.case_id), ComplaintStep
    rows = session.scalars(
        select(each)
        .where(each.landlord_id == complaint.landlord_id, each.complaint_id == complaint.id)
        .order_by(each.started_at, each.id)
    )
    return [
        StepRow(
            clock_of(row),
            row.first_due_at,
            row.source,
            row.done_by,
            box.open_json(OF_STEP, row.id, row.sealed) if row.sealed else {},
        )
        for row in rows
    ]


def clock_of(row: ComplaintStep) -> Clock:
    """How the clock of a step stands."""
    return Clock(
        Step(row.step), Stage(row.stage), row.started_at, row.due_at, row.longer_days, row.done_at
    )


Lines = tuple[tuple[datetime, str], ...]


def _clocks(session: Session, case_id: UUID) -> Lines:
    each = Deadline
    rows = session.execute(
        select(each.started_at, each.stop_act, each.clause, each.due_at, each.met_at)
        .where(
            each.landlord_id == scope_of(session).landlord_id, each.case_id == case_id, each.event != TASK
        )
        .order_by(each.started_at)
    )
    found: list[tuple[datetime, str]] = []
    for started, act, clause, due, met in rows:
        by = f", by {clause}" if clause else ""
        found.append((started, f"Began: {words.act(act).lower()}{by}"))
        if due:
            found.append((due, f"Was due: {words.act(act).lower()}"))
        if met:
            found.append((met, f"Done{', late' if due and met > due else ''}: {words.act(act).lower()}"))
    return tuple(sorted(found))


def _contacts(session: Session, case_id: UUID) -> Lines:
    here = (Contact.landlord_id == scope_of(session).landlord_id, Contact.case_id == case_id)
    rows = session.execute(
        select(Contact.at, Contact.channel, Contact.outcome).where(*here).order_by(Contact.at)
    )
    channels, outcomes = {str(k): v for k, v in CHANNELS.items()}, {str(k): v for k, v in CAME_OF_IT.items()}
    return tuple((at, f"{channels.get(way, way)}. {outcomes.get(came, came)}") for at, way, came in rows)


def _plans(session: Session, case_id: UUID) -> Lines:
    each = PlanVersion
    rows = session.execute(
        select(each.agreed_at, each.number, each.how)
        .where(each.landlord_id == scope_of(session).landlord_id, each.case_id == case_id)
        .order_by(each.agreed_at)
    )
    return tuple((at, f"A plan was agreed with them, version {number}. {HOWS[How(how)]}") for at, number, how in rows)


def _home(session: Session, case_id: UUID) -> Lines:
    here = scope_of(session).landlord_id
    asked = session.scalars(
        select(HomeMeasure.asked_at).where(HomeMeasure.landlord_id == here, HomeMeasure.case_id == case_id)
    )
    damage = session.execute(
        select(HomeDamage.recorded_at, HomeDamage.repaired_at).where(
            HomeDamage.landlord_id == here, HomeDamage.case_id == case_id
        )
    ).all()
    found = [(at, "Added security was asked for") for at in asked]
    found += [(recorded, "Damage was recorded") for recorded, _ in damage]
    found += [(mended, "Damage was repaired") for _, mended in damage if mended]
    return tuple(sorted(found))


READ: dict[Shown, Callable[[Session, UUID], Lines]] = {
    Shown.CLOCKS: _clocks,
    Shown.CONTACTS: _contacts,
    Shown.PLANS: _plans,
    Shown.HOME: _home,
}
