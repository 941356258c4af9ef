"""Every morning: what was promised because of an assessment and is late, or is done and nobody has said if it helped.

Whoever leads hears once when an assessment is to be looked at again. Source: NPH CIA guidance 2, 19 and 20.
"""

from datetime import datetime, timedelta
from uuid import uuid5

from sqlalchemy import or_, select

from portal.domain.calendar import in_london
from portal.domain.permissions import Role
from portal.governance.impact.acting import ACTION, REVIEW
from portal.governance.impact.models import ImpactAction, ImpactAssessment
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open

CLIMBS = timedelta(days=14)
"""How long after its day the managers hear of it as well: the portal's own."""
JUDGED = timedelta(days=30)
"""How long after it was done its effect is asked for: the portal's own."""
SOON = timedelta(days=30)


def remind_of_impact(open_: Open, now: datetime) -> None:
    """Each is told once of each thing; doing it, or saying if it helped, ends the reminders."""
    today = in_london(now).date()
    with open_() as session:
        here = scope_of(session).landlord_id
        desk, staff = desk_of(session), colleagues(session, now)
        above = [each.account_id for each in staff if Role.MANAGER in each.roles]
        at_work = {each.account_id for each in staff}
        found: list[Notice] = []
        waiting = session.scalars(
            select(ImpactAction).where(
                ImpactAction.landlord_id == here,
                or_(ImpactAction.done_at.is_(None), ImpactAction.effective.is_(None)),
            )
        )
        for each in waiting:
            link = f"{desk}/impact/{each.assessment_id}"
            owners = [each.owner] if each.owner in at_work else above
            if each.done_at is None and each.kind == REVIEW and each.due_on - SOON <= today:
                found += [Notice(one, uuid5(each.id, "review"), Kind.REVIEW, link) for one in owners]
            if each.done_at is None and each.due_on < today:
                found += [Notice(one, each.id, Kind.OVERDUE, link) for one in owners]
                if each.due_on + CLIMBS < today:
                    found += [Notice(one, uuid5(each.id, "above"), Kind.OVERDUE, link) for one in above]
            if each.kind == ACTION and each.done_at is not None and each.done_at + JUDGED < now:
                found += [Notice(one, uuid5(each.id, "helped"), Kind.PRACTICE, link) for one in owners]
        reviewed = session.execute(
            select(ImpactAssessment.id, ImpactAssessment.lead).where(
                ImpactAssessment.landlord_id == here,
                ImpactAssessment.completed_at.is_not(None),
                ImpactAssessment.next_review <= today,
            )
        )
        for impact_id, lead in reviewed:
            link = f"{desk}/impact/{impact_id}"
            hear = [lead] if lead in at_work else above
            found += [Notice(one, uuid5(impact_id, "next review"), Kind.REVIEW, link) for one in hear]
        leave(session, found, now)
