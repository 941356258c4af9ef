"""Who has work that can be handed over: cases, tasks in the cases of others, meetings, other duties."""

from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from portal.cases.meetings.models import Meeting
from portal.cases.tasks.models import Task
from portal.domain.meetings import State
from portal.duties.models import Duty
from portal.people.models import Account
from portal.store.database import scope_of


def busy(session: Session) -> dict[UUID, str]:
    """Everybody on whom something rests beside the cases that they have, by name; also who has left already."""
    here = scope_of(session).landlord_id
    theirs = union(
        select(Task.owner).where(Task.landlord_id == here, Task.ended_at.is_(None), Task.owner.is_not(None)),
        select(Meeting.officer).where(
            Meeting.landlord_id == here, Meeting.state == State.BOOKED.value, Meeting.officer.is_not(None)
        ),
        select(Duty.owner).where(Duty.landlord_id == here, Duty.ended_at.is_(None), Duty.owner.is_not(None)),
    )
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(theirs)).order_by(Account.name))
    return {each.id: each.name for each in rows}
