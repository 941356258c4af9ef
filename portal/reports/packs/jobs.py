"""What follows: a report that was asked for is made; each quarter is asked for, and reminded of until it is sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.figures import Quarter
from portal.domain.packs import bodies
from portal.domain.permissions import Permission, Role
from portal.landlords.policies import NoPolicyError, in_force
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.reports.packs.models import Pack
from portal.reports.packs.service import ask, make
from portal.store.audit import PORTAL
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open

PATIENCE = timedelta(days=14)
"""How long after its quarter a report may lie before somebody is reminded: the portal's own figure."""
AGAIN = timedelta(days=7)


def make_pack(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Make the report that was asked for."""
    make(session, ids["pack_id"], now)


def prepare_packs(open_: Open, now: datetime) -> None:
    """Ask for the report of the quarter that is over, for each body, once; and remind every week of those not sent.

    A report that somebody had made while the quarter still ran is made anew, with its words kept.
    """
    quarter = Quarter.of(in_london(now).date()).before()
    with open_() as session:
        try:
            told = bodies(in_force(session, now).policy)
        except NoPolicyError:
            return
        here = scope_of(session).landlord_id
        there = session.execute(
            select(Pack.body, Pack.id, Pack.sent_at, Pack.made_at).where(
                Pack.landlord_id == here, Pack.quarter == str(quarter)
            )
        )
        known = {row.body: row for row in there}
        for body in told:
            row = known.get(body.name)
            if row is None or (row.made_at is not None and not quarter.over(row.made_at)):
                ask(session, body, quarter, PORTAL, now)
        late = now - quarter.ends - PATIENCE
        if late < timedelta():
            return
        week, desk = late // AGAIN, desk_of(session)
        staff = [each for each in colleagues(session, now) if Permission.PACK_MAKE in each.permissions]
        who = [each for each in staff if Role.MANAGER in each.roles] or staff
        leave(
            session,
            [
                Notice(
                    each.account_id, uuid5(row.id, f"week {week}"), Kind.PRACTICE, f"{desk}/packs/{row.id}"
                )
                for row in known.values()
                if row.sent_at is None
                for each in who
            ],
            now,
        )
