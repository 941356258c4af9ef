"""The verbs of whoever offers a home: offer it, agree once she has, say no, write to the other side, read the letter.

Sources: AG/013 OP8; STAR 3.12, 3.16. A manager offers: it is one of our own homes, under our own rules.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.rehousing.board import Reason
from portal.domain.rehousing.exchange import Card, Room
from portal.domain.securing import Refusal
from portal.homes.exchange.cards import Offered, Thread, Written, letter, room_about, thread_of, write
from portal.homes.exchange.models import ExchangeHome
from portal.homes.exchange.queries import own_threads
from portal.homes.refused import RefusedError
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of
from portal.store.letters import new_pair, open_with, seal_to
from portal.store.tenancy import Landlord

PLACE = "exchange_home"


class NoSuchHomeError(PortalError):
    """No home of ours with this id, or no need on the desk."""


@dataclass(frozen=True, slots=True)
class Offering:
    """One of our homes: what goes onto the desk, and what stays here until both have agreed."""

    room: Room
    address: str
    words: str
    reason: str


def offer(
    session: Session, thread_id: UUID, found: Offering, actor: Actor, now: datetime, *, is_manager: bool
) -> UUID:
    """Offer a home for somebody's need. Its address stays with us, sealed."""
    thread = thread_of(session, thread_id)
    if thread is None or thread.down or thread_id in own_threads(session):
        raise NoSuchHomeError
    if not is_manager:
        raise RefusedError(Refusal("bedrooms", Reason("A manager offers one of our homes.")))
    lacks = found.room.lacks(thread.need)
    if lacks and not found.reason.strip():
        raise RefusedError(*(Refusal("reason", Reason(each)) for each in lacks))
    private, public = new_pair()
    row_id, side = new_id(), uuid4()  # chance alone: an id of ours would tell the time
    said = {"address": found.address, "words": found.words, "reason": found.reason, "private": private.hex()}
    session.add(
        ExchangeHome(
            landlord_id=scope_of(session).landlord_id,
            id=row_id,
            thread=thread_id,
            side=side,
            state="offered",
            offered_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=cipher_of(session).seal_json(PLACE, row_id, said),
        )
    )
    card = Written(Card.HOME, thread_id, side, room_about(found.room), public)
    write(session, card, in_london(now).date())
    session.flush()
    _audit(session, row_id, "offered", actor, now)
    return row_id


def agree(session: Session, home_id: UUID, actor: Actor, now: datetime, *, is_manager: bool) -> None:
    """We agree too, once she has; then each side may write to the other."""
    row, _thread, home = _own(session, home_id)
    if not is_manager:
        raise RefusedError(Refusal("words", Reason("A manager agrees for us.")))
    if not home.need_agrees or home.refused:
        raise RefusedError(Refusal("words", Reason("The other side has not agreed to this home.")))
    row.state = "met"
    write(session, Written(Card.HOME_AGREES, row.thread, row.side), in_london(now).date())
    _audit(session, row.id, "agreed", actor, now)


def refuse(session: Session, home_id: UUID, actor: Actor, now: datetime) -> None:
    """We take the home back."""
    row, _thread, _home = _own(session, home_id)
    row.state = "down"
    write(session, Written(Card.NO, row.thread, row.side, by_home=True), in_london(now).date())
    _audit(session, row.id, "refused", actor, now)


def introduce(session: Session, home_id: UUID, words: str, actor: Actor, now: datetime) -> None:
    """Once both have agreed: who we are, where the home is, and whom to ring."""
    row, thread, home = _own(session, home_id)
    if not home.both:
        raise RefusedError(Refusal("words", Reason("Both sides have to agree before anything goes over.")))
    kept = cipher_of(session).open_json(PLACE, row.id, row.sealed)
    name = session.scalars(select(Landlord.name).where(Landlord.id == scope_of(session).landlord_id)).one()
    said = json.dumps({"landlord": name, "from": actor.name, "address": kept["address"], "words": words})
    sealed = seal_to(thread.public, row.thread, said)
    write(session, Written(Card.LETTER_TO_NEED, row.thread, row.side, letter=sealed), in_london(now).date())
    _audit(session, row.id, "introduced", actor, now)


def theirs(session: Session, home_id: UUID, actor: Actor, now: datetime) -> dict[str, str] | None:
    """What she has released, and from which landlord; None until the letter has come. Each opening is audited."""
    row, thread, home = _own(session, home_id)
    sealed = letter(session, row.thread, row.side, Card.LETTER_TO_HOME, thread.mark) if home.both else None
    if sealed is None:
        return None
    kept = cipher_of(session).open_json(PLACE, row.id, row.sealed)
    said: dict[str, str] = json.loads(open_with(bytes.fromhex(kept["private"]), row.thread, sealed))
    audit.record(session, Fact.EXCHANGE_OPENED, actor, now, subject="exchange_home", subject_id=row.id)
    return said


def _own(session: Session, home_id: UUID) -> tuple[ExchangeHome, Thread, Offered]:
    row = session.scalar(
        select(ExchangeHome)
        .where(ExchangeHome.landlord_id == scope_of(session).landlord_id, ExchangeHome.id == home_id)
        .with_for_update()
    )
    thread = thread_of(session, row.thread) if row else None
    home = thread.home(row.side) if row and thread else None
    if row is None or thread is None or home is None:
        raise NoSuchHomeError
    return row, thread, home


def _audit(session: Session, home_id: UUID, what: str, actor: Actor, now: datetime) -> None:
    audit.record(
        session, Fact.EXCHANGE_CHANGED, actor, now, subject="exchange_home", subject_id=home_id, detail=what
    )
