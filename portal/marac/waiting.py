"""What waits for an agency at the conference: a referral for its coordinator, research and actions for the others."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.marac import State
from portal.marac.actions.models import MaracAction
from portal.marac.areas.models import MaracMeeting, MaracSeat
from portal.marac.papers.models import MaracPaper
from portal.marac.referrals.models import MaracReferral
from portal.messaging.words import Kind
from portal.partners.reminding.jobs import Look, Of, Waits, by_its_day
from portal.store.database import scope_of

DAYS_FOR_RESEARCH = timedelta(days=2)
"""How long before a meeting what an agency knows is to be written: as its officer is given (referrals.deciding)."""


def _agencies(session: Session) -> list[UUID]:
    """Who coordinates an area to which a case of this landlord has gone, and who sits there."""
    here = MaracReferral.landlord_id == scope_of(session).landlord_id
    live = MaracReferral.state.in_([State.SENT, State.LISTED, State.HEARD])
    coordinating = select(MaracReferral.agency_id).where(here, live)
    sitting = (
        select(MaracSeat.agency_id)
        .join(MaracReferral, MaracReferral.area_id == MaracSeat.area_id)
        .where(here, live, MaracSeat.ended_at.is_(None))
    )
    return list(session.scalars(coordinating.union(sitting)))


def _waiting(session: Session, of: Of) -> Iterator[Waits]:
    yield from _to_list(session, of)
    yield from _to_research(session, of)
    actions = select(MaracAction.id, MaracAction.due_on).where(
        MaracAction.landlord_id == of.landlord_id,
        MaracAction.agency_id == of.agency_id,
        MaracAction.ended_at.is_(None),
    )
    for action_id, due_on in session.execute(actions):
        yield Waits(action_id, Kind.ASSIGNED)
        kind = by_its_day(due_on, of.now)
        if kind:
            yield Waits(action_id, kind)


def _to_list(session: Session, of: Of) -> Iterator[Waits]:
    """What was referred and stands on no agenda yet."""
    sent = select(MaracReferral.id).where(
        MaracReferral.landlord_id == of.landlord_id,
        MaracReferral.agency_id == of.agency_id,
        MaracReferral.state == State.SENT,
    )
    for referral_id in session.scalars(sent):
        yield Waits(referral_id, Kind.NEW_REPORT)


def _to_research(session: Session, of: Of) -> Iterator[Waits]:
    """What is on the agenda of a meeting to come, while the agency has written nothing about it."""
    ours = select(MaracPaper.referral_id).where(
        MaracPaper.landlord_id == of.landlord_id,
        MaracPaper.agency_id == of.agency_id,
        MaracPaper.action_id.is_(None),
    )
    listed = (
        select(MaracReferral.id, MaracMeeting.at)
        .join(MaracMeeting, MaracMeeting.id == MaracReferral.meeting_id)
        .where(
            MaracReferral.landlord_id == of.landlord_id,
            MaracReferral.state == State.LISTED,
            MaracReferral.id.not_in(ours),
            MaracMeeting.at > of.now,
        )
    )
    for referral_id, meets_at in session.execute(listed):
        yield Waits(referral_id, Kind.ASSIGNED)
        kind = by_its_day(in_london(meets_at - DAYS_FOR_RESEARCH).date(), of.now)
        if kind:
            yield Waits(referral_id, kind)


AT_THE_CONFERENCE = Look(_agencies, _waiting)
