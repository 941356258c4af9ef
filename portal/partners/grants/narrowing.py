"""Taking from grants what is granted no more: its parts, its copies and their keys."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.partners.grants.models import AgencyGrant, SharedKey, SharedSection
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.database import scope_of


def hold_to(session: Session, agreement_id: UUID, parts: Iterable[str], actor: Actor, now: datetime) -> None:
    """What an agreement has no more is shared no more, in any case; without any part left, a grant ends."""
    still = set(parts)
    wanted = select(AgencyGrant).where(
        AgencyGrant.landlord_id == scope_of(session).landlord_id,
        AgencyGrant.agreement_id == agreement_id,
        AgencyGrant.ended_at.is_(None),
    )
    for kept in session.scalars(wanted.order_by(AgencyGrant.id).with_for_update()):
        left = [each for each in kept.parts if each in still]
        if left == kept.parts:
            continue
        kept.revision += 1
        if left:
            kept.parts = left
        else:
            kept.ended_at, kept.ended_by = now, actor.name
        forget(session, [kept.id], but=left)
        note(session, Fact.GRANT_CHANGED if left else Fact.GRANT_REVOKED, kept.case_id, kept.id, actor, now)


def forget(session: Session, grants: list[UUID], but: Iterable[str] = ()) -> None:
    """Destroy the copies, and their keys, of what is no longer granted; the log of what left keeps its own."""
    landlord_id, still = scope_of(session).landlord_id, [*but, *(["rules"] if but else [])]
    gone = select(SharedSection.id).where(
        SharedSection.landlord_id == landlord_id,
        SharedSection.grant_id.in_(grants),
        SharedSection.section.not_in(still),
    )
    ids = session.scalars(gone).all()
    for table in (SharedKey, SharedSection):
        session.execute(delete(table).where(table.landlord_id == landlord_id, table.id.in_(ids)))


def note(session: Session, fact: Fact, case_id: UUID, grant_id: UUID, actor: Actor, now: datetime) -> None:
    """Write down what was done with a grant."""
    session.flush()
    audit.record(session, fact, actor, now, subject="case", subject_id=case_id, detail=str(grant_id))
