"""What was drawn and what is recommended; of a case only what its record keeps of the policy."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.plans.models import Plan
from portal.cases.safeguarding.models import Concern
from portal.deadlines import words
from portal.deadlines.models import Deadline
from portal.domain.findings import Found, Kept, Unmet, unmet
from portal.domain.plans import PlanKind
from portal.domain.tasks import TASK
from portal.landlords.models import PolicyVersion
from portal.landlords.policies import pinned
from portal.people.models import Account
from portal.reports.findings.models import PLACE, AuditedCase, AuditRound, Recommendation
from portal.store.database import scope_of
from portal.store.record_keys import box_of

SHOWN = 60


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One case that was drawn: its reference, and how many clauses were found unmet once somebody looked."""

    id: UUID
    case_id: UUID
    reference: str
    drawn_at: datetime
    seen_at: datetime | None
    seen_by: str | None
    unmet: int | None


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One recommendation, opened."""

    id: UUID
    source: Found
    version: str
    made_at: datetime
    made_by: str
    owner: str
    due_on: date
    ended_at: datetime | None
    ended_by: str | None
    finding: str
    change: str
    evidence: str


def latest_round(session: Session) -> AuditRound | None:
    """The newest drawing."""
    here = AuditRound.landlord_id == scope_of(session).landlord_id
    return session.scalar(select(AuditRound).where(here).order_by(AuditRound.drawn_at.desc()).limit(1))


def drawn(session: Session) -> list[DrawnRow]:
    """The cases that were drawn, those that wait first; only such as the reader may know of."""
    each = AuditedCase
    rows = session.execute(
        select(
            each.id, each.case_id, Case.reference, AuditRound.drawn_at, each.seen_at, each.seen_by, each.unmet
        )
        .join(Case, (Case.landlord_id == each.landlord_id) & (Case.id == each.case_id))
        .join(AuditRound, (AuditRound.landlord_id == each.landlord_id) & (AuditRound.id == each.round_id))
        .where(each.landlord_id == scope_of(session).landlord_id)
        .order_by(each.seen_at.is_not(None), AuditRound.drawn_at.desc(), Case.reference)
        .limit(SHOWN)
    )
    return [DrawnRow(*row) for row in rows]


def unmet_of(session: Session, case: Case) -> Sequence[Unmet]:
    """What the record of a closed case shows unmet, by the version of the policy that it keeps to."""
    here, of_case = scope_of(session).landlord_id, case.id
    clocks = session.execute(
        select(Deadline.stop_act, Deadline.clause, Deadline.due_at, Deadline.met_at, Deadline.ended_at)
        .where(Deadline.landlord_id == here, Deadline.case_id == of_case, Deadline.event != TASK)
        .order_by(Deadline.started_at)
    )
    plans = session.scalars(
        select(Plan.kind).where(Plan.landlord_id == here, Plan.case_id == of_case, Plan.number.is_not(None))
    )
    undecided = session.scalar(
        select(func.count()).where(
            Concern.landlord_id == here, Concern.case_id == of_case, Concern.decided_at.is_(None)
        )
    )
    kept = Kept(
        tuple((words.act(act), clause, due, met, ended) for act, clause, due, met, ended in clocks),
        case.risk_level is not None or case.risk_declined_at is not None,
        frozenset(PlanKind(each) for each in plans),
        undecided or 0,
    )
    return list(unmet(pinned(session, case.policy_version_id).policy, kept))


def recommendations(session: Session) -> list[RecommendationRow]:
    """What is recommended, those not yet done first, the most pressing before the others."""
    each = Recommendation
    rows = session.execute(
        select(each, Account.name, PolicyVersion.reference, PolicyVersion.label)
        .join(Account, Account.id == each.owner)
        .join(
            PolicyVersion,
            (PolicyVersion.landlord_id == each.landlord_id) & (PolicyVersion.id == each.policy_version_id),
        )
        .where(each.landlord_id == scope_of(session).landlord_id)
        .order_by(each.ended_at.is_not(None), each.due_on, each.id)
        .limit(SHOWN)
    )
    return [
        RecommendationRow(
            found.id,
            Found(found.source),
            f"{reference}, {label}",
            found.made_at,
            found.made_by,
            owner,
            found.due_on,
            found.ended_at,
            found.ended_by,
            **box_of(session, found.id).open_json(PLACE, found.id, found.sealed),
        )
        for found, owner, reference, label in rows
    ]
