"""The verbs: name a place for notices, give it another secret, try it, end it; and promise notices of what happened."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.webhooks import OLD_SECRET_FOR, WebhookKind
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of
from portal.store.holding import held
from portal.systems.webhooks.models import PLACE, Webhook, WebhookNotice

BEGINS, SUBJECT = "lts_", "webhook"


class NoSuchWebhookError(PortalError):
    """No place with this id here that still gets notices."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place as somebody names it."""

    name: str
    address: str
    kinds: tuple[WebhookKind, ...]


def make(session: Session, wanted: Wanted, actor: Actor, now: datetime) -> tuple[UUID, str]:
    """From now on notices go there. Its secret is shown once."""
    webhook_id, secret = new_id(), _secret()
    said = {"address": wanted.address, "secret": secret, "old": ""}
    session.add(
        Webhook(
            landlord_id=scope_of(session).landlord_id,
            id=webhook_id,
            name=wanted.name,
            kinds=[each.value for each in wanted.kinds],
            made_at=now,
            made_by=actor.name,
            sealed=cipher_of(session).seal_json(PLACE, webhook_id, said),
        )
    )
    _note(session, Fact.WEBHOOK_MADE, webhook_id, actor, now)
    return webhook_id, secret


def renew_secret(session: Session, webhook_id: UUID, actor: Actor, now: datetime) -> str:
    """Another secret, shown once; for a day notices are signed with the former one as well."""
    row, secret = get(session, webhook_id), _secret()
    said = opened(session, row)
    row.sealed = cipher_of(session).seal_json(PLACE, row.id, said | {"secret": secret, "old": said["secret"]})
    row.old_until = now + OLD_SECRET_FOR
    _note(session, Fact.WEBHOOK_CHANGED, webhook_id, actor, now)
    return secret


def end(session: Session, webhook_id: UUID, actor: Actor, now: datetime) -> None:
    """No notice goes there any more, nor any that still waits. Its secrets are forgotten."""
    row = get(session, webhook_id)
    said = opened(session, row)
    row.sealed = cipher_of(session).seal_json(PLACE, row.id, said | {"secret": "", "old": ""})
    row.ended_at, row.ended_by = now, actor.name
    waiting = (WebhookNotice.sent_at.is_(None)) & (WebhookNotice.stopped_at.is_(None))
    session.execute(
        update(WebhookNotice)
        .where(WebhookNotice.landlord_id == row.landlord_id, WebhookNotice.webhook_id == row.id, waiting)
        .values(stopped_at=now, fault="ended")
    )
    _note(session, Fact.WEBHOOK_ENDED, webhook_id, actor, now)


def attempt(session: Session, webhook_id: UUID, actor: Actor, now: datetime) -> None:
    """Send a notice that nothing happened, to see whether it arrives."""
    row = get(session, webhook_id)
    _promise(session, [row.id], WebhookKind.TRIAL, new_id(), "trial", now)
    _note(session, Fact.WEBHOOK_CHANGED, webhook_id, actor, now, "trial")


def promise(session: Session, kind: WebhookKind, cause_id: UUID, about: str, now: datetime) -> None:
    """A notice for each place that wants to know of this; the same cause twice is one notice."""
    wanted = session.execute(
        select(Webhook.id, Webhook.kinds).where(
            Webhook.landlord_id == scope_of(session).landlord_id, Webhook.ended_at.is_(None)
        )
    )
    _promise(session, [row.id for row in wanted if kind.value in row.kinds], kind, cause_id, about, now)


def get(session: Session, webhook_id: UUID) -> Webhook:
    """A place that still gets notices."""
    row = held(session, Webhook, webhook_id, Webhook.ended_at.is_(None))
    if row is None:
        raise NoSuchWebhookError
    return row


def opened(session: Session, row: Webhook) -> dict[str, str]:
    """Its address and secrets."""
    said: dict[str, str] = cipher_of(session).open_json(PLACE, row.id, row.sealed)
    return said


def _promise(
    session: Session, webhook_ids: list[UUID], kind: WebhookKind, cause_id: UUID, about: str, now: datetime
) -> None:
    here = scope_of(session).landlord_id
    rows: list[dict[str, Any]] = [
        {
            "landlord_id": here, "id": new_id(), "webhook_id": each, "kind": kind.value, "about": about,
            "cause_id": cause_id, "happened_at": now, "attempts": 0, "retry_at": now,
        }
        for each in webhook_ids
    ]  # fmt: skip
    if rows:
        session.execute(insert(WebhookNotice).on_conflict_do_nothing(), rows)


def _secret() -> str:
    return BEGINS + secrets.token_urlsafe(32)


def _note(
    session: Session, fact: Fact, webhook_id: UUID, actor: Actor, now: datetime, detail: str | None = None
) -> None:
    audit.record(session, fact, actor, now, subject=SUBJECT, subject_id=webhook_id, detail=detail)
