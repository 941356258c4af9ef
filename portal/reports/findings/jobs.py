"""Every morning: the owner of a recommendation whose day has passed hears of it, a week later the post above.

Whoever draws samples is told when the next one is due. Sources: whg 3.2, 3.3.
"""

from datetime import datetime
from uuid import uuid5

from sqlalchemy import select

from portal.domain.calendar import in_london
from portal.domain.findings import CLIMBS
from portal.domain.permissions import Permission, Role
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.reports.findings.models import Recommendation
from portal.reports.findings.queries import latest_round
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open


def remind_of_findings(open_: Open, now: datetime) -> None:
    """Each is told once of each thing; ending it, or drawing, ends the reminders."""
    today = in_london(now).date()
    with open_() as session:
        here, staff = scope_of(session).landlord_id, colleagues(session, now)
        link = f"{desk_of(session)}/findings"
        late = session.execute(
            select(Recommendation.id, Recommendation.owner, Recommendation.due_on).where(
                Recommendation.landlord_id == here,
                Recommendation.ended_at.is_(None),
                Recommendation.due_on < today,
            )
        )
        above = [each.account_id for each in staff if Role.MANAGER in each.roles]
        found = []
        for found_id, owner, due_on in late:
            found.append(Notice(owner, found_id, Kind.OVERDUE, link))
            if due_on + CLIMBS < today:
                climbed = uuid5(found_id, "above")
                found += [Notice(each, climbed, Kind.OVERDUE, link) for each in above if each != owner]
        newest = latest_round(session)
        if newest and newest.again_on <= today:
            able = [each.account_id for each in staff if Permission.FINDINGS_KEEP in each.permissions]
            found += [Notice(each, newest.id, Kind.PRACTICE, link) for each in able]
        leave(session, found, now)
