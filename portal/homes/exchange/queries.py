"""What a landlord sees: needs without a name, its own needs and homes, and letters once both have agreed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.homes.exchange.cards import Thread, open_threads, thread_of
from portal.homes.exchange.models import ExchangeHome, ExchangeNeed
from portal.store.database import cipher_of, scope_of
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class OwnNeed:
    """A need of one of our cases."""

    id: UUID
    thread: Thread
    state: str
    posted_at: datetime
    actor: str
    side: UUID | None
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OwnHome:
    """A home that we offered for somebody's need."""

    id: UUID
    thread: Thread
    side: UUID
    state: str
    offered_at: datetime
    actor: str
    said: dict[str, Any]


def desk(session: Session) -> tuple[list[Thread], list[OwnHome]]:
    """The needs of others that stand on the desk, and the homes that we offered."""
    ours = own_threads(session)
    homes = own_homes(session)
    return [each for each in open_threads(session) if each.id not in ours], homes


def own_threads(session: Session) -> set[UUID]:
    """Which of the needs are ours."""
    here = scope_of(session).landlord_id
    return set(session.scalars(select(ExchangeNeed.thread).where(ExchangeNeed.landlord_id == here)))


def own_homes(session: Session) -> list[OwnHome]:
    """The homes that we offered, the newest first."""
    here, cipher = scope_of(session).landlord_id, cipher_of(session)
    rows = session.scalars(
        select(ExchangeHome)
        .where(ExchangeHome.landlord_id == here)
        .order_by(ExchangeHome.offered_at.desc(), ExchangeHome.id.desc())
    ).all()
    found = []
    for row in rows:
        thread = thread_of(session, row.thread)
        if thread is not None:
            said = cipher.open_json("exchange_home", row.id, row.sealed)
            found.append(OwnHome(row.id, thread, row.side, row.state, row.offered_at, row.actor, said))
    return found


def needs_of(session: Session, case_id: UUID) -> list[OwnNeed]:
    """The needs that were posted for a case, the newest first."""
    here, box = scope_of(session).landlord_id, box_of(session, case_id)
    rows = session.scalars(
        select(ExchangeNeed)
        .where(ExchangeNeed.landlord_id == here, ExchangeNeed.case_id == case_id)
        .order_by(ExchangeNeed.posted_at.desc(), ExchangeNeed.id.desc())
    ).all()
    found = []
    for row in rows:
        thread = thread_of(session, row.thread)
        if thread is not None:
            said = box.open_json("exchange_need", row.id, row.sealed)
            found.append(OwnNeed(row.id, thread, row.state, row.posted_at, row.actor, row.side, said))
    return found
