"""The verbs about complaints: link one to a case, acknowledge, put off, answer, take it to stage two, close it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.retention.service import HoldKind, NoSuchHoldError, hold, lift
from portal.domain.complaints import (
    Complains,
    Outcome,
    Shown,
    Stage,
    Step,
    days_for,
    due_at,
    may_show,
    put_off,
)
from portal.domain.errors import PortalError
from portal.domain.permissions import Permission
from portal.landlords.policies import in_force, pinned
from portal.messaging.words import Kind, new_code
from portal.people.colleagues import colleagues
from portal.reports.complaints import queries
from portal.reports.complaints.models import OF_STEP, PLACE, Complaint, ComplaintStep
from portal.reports.complaints.queries import ComplaintFound, clock_of
from portal.reports.findings.service import Recommended, recommend
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import beside, scope_of
from portal.store.record_keys import box_of
from portal.store.scope import LandlordScope
from portal.work.notices import Notice, desk_of, leave


class NoSuchComplaintError(PortalError):
    """No complaint with this id that this person handles, or none that can go this way now."""


class ChangedMeanwhileError(PortalError):
    """Somebody else did something about it since it was shown."""


class UnfitHandlerError(PortalError):
    """Somebody else has to handle it; `says` why."""

    def __init__(self, says: str) -> None:
        """Keep the reason."""
        super().__init__(says)
        self.says = says


@dataclass(frozen=True, slots=True)
class Linked:
    """A complaint as an officer writes it down. `reach` is how an answer reaches whoever complains."""

    by: Complains
    received_at: datetime
    says: str
    reach: str
    parts: frozenset[Shown]
    handler: UUID


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody is not content with the first answer, and who looks at it anew."""

    at: datetime
    words: str
    handler: UUID


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned, and what is to change because of it."""

    words: str
    change: Recommended | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Who asks for a complaint: whoever handles it, or somebody who may open cases anyway."""

    actor: Actor
    every: bool

    @property
    def handler(self) -> UUID | None:
        """Whose complaints are shown; None for all."""
        return None if self.every else self.actor.account_id


def link(session: Session, case_id: UUID, what: Linked, actor: Actor, now: datetime) -> UUID:
    """Link a complaint to a case, and tell whoever handles it. Its clock runs from when it reached us."""
    case = cases.get(session, case_id, for_update=True)
    _fit(session, case, what.handler, now, None)
    parts = may_show(what.by, what.parts)
    complaint_id, number = new_id(), f"C-{new_code()}"
    held = hold(session, case_id, HoldKind.COMPLAINT, f"Complaint {number}", actor, now)
    words = {"says": what.says, "reach": what.reach}
    row = Complaint(
        landlord_id=case.landlord_id,
        id=complaint_id,
        case_id=case_id,
        number=number,
        by=what.by.value,
        received_at=what.received_at,
        linked_at=now,
        linked_by=actor.name,
        handler=what.handler,
        hold_id=held,
        parts=sorted(each.value for each in parts),
        stage=Stage.ONE.value,
        step=Step.ACKNOWLEDGE.value,
        due_at=now,
        sealed=box_of(session, case_id).seal_json(PLACE, complaint_id, words),
    )
    _begin(session, row, case, Stage.ONE, Step.ACKNOWLEDGE, what.received_at, now)
    session.add(row)
    session.flush()
    _note(session, row, "linked", Fact.COMPLAINT_LINKED, actor, now)
    _tell_handler(session, row, now)
    return complaint_id


def read(session: Session, complaint_id: UUID, reading: Reading, now: datetime) -> ComplaintFound:
    """One complaint with what may be seen of its case; that it was read is written down like every reading of it."""
    row, case = _get(session, complaint_id, reading)
    audit.record(session, Fact.COMPLAINT_READ, reading.actor, now, subject="case", subject_id=row.case_id)
    return queries.opened(session, row, case)


def acknowledge(
    session: Session, complaint_id: UUID, revision: int, words: str, reading: Reading, now: datetime
) -> None:
    """Whoever complains was told that we have it, and what we understand it to be about."""
    row, case = _at(session, complaint_id, revision, Step.ACKNOWLEDGE, reading)
    _end(session, row, words, reading.actor, now)
    _begin(session, row, case, Stage(row.stage), Step.ANSWER, now, now)
    _note(session, row, "acknowledged", Fact.COMPLAINT_CHANGED, reading.actor, now)


def longer(
    session: Session, complaint_id: UUID, revision: int, days: int, words: str, reading: Reading, now: datetime
) -> None:
    """Put the answer off, with the reason; whoever complains was told, and how to reach the Ombudsman."""
    row, case = _at(session, complaint_id, revision, Step.ANSWER, reading)
    step, under = _step(session, row), pinned(session, case.policy_version_id)
    times = in_force(session, now).policy.complaint_times.value
    row.due_at = step.due_at = put_off(clock_of(step), days, times, under.calendar, now)
    step.longer_days = days
    step.sealed = box_of(session, row.case_id).seal_json(OF_STEP, step.id, {"why": words})
    _note(session, row, "longer", Fact.COMPLAINT_CHANGED, reading.actor, now)


def answer(
    session: Session,
    complaint_id: UUID,
    revision: int,
    outcome: Outcome,
    words: str,
    reading: Reading,
    now: datetime,
) -> None:
    """Whoever complains has our answer; what is left is to write down what was learned."""
    row, case = _at(session, complaint_id, revision, Step.ANSWER, reading)
    row.outcome = outcome.value
    _end(session, row, words, reading.actor, now)
    _begin(session, row, case, Stage(row.stage), Step.SETTLE, now, now)
    _note(session, row, "answered", Fact.COMPLAINT_CHANGED, reading.actor, now)


def again(
    session: Session,
    complaint_id: UUID,
    revision: int,
    asked: Asked,
    reading: Reading,
    now: datetime,
) -> None:
    """They are not content with the first answer: somebody else looks at it anew."""
    row, case = _at(session, complaint_id, revision, Step.SETTLE, reading)
    if row.stage == Stage.TWO:
        raise NoSuchComplaintError
    _fit(session, case, asked.handler, now, row.handler)
    _end(session, row, asked.words, reading.actor, now)
    row.handler_before, row.handler, row.stage = row.handler, asked.handler, Stage.TWO.value
    _begin(session, row, case, Stage.TWO, Step.ACKNOWLEDGE, asked.at, now)
    _note(session, row, "again", Fact.COMPLAINT_CHANGED, reading.actor, now)
    _tell_handler(session, row, now)


def close(
    session: Session,
    complaint_id: UUID,
    revision: int,
    learned: Learned,
    reading: Reading,
    now: datetime,
) -> None:
    """What was learned is written down, and what is to change becomes a recommendation with an owner and a day."""
    row, _case = _at(session, complaint_id, revision, Step.SETTLE, reading)
    _end(session, row, learned.words, reading.actor, now)
    row.ended_at, row.ended_by = now, reading.actor.name
    with suppress(NoSuchHoldError):
        lift(session, row.case_id, row.hold_id, f"Complaint {row.number} is closed.", reading.actor, now)
    if learned.change:
        recommend(session, learned.change, reading.actor, now)
    _note(session, row, "closed", Fact.COMPLAINT_CHANGED, reading.actor, now)


def _fit(session: Session, case: Case, handler: UUID, now: datetime, before: UUID | None) -> None:
    """Not the officer of the case, not who answered before, and somebody who may know of the case."""
    found = next((each for each in colleagues(session, now) if each.account_id == handler), None)
    if found is None or Permission.COMPLAINT_HANDLE not in found.permissions:
        raise UnfitHandlerError("Choose somebody who handles complaints here.")
    if handler == case.assigned_to:
        raise UnfitHandlerError("It is about their own case: choose somebody else.")
    if handler == before:
        raise UnfitHandlerError("They gave the first answer: choose somebody else.")
    knows = Permission.STAFF_ROUTE_READ in found.permissions
    with beside(session, LandlordScope(case.landlord_id, staff_cases=knows, reader=handler)) as theirs:
        if theirs.scalar(select(Case.id).where(Case.id == case.id)) is None:
            raise UnfitHandlerError("They may not know of this case. Name them under “Who may know” first.")


def _get(session: Session, complaint_id: UUID, reading: Reading, *, hold: bool = False) -> tuple[Complaint, Case]:
    here = (Complaint.landlord_id == scope_of(session).landlord_id, Complaint.id == complaint_id)
    query = select(Complaint).where(*here)
    row = session.scalar(query.with_for_update() if hold else query)
    if row is None or not (reading.every or row.handler == reading.actor.account_id):
        raise NoSuchComplaintError
    return row, cases.get(session, row.case_id)


def _at(
    session: Session, complaint_id: UUID, revision: int, step: Step, reading: Reading
) -> tuple[Complaint, Case]:
    row, case = _get(session, complaint_id, reading, hold=True)
    if row.revision != revision:
        raise ChangedMeanwhileError
    if row.ended_at is not None or row.step != step:
        raise NoSuchComplaintError
    return row, case


def _begin(
    session: Session, row: Complaint, case: Case, stage: Stage, step: Step, started_at: datetime, now: datetime
) -> None:
    stated = in_force(session, now).policy.complaint_times
    calendar = pinned(session, case.policy_version_id).calendar
    by = due_at(started_at, days_for(step, stage, stated.value), calendar)
    row.step, row.due_at = step.value, by
    source = stated.clause or f"the portal’s own: {stated.note}" if step is not Step.SETTLE else "the portal’s own"
    session.add(row)
    session.flush()
    session.add(
        ComplaintStep(
            landlord_id=row.landlord_id,
            id=new_id(),
            case_id=row.case_id,
            complaint_id=row.id,
            stage=stage.value,
            step=step.value,
            started_at=started_at,
            first_due_at=by,
            due_at=by,
            source=source,
        )
    )
    session.flush()


def _step(session: Session, row: Complaint) -> ComplaintStep:
    each = ComplaintStep
    here = (each.landlord_id == row.landlord_id, each.complaint_id == row.id, each.done_at.is_(None))
    return session.scalars(select(each).where(*here)).one()


def _end(session: Session, row: Complaint, words: str, actor: Actor, now: datetime) -> None:
    step, box = _step(session, row), box_of(session, row.case_id)
    said = box.open_json(OF_STEP, step.id, step.sealed) if step.sealed else {}
    step.done_at, step.done_by = now, actor.name
    step.sealed = box.seal_json(OF_STEP, step.id, said | {"words": words})
    session.flush()


def _tell_handler(session: Session, row: Complaint, now: datetime) -> None:
    link = f"{desk_of(session)}/complaints/{row.id}"
    leave(session, [Notice(row.handler, row.id, Kind.ASSIGNED, link)], now)


def _note(session: Session, row: Complaint, step: str, fact: Fact, actor: Actor, now: datetime) -> None:
    tell(session, row.case_id, "complaint", actor, now, facts={"step": step})
    audit.record(session, fact, actor, now, subject="case", subject_id=row.case_id, detail=step)
