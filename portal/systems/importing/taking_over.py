"""Making cases of a file in one transaction, so that there are all or none; and taking them back while bare."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case, TimelineEntry
from portal.cases.opening import tell
from portal.cases.retention.service import take_back as empty
from portal.deadlines import service as deadlines
from portal.domain.clock import StopAct
from portal.domain.contact import Channel, SafeContact, Said, Way
from portal.domain.errors import PortalError
from portal.domain.importing import Column, Taken
from portal.domain.intake import Answers, OtherPerson
from portal.domain.lifecycle import CaseStage, Source
from portal.domain.permissions import Permission
from portal.messaging.words import Kind
from portal.referrals.service import open_case, receive
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import beside, scope_of
from portal.store.tenancy import Landlord
from portal.systems.importing.models import CaseImport, ImportedCase
from portal.systems.importing.service import SUBJECT, forget, get, key_of, looked_through, officers
from portal.work.notices import Notice, desk_of, leave

EVERY = 10
Told = Callable[[int], None]


class AddedToError(PortalError):
    """Something was added to cases of the file meanwhile: `count` of them."""

    def __init__(self, count: int) -> None:
        """Keep how many."""
        super().__init__("Something was added to some of the cases.")
        self.count = count


@dataclass(frozen=True, slots=True)
class Place:
    """What every case of a file shares."""

    row: CaseImport
    code: str
    officers: dict[str, UUID]
    actor: Actor
    now: datetime


def take_over(session: Session, import_id: UUID, now: datetime, told: Told | None = None) -> None:
    """Make the cases. What is broken off leaves none behind, and is begun anew when the worker is asked again."""
    row = session.scalar(
        select(CaseImport).where(
            CaseImport.landlord_id == scope_of(session).landlord_id,
            CaseImport.id == import_id,
            CaseImport.state == "asked",
        )
    )
    if row is None:
        return
    taken, faults = looked_through(session, row, now)
    actor = Actor(row.read_by, row.read_name, Permission.CASES_IMPORT.value)
    if faults:  # a policy or a colleague has changed meanwhile: back to whoever asked
        row.state, row.faults = "faulty", len(faults)
        return
    code = session.scalars(select(Landlord.code).where(Landlord.id == row.landlord_id)).one()
    place, say = Place(row, code, officers(session, now), actor, now), told or _telling(session, import_id)
    for number, each in enumerate(taken, start=1):
        _one(session, place, each)
        if number % EVERY == 0:
            say(number)
    row.done, row.ended_by = len(taken), actor.name
    forget(session, row, "done", now)
    audit.record(
        session, Fact.IMPORT_DONE, actor, now, subject=SUBJECT, subject_id=import_id, detail=str(len(taken))
    )
    leave(session, [Notice(row.read_by, import_id, Kind.NEW_REPORT, f"{desk_of(session)}/systems/cases")], now)


def undo(session: Session, import_id: UUID, actor: Actor, now: datetime) -> int:
    """Take every case of the file back; refused as soon as anything was added to one of them."""
    row = get(session, import_id, ("done",))
    made = session.scalars(
        select(ImportedCase).where(ImportedCase.landlord_id == row.landlord_id, ImportedCase.import_id == import_id)
    ).all()
    changed = [each for each in made if _added_to(session, each)]
    if changed:
        raise AddedToError(len(changed))
    for each in made:
        empty(session, each.case_id, actor, now)
    row.state, row.ended_at, row.ended_by = "undone", now, actor.name
    audit.record(
        session, Fact.IMPORT_UNDONE, actor, now, subject=SUBJECT, subject_id=import_id, detail=str(len(made))
    )
    return len(made)


def _one(session: Session, place: Place, line: Taken) -> None:
    answers = _answers(line)
    got = receive(session, answers, place.actor, place.now, reached_us_at=line.opened_at, quietly=True)
    case = open_case(session, got.report_id, place.code, place.actor, place.now)
    session.flush()
    reference = line.get(Column.REFERENCE)
    tell(session, case.id, "imported", place.actor, place.now, words=_about(line) or None)
    for at, act in ((line.interviewed_at, StopAct.INTERVIEWED), (line.contacted_at, StopAct.CONTACTED)):
        if at:
            deadlines.meet(session, case.id, act, place.actor, max(at, line.opened_at), place.now)
            case.stage = CaseStage.ACTIVE.value
    officer = place.officers.get(line.get(Column.OFFICER).casefold())
    if officer:
        case.assigned_to = officer
        detail = str(officer)
        audit.record(
            session, Fact.CASE_ASSIGNED, place.actor, place.now, subject="case", subject_id=case.id, detail=detail
        )
    cases.refresh_next(session, case)
    session.flush()
    session.add(
        ImportedCase(
            landlord_id=case.landlord_id,
            id=new_id(),
            import_id=place.row.id,
            case_id=case.id,
            line=line.line,
            revision=case.revision,
            entries=_entries(session, case.id),
            key=key_of(session, reference) if reference else None,
        )
    )


def _answers(line: Taken) -> Answers:
    ways = [
        Way(channel, Said.UNKNOWN, line.get(column))
        for channel, column in ((Channel.CALL, Column.PHONE), (Channel.EMAIL, Column.EMAIL))
        if line.get(column)
    ]
    return Answers(
        Source.STAFF_ENTRY,
        name=line.get(Column.NAME),
        age=_age(line),
        relation=line.relation,
        address=line.address,
        happening=line.get(Column.NOTES),
        other_person=OtherPerson(line.get(Column.OTHER_NAME), line.get(Column.OTHER_IS)),
        safe_contact=SafeContact(ways=tuple(ways)),
        came_by="another system",
    )


def _age(line: Taken) -> int | None:
    """How old they were when it was reported."""
    born, then = line.born, line.opened_at.date()
    return then.year - born.year - ((then.month, then.day) < (born.month, born.day)) if born else None


def _about(line: Taken) -> str:
    known = {"Reference there": line.get(Column.REFERENCE), "Home": line.get(Column.PROPERTY)}
    known["Born"] = f"{line.born:%d/%m/%Y}" if line.born else ""
    return "; ".join(f"{name}: {text}" for name, text in known.items() if text)


def _added_to(session: Session, made: ImportedCase) -> bool:
    case = session.get_one(Case, (made.landlord_id, made.case_id))
    return case.revision != made.revision or _entries(session, case.id) != made.entries


def _entries(session: Session, case_id: UUID) -> int:
    here = scope_of(session).landlord_id
    lines = select(func.count()).where(TimelineEntry.landlord_id == here, TimelineEntry.case_id == case_id)
    return session.scalar(lines) or 0


def _telling(session: Session, import_id: UUID) -> Told:
    """How far it is, told beside the transaction that makes the cases."""
    scope = scope_of(session)

    def told(done: int) -> None:
        with beside(session, scope) as telling:
            telling.execute(update(CaseImport).where(CaseImport.id == import_id).values(done=done))

    return told
