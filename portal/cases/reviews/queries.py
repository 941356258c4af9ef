"""Reviews to do and reviews done, and what a review of a case ought to know at once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from portal.cases.models import Case, TimelineEntry
from portal.cases.reviews.models import PLACE, CaseworkReview
from portal.domain.calendar import in_london
from portal.domain.casework_review import look_by, next_sample
from portal.domain.policy import Policy
from portal.domain.policy.casework import CaseworkRhythm
from portal.domain.policy.stated import Origin
from portal.store.database import scope_of
from portal.store.record_keys import box_of

MOST = 50
LATELY = timedelta(days=90)
"""A case that was drawn within this time is not drawn again: the portal's own figure."""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review in a list: no word of the case but its reference."""

    id: UUID
    case_id: UUID
    reference: str
    drawn_at: datetime
    drawn_by: str
    reviewer: str | None
    ended_at: datetime | None
    score: int | None
    own: bool


def listed(session: Session, account_id: UUID, *, done: bool) -> list[ReviewRow]:
    """Those that wait, the oldest first; or those that are done, the newest first. `own`: the reader has the case."""
    review = CaseworkReview
    query = (
        select(
            review.id,
            review.case_id,
            Case.reference,
            review.drawn_at,
            review.drawn_by,
            review.reviewer_name,
            review.ended_at,
            review.score,
            Case.assigned_to.is_not_distinct_from(account_id),
        )
        .join(Case, (Case.landlord_id == review.landlord_id) & (Case.id == review.case_id))
        .where(review.landlord_id == scope_of(session).landlord_id)
    )
    if done:
        query = query.where(review.ended_at.is_not(None)).order_by(review.ended_at.desc())
    else:
        query = query.where(review.ended_at.is_(None)).order_by(review.drawn_at)
    return [ReviewRow(*row) for row in session.execute(query.limit(MOST))]


@dataclass(frozen=True, slots=True)
class Round:
    """How often casework is reviewed here, who set that, and when the next sample is to be drawn."""

    rhythm: CaseworkRhythm
    origin: Origin
    says: str | None
    clause: str | None
    due_on: date | None
    today: date

    @property
    def overdue(self) -> bool:
        """Should the sample have been drawn?"""
        return self.due_on is not None and self.due_on < self.today

    def look_by(self, drawn_at: datetime) -> date:
        """The day by which a case that was drawn is to be looked at."""
        return look_by(self.rhythm, in_london(drawn_at).date())

    def late(self, drawn_at: datetime) -> bool:
        """Has a case waited longer than was set?"""
        return self.look_by(drawn_at) < self.today


def current_round(session: Session, policy: Policy, now: datetime) -> Round:
    """Where the landlord stands between two samples, as whoever asks may see the cases."""
    here, rhythm, said = scope_of(session).landlord_id, policy.casework.value, policy.risk.casework_review
    drawn = session.scalar(select(func.max(CaseworkReview.drawn_at)).where(CaseworkReview.landlord_id == here))
    oldest = session.scalar(select(func.min(Case.opened_at)).where(Case.landlord_id == here, Case.erased_at.is_(None)))
    last, first = (in_london(each).date() if each else None for each in (drawn, oldest))
    due_on, today = next_sample(rhythm, last, first), in_london(now).date()
    return Round(rhythm, policy.casework.origin, said.value, said.clause, due_on, today)


def drawable(session: Session, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What holds of a case that could be drawn."""
    lately = exists().where(
        CaseworkReview.landlord_id == Case.landlord_id,
        CaseworkReview.case_id == Case.id,
        CaseworkReview.drawn_at > now - LATELY,
    )
    return (Case.landlord_id == scope_of(session).landlord_id, Case.erased_at.is_(None), ~lately)


@dataclass(frozen=True, slots=True)
class Late:
    """A review that has waited longer than was set; `twice`: more than twice as long."""

    review_id: UUID
    case_id: UUID
    twice: bool


def late_cases(session: Session, round_: Round) -> list[Late]:
    """Every review that is late, the oldest first."""
    rows = session.execute(
        select(CaseworkReview.id, CaseworkReview.case_id, CaseworkReview.drawn_at)
        .where(CaseworkReview.landlord_id == scope_of(session).landlord_id, CaseworkReview.ended_at.is_(None))
        .order_by(CaseworkReview.drawn_at)
    )
    again = timedelta(days=round_.rhythm.within_days)
    return [
        Late(review_id, case_id, round_.late(drawn_at + again))
        for review_id, case_id, drawn_at in rows
        if round_.late(drawn_at)
    ]


def advised(session: Session, case_id: UUID) -> bool:
    """Was any advice written down on the case? Source: whg 2.2."""
    entry = TimelineEntry
    told = exists().where(
        entry.landlord_id == scope_of(session).landlord_id,
        entry.case_id == case_id,
        (entry.kind == "interview") & entry.facts.has_key("topics") | entry.kind.in_(("signpost", "advice")),
    )
    return bool(session.scalar(select(told)))


def closed_because(session: Session, case_id: UUID) -> str | None:
    """What was written when the case was closed, with why it was closed all the same; None while it is open."""
    entry = TimelineEntry
    row = session.scalars(
        select(entry)
        .where(
            entry.landlord_id == scope_of(session).landlord_id,
            entry.case_id == case_id,
            entry.kind == "closed",
        )
        .order_by(entry.at.desc(), entry.id.desc())
        .limit(1)
    ).first()
    if row is None or row.sealed is None:
        return None
    return box_of(session, case_id).open("timeline_entry", row.id, row.sealed)


@dataclass(frozen=True, slots=True)
class Done:
    """A review of a case, opened."""

    ended_at: datetime
    reviewer: str
    score: int | None
    said: dict[str, Any]


def of_case(session: Session, case_id: UUID) -> list[Done]:
    """The reviews of a case that are done, the newest first."""
    review, box = CaseworkReview, box_of(session, case_id)
    rows = session.scalars(
        select(review)
        .where(
            review.landlord_id == scope_of(session).landlord_id,
            review.case_id == case_id,
            review.ended_at.is_not(None),
        )
        .order_by(review.ended_at.desc())
        .limit(MOST)
    )
    return [
        Done(each.ended_at, each.reviewer_name or "", each.score, box.open_json(PLACE, each.id, each.sealed))
        for each in rows
        if each.ended_at and each.sealed
    ]
