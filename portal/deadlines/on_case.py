"""A policy's clock that starts on a case, because something was learnt there and not in a report."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines.models import Deadline
from portal.deadlines.service import Started, climb, reckon
from portal.landlords.policies import PinnedPolicy
from portal.store.base import new_id
from portal.store.database import scope_of


def start_on_case(
    session: Session, under: PinnedPolicy, case_id: UUID, event: str, started_at: datetime, now: datetime
) -> UUID:
    """Start the clock of an event, as the policy states it; the one that runs already is left as it is."""
    running = session.scalar(
        select(Deadline.id).where(
            Deadline.landlord_id == scope_of(session).landlord_id,
            Deadline.case_id == case_id,
            Deadline.event == event,
            Deadline.ended_at.is_(None),
        )
    )
    if running:
        return running
    found = reckon(Started(under.version_id, under.policy, under.calendar), [event], started_at)[0]
    deadline = Deadline(
        landlord_id=scope_of(session).landlord_id,
        id=new_id(),
        case_id=case_id,
        event=event,
        rule=found.clock.model_dump(mode="json"),
        clause=found.clock.clause or "",
        stated=found.stated,
        origin=found.origin,
        stop_act=found.clock.stop_act.value,
        policy_version_id=under.version_id,
        started_at=started_at,
        policy_due_at=found.policy_due_at,
        due_at=found.due_at,
    )
    session.add(deadline)
    session.flush()
    climb(session, under.policy, deadline, now)
    return deadline.id
