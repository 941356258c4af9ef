"""The list for seniors, and what one case lacks at its review. Each case is held against the policy that it keeps to.

Sources: whg 2.2; STAR 3.17; NPH Dealing with cases, para 2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, func, or_, select, tuple_
from sqlalchemy.orm import Session

from portal.cases.closing.checks import Concern
from portal.cases.frame import Frame, Reader
from portal.cases.models import Case
from portal.cases.queries import CaseLine, by_ids
from portal.domain.lifecycle import CaseStage
from portal.domain.policy import Policy
from portal.landlords.models import PolicyVersion
from portal.landlords.policies import pinned
from portal.people.queries import colleagues
from portal.reports.lacking.rules import RULES, Rule
from portal.store import audit
from portal.store.audit import Fact
from portal.store.database import scope_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing, with the clause that asks for it."""

    rule: Rule
    clause: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """A case and everything that its record lacks."""

    line: CaseLine
    opened_at: datetime
    officer: str
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page, the case that is open longest first; `counts` are of the whole list, `more` begins the next."""

    rows: tuple[Lacking, ...]
    counts: tuple[tuple[Rule, int], ...]
    more: UUID | None


def listed(session: Session, reader: Reader, after: UUID | None) -> Page:
    """What is lacking in the open cases that the reader may open; that the list was read is written down."""
    policies = _policies(session)
    lacks = {rule.key: _lacks(rule, policies) for rule in RULES}
    here = (Case.landlord_id == scope_of(session).landlord_id, Case.stage != CaseStage.CLOSED.value)
    columns = [found.label(key) for key, found in lacks.items()]
    query = select(Case.id, Case.opened_at, Case.policy_version_id, Case.assigned_to, *columns)
    query = query.where(*here, or_(*lacks.values()))
    if after:
        begin = select(Case.opened_at, Case.id).where(Case.landlord_id == here[0].right, Case.id == after)
        query = query.where(tuple_(Case.opened_at, Case.id) > begin.scalar_subquery())
    found = session.execute(query.order_by(Case.opened_at, Case.id).limit(PAGE + 1)).all()
    lines = {each.id: each for each in by_ids(session, [row.id for row in found[:PAGE]])}
    audit.record(session, Fact.TEAM_READ, reader.actor, reader.now, permission=reader.permission, shown=lines)
    officers = {each.account_id: each.name for each in colleagues(session, reader.now)}
    rows = tuple(
        Lacking(
            lines[row.id],
            row.opened_at,
            officers.get(row.assigned_to, "Nobody"),
            tuple(_of_row(row, policies[row.policy_version_id])),
        )
        for row in found[:PAGE]
        if row.id in lines
    )
    sums = session.execute(select(*(func.count().filter(each) for each in lacks.values())).where(*here)).one()
    counts = tuple((rule, number) for rule, number in zip(RULES, sums, strict=True) if number)
    return Page(rows, counts, found[PAGE - 1].id if len(found) > PAGE else None)


def at_review(session: Session, found: Frame) -> Iterator[Concern]:
    """What this case lacks, for whoever reviews it."""
    columns = [rule.lacks.label(rule.key) for rule in RULES]
    here = (Case.landlord_id == scope_of(session).landlord_id) & (Case.id == found.case.id)
    row = session.execute(select(*columns).where(here)).one()
    for lack in _of_row(row, found.policy):
        yield Concern(f"On record there is {lack.rule.says}.", lack.clause)


def _policies(session: Session) -> Mapping[UUID, Policy]:
    """Every version of this landlord's policy; cases keep to the one under which they were opened."""
    versions = session.scalars(
        select(PolicyVersion.id).where(PolicyVersion.landlord_id == scope_of(session).landlord_id)
    )
    return {version: pinned(session, version).policy for version in versions}


def _lacks(rule: Rule, policies: Mapping[UUID, Policy]) -> ColumnElement[bool]:
    asking = [version for version, policy in policies.items() if rule.asked(policy).value is not None]
    return and_(Case.policy_version_id.in_(asking), rule.lacks) if asking else false()


def _of_row(row: Any, policy: Policy) -> Iterator[Lack]:  # noqa: ANN401 - a row of the queries above
    for rule in RULES:
        asked = rule.asked(policy)
        if asked.value is not None and getattr(row, rule.key):
            yield Lack(rule, asked.clause or "")
