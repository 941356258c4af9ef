"""The verbs about staying and settling: keep the plan to stay, keep what was offered about rent, divide arrears.

Sources: AG/013 OP8; HS-026 4.13; NPH Accommodation and Rehousing, Emergency move outside, para 4.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.tasks.proposed import DealtWith, by_day, end_of
from portal.cases.tasks.service import Ending, Proposal, propose, settle
from portal.domain.calendar import in_london
from portal.domain.policy.said_date import in_words
from portal.domain.rehousing.settling import Stay, against_division, against_nil_rent, against_stay
from portal.domain.securing import Refusal
from portal.domain.tasks import TaskKind
from portal.homes.moves.completion import ARREARS
from portal.homes.moves.queries import move_of
from portal.homes.noting import Noted, note
from portal.homes.options import queries as housing
from portal.homes.options.following import NIL_RENT
from portal.homes.refused import RefusedError
from portal.homes.settling.models import ArrearsShare, HomeRent, StayPlan
from portal.landlords.policies import pinned
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

DAYS_BEFORE = 14
"""How long before rent changes back somebody is reminded: the portal's own, no policy says."""


@dataclass(frozen=True, slots=True)
class Rent:
    """What was offered about rent, what they said, and from when until when it holds."""

    kind: str
    answer: str
    starts_on: date | None
    ends_on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Division:
    """Whether the arrears are divided, in which shares, and why."""

    divided: bool
    shares: str
    reason: str


def stay(
    session: Session, case_id: UUID, revision: int, plan: Stay, actor: Actor, now: datetime, *, in_force: bool
) -> None:
    """Keep the plan to stay, as a draft or in force; RefusedError says what keeps it from coming into force."""
    case = cases.get(session, case_id, for_update=True)
    row = session.scalar(
        select(StayPlan)
        .where(StayPlan.landlord_id == scope_of(session).landlord_id, StayPlan.case_id == case_id)
        .with_for_update()
    )
    if (row.revision if row else 0) != revision:
        raise cases.EditedMeanwhileError
    under = pinned(session, case.policy_version_id)
    facts = housing.newest(session, case_id, case.risk_level).facts
    lacking = against_stay(under.policy, facts, plan, in_london(now).date()) if in_force else ()
    if lacking:
        raise RefusedError(*lacking)
    row = row or StayPlan(landlord_id=case.landlord_id, id=new_id(), case_id=case_id)
    said = {"risks": plan.risks, "measures": plan.measures, "agreed": plan.agreed}
    row.sealed = box_of(session, case_id).seal_json("stay_plan", row.id, said)
    row.state, row.safe, row.review_on = "active" if in_force else "draft", plan.safe, plan.review_on
    row.kept_at, row.actor, row.revision = now, actor.name, revision + 1
    session.add(row)
    session.flush()
    end_of(session, case_id, row.id, DealtWith(Ending.DONE, "Looked at again."), actor, now)
    if in_force and plan.review_on:
        due_at, source = by_day(under.calendar, plan.review_on, now), f"stay-{plan.review_on:%Y%m%d}"
        words = "Look at the plan to stay again, with them: are they still safe at home?"
        task = Proposal(TaskKind.STAY_REVIEW, words, due_at, source=source, source_id=row.id)
        propose(session, case_id, task, actor, now)
    facts_of_plan = {"state": row.state}
    note(session, case_id, Noted(Fact.SETTLING, "stay_plan", facts_of_plan, plan.measures), actor, now)


def rent(session: Session, case_id: UUID, found: Rent, actor: Actor, now: datetime) -> None:
    """Keep what was offered about rent. Nil rent is offered once a council has agreed a duty, and not before."""
    case = cases.get(session, case_id, for_update=True)
    under = pinned(session, case.policy_version_id)
    facts = housing.newest(session, case_id, case.risk_level).facts
    against = against_nil_rent(under.policy, facts) if found.kind == "nil" else None
    if against:
        raise RefusedError(Refusal("kind", against))
    rent_id = new_id()
    session.add(
        HomeRent(
            landlord_id=case.landlord_id,
            id=rent_id,
            case_id=case_id,
            kind=found.kind,
            answer=found.answer,
            starts_on=found.starts_on,
            ends_on=found.ends_on,
            at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json("home_rent", rent_id, {"words": found.words}),
        )
    )
    session.flush()
    if found.kind == "nil":
        settle(session, case_id, NIL_RENT, case_id, Ending.DONE, actor, now)
    if found.answer == "accepted" and found.ends_on:
        day = found.ends_on - timedelta(days=DAYS_BEFORE)
        words = (
            f"What was agreed about rent ends on {in_words(found.ends_on.isoformat())}: tell them in a safe way, "
            "and see that no arrears grow. Time set by the portal: the policy gives none."
        )
        due_at = by_day(under.calendar, day, now)
        task = Proposal(TaskKind.RENT_ENDS, words, due_at, source="rent", source_id=rent_id)
        propose(session, case_id, task, actor, now)
    facts_of_rent = {"kind": found.kind, "answer": found.answer}
    note(session, case_id, Noted(Fact.SETTLING, "rent", facts_of_rent, found.words), actor, now)


def divide(
    session: Session, case_id: UUID, found: Division, actor: Actor, now: datetime, *, is_manager: bool
) -> None:
    """A manager decides about the arrears of the old home once the move is over."""
    case = cases.get(session, case_id, for_update=True)
    move = move_of(session, case_id)
    policy = pinned(session, case.policy_version_id).policy
    moved = move is not None and move.state == "moved"
    lacking = against_division(policy, found.reason, is_manager=is_manager, moved=moved)
    if lacking:
        raise RefusedError(*lacking)
    share_id = new_id()
    said = {"shares": found.shares, "reason": found.reason}
    session.add(
        ArrearsShare(
            landlord_id=case.landlord_id,
            id=share_id,
            case_id=case_id,
            divided=found.divided,
            at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json("arrears_share", share_id, said),
        )
    )
    session.flush()
    settle(session, case_id, ARREARS, case_id, Ending.DONE, actor, now)
    facts = {"divided": "yes" if found.divided else "no"}
    note(session, case_id, Noted(Fact.SETTLING, "arrears", facts, found.reason, manager=True), actor, now)
