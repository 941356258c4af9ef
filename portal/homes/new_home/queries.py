"""What may be said of a new address without saying it: that one is kept, and who may open it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.homes.new_home.models import NewHome, NewHomeReader
from portal.people.models import Account
from portal.store.database import scope_of


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """Somebody who may open it."""

    id: UUID
    account_id: UUID
    name: str
    since: datetime
    named_by: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The secret without its words; `mine` says whether whoever asks may open it."""

    id: UUID
    readers: tuple[ReaderRow, ...]
    mine: bool
    known_from: date | None
    revision: int


def kept(session: Session, case_id: UUID) -> Kept | None:
    """Whether a new address is kept, and by whom it can be opened; None where there is none."""
    here = scope_of(session).landlord_id
    rows = session.execute(
        select(NewHomeReader, Account.name)
        .join(Account, Account.id == NewHomeReader.account_id)
        .where(NewHomeReader.landlord_id == here, NewHomeReader.case_id == case_id)
        .order_by(NewHomeReader.since, NewHomeReader.id)
    ).all()
    if not rows:
        return None
    secret = session.scalar(select(NewHome).where(NewHome.landlord_id == here, NewHome.case_id == case_id))
    readers = tuple(
        ReaderRow(row.id, row.account_id, name, row.since, row.named_by)
        for row, name in rows
        if row.ended_at is None
    )
    return Kept(
        rows[0][0].new_home_id,
        readers,
        secret is not None,
        secret.known_from if secret else None,
        secret.revision if secret else 0,
    )


def kept_apart(session: Session, case_ids: Collection[UUID], today: date) -> frozenset[UUID]:
    """Of these cases those whose new address nobody may be told of yet, so that no other system hears of the case."""
    here = scope_of(session).landlord_id
    untold = NewHome.known_from.is_(None) | (NewHome.known_from > today)
    found = select(NewHome.case_id).where(NewHome.landlord_id == here, NewHome.case_id.in_(case_ids), untold)
    return frozenset(session.scalars(found))
