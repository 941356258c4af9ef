"""Every morning: whoever handles a complaint hears before its time, and when it is over; a week later the managers."""

from datetime import datetime
from uuid import uuid5

from sqlalchemy import select

from portal.domain.complaints import CLIMBS, SOON_DAYS, due_at
from portal.domain.permissions import Permission, Role
from portal.landlords.policies import NoPolicyError, in_force
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.reports.complaints.models import Complaint
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open


def remind_of_complaints(open_: Open, now: datetime) -> None:
    """Each is told once of each step. Where nobody is there any more who handles it, the managers hear at once."""
    with open_() as session:
        try:
            calendar = in_force(session, now).calendar
        except NoPolicyError:
            return
        soon = due_at(now, SOON_DAYS, calendar)
        staff, desk = colleagues(session, now), desk_of(session)
        able = {each.account_id for each in staff if Permission.COMPLAINT_HANDLE in each.permissions}
        above = [each.account_id for each in staff if Role.MANAGER in each.roles]
        waiting = session.execute(
            select(Complaint.id, Complaint.handler, Complaint.due_at, Complaint.step, Complaint.stage).where(
                Complaint.landlord_id == scope_of(session).landlord_id,
                Complaint.ended_at.is_(None),
                Complaint.due_at <= soon,
            )
        )
        found = []
        for each in waiting:
            link, over = f"{desk}/complaints/{each.id}", each.due_at < now
            cause = uuid5(each.id, f"{each.stage} {each.step} {each.due_at.date()} {over}")
            kind = Kind.OVERDUE if over else Kind.DUE_SOON
            if each.handler in able:
                found.append(Notice(each.handler, cause, kind, link))
            if each.handler not in able or each.due_at + CLIMBS < now:
                climbed = uuid5(cause, "above")
                found += [Notice(who, climbed, kind, link) for who in above if who != each.handler]
        leave(session, found, now)
