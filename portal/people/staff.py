"""Giving people accounts and roles. Nobody's roles are kept anywhere but in owned rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.permissions import Role
from portal.people.models import Account, Membership
from portal.people.passwords import hashed
from portal.store import audit
from portal.store.audit import PORTAL, Actor, Fact
from portal.store.base import new_id
from portal.store.database import Database, scope_of
from portal.store.scope import LandlordScope, PublicScope


def add_staff(  # noqa: PLR0913 - an account has this many sides
    database: Database,
    *,
    email: str,
    name: str,
    password: str,
    roles: Mapping[UUID, Sequence[Role]],
    now: datetime,
    offers: Sequence[str] | None = None,
    post: str | None = None,
    on_duty: bool = False,
    demo: bool = False,
    ends_at: datetime | None = None,
) -> UUID:
    """Make an account, or find the one with this address, and give it roles at each landlord.

    By whoever runs the portal, who says that the address is its owner's.
    """
    with database.work(PublicScope()) as session:
        account_id = _account(session, email.strip().lower(), name, password, now, demo=demo)
    for landlord_id, held in roles.items():
        with database.work(LandlordScope(landlord_id)) as session:
            give_roles(
                session, account_id, held, PORTAL, now, offers=offers, post=post, on_duty=on_duty, ends_at=ends_at
            )
    return account_id


def give_roles(  # noqa: PLR0913 - a role has this many sides
    session: Session,
    account_id: UUID,
    roles: Sequence[Role],
    actor: Actor,
    now: datetime,
    *,
    offers: Sequence[str] | None = None,
    post: str | None = None,
    on_duty: bool = False,
    ends_at: datetime | None = None,
) -> None:
    """Set what an account may do for the landlord of this scope; no roles ends its access at once.

    What they have stated of themselves stays as it is unless `offers` says otherwise.

    A delegation ends by itself at `ends_at` (HS-026 1.1).
    """
    membership = session.scalar(select(Membership).where(Membership.account_id == account_id))
    if membership is None:
        membership = Membership(
            landlord_id=scope_of(session).landlord_id, id=new_id(), account_id=account_id, roles=[], offers=[]
        )
        session.add(membership)
    membership.roles = [role.value for role in roles]
    if offers is not None:
        membership.offers = list(offers)
    membership.post, membership.on_duty = post, on_duty
    membership.ends_at = ends_at if roles else now
    audit.record(
        session,
        Fact.ROLE_CHANGED,
        actor,
        now,
        subject="account",
        subject_id=account_id,
        detail=" ".join(membership.roles),
    )


def _account(session: Session, email: str, name: str, password: str, now: datetime, *, demo: bool) -> UUID:
    found = session.scalar(select(Account.id).where(Account.email == email))
    if found:
        return found
    account = Account(
        id=new_id(), email=email, name=name, password_hash=hashed(password), demo=demo, made_at=now, shown_at=now
    )
    session.add(account)
    session.flush()
    return account.id
