"""The verbs: make a token, end one, and let in whoever sends one."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.permissions import Permission
from portal.domain.systems import LASTS, ApiScope, may_give
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of
from portal.systems.tokens.models import SystemToken

KIND, SUBJECT = "system-token", "system_token"
BEGINS, HINT = "lt_", 9


class NoSuchTokenError(PortalError):
    """No token with this id here that still opens something."""


class NotYoursToGiveError(PortalError):
    """Nobody lets a system do what they may not do themselves."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token as somebody asks for it."""

    name: str
    scopes: tuple[ApiScope, ...]
    lasts: str


@dataclass(frozen=True, slots=True)
class LetIn:
    """Whose token it is, and whether it has the scope that is needed."""

    token_id: UUID
    name: str
    may: bool


def make(
    session: Session, wanted: Wanted, held: Collection[Permission], actor: Actor, now: datetime
) -> tuple[UUID, str]:
    """A new token and its secret, which is shown once and kept as a hash."""
    if not set(wanted.scopes) <= set(may_give(frozenset(held))):
        raise NotYoursToGiveError
    token_id, secret = new_id(), BEGINS + secrets.token_urlsafe(32)
    session.add(
        SystemToken(
            landlord_id=scope_of(session).landlord_id,
            id=token_id,
            name=wanted.name,
            hint=secret[:HINT],
            token=cipher_of(session).token(KIND, secret),
            scopes=[each.value for each in wanted.scopes],
            made_at=now,
            made_by=actor.name,
            until_at=now + LASTS[wanted.lasts],
        )
    )
    detail = " ".join(sorted(each.value for each in wanted.scopes))
    audit.record(session, Fact.SYSTEM_LET_IN, actor, now, subject=SUBJECT, subject_id=token_id, detail=detail)
    return token_id, secret


def end(session: Session, token_id: UUID, actor: Actor, now: datetime) -> None:
    """From this moment it opens nothing."""
    row = session.scalar(
        select(SystemToken)
        .where(
            SystemToken.landlord_id == scope_of(session).landlord_id,
            SystemToken.id == token_id,
            SystemToken.ended_at.is_(None),
        )
        .with_for_update()
    )
    if row is None:
        raise NoSuchTokenError
    row.ended_at, row.ended_by = now, actor.name
    audit.record(session, Fact.SYSTEM_SHUT_OUT, actor, now, subject=SUBJECT, subject_id=token_id)


def admit(session: Session, secret: str, scope: ApiScope | None, call: str, now: datetime) -> LetIn | None:
    """Whose token this is; the call is written down as the system's own, a refused one too. None for no such token."""
    row = session.execute(
        select(SystemToken.id, SystemToken.name, SystemToken.scopes).where(
            SystemToken.landlord_id == scope_of(session).landlord_id,
            SystemToken.token == cipher_of(session).token(KIND, secret),
            SystemToken.ended_at.is_(None),
            SystemToken.until_at > now,
        )
    ).first()
    if row is None:
        return None
    may = scope is None or scope.value in row.scopes
    actor = Actor(None, named(row.name), scope.value if scope else None)
    fact = Fact.SYSTEM_CALLED if may else Fact.SYSTEM_REFUSED
    audit.record(session, fact, actor, now, subject=SUBJECT, subject_id=row.id, detail=call)
    return LetIn(row.id, row.name, may)


def named(name: str) -> str:
    """A system as audits and timelines name it."""
    return f"{name} (system)"
