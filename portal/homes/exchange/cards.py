"""Reading and writing the desk itself: cards without a name. Only these functions touch it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.domain.rehousing.exchange import Access, Card, Need, Region, Room
from portal.domain.rehousing.offers import Tenure
from portal.homes.exchange.models import ExchangeCard
from portal.store.database import cipher_of

AUTHOR = "exchange-author"
OF_HOME = frozenset({Card.HOME, Card.HOME_AGREES, Card.LETTER_TO_NEED})
"""Cards that only the side writes that offers a home."""


@dataclass(frozen=True, slots=True)
class Written:
    """A card to be written."""

    kind: Card
    thread: UUID
    side: UUID | None = None
    about: dict[str, Any] = field(default_factory=dict)
    public: bytes | None = None
    letter: bytes | None = None
    by_home: bool = False
    """Whether the side that offers a home writes it, where either may."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One home that somebody offered for a need."""

    side: UUID
    room: Room
    public: bytes
    mark: bytes
    need_agrees: bool
    home_agrees: bool
    refused: bool

    @property
    def both(self) -> bool:
        """Whether both sides have agreed: only then may a letter be written or opened."""
        return self.need_agrees and self.home_agrees and not self.refused


@dataclass(frozen=True, slots=True)
class Thread:
    """One need with every home that was offered for it."""

    id: UUID
    need: Need
    public: bytes
    mark: bytes
    on_date: date
    down: bool
    homes: tuple[Offered, ...]

    def home(self, side: UUID) -> Offered | None:
        """One of the homes."""
        return next((each for each in self.homes if each.side == side), None)


def write(session: Session, card: Written, day: date) -> UUID:
    """Put a card on the desk. Whether it is ours to write is asked by whoever calls; `mark` proves it to readers."""
    card_id = card.thread if card.kind is Card.NEED else card.side if card.kind is Card.HOME else uuid4()
    row = {
        "id": card_id,
        "thread": card.thread,
        "side": card.side,
        "kind": card.kind.value,
        "about": card.about,
        "on_date": day,
        "mark": mark_of(session, card.thread, card.side if card.by_home or card.kind in OF_HOME else None),
        "public": card.public,
        "letter": card.letter,
    }
    session.execute(insert(ExchangeCard), row)
    return card.thread


def mark_of(session: Session, thread: UUID, side: UUID | None) -> bytes:
    """By what we know our own half again; without our key nobody makes it."""
    return cipher_of(session).token(AUTHOR, f"{thread} {side or ''}")


def open_threads(session: Session) -> list[Thread]:
    """Every need that stands on the desk, in no order that tells who was first."""
    rows = session.scalars(select(ExchangeCard)).all()
    by_thread: dict[UUID, list[ExchangeCard]] = {}
    for row in rows:
        by_thread.setdefault(row.thread, []).append(row)
    threads = [_thread(found) for found in by_thread.values()]
    return sorted((each for each in threads if each and not each.down), key=lambda each: each.id)


def thread_of(session: Session, thread: UUID) -> Thread | None:
    """One need; None for one that never was."""
    return _thread(list(session.scalars(select(ExchangeCard).where(ExchangeCard.thread == thread))))


def letter(session: Session, thread: UUID, side: UUID, kind: Card, mark: bytes) -> bytes | None:
    """The newest letter to one side, by whoever holds the other."""
    found = session.scalars(
        select(ExchangeCard.letter).where(
            ExchangeCard.thread == thread,
            ExchangeCard.side == side,
            ExchangeCard.kind == kind.value,
            ExchangeCard.mark == mark,
        )
    ).all()
    return found[-1] if found else None


def need_about(need: Need) -> dict[str, Any]:
    """A need as a card holds it."""
    return {
        "bedrooms": need.bedrooms,
        "tenure": need.tenure.value,
        "regions": sorted(each.value for each in need.regions),
        "access": sorted(each.value for each in need.access),
    }


def room_about(room: Room) -> dict[str, Any]:
    """A home as a card holds it."""
    return {
        "bedrooms": room.bedrooms,
        "tenure": room.tenure.value,
        "region": room.region.value,
        "access": sorted(each.value for each in room.access),
    }


def _thread(rows: list[ExchangeCard]) -> Thread | None:
    first = next((row for row in rows if row.kind == Card.NEED), None)
    if first is None or first.public is None:
        return None
    about = first.about
    need = Need(
        about["bedrooms"],
        Tenure(about["tenure"]),
        tuple(Region(each) for each in about["regions"]),
        tuple(Access(each) for each in about["access"]),
    )
    ours = [row for row in rows if row.mark == first.mark]
    return Thread(
        first.id,
        need,
        first.public,
        first.mark,
        first.on_date,
        any(row.kind == Card.TAKEN_DOWN for row in ours),
        tuple(
            _home(row, row.public, ours, rows)
            for row in rows
            if row.kind == Card.HOME and row.public is not None
        ),
    )


def _home(row: ExchangeCard, public: bytes, ours: list[ExchangeCard], rows: list[ExchangeCard]) -> Offered:
    about, theirs = row.about, [each for each in rows if each.mark == row.mark]
    room = Room(
        about["bedrooms"],
        Tenure(about["tenure"]),
        Region(about["region"]),
        tuple(Access(each) for each in about["access"]),
    )
    side = row.id
    return Offered(
        side,
        room,
        public,
        row.mark,
        any(each.kind == Card.NEED_AGREES and each.side == side for each in ours),
        any(each.kind == Card.HOME_AGREES for each in theirs),
        any(each.kind == Card.NO and each.side == side for each in (*ours, *theirs)),
    )
