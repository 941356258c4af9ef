"""The verbs about casework review: draw a sample, and record what was found. Source: whg 3.4."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.reviews import queries
from portal.cases.reviews.models import PLACE, CaseworkReview
from portal.cases.tasks.service import Proposal, propose
from portal.domain.casework_review import Item, Mark, score
from portal.domain.errors import PortalError
from portal.domain.tasks import TaskKind
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of


class OwnCaseError(PortalError):
    """Nobody reviews a case that they have."""


class NoSuchReviewError(PortalError):
    """No review with this id waits for this case."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a review found: a mark and, where there is one, a word about each item; and what is to be done."""

    marks: Mapping[Item, Mark]
    about: Mapping[Item, str]
    words: str
    actions: str = ""
    actions_due: datetime | None = None


def draw(session: Session, count: int, actor: Actor, now: datetime) -> list[UUID]:
    """Draw so many cases by chance among all that the drawer may see and that nobody has reviewed lately.

    Restricted cases are drawn only by those who may know of them: the rule of the database sees to it.
    """
    others = Case.assigned_to.is_distinct_from(actor.account_id)
    pool = list(session.scalars(select(Case.id).where(*queries.drawable(session, now), others)))
    drawn = secrets.SystemRandom().sample(pool, min(count, len(pool)))
    for case_id in drawn:
        session.add(
            CaseworkReview(
                landlord_id=scope_of(session).landlord_id,
                id=new_id(),
                case_id=case_id,
                drawn_at=now,
                drawn_by=actor.name,
            )
        )
        audit.record(session, Fact.REVIEW_DRAWN, actor, now, subject="case", subject_id=case_id)
    return drawn


def waiting(session: Session, case_id: UUID, review_id: UUID) -> CaseworkReview:
    """The review that waits to be done; NoSuchReviewError where none does."""
    found = session.scalar(
        select(CaseworkReview).where(
            CaseworkReview.case_id == case_id, CaseworkReview.id == review_id, CaseworkReview.ended_at.is_(None)
        )
    )
    if found is None:
        raise NoSuchReviewError
    return found


def record(
    session: Session, case_id: UUID, review_id: UUID, finding: Finding, actor: Actor, now: datetime
) -> None:
    """Keep what was found; what is to be done becomes a task of the case's officer."""
    case, review = cases.get(session, case_id, for_update=True), waiting(session, case_id, review_id)
    if case.assigned_to is not None and case.assigned_to == actor.account_id:
        raise OwnCaseError
    review.ended_at, review.reviewer, review.reviewer_name = now, actor.account_id, actor.name
    review.score = score(finding.marks)
    review.sealed = box_of(session, case_id).seal_json(
        PLACE,
        review_id,
        {
            "marks": {item.value: mark.value for item, mark in finding.marks.items()},
            "about": {item.value: words for item, words in finding.about.items() if words},
            "words": finding.words,
        },
    )
    tell(session, case_id, "reviewed", actor, now, facts={"score": review.score})
    audit.record(session, Fact.CASE_REVIEWED, actor, now, subject="case", subject_id=case_id)
    if finding.actions:
        found = Proposal(
            TaskKind.REVIEW_FINDING,
            finding.actions,
            finding.actions_due,
            source="casework_review",
            source_id=review_id,
        )
        propose(session, case_id, found, actor, now)
