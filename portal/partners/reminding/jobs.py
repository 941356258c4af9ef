"""The workers of agencies hear that something waits: once of each thing and each stage of it, together in one mail.

A mail says neither what, nor of whom, nor of which landlord. What is there for them is asked in their own scope, so
that the database decides. Each landlord's round tells of its own things only: no mail, row or count of one says that
there is another.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain.agency_roles import AgencyPermission, agency_permissions_of
from portal.domain.calendar import in_london
from portal.messaging.words import Kind
from portal.partners.members.inviting import of_me
from portal.partners.members.queries import agency_of, members
from portal.people.models import Account
from portal.store.database import scope_of, with_eyes_of
from portal.store.scope import NOBODY, AccountScope, AgencyScope
from portal.work.delivery import WAITING
from portal.work.models import Message
from portal.work.notices import Notice, leave
from portal.work.programme import Open

PAGE = "/desk/partner/cases"
"""Where every such mail leads, behind the sign-in: the list of what is there, the same for everybody."""
BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that waits for an agency, and how pressing it is."""

    cause_id: UUID
    kind: Kind


@dataclass(frozen=True, slots=True)
class Of:
    """Whose things: of which landlord, for which agency, as of when."""

    landlord_id: UUID
    agency_id: UUID
    now: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """A kind of things that can wait: `agencies` in the landlord's scope, `waiting` in the agency's own."""

    agencies: Callable[[Session], Iterable[UUID]]
    waiting: Callable[[Session, Of], Iterable[Waits]]


def remind_agencies(looks: tuple[Look, ...]) -> Callable[[Open, datetime], None]:
    """The round: what lies above this part is handed in."""
    return partial(_remind, looks=looks)


def by_its_day(due_on: date, now: datetime) -> Kind | None:
    """How pressing something is by its day: near, today, over; None while there is time."""
    today = in_london(now).date()
    if due_on < today:
        return Kind.OVERDUE
    if due_on == today:
        return Kind.DUE_NOW
    return Kind.DUE_SOON if due_on <= today + BEFORE else None


def address_at_agency(session: Session, account_id: UUID, now: datetime) -> str | None:
    """Where to write to somebody who works for an agency now, or is asked in by one; None for everybody else."""
    with with_eyes_of(session, AccountScope(account_id)) as own:
        if agency_of(own, account_id) is None and not of_me(own, account_id, now):
            return None
        return own.scalar(select(Account.email).where(Account.id == account_id, Account.active))


def _remind(open_: Open, now: datetime, *, looks: tuple[Look, ...]) -> None:
    with open_() as session:
        known = sorted({agency for look in looks for agency in look.agencies(session)})
    for agency_id in known:
        with open_() as session:
            people = _workers(session, agency_id)
            if not people:
                continue
            of = Of(scope_of(session).landlord_id, agency_id, now)
            with with_eyes_of(session, AgencyScope(agency_id, people[0])) as theirs:
                found = {each for look in looks for each in look.waiting(theirs, of)}
            told = sorted(found, key=lambda each: (each.kind.rank, each.cause_id))
            leave(session, [Notice(who, each.cause_id, each.kind, PAGE) for each in told for who in people], now)
            _one_mail_for_each_kind(session, people, now)


def _one_mail_for_each_kind(session: Session, people: list[UUID], now: datetime) -> None:
    """Ten things that come in together are one mail, because all of them lead to the same list."""
    session.flush()
    left = session.execute(
        select(Message.id, Message.account_id, Message.kind)
        .where(
            Message.landlord_id == scope_of(session).landlord_id,
            Message.account_id.in_(people),
            Message.made_at == now,
            WAITING,
        )
        .order_by(Message.id)
    ).all()
    first = {(each.account_id, each.kind): each.id for each in reversed(left)}
    told_with_it = [each.id for each in left if each.id not in first.values()]
    session.execute(update(Message).where(Message.id.in_(told_with_it)).values(stopped_at=now))


def _workers(session: Session, agency_id: UUID) -> list[UUID]:
    """Those who may open what waits; a coordinator who sees no case hears of none."""
    with with_eyes_of(session, AgencyScope(agency_id, NOBODY)) as theirs:
        return [
            each.account_id
            for each in members(theirs)
            if each.ended_at is None and AgencyPermission.CASES_READ in agency_permissions_of(each.roles)
        ]
