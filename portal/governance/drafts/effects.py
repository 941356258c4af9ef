"""What a policy would have made of the clocks that run now: a look before it is published, never a change to them.

Cases keep the version that they were opened under, so these are what the next such report would meet.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from portal.deadlines import words
from portal.deadlines.models import Deadline
from portal.domain.clock import due
from portal.domain.policy import Policy
from portal.domain.tasks import TASK
from portal.governance.drafts.bands import Weighed, weigh
from portal.landlords.policies import calendar_of, pinned
from portal.store.database import scope_of

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Moved:
    """One running clock that would be due at another time; None where there would be none. Nothing says whose it is."""

    what: str
    now_due: datetime | None
    then_due: datetime | None


@dataclass(frozen=True, slots=True)
class Effects:
    """How many clocks run, which would be due at another time, and how many would climb another ladder."""

    running: int
    moved: tuple[Moved, ...]
    other_ladder: int
    weighed: tuple[Weighed, ...] = ()

    @property
    def examples(self) -> tuple[Moved, ...]:
        """The first few."""
        return self.moved[:EXAMPLES]

    @property
    def other_bands(self) -> tuple[Weighed, ...]:
        """The open cases whose risk would be in another band."""
        return tuple(each for each in self.weighed if each.other_band)

    @property
    def other_steps(self) -> tuple[Weighed, ...]:
        """The open cases for which other steps would follow."""
        return tuple(each for each in self.weighed if each.other_steps)

    @property
    def band_examples(self) -> tuple[Weighed, ...]:
        """The first few whose band or steps would be others, each kind once."""
        return tuple(dict.fromkeys((*self.other_bands, *self.other_steps)))[:EXAMPLES]


def effects(session: Session, policy: Policy, case_id: UUID | None = None) -> Effects:
    """What would change on the open cases if they were under this policy; or on one of them."""
    calendar = calendar_of(policy)
    rows = session.scalars(
        select(Deadline)
        .where(
            Deadline.landlord_id == scope_of(session).landlord_id,
            Deadline.ended_at.is_(None),
            Deadline.event != TASK,
            Deadline.case_id == case_id if case_id else true(),
        )
        .order_by(Deadline.due_at.asc().nulls_last(), Deadline.id)
    ).all()
    known = {clock.event for clock in policy.clocks}
    moved, other_ladder = [], 0
    for clock in rows:
        target = policy.own_target(clock.event)
        rule = policy.clock(clock.event) if clock.event in known else None
        chosen = rule if rule is None or rule.stated else target or rule
        found = due(chosen.rule(), clock.started_at, calendar) if chosen else None
        then = found.at if found else None
        if clock.survivor_set_at is None and then != clock.due_at:
            moved.append(Moved(words.event(clock.event), clock.due_at, then))
        old = pinned(session, clock.policy_version_id).policy.ladder
        other_ladder += old.rungs_for(clock.event) != policy.ladder.rungs_for(clock.event)
    return Effects(len(rows), tuple(moved), other_ladder, weigh(session, policy, case_id))
