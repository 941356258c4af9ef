"""The clocks of a report that was set aside and is taken up after all: they go on from where they stood.

Only the policy's own act stops a clock (clock.md), and setting a report aside reached nobody.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines.models import Deadline
from portal.deadlines.service import climb
from portal.landlords.policies import pinned
from portal.store.database import scope_of


def take_up(session: Session, report_id: UUID, now: datetime) -> None:
    """Let run on whatever clock of the report ended unmet, due when it was due, with its reminders."""
    ended = select(Deadline).where(
        Deadline.landlord_id == scope_of(session).landlord_id,
        Deadline.report_id == report_id,
        Deadline.ended_at.is_not(None),
        Deadline.met_at.is_(None),
    )
    for deadline in session.scalars(ended.with_for_update()):
        deadline.ended_at = None
        climb(session, pinned(session, deadline.policy_version_id).policy, deadline, now)
