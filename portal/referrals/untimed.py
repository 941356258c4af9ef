"""Reports for which nothing sets a time: told again, until somebody has opened them and reached the person.

Where a policy states a time, the ladder of its clock climbs. Where it states none (whg), nobody is forgotten either.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.confidentiality.queries import matters
from portal.deadlines.hearers import Matter, who_hears
from portal.deadlines.models import Deadline
from portal.deadlines.telling import notices
from portal.domain.calendar import in_london
from portal.domain.lifecycle import Route
from portal.domain.policy.ladder import Hearer
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.referrals.matters import report_matter
from portal.referrals.models import Report
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open

PRESSING, ORDINARY = timedelta(minutes=30), timedelta(days=1)  # the portal's own figures: no policy states any
CLIMBS = (Hearer.OFFICER, Hearer.SENIOR, Hearer.MANAGER)


def press_for_help(open_: Open, now: datetime) -> None:
    """A threat to life, or somebody under 16: whoever has it or is on duty, a senior, a manager; then once a day."""
    with open_() as session:
        staff, desk = colleagues(session, now), desk_of(session)
        for each in _unanswered(session, now, pressing=True):
            steps = each.waited // PRESSING
            if not steps:
                continue
            step = f"again {steps if steps <= len(CLIMBS) else in_london(now).date()}"
            heard = who_hears(staff, _hearer(steps), each.matter)
            leave(session, notices(heard, each.matter, Kind.LIFE, uuid5(each.report_id, step), desk), now)


def tell_of_unopened(open_: Open, now: datetime) -> None:
    """Once a day how many wait, to those on duty; to a senior after two days, to a manager after three.

    Whoever has a case is told of it by the digest already; from the second day on others are.
    """
    with open_() as session:
        staff, counts = colleagues(session, now), Counter[tuple[UUID, Kind]]()
        for each in _unanswered(session, now, pressing=False):
            hearer = _hearer(each.waited // ORDINARY)
            if each.in_case and hearer is Hearer.OFFICER:
                continue
            heard = who_hears(staff, hearer, each.matter)
            if not heard.unattended:
                counts.update((who, Kind.DIGEST if each.in_case else Kind.NEW_REPORT) for who in heard.accounts)
        today = uuid5(scope_of(session).landlord_id, f"unanswered {in_london(now).date()}")
        leave(session, [Notice(who, today, kind, "/desk/", count) for (who, kind), count in counts.items()], now)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A report whose clock runs without a time: what is to be opened, and for how long it has waited."""

    report_id: UUID
    matter: Matter
    in_case: bool
    waited: timedelta


def _hearer(steps: int) -> Hearer:
    return CLIMBS[min(max(steps, 1), len(CLIMBS)) - 1]


def _unanswered(session: Session, now: datetime, *, pressing: bool) -> list[Unanswered]:
    here = scope_of(session).landlord_id
    runs = select(Deadline.id).where(
        Deadline.landlord_id == Report.landlord_id, Deadline.report_id == Report.id, Deadline.ended_at.is_(None)
    )
    rows = session.execute(
        select(
            Report.id, Report.route, Report.also, Report.threat_to_life, Report.recorded_at, Report.case_id
        ).where(Report.landlord_id == here, runs.exists(), ~runs.where(Deadline.due_at.is_not(None)).exists())
    ).all()
    wanted = [
        row
        for row in rows
        if (row.threat_to_life or Route.CHILD_SAFEGUARDING.value in (row.route, *row.also)) is pressing
    ]
    in_cases = matters(session, {row.case_id for row in wanted if row.case_id})
    return [
        Unanswered(
            row.id,
            in_cases[row.case_id] if row.case_id else report_matter(row.id, row.route),
            row.case_id is not None,
            now - row.recorded_at,
        )
        for row in wanted
    ]
