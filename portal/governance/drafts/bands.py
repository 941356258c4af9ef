"""What another policy would make of the risk of open cases: by the counts that were kept, with no answer opened."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from portal.cases.assessments.models import COMPLETED, Assessment
from portal.cases.models import Case
from portal.domain.lifecycle import CaseStage
from portal.domain.policy import Policy
from portal.domain.risk.answers import Tally
from portal.domain.risk.levels import Level
from portal.domain.risk.lines import AreaLines
from portal.domain.risk.outcome import Facts, Outcome, weighed
from portal.domain.risk.steps import steps
from portal.landlords.policies import pinned
from portal.store.database import scope_of


@dataclass(frozen=True, slots=True)
class Weighed:
    """An open case that was assessed, of which nothing is said but what its counts come to, before and after."""

    was: Level
    would: Level
    steps_gone: tuple[str, ...]
    steps_new: tuple[str, ...]

    @property
    def other_band(self) -> bool:
        """Would it be in another band?"""
        return self.was is not self.would

    @property
    def other_steps(self) -> bool:
        """Would other steps follow?"""
        return bool(self.steps_gone or self.steps_new)


def weigh(session: Session, policy: Policy, case_id: UUID | None = None) -> tuple[Weighed, ...]:
    """Each open case that was assessed, by the version that it keeps to and by this one; or one of them alone."""
    each, here = Assessment, scope_of(session).landlord_id
    newest = (
        select(
            each.case_id,
            each.yes,
            each.unknown,
            each.by_count,
            each.level,
            each.incidents,
            each.repeat,
            each.area,
            each.area_lines,
        )
        .where(each.landlord_id == here, each.state == COMPLETED)
        .ext(distinct_on(each.case_id))
        .order_by(each.case_id, each.completed_at.desc())
        .subquery()
    )
    rows = select(Case.policy_version_id, newest).join(newest, newest.c.case_id == Case.id)
    rows = rows.where(Case.landlord_id == here, Case.stage != CaseStage.CLOSED.value)
    if case_id is not None:
        rows = rows.where(Case.id == case_id)
    return tuple(_weighed(session, policy, row) for row in session.execute(rows))


def _weighed(session: Session, policy: Policy, row: Any) -> Weighed:  # noqa: ANN401 - a row of the query above
    count = Tally(row.yes or 0, row.unknown or 0, 0)
    drawn = tuple(AreaLines(**each) for each in row.area_lines)
    facts = Facts(row.incidents or 0, row.repeat, None, row.area, drawn)
    judged = Level(row.level) if row.level and row.level != row.by_count else None
    pinned_to = pinned(session, row.policy_version_id).policy
    was, would = (_judged(one, count, facts, judged) for one in (pinned_to, policy))
    before = dict.fromkeys(_says(pinned_to, was))
    after = dict.fromkeys(_says(policy, would))
    return Weighed(
        was.level,
        would.level,
        tuple(one for one in before if one not in after),
        tuple(one for one in after if one not in before),
    )


def _judged(policy: Policy, count: Tally, facts: Facts, judged: Level | None) -> Outcome:
    """Professional judgement stands, as long as it says no less than the count does by itself."""
    by_count = weighed(policy, count, facts)
    if judged is None or judged.rank <= by_count.level.rank:
        return by_count
    return weighed(policy, count, replace(facts, judgement=judged))


def _says(policy: Policy, found: Outcome) -> Iterator[str]:
    yield from (f"{each.says} ({each.clause})" for each in steps(policy, found) if each.is_task)
