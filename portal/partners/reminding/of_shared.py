"""What waits for an agency in the cases that are shared with it: an offer without answer, what it is asked to do."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.messaging.words import Kind
from portal.partners.asked.models import AgencyTask
from portal.partners.grants.models import AgencyGrant
from portal.partners.grants.service import ANSWER_WITHIN
from portal.partners.reminding.jobs import Look, Of, Waits, by_its_day
from portal.store.database import scope_of


def _agencies(session: Session) -> list[UUID]:
    """Those with which this landlord shares a case now."""
    here = AgencyGrant.landlord_id == scope_of(session).landlord_id
    return list(session.scalars(select(AgencyGrant.agency_id).where(here, AgencyGrant.ended_at.is_(None)).distinct()))


def _waiting(session: Session, of: Of) -> Iterator[Waits]:
    offers = select(AgencyGrant.id, AgencyGrant.made_at).where(
        AgencyGrant.landlord_id == of.landlord_id, AgencyGrant.answered_at.is_(None)
    )
    for grant_id, made_at in session.execute(offers):
        yield Waits(grant_id, Kind.NEW_REPORT)
        if _has_waited(made_at, of.now):
            yield Waits(grant_id, Kind.OVERDUE)
    asked = select(AgencyTask.id, AgencyTask.due_on).where(
        AgencyTask.landlord_id == of.landlord_id, AgencyTask.ended_at.is_(None)
    )
    for task_id, due_on in session.execute(asked):
        yield Waits(task_id, Kind.ASSIGNED)
        kind = by_its_day(due_on, of.now)
        if kind:
            yield Waits(task_id, kind)


def _has_waited(made_at: datetime, now: datetime) -> bool:
    """For as long as the officer who offered it is given before being reminded to ask."""
    return made_at + ANSWER_WITHIN <= now


IN_SHARED_CASES = Look(_agencies, _waiting)
