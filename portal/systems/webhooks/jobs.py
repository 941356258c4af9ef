"""What follows: notices are promised when something happened, and sent in rounds, one in a transaction."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.webhooks import TRIES, WebhookKind, pause, signature
from portal.store.database import scope_of
from portal.systems.jobs.queries import leaves
from portal.systems.webhooks import service
from portal.systems.webhooks.models import Webhook, WebhookNotice
from portal.systems.webhooks.sending import NotSentError, send
from portal.work.programme import Open

log = structlog.get_logger()
AT_A_TIME, LONG_ENOUGH = 50, 12.0
"""So many in a round, and no more once it has taken so many seconds: a slow receiver holds up no worker."""
TAKEN = range(200, 300)


def tell_of_job_ordered(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """A job was ordered, if it may leave."""
    _job(session, WebhookKind.JOB_ORDERED, ids["job_id"], now)


def tell_of_job_ended(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """A job is over, if it may leave."""
    _job(session, WebhookKind.JOB_ENDED, ids["job_id"], now)


def tell_of_policy(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """A version of the policy was published."""
    service.promise(session, WebhookKind.POLICY_PUBLISHED, ids["version_id"], str(ids["version_id"]), now)


def _job(session: Session, kind: WebhookKind, job_id: UUID, now: datetime) -> None:
    line = leaves(session, job_id, now)
    if line:
        service.promise(session, kind, job_id, line.number, now)


@dataclass(frozen=True, slots=True)
class Carrier:
    """Sends notices. `anywhere` lets tests receive them on their own machine."""

    anywhere: bool = False

    def deliver(self, open_: Open, now: datetime) -> None:
        """What waits at one landlord: first what was tried least."""
        began = time.monotonic()
        for _ in range(AT_A_TIME):
            with open_() as session:
                if not self._next(session, now):
                    return
            if time.monotonic() - began > LONG_ENOUGH:
                return

    def _next(self, session: Session, now: datetime) -> bool:
        """Send one and note it in the same transaction; a crash between the two sends it again under its own id."""
        here = scope_of(session).landlord_id
        row = session.scalar(
            select(WebhookNotice)
            .where(
                WebhookNotice.landlord_id == here,
                WebhookNotice.sent_at.is_(None),
                WebhookNotice.stopped_at.is_(None),
                WebhookNotice.retry_at <= now,
            )
            .order_by(WebhookNotice.attempts, WebhookNotice.retry_at, WebhookNotice.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is None:
            return False
        hook = session.get_one(Webhook, (here, row.webhook_id))
        said = service.opened(session, hook)
        old = said["old"] if hook.old_until and hook.old_until > now else ""
        row.attempts += 1
        try:
            row.answered, row.fault = self._send(row, said["address"], said["secret"], old, now), None
        except NotSentError as fault:
            row.answered, row.fault = None, fault.fault
        if row.answered in TAKEN:
            row.sent_at = now
        elif row.attempts >= TRIES:
            row.stopped_at = now
            log.error("a notice to a system was given up", event_id=str(row.id), attempts=row.attempts)
        else:
            row.retry_at = now + pause(row.attempts - 1)
        return True

    def _send(self, row: WebhookNotice, address: str, secret: str, old: str, now: datetime) -> int:
        said = {"id": row.about, "kind": row.kind, "at": row.happened_at.astimezone(UTC).isoformat()}
        body = json.dumps(said, separators=(",", ":")).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Lintel",
            "Lintel-Notice": str(row.id),
            "Lintel-Signature": signature((secret, old) if old else (secret,), now, body),
        }
        return send(address, body, headers, anywhere=self.anywhere)
