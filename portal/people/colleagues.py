"""Who works for a landlord now, as reminders need to know it."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, DateTime, Text, Uuid, cast, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from portal.domain.permissions import Permission, Role, permissions_of
from portal.people.models import Account, Membership
from portal.store.statements import HERE, Later, Statement, ask, given, pose


class Colleague(NamedTuple):
    """One person's part at this landlord."""

    account_id: UUID
    roles: frozenset[Role]
    post: str
    on_duty: bool

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything that this person may do here."""
        return permissions_of(self.roles)


def colleagues(session: Session, now: datetime) -> tuple[Colleague, ...]:
    """Everybody with an account and a role at this landlord."""
    return pose_colleagues(session, now)()


def pose_colleagues(session: Session, now: datetime) -> Later[tuple[Colleague, ...]]:
    """The same, for whoever asks for more at once."""
    found = pose(session, EVERYBODY, now=now)
    return lambda: _colleagues(found.rows)


def near_at_hand(session: Session, now: datetime, concerned: Iterable[UUID]) -> tuple[Colleague, ...]:
    """Those concerned, and all but officers who are neither on duty nor in a post: few, however many officers."""
    return _colleagues(ask(session, NEAR, now=now, concerned=list(concerned)))


def _colleagues(rows: Iterable[Any]) -> tuple[Colleague, ...]:
    return tuple(
        Colleague(account_id, _roles(*roles), post or "", on_duty) for account_id, roles, post, on_duty in rows
    )


def address_of(session: Session, account_id: UUID, now: datetime) -> str | None:
    """Where to write to somebody who works here now; None for everybody else."""
    return session.scalar(
        select(Account.email)
        .join(Membership, Membership.account_id == Account.id)
        .where(Account.id == account_id, _works_here(now))
    )


@cache
def _roles(*held: str) -> frozenset[Role]:
    """A landlord has many colleagues, and few who have other roles than the rest."""
    return frozenset(map(Role, held))


def _works_here(now: datetime | BindParameter[Any]) -> ColumnElement[bool]:
    return Account.active & Membership.holds(now)


_AT_WORK = (
    select(Membership.account_id, Membership.roles, Membership.post, Membership.on_duty)
    .join(Account, Account.id == Membership.account_id)
    .where(Membership.landlord_id == HERE, _works_here(given("now", DateTime(timezone=True))))
    .order_by(Membership.account_id)
)
EVERYBODY = Statement(_AT_WORK)
NEAR = Statement(
    _AT_WORK.where(
        or_(
            Membership.on_duty,
            cast(Membership.roles, Text) != f'["{Role.OFFICER.value}"]',
            func.coalesce(Membership.post, "") != "",
            Membership.account_id == func.any(given("concerned", ARRAY(Uuid()))),
        )
    )
)
