"""Delivering what was left for staff: one message per transaction, again after a failure, given up late and loudly."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from portal.messaging.gateway import Gateway, GatewayAwayError, LetterRefusedError, StaffLetter
from portal.messaging.words import WITH_SECRET, Kind
from portal.work.models import Message
from portal.work.programme import Open

log = structlog.get_logger()
AT_A_TIME = 50
FIRST_PAUSE = 15.0
LONGEST_PAUSE = 1800.0
REFUSALS = 6
OPAQUE = "/desk/go/"
"""All that a mail leads to: behind the sign-in the message itself says where. No landlord, no case stands in it."""
GIVEN_UP_AFTER = timedelta(days=3)
WAITING = Message.sent_at.is_(None) & Message.stopped_at.is_(None)


@dataclass(frozen=True, slots=True)
class Postman:
    """How a message gets to its reader; what lies above this part is handed in."""

    gateway: Gateway
    base_url: str
    address_of: Callable[[Session, UUID, datetime], str | None]
    """The address of somebody who works for this landlord now; None for everybody else."""
    take_back: Callable[[Session, datetime], object]
    """Stops waiting messages whose matter was dealt with meanwhile."""

    secret_of: Callable[[Session, UUID, Kind, datetime], str]
    """What somebody is to type in, made anew with each try to send it, and kept nowhere but as a hash."""

    def deliver(self, open_: Open, now: datetime) -> None:
        """Send what waits at one landlord, the most pressing first."""
        with open_() as session:
            self.take_back(session, now)
        try:
            for _ in range(AT_A_TIME):
                with open_() as session:
                    if not self._deliver_next(session, now):
                        break
        except GatewayAwayError as fault:
            with open_() as session:
                _put_off(session, str(fault), now)
        finally:
            self.gateway.close()

    def _deliver_next(self, session: Session, now: datetime) -> bool:
        """Send the next message and note it in the same transaction; false if none waits.

        A crash between the two sends it again, under the same Message-ID.
        """
        row = session.execute(
            select(
                Message.id,
                Message.account_id,
                Message.kind,
                Message.code,
                Message.link,
                Message.count.label("things"),
                Message.attempts,
            )
            .where(WAITING, Message.retry_at <= now)
            .order_by(Message.kind != Kind.LIFE.value, Message.retry_at, Message.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return False
        session.execute(update(Message).where(Message.id == row.id).values(self._sent(session, row, now)))
        return True

    def _sent(self, session: Session, row: Row[*tuple[Any, ...]], now: datetime) -> dict[str, Any]:
        """Try to send; what is then to be noted about the message."""
        to = self.address_of(session, row.account_id, now)
        if to is None:
            return {"stopped_at": now, "fault": None}
        kind, secret = Kind(row.kind), ""
        link = f"{self.base_url}{OPAQUE}{row.id}"
        if kind in WITH_SECRET:
            secret, link = self.secret_of(session, row.account_id, kind, now), f"{self.base_url}{row.link}"
        try:
            self.gateway.send(StaffLetter(row.id, to, kind, row.code, link, row.things, secret))
        except LetterRefusedError as fault:
            return _refused(row, str(fault), now)
        return {"sent_at": now, "fault": None}


def _refused(row: Row[Any], fault: str, now: datetime) -> dict[str, Any]:
    """Again after a longer and longer pause, and given up after a few refusals."""
    attempts = row.attempts + 1
    if attempts >= REFUSALS:
        log.error("a message was given up", message_id=str(row.id), attempts=attempts, fault=fault)
        return {"attempts": attempts, "fault": fault, "stopped_at": now}
    pause = timedelta(seconds=min(FIRST_PAUSE * 4**row.attempts, LONGEST_PAUSE))
    return {"attempts": attempts, "fault": fault, "retry_at": now + pause}


def _put_off(session: Session, fault: str, now: datetime) -> None:
    """The carrier is away: everything that waits at this landlord waits a little longer.

    It is given up only when it is days old, so that a mail server that is away for a night costs nothing.
    """
    log.warning("mail cannot be sent", fault=fault)
    due = WAITING & (Message.retry_at <= now)
    seconds = func.least(FIRST_PAUSE * func.power(2, func.least(Message.attempts, 10)), LONGEST_PAUSE)
    later = now + func.make_interval(0, 0, 0, 0, 0, 0, seconds)
    session.execute(
        update(Message)
        .where(due, Message.made_at <= now - GIVEN_UP_AFTER)
        .values(stopped_at=now, fault=fault)
    )
    session.execute(
        update(Message).where(due).values(attempts=Message.attempts + 1, retry_at=later, fault=fault)
    )
