"""Who works for a landlord now, as reminders need to know it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.domain.permissions import Permission, Role, permissions_of
from portal.people.models import Account, Membership


@dataclass(frozen=True, slots=True)
class Colleague:
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
    rows = session.execute(
        select(Membership.account_id, Membership.roles, Membership.post, Membership.on_duty)
        .join(Account, Account.id == Membership.account_id)
        .where(_works_here(now))
        .order_by(Membership.account_id)
    )
    return tuple(
        Colleague(account_id, frozenset(map(Role, roles)), post or "", on_duty)
        for account_id, roles, post, on_duty in rows
    )


def address_of(session: Session, account_id: UUID, now: datetime) -> str | None:
    """Where to write to somebody who works here now; None for everybody else."""
    return session.scalar(
        select(Account.email)
        .join(Membership, Membership.account_id == Account.id)
        .where(Account.id == account_id, _works_here(now))
    )


def _works_here(now: datetime) -> ColumnElement[bool]:
    return Account.active & (Membership.ends_at.is_(None) | (Membership.ends_at > now))
