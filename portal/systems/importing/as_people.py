"""Lines as colleagues: invited with their roles, their courses written down; taken back while nobody has come in."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.assessments.models import Assessment
from portal.domain.calendar import at_wall_clock
from portal.domain.importing.people import Known, Person, PersonColumn, check
from portal.domain.importing.table import Fault, Sheet
from portal.domain.permissions import Permission, grantable, permissions_of
from portal.people import inviting, training
from portal.people.administering import Part
from portal.people.models import Account, StaffInvitation, Training
from portal.people.queries import colleagues
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of
from portal.systems.importing.models import CODES, CaseImport, ImportedColleague

Told = Callable[[int], None]


def look(
    session: Session, sheet: Sheet, mapped: dict[PersonColumn, int], asker: UUID, now: datetime
) -> tuple[list[Person], list[Fault]]:
    """Every line as a colleague, and every fault. Who works elsewhere is asked of nobody, and told to nobody."""
    emails = _emails(session, now)
    own = next((email for email, account_id in emails.items() if account_id == asker), "")
    return check(
        sheet, mapped, Known(now, frozenset(emails), own, frozenset(grantable(_held(session, asker, now))))
    )


def make(
    session: Session, row: CaseImport, lines: Sequence[Person], actor: Actor, now: datetime, told: Told
) -> None:
    """Invite everybody who has roles, write every course down. The codes are sealed until they are handed over."""
    assert actor.account_id is not None  # noqa: S101 - somebody asked for it
    held, emails, codes = _held(session, actor.account_id, now), _emails(session, now), []
    for number, each in enumerate(lines, start=1):
        if each.roles:
            found = inviting.invite(session, each.email, each.name, _part(each), actor, held, now)
            codes.append({"name": each.name, "email": each.email, "code": found.code})
            emails[each.email] = found.account_id
            session.flush()
        account_id = emails[each.email]
        course = training.record(session, account_id, each.course, actor, now) if each.course else None
        session.flush()
        session.add(
            ImportedColleague(
                landlord_id=row.landlord_id,
                id=new_id(),
                import_id=row.id,
                account_id=account_id,
                line=each.line,
                invited=bool(each.roles),
                training_id=course,
            )
        )
        told(number)
    row.codes = box_of(session, row.id).seal_json(CODES, row.id, codes) if codes else None


def changed(session: Session, row: CaseImport) -> int:
    """How many have come in since, or have since done what a course was needed for."""
    made = _made(session, row.id)
    came = set(
        session.scalars(
            select(StaffInvitation.account_id).where(
                StaffInvitation.landlord_id == row.landlord_id,
                StaffInvitation.account_id.in_([each.account_id for each in made if each.invited]),
                StaffInvitation.used_at >= row.ended_at,
            )
        )
    )
    trained = [each.account_id for each in made if each.training_id]
    assessed = set(
        session.scalars(
            select(Assessment.completed_by).where(
                Assessment.landlord_id == row.landlord_id,
                Assessment.completed_by.in_(trained),
                Assessment.completed_at > row.ended_at,
            )
        )
    )
    return len(came | assessed)


def take_back(session: Session, row: CaseImport, actor: Actor, now: datetime, told: Told) -> None:
    """Take back every code that the file made, and strike out the courses that it wrote down."""
    made = _made(session, row.id)
    for number, each in enumerate(made, start=1):
        if each.training_id:
            course = session.get_one(Training, (row.landlord_id, each.training_id))
            each.training_id = None
            session.flush()
            session.delete(course)
        for asked in _asked_in(session, each.account_id) if each.invited else ():
            inviting.take_back(session, asked, actor, now)
        session.flush()
        told(len(made) - number)


def _part(person: Person) -> Part:
    ends = at_wall_clock(person.last_day + timedelta(days=1), time.min) if person.last_day else None
    return Part(person.roles, person.post or None, person.on_duty, ends)


def _emails(session: Session, now: datetime) -> dict[str, UUID]:
    """Everybody who has a role here or was asked in, by the address with which they sign in."""
    asked = session.scalars(
        select(StaffInvitation.account_id).where(
            StaffInvitation.landlord_id == scope_of(session).landlord_id,
            StaffInvitation.waits(),
        )
    )
    here = [*(each.account_id for each in colleagues(session, now)), *asked]
    rows = session.execute(select(Account.email, Account.id).where(Account.id.in_(here)))
    return {email.casefold(): account_id for email, account_id in rows}


def _held(session: Session, asker: UUID, now: datetime) -> frozenset[Permission]:
    """All that whoever asks may do here; nothing once they have left."""
    roles = next((each.roles for each in colleagues(session, now) if each.account_id == asker), frozenset())
    held = permissions_of(roles)
    return held if Permission.PEOPLE_ADMIN in held else frozenset()


def _made(session: Session, import_id: UUID) -> Sequence[ImportedColleague]:
    return session.scalars(
        select(ImportedColleague)
        .where(
            ImportedColleague.landlord_id == scope_of(session).landlord_id,
            ImportedColleague.import_id == import_id,
        )
        .order_by(ImportedColleague.line)
    ).all()


def _asked_in(session: Session, account_id: UUID) -> Sequence[UUID]:
    """By which invitation they are asked in and have not come."""
    return session.scalars(
        select(StaffInvitation.id).where(
            StaffInvitation.landlord_id == scope_of(session).landlord_id,
            StaffInvitation.account_id == account_id,
            StaffInvitation.waits(),
        )
    ).all()
