"""The tokens of a landlord, as their page shows them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.systems import SCOPES, ApiScope, Scope
from portal.store.audit import AuditEntry, Fact
from portal.store.database import scope_of
from portal.systems.tokens.models import SystemToken

SHOWN = 100


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token, without its secret."""

    id: UUID
    name: str
    hint: str
    scopes: tuple[Scope, ...]
    made_at: datetime
    made_by: str
    until_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    last_at: datetime | None
    state: str


def tokens(session: Session, now: datetime) -> list[TokenRow]:
    """Every token: those that open something first, the newest first."""
    rows = session.scalars(
        select(SystemToken)
        .where(SystemToken.landlord_id == scope_of(session).landlord_id)
        .order_by(SystemToken.ended_at.desc().nulls_first(), SystemToken.made_at.desc())
        .limit(SHOWN)
    ).all()
    used = _last_used(session, [each.id for each in rows])
    return [
        TokenRow(
            each.id,
            each.name,
            each.hint,
            tuple(SCOPES[ApiScope(scope)] for scope in each.scopes if scope in set(ApiScope)),
            each.made_at,
            each.made_by,
            each.until_at,
            each.ended_at,
            each.ended_by,
            used.get(each.id),
            "ended" if each.ended_at else "over" if each.until_at <= now else "open",
        )
        for each in rows
    ]


def _last_used(session: Session, token_ids: list[UUID]) -> dict[UUID, datetime]:
    found = session.execute(
        select(AuditEntry.subject_id, func.max(AuditEntry.at))
        .where(
            AuditEntry.landlord_id == scope_of(session).landlord_id,
            AuditEntry.subject_id.in_(token_ids),
            AuditEntry.fact.in_((Fact.SYSTEM_CALLED.value, Fact.SYSTEM_REFUSED.value)),
        )
        .group_by(AuditEntry.subject_id)
    )
    return {token_id: at for token_id, at in found if token_id}
