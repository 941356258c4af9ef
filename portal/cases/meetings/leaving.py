"""Meetings of somebody who leaves, or who must not know of the case: whoever has the case meets them instead."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.cases.meetings.models import Meeting
from portal.cases.meetings.words import PLACE
from portal.domain.meetings import State, Venue
from portal.store.database import scope_of
from portal.store.record_keys import box_of


def take_from(session: Session, account_id: UUID, *cases: UUID) -> int:
    """Take this colleague out of every meeting that is still to come, of these cases or of all; how many there were."""
    here = (Meeting.landlord_id == scope_of(session).landlord_id, Meeting.state == State.BOOKED.value)
    theirs = or_(Meeting.officer == account_id, Meeting.venue == Venue.HOME.value)
    wanted = select(Meeting).where(*here, theirs).with_for_update()
    rows = session.scalars(wanted.where(Meeting.case_id.in_(cases)) if cases else wanted)
    return sum(_take(session, row, account_id) for row in rows)


def _take(session: Session, row: Meeting, account_id: UUID) -> bool:
    box = box_of(session, row.case_id)
    said = box.open_json(PLACE, row.id, row.sealed)
    goes_along = bool(said.get("second") == str(account_id))
    if goes_along:
        row.sealed = box.seal_json(PLACE, row.id, said | {"second": ""})
    if row.officer != account_id:
        return goes_along
    row.officer = None
    return True
