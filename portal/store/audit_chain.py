"""Sealing the audit: chains committed entries in order, and finds what was changed or is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
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
    entry_id: UUID
    says: str


def seal(session: Session, *, everything: bool = False) -> tuple[int, bytes]:
    """Chain entries that no seal covers yet; return the newest number and hash.

    An entry may commit after a younger one was sealed, so a window behind the newest is looked through
    each time, and the whole table with `everything`.
    """
    landlord_id = scope_of(session).landlord_id
    session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:k, 0))"), {"k": f"audit {landlord_id}"}
    )
    number, hash_ = last_seal(session)
    rows = (
        select(AuditEntry)
        .outerjoin(
            AuditSeal,
            (AuditSeal.landlord_id == AuditEntry.landlord_id) & (AuditSeal.entry_id == AuditEntry.id),
        )
        .where(AuditSeal.id.is_(None), AuditEntry.landlord_id == landlord_id)
        .order_by(AuditEntry.position)
        .limit(BATCH)
    )
    if not everything:
        newest = select(func.coalesce(func.max(AuditEntry.position), 0)).scalar_subquery()
        rows = rows.where(AuditEntry.position > newest - LATE_COMMITS)
    seals = []
    for entry in session.scalars(rows):
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


def breaks(session: Session) -> Iterator[Break]:
    """Walk the chain from its start; each break names the entry, so that it can be looked for in a backup."""
    before, expected = FIRST_HASH, 1
    walk = (
        select(AuditSeal, AuditEntry)
        .outerjoin(
            AuditEntry,
            (AuditSeal.landlord_id == AuditEntry.landlord_id) & (AuditSeal.entry_id == AuditEntry.id),
        )
        .order_by(AuditSeal.number)
        .execution_options(yield_per=BATCH)
    )
    for row in session.execute(walk):
        sealed: AuditSeal = row[0]
        entry: AuditEntry | None = row[1]
        while expected < sealed.number:
            yield Break(expected, sealed.entry_id, f"link {expected} of the chain is missing")
            expected += 1
        if entry is None:
            yield Break(sealed.number, sealed.entry_id, "the entry is missing")
        elif link(before, entry) != sealed.hash:
            yield Break(sealed.number, sealed.entry_id, "the entry, or its link, was changed")
        before, expected = sealed.hash, expected + 1


def unsealed(session: Session) -> int:
    """How many entries wait for the sealer."""
    sealed = select(AuditSeal.id).where(AuditSeal.entry_id == AuditEntry.id).exists()
    return session.scalar(select(func.count()).select_from(AuditEntry).where(~sealed)) or 0
