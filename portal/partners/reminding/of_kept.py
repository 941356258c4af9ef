"""What waits at an agency because no landlord has it: whoever wrote it down is reminded until somebody does.

It belongs to no landlord, and so does no round. The first landlord's post carries it, as it carries what is about an
account (portal.people.resetting): a mail says neither what it is, nor of whom, and where it leads is the same for all.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.messaging.words import Kind
from portal.partners.agencies.models import Agency
from portal.partners.kept.models import KeptReferral
from portal.partners.kept.service import wipe_old
from portal.partners.reminding.jobs import Look, Of, Waits
from portal.store.database import scope_of
from portal.store.tenancy import Landlord

FIRST_AFTER = timedelta(hours=1)
"""The portal's own: then once, and from the next day on every day."""


def _agencies(session: Session) -> list[UUID]:
    first = session.scalar(select(Landlord.id).where(Landlord.active).order_by(Landlord.id).limit(1))
    if scope_of(session).landlord_id != first:
        return []
    return list(session.scalars(select(Agency.id).where(Agency.active)))


def _waiting(session: Session, of: Of) -> Iterator[Waits]:
    wipe_old(session, of.now)
    nobodys = select(KeptReferral.id, KeptReferral.made_at).where(
        KeptReferral.ended_at.is_(None), KeptReferral.sent_at.is_(None)
    )
    for kept_id, made_at in session.execute(nobodys):
        if of.now - made_at >= FIRST_AFTER:
            yield Waits(uuid5(kept_id, "first"), Kind.DUE_NOW)
        if days := (of.now - made_at).days:
            yield Waits(uuid5(kept_id, f"day {days}"), Kind.OVERDUE)


KEPT_HERE = Look(_agencies, _waiting)
