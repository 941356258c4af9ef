"""Lines as open cases: what they are held against, making them, and taking them back while they are bare."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case, TimelineEntry
from portal.cases.opening import tell
from portal.cases.retention.service import take_back as empty
from portal.deadlines import service as deadlines
from portal.domain.clock import StopAct
from portal.domain.contact import Channel, SafeContact, Said, Way
from portal.domain.importing.cases import Column, Known, Taken, check
from portal.domain.importing.table import Fault, Sheet, folded
from portal.domain.intake import Answers, OtherPerson
from portal.domain.lifecycle import CaseStage, Source
from portal.domain.permissions import Permission
from portal.homes.register.queries import by_reference
from portal.landlords.models import PolicyVersion
from portal.people.models import Account
from portal.people.queries import colleagues
from portal.referrals.service import open_case, receive
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of
from portal.store.tenancy import Landlord
from portal.systems.importing.models import CaseImport, ImportedCase

KEY, EVERY = "imported-case", 10
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Place:
    """What every case of a file shares."""

    row: CaseImport
    code: str
    officers: dict[str, UUID]
    homes: dict[str, UUID]
    actor: Actor
    now: datetime


def look(
    session: Session, sheet: Sheet, mapped: dict[Column, int], asker: UUID, now: datetime
) -> tuple[list[Taken], list[Fault]]:
    """Every line as a case, and every fault, as things stand now."""
    del asker  # whoever may take cases over at all may take over each
    since = session.scalar(
        select(func.min(PolicyVersion.in_force_from)).where(
            PolicyVersion.landlord_id == scope_of(session).landlord_id
        )
    )
    homes = {
        folded(each): home.address
        for each, home in by_reference(session, _under(sheet, mapped, Column.PROPERTY)).items()
    }
    before = _before(session, _under(sheet, mapped, Column.REFERENCE))
    known = Known(now, since or now.date(), frozenset(officers(session, now)), before, homes)
    return check(sheet, mapped, known)


def make(
    session: Session, row: CaseImport, lines: Sequence[Taken], actor: Actor, now: datetime, told: Told
) -> None:
    """A case of each line."""
    code = session.scalars(select(Landlord.code).where(Landlord.id == row.landlord_id)).one()
    references = {each.get(Column.PROPERTY) for each in lines}
    homes = {each: home.id for each, home in by_reference(session, references).items()}
    place = Place(row, code, officers(session, now), homes, actor, now)
    for number, each in enumerate(lines, start=1):
        _one(session, place, each)
        if number % EVERY == 0:
            told(number)


def changed(session: Session, row: CaseImport) -> int:
    """How many of its cases are not as they were made."""
    return sum(_added_to(session, each) for each in _made(session, row.id))


def take_back(session: Session, row: CaseImport, actor: Actor, now: datetime, told: Told) -> None:
    """Empty every case of the file."""
    made = _made(session, row.id)
    for number, each in enumerate(made, start=1):
        empty(session, each.case_id, actor, now)
        if number % EVERY == 0:
            told(len(made) - number)


def officers(session: Session, now: datetime) -> dict[str, UUID]:
    """Those who work cases here, by the address with which they sign in."""
    able = [each for each in colleagues(session, now) if each.can(Permission.CASE_WORK)]
    there = [each.account_id for each in able]
    found = session.execute(select(Account.email, Account.id).where(Account.id.in_(there)))
    return {email.casefold(): account_id for email, account_id in found}


def key_of(session: Session, reference: str) -> bytes:
    """By what a case of another system is known here."""
    return cipher_of(session).token(KEY, folded(reference))


def _under(sheet: Sheet, mapped: dict[Column, int], column: Column) -> set[str]:
    place = mapped.get(column)
    return (
        {row[place].strip() for row in sheet.lines[1:] if row[place].strip()} if place is not None else set()
    )


def _before(session: Session, references: set[str]) -> set[str]:
    """Those of them that were taken over before."""
    here, keys = scope_of(session).landlord_id, {key_of(session, each): each for each in references}
    known = session.scalars(
        select(ImportedCase.key)
        .join(CaseImport, (CaseImport.landlord_id == here) & (CaseImport.id == ImportedCase.import_id))
        .where(
            ImportedCase.landlord_id == here, ImportedCase.key.in_(list(keys)), CaseImport.state != "undone"
        )
    )
    return {keys[each] for each in known if each}


def _made(session: Session, import_id: UUID) -> Sequence[ImportedCase]:
    return session.scalars(
        select(ImportedCase).where(
            ImportedCase.landlord_id == scope_of(session).landlord_id, ImportedCase.import_id == import_id
        )
    ).all()


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
            session,
            Fact.CASE_ASSIGNED,
            place.actor,
            place.now,
            subject="case",
            subject_id=case.id,
            detail=detail,
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
            home_id=place.homes.get(line.get(Column.PROPERTY)),
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
