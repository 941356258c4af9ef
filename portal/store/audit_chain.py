"""Sealing the audit: chains committed entries in order, and finds what was changed or is missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from portal.store.audit import FIRST_HASH, AuditEntry, AuditSeal, last_seal, link
from portal.store.base import new_id
from portal.store.database import scope_of

BATCH = 1000
LATE_COMMITS = 20_000


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the chain does not hold."""

    number: int
    entry_id: UUID | None
    says: str


def seal(session: Session, *, everything: bool = False) -> tuple[int, bytes]:
    """Chain one batch of entries that no seal covers yet; return the newest number and hash, to be published.

    An entry may commit after a younger one was sealed, so a window behind the last sealed one is looked
    through each time, and the whole table with `everything`.
    """
    landlord_id = scope_of(session).landlord_id
    session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:k, 0))"), {"k": f"audit {landlord_id}"}
    )
    number, hash_ = last_seal(session)
    rows = select(AuditEntry).where(~_IS_SEALED, AuditEntry.landlord_id == landlord_id)
    if not everything:
        rows = rows.where(AuditEntry.position > _last_sealed_position(session) - LATE_COMMITS)
    seals = []
    for entry in session.scalars(rows.order_by(AuditEntry.position).limit(BATCH)):
        number, hash_ = number + 1, link(hash_, entry)
        seals.append(
            {
                "landlord_id": landlord_id,
                "id": new_id(),
                "number": number,
                "entry_id": entry.id,
                "hash": hash_,
            }
        )
    if seals:
        session.execute(insert(AuditSeal), seals)
    return number, hash_


def breaks(session: Session, published: Mapping[int, bytes] = MappingProxyType({})) -> Iterator[Break]:
    """Walk the chain from its start; each break names the entry, so that it can be looked for in a backup.

    A chain cut off at its end, or written anew from its start, holds together in itself: only links that
    were `published` elsewhere, as hashes by number, can show it.
    """
    before, expected, known = FIRST_HASH, 1, dict(published)
    walk = (
        select(AuditSeal, AuditEntry)
        .outerjoin(
            AuditEntry,
            (AuditSeal.landlord_id == AuditEntry.landlord_id) & (AuditSeal.entry_id == AuditEntry.id),
        )
        .order_by(AuditSeal.number)
        .execution_options(yield_per=BATCH)
    )
    rows: Iterable[tuple[AuditSeal, AuditEntry | None]] = session.execute(walk)
    for sealed, entry in rows:
        gap = sealed.number > expected
        if gap:
            yield Break(expected, sealed.entry_id, f"{_links(expected, sealed.number - 1)} missing before it")
        if entry is None:
            yield Break(sealed.number, sealed.entry_id, "the entry is missing")
        elif not gap and link(before, entry) != sealed.hash:
            yield Break(sealed.number, sealed.entry_id, "the entry, its link or its place was changed")
        if known.pop(sealed.number, sealed.hash) != sealed.hash:
            yield Break(sealed.number, sealed.entry_id, "the link is not the one that was published")
        before, expected = sealed.hash, sealed.number + 1
    for number in sorted(known):
        yield Break(number, None, f"link {number} was published and is not there")


def unsealed(session: Session) -> int:
    """How many entries wait for the sealer."""
    return session.scalar(select(func.count()).select_from(AuditEntry).where(~_IS_SEALED)) or 0


_IS_SEALED = (
    select(AuditSeal.id)
    .where(AuditSeal.landlord_id == AuditEntry.landlord_id, AuditSeal.entry_id == AuditEntry.id)
    .exists()
)


def _last_sealed_position(session: Session) -> int:
    last = (
        select(AuditEntry.position)
        .join(
            AuditSeal,
            (AuditSeal.landlord_id == AuditEntry.landlord_id) & (AuditSeal.entry_id == AuditEntry.id),
        )
        .order_by(AuditSeal.number.desc())
        .limit(1)
    )
    return session.scalar(last) or 0


def _links(first: int, last: int) -> str:
    return f"link {first} of the chain is" if first == last else f"links {first} to {last} of the chain are"
