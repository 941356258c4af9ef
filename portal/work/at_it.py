"""Who does a long job right now: a lock that goes with its process, so that nobody takes a living one for lost."""

from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

JOBS = 5501
"""Under which our own locks of this kind stand, apart from all others."""
CLAIM = text("SELECT pg_try_advisory_xact_lock(:jobs, :job)")
HELD = text(
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND classid::bigint = :jobs AND objid::bigint = :job)"
)


def claim(session: Session, event_id: UUID, reaction: str) -> bool:
    """Begin it, unless somebody is at it. It is held for as long as this transaction and its process live."""
    return bool(session.scalar(CLAIM, {"jobs": JOBS, "job": _number(event_id, reaction)}))


def somebody_is(connection: Connection, event_id: UUID, reaction: str) -> bool:
    """Whether a living process is at it."""
    job = _number(event_id, reaction) & 0xFFFF_FFFF
    return bool(connection.scalar(HELD, {"jobs": JOBS, "job": job}))


def _number(event_id: UUID, reaction: str) -> int:
    return int.from_bytes(sha256(f"{event_id} {reaction}".encode()).digest()[:4], signed=True)
