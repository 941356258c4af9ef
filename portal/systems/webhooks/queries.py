"""Where notices go, and what became of the newest of them."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.webhooks import KINDS, WebhookKind
from portal.store.database import cipher_of, scope_of
from portal.systems.webhooks.models import PLACE, Webhook, WebhookNotice

SHOWN = 50


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """One place to which notices go: its host, and how it stands."""

    id: UUID
    name: str
    host: str
    kinds: tuple[str, ...]
    made_at: datetime
    made_by: str
    old_until: datetime | None
    ended_at: datetime | None
    ended_by: str | None
    last_at: datetime | None
    waiting: int
    given_up: int


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice in the log."""

    id: UUID
    kind: str
    about: str
    happened_at: datetime
    attempts: int
    retry_at: datetime
    sent_at: datetime | None
    stopped_at: datetime | None
    answered: int | None
    fault: str | None


def webhooks(session: Session) -> list[WebhookRow]:
    """Every place: those that still get notices first."""
    rows = session.scalars(
        select(Webhook)
        .where(Webhook.landlord_id == scope_of(session).landlord_id)
        .order_by(Webhook.ended_at.desc().nulls_first(), Webhook.made_at.desc())
        .limit(SHOWN)
    )
    return [_row(session, each) for each in rows]


def webhook(session: Session, webhook_id: UUID) -> WebhookRow | None:
    """One place."""
    row = session.get(Webhook, (scope_of(session).landlord_id, webhook_id))
    return _row(session, row) if row else None


def log(session: Session, webhook_id: UUID) -> list[NoticeRow]:
    """Its newest notices."""
    names = NoticeRow.__slots__
    rows = session.scalars(
        select(WebhookNotice)
        .where(WebhookNotice.landlord_id == scope_of(session).landlord_id, WebhookNotice.webhook_id == webhook_id)
        .order_by(WebhookNotice.happened_at.desc(), WebhookNotice.id.desc())
        .limit(SHOWN)
    )
    return [NoticeRow(**{name: getattr(each, name) for name in names}) for each in rows]


def _row(session: Session, row: Webhook) -> WebhookRow:
    each = WebhookNotice
    waits = each.sent_at.is_(None) & each.stopped_at.is_(None)
    last, waiting, given_up = session.execute(
        select(
            func.max(each.sent_at),
            func.count().filter(waits),
            func.count().filter(each.stopped_at.is_not(None)),
        ).where(each.landlord_id == row.landlord_id, each.webhook_id == row.id)
    ).one()
    address = cipher_of(session).open_json(PLACE, row.id, row.sealed)["address"]
    kinds = tuple(KINDS[WebhookKind(kind)] for kind in row.kinds)
    return WebhookRow(
        row.id, row.name, urlsplit(address).hostname or "", kinds, row.made_at, row.made_by, row.old_until,
        row.ended_at, row.ended_by, last, waiting, given_up,
    )  # fmt: skip
