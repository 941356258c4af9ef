"""The verbs: write on how the pages look and speak, leave it, publish it. domain 1.17 (135); look.md.

What is published shows on the very next page, and stays readable as a version with who published it and why.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.governance.look.content import Content, in_order
from portal.governance.look.models import LookDraft
from portal.governance.look.queries import look_now, the_pack, version
from portal.landlords.models import LookVersion
from portal.landlords.policies import in_force
from portal.landlords.stored_pack import refresh_face
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import Database, scope_of
from portal.store.scope import LandlordScope


class LookChangedError(PortalError):
    """Somebody else has written or published meanwhile."""


class NothingWrittenError(PortalError):
    """There is nothing to publish or to leave."""


def write(session: Session, part: Content, revision: int, actor: Actor, now: datetime, about: str) -> None:
    """Keep one part of what is being written; refuses what could not be read or must not stand in a title."""
    row, seen = _writing(session, revision, now), look_now(session, now)
    content = seen.shown | part
    in_order(the_pack(session, in_force(session, now).policy).landlord, content)
    row.body = content
    _changed(session, row, Fact.LOOK_WRITTEN, actor, now, about)


def write_again(session: Session, look_id: UUID, revision: int, actor: Actor, now: datetime) -> None:
    """Begin with a version of before; nothing shows until it is published."""
    found = version(session, look_id)
    row = _writing(session, revision, now)
    row.body = found.body
    _changed(session, row, Fact.LOOK_WRITTEN, actor, now, f"version {found.number}")


def leave(session: Session, revision: int, actor: Actor, now: datetime) -> None:
    """Leave what was written; the pages stay as they are."""
    row = _writing(session, revision, now)
    if row.body is None:
        raise NothingWrittenError
    row.body = None
    _changed(session, row, Fact.LOOK_DROPPED, actor, now, None)


def publish(session: Session, why: str, revision: int, actor: Actor, now: datetime) -> int:
    """Make it how the pages look and speak from this moment on; the number of the version."""
    row = _writing(session, revision, now)
    if row.body is None:
        raise NothingWrittenError
    here = scope_of(session).landlord_id
    in_order(the_pack(session, in_force(session, now).policy).landlord, row.body)
    newest = session.scalar(select(func.max(LookVersion.number)).where(LookVersion.landlord_id == here))
    number = (newest or 0) + 1
    session.add(
        LookVersion(
            landlord_id=here,
            id=new_id(),
            number=number,
            body=row.body,
            why=why,
            published_at=now,
            published_by=actor.name,
        )
    )
    row.body = None
    _changed(session, row, Fact.LOOK_PUBLISHED, actor, now, str(number))
    return number


def take_up(database: Database, landlord_id: UUID, now: datetime) -> None:
    """Let the public pages show what was published, now. Where this is broken off, a job does it within minutes."""
    refresh_face(database, LandlordScope(landlord_id), now)


def _writing(session: Session, revision: int, now: datetime) -> LookDraft:
    """The one row in which this landlord writes, as whoever writes has seen it, and nobody else's meanwhile."""
    here = scope_of(session).landlord_id
    row = session.get(LookDraft, (here, here), with_for_update=True)
    if (row.revision if row else 0) != revision:
        raise LookChangedError
    if row is None:
        row = LookDraft(landlord_id=here, id=here, body=None, revision=0, changed_at=now, changed_by="")
        session.add(row)
    return row


def _changed(
    session: Session, row: LookDraft, fact: Fact, actor: Actor, now: datetime, about: str | None
) -> None:
    row.revision += 1
    row.changed_at, row.changed_by = now, actor.name
    audit.record(session, fact, actor, now, subject="look", detail=about)
    session.flush()
