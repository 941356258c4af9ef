"""Open cases that lack what their policy asks for: an agreed plan, a day to look at it again, the look itself.

Each case is held against the version of the policy that it keeps to. Sources: HS-026 4.6, 4.7, 6.3; NPH Dealing with
cases, para 2; whg 2.7; AG/013 OP4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from portal.cases.frame import Reader
from portal.cases.models import Case
from portal.cases.plans.models import Plan
from portal.cases.plans.parts import KINDS
from portal.cases.queries import CaseLine, by_ids
from portal.domain.calendar import in_london
from portal.domain.lifecycle import CaseStage
from portal.domain.plans import PlanKind, asked_by
from portal.domain.policy import Policy
from portal.domain.wording import say_day
from portal.landlords.models import PolicyVersion
from portal.landlords.policies import pinned
from portal.people.queries import colleagues
from portal.store import audit
from portal.store.audit import Fact
from portal.store.database import scope_of

PAGE = 50
PLANS = {kind: aliased(Plan, name=f"{kind}_plan") for kind in PlanKind}


@dataclass(frozen=True, slots=True)
class Lack:
    """What is asked for of one plan and is not there, with every clause that asks for it."""

    says: str
    clause: str
    kind: PlanKind


@dataclass(frozen=True, slots=True)
class Lacking:
    """A case and everything that it lacks."""

    line: CaseLine
    opened_at: datetime
    officer: str
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, the case that is open longest first; `more` is where the next begins."""

    rows: tuple[Lacking, ...]
    asked: tuple[tuple[str, str, str], ...]
    more: UUID | None


def listed(session: Session, reader: Reader, after: UUID | None) -> Page:
    """What is lacking in the cases that the reader may open; that the list was read is written down."""
    policies, now = _versions(session), reader.now
    officers = {each.account_id: each.name for each in colleagues(session, now)}
    query = _cases(session, policies, now)
    if after:
        begin = select(Case.opened_at, Case.id).where(
            Case.landlord_id == scope_of(session).landlord_id, Case.id == after
        )
        query = query.where(tuple_(Case.opened_at, Case.id) > begin.scalar_subquery())
    found = session.execute(query.order_by(Case.opened_at, Case.id).limit(PAGE + 1)).all()
    lines = {each.id: each for each in by_ids(session, [row.id for row in found[:PAGE]])}
    audit.record(
        session, Fact.TEAM_READ, reader.actor, reader.now, permission=reader.permission, shown=lines
    )
    rows = tuple(
        Lacking(
            lines[row.id],
            row.opened_at,
            officers.get(row.assigned_to, "Nobody"),
            tuple(_lacks(policies[row.policy_version_id], row, now)),
        )
        for row in found[:PAGE]
        if row.id in lines
    )
    return Page(rows, _asked(policies.values()), found[PAGE - 1].id if len(found) > PAGE else None)


def _versions(session: Session) -> dict[UUID, Policy]:
    """Every version of this landlord's policy; cases keep to the one under which they were opened."""
    here = select(PolicyVersion.id).where(PolicyVersion.landlord_id == scope_of(session).landlord_id)
    versions = session.scalars(here.order_by(PolicyVersion.loaded_at, PolicyVersion.id))
    return {version: pinned(session, version).policy for version in versions}


def _cases(session: Session, policies: dict[UUID, Policy], now: datetime) -> Any:  # noqa: ANN401 - a statement
    query = select(Case.id, Case.opened_at, Case.policy_version_id, Case.assigned_to)
    lacks: list[ColumnElement[bool]] = []
    for kind, plan in PLANS.items():
        query = query.add_columns(
            plan.number.label(f"{kind}_number"),
            plan.draft_at.label(f"{kind}_draft"),
            plan.review_at.label(f"{kind}_review"),
        ).join(
            plan,
            and_(plan.landlord_id == Case.landlord_id, plan.case_id == Case.id, plan.kind == kind.value),
            isouter=True,
        )
        asks = [version for version, policy in policies.items() if asked_by(policy, kind).value is not None]
        lacks.append(and_(Case.policy_version_id.in_(asks), plan.number.is_(None)))
        lacks.append(and_(plan.number.is_not(None), plan.review_at < now))
        rhythms = [version for version, policy in policies.items() if policy.risk.plan_review.value is not None]
        wanted = or_(plan.number.is_not(None), Case.policy_version_id.in_(asks))
        lacks.append(and_(Case.policy_version_id.in_(rhythms), wanted, plan.review_at.is_(None)))
    return query.where(
        Case.landlord_id == scope_of(session).landlord_id, Case.stage != CaseStage.CLOSED.value, or_(*lacks)
    )


def _lacks(policy: Policy, row: Any, now: datetime) -> Iterator[Lack]:  # noqa: ANN401 - a row of the query above
    review = policy.risk.plan_review
    for kind in PlanKind:
        asked = asked_by(policy, kind)
        number, draft, review_at = (getattr(row, f"{kind}_{each}") for each in ("number", "draft", "review"))
        found: dict[str, str | None] = {}
        if number is None and asked.value is not None:
            found["a draft, not agreed" if draft else "not begun"] = asked.clause
        if review.value is not None and review_at is None and (number is not None or asked.value is not None):
            found["no day for its review"] = review.clause
        if number is not None and review_at is not None and review_at < now:
            found[f"review was due {say_day(in_london(review_at).date())}"] = review.clause
        if found:
            clauses = dict.fromkeys(filter(None, found.values()))
            yield Lack(f"{KINDS[kind]}: {', '.join(found)}", ", ".join(clauses), kind)


def _asked(policies: Sequence[Policy] | Any) -> tuple[tuple[str, str, str], ...]:  # noqa: ANN401 - a view of values
    """What the newest version asks for, in its own words: for the head of the list."""
    newest = list(policies)[-1] if policies else None
    if newest is None:
        return ()
    stated = ((KINDS[kind], asked_by(newest, kind)) for kind in PlanKind)
    found = [(name, each.value, each.clause or "") for name, each in stated if each.value is not None]
    review = newest.risk.plan_review
    return (*found, *([("Review", review.value.says, review.clause or "")] if review.value else []))
