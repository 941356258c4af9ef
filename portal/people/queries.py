"""Staff as other pages need them: a person's sessions, and the colleagues who can be given a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import DateTime, select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.lifecycle import Route
from portal.domain.permissions import ROLE_NAMES, Permission, Role, permissions_of
from portal.people.models import Account, Membership, StaffSession
from portal.store.statements import HERE, Statement, ask, given


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One sign-in that still holds."""

    id: UUID
    device: str
    made_at: datetime
    seen_at: datetime


def sign_of(roles: Iterable[str], post: str | None, ends_at: datetime | None, *, on_duty: bool) -> str:
    """A sign of how somebody's part stands: another one as soon as anything of it is changed."""
    said = f"{' '.join(sorted(roles))} {post!r} {ends_at and ends_at.timestamp()} {on_duty}"
    return sha256(said.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a role at this landlord."""

    account_id: UUID
    name: str
    roles: frozenset[Role]
    post: str | None
    offers: tuple[str, ...]
    on_duty: bool
    ends_at: datetime | None = None

    def can(self, permission: Permission) -> bool:
        """May this colleague do that here?"""
        return permission in permissions_of(self.roles)

    @property
    def last_day(self) -> date | None:
        """Their last day here, if it is known."""
        return last_day(self.ends_at)

    @property
    def sign(self) -> str:
        """What a form carries along that changes this."""
        return sign_of(self.roles, self.post, self.ends_at, on_duty=self.on_duty)

    @property
    def role_names(self) -> str:
        """The roles in words, in the order of the table of roles."""
        return ", ".join(name for role, name in ROLE_NAMES.items() if role in self.roles)


def last_day(ends_at: datetime | None) -> date | None:
    """The last whole day before a role ends by itself."""
    return in_london(ends_at - timedelta(seconds=1)).date() if ends_at else None


def open_sessions(session: Session, account_id: UUID, used_after: datetime, now: datetime) -> list[SessionRow]:
    """The sign-ins of this account that could still be used, newest first; `used_after` is the idle limit."""
    rows = session.execute(
        select(StaffSession.id, StaffSession.device, StaffSession.made_at, StaffSession.seen_at)
        .where(
            StaffSession.account_id == account_id,
            StaffSession.revoked_at.is_(None),
            StaffSession.ends_at > now,
            StaffSession.seen_at > used_after,
        )
        .order_by(StaffSession.made_at.desc())
    )
    return [SessionRow(*row) for row in rows]


COLLEAGUES = Statement(
    select(
        Account.id,
        Account.name,
        Membership.roles,
        Membership.post,
        Membership.offers,
        Membership.on_duty,
        Membership.ends_at,
    )
    .join(Membership, Membership.account_id == Account.id)
    .where(
        Membership.landlord_id == HERE,
        Account.active,
        Membership.holds(given("now", DateTime(timezone=True))),
    )
    .order_by(Account.name)
)


def colleagues(session: Session, now: datetime) -> list[Colleague]:
    """Everybody with a role at the landlord of this scope, by name."""
    rows = ask(session, COLLEAGUES, now=now)
    return [
        Colleague(account_id, name, frozenset(map(Role, roles)), post, tuple(offers), on_duty, ends_at)
        for account_id, name, roles, post, offers, on_duty, ends_at in rows
    ]


def manager_among(session: Session, now: datetime) -> UUID | None:
    """A manager to whom a decision falls; None where there is none: then the officer of the case has to find one."""
    managers = [each.account_id for each in colleagues(session, now) if Role.MANAGER in each.roles]
    return managers[0] if managers else None


def caseworkers(session: Session, now: datetime, route: str) -> list[Colleague]:
    """Those who can be given a case of this route: they may work cases, and read it where it is about a colleague."""
    able = [each for each in colleagues(session, now) if each.can(Permission.CASE_WORK)]
    return [each for each in able if each.can(Permission.STAFF_ROUTE_READ)] if route == Route.STAFF else able
