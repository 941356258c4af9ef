"""Every morning: what is due climbs the same ladder as a clock of a case, from whoever sees to it to those above.

Sources: AG/013 Review Date; STAR 9; HS-026 6.1. The rungs are those of the policy in force.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from portal.deadlines.hearers import Matter, posts_of, who_hears
from portal.domain.permissions import Permission
from portal.domain.policy.ladder import Hearer, Rung, When
from portal.governance.calendar.entries import TOLD_ALREADY, Entry
from portal.governance.calendar.queries import calendar
from portal.landlords.policies import NoPolicyError, close_of_business, in_force
from portal.messaging.words import Kind
from portal.people.colleagues import Colleague, colleagues
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open

EVENT = "calendar"
KINDS = {When.BEFORE_DUE: Kind.DUE_SOON, When.AT_DUE: Kind.DUE_NOW, When.OVERDUE: Kind.OVERDUE}


def remind_of_calendar(open_: Open, now: datetime) -> None:
    """Each rung of each thing is told once; another day of the same thing begins the ladder anew."""
    with open_() as session:
        try:
            policy = in_force(session, now).policy
        except NoPolicyError:
            return
        here, desk, staff = scope_of(session).landlord_id, desk_of(session), colleagues(session, now)
        posts = posts_of(policy.governance)
        found: list[Notice] = []
        for entry in calendar(session, now):
            if entry.due_on is None:
                continue
            due = close_of_business(session, entry.due_on, now)
            for rung in _reached(policy.ladder.rungs_for(EVENT), due, now):
                if rung.to is Hearer.OFFICER and entry.kind in TOLD_ALREADY:
                    continue
                cause = uuid5(here, f"{entry.key} {rung.name}")
                link = f"{desk}/calendar"
                hearers = _hearers(staff, rung, entry, posts)
                found += [Notice(each, cause, KINDS[rung.when], link) for each in hearers]
        leave(session, found, now)


def _reached(rungs: Sequence[Rung], due: datetime, now: datetime) -> Iterator[Rung]:
    for rung in rungs:
        step = timedelta(minutes=rung.minutes)
        if rung.when in KINDS and now >= (due - step if rung.when is When.BEFORE_DUE else due + step):
            yield rung


def _hearers(staff: Sequence[Colleague], rung: Rung, entry: Entry, posts: frozenset[str]) -> tuple[UUID, ...]:
    """As for a clock, of those who can act on it; the board is told nothing."""
    matter = Matter("calendar", entry.owner_id, _opened_with(entry), posts)
    return who_hears(staff, rung.to, matter).accounts


def _opened_with(entry: Entry) -> Permission:
    return entry.acts
