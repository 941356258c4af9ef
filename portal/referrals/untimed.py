"""Reports that nobody has opened and for which nothing sets a time: told again, until somebody has opened them.

Where a policy states a time, the ladder of its clock climbs. Where it states none (whg), nobody is forgotten either.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.deadlines.hearers import who_hears
from portal.deadlines.telling import notices
from portal.domain.calendar import in_london
from portal.domain.lifecycle import ReportState, Route
from portal.domain.policy.ladder import Hearer
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.referrals.matters import report_matter
from portal.referrals.models import Report
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open

PRESSING, ORDINARY = timedelta(minutes=30), timedelta(days=1)  # the portal's own figures: no policy states any
CLIMBS = (Hearer.DUTY, Hearer.SENIOR, Hearer.MANAGER)


def press_for_help(open_: Open, now: datetime) -> None:
    """A threat to life, or somebody under 16: those on duty again, a senior, a manager; then once a day."""
    with open_() as session:
        staff, desk = colleagues(session, now), desk_of(session)
        for report_id, route, waited in _unopened(session, now, pressing=True):
            steps = waited // PRESSING
            if not steps:
                continue
            step = f"again {steps if steps <= len(CLIMBS) else in_london(now).date()}"
            matter = report_matter(report_id, route)
            heard = who_hears(staff, _hearer(steps), matter)
            leave(session, notices(heard, matter, Kind.LIFE, uuid5(report_id, step), desk), now)


def tell_of_unopened(open_: Open, now: datetime) -> None:
    """Once a day how many reports wait, to those on duty; to a senior after two days, to a manager after three."""
    with open_() as session:
        staff, counts = colleagues(session, now), Counter[UUID]()
        for report_id, route, waited in _unopened(session, now, pressing=False):
            heard = who_hears(staff, _hearer(waited // ORDINARY), report_matter(report_id, route))
            if not heard.unattended:
                counts.update(heard.accounts)
        today = uuid5(scope_of(session).landlord_id, f"unopened {in_london(now).date()}")
        leave(session, [Notice(who, today, Kind.NEW_REPORT, "/desk/", count) for who, count in counts.items()], now)


def _hearer(steps: int) -> Hearer:
    return CLIMBS[min(max(steps, 1), len(CLIMBS)) - 1]


def _unopened(session: Session, now: datetime, *, pressing: bool) -> Sequence[tuple[UUID, str, timedelta]]:
    """Which reports wait without a time, by which route, and for how long."""
    rows = session.execute(
        select(Report.id, Report.route, Report.also, Report.threat_to_life, Report.recorded_at).where(
            Report.landlord_id == scope_of(session).landlord_id,
            Report.state == ReportState.NEW.value,
            Report.next_due_at.is_(None),
        )
    )
    return [
        (row.id, row.route, now - row.recorded_at)
        for row in rows
        if (row.threat_to_life or Route.CHILD_SAFEGUARDING.value in (row.route, *row.also)) is pressing
    ]
