"""Reviews to do and reviews done, and what a review of a case ought to know at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.cases.models import Case, TimelineEntry
from portal.cases.reviews.models import PLACE, CaseworkReview
from portal.store.database import scope_of
from portal.store.record_keys import box_of

MOST = 50


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


def advised(session: Session, case_id: UUID) -> bool:
    """Was any advice written down on the case? Source: whg 2.2."""
    entry = TimelineEntry
    told = exists().where(
        entry.landlord_id == scope_of(session).landlord_id,
        entry.case_id == case_id,
        (entry.kind == "interview") & entry.facts.has_key("topics") | (entry.kind == "signposted"),
    )
    return bool(session.scalar(select(told)))


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
