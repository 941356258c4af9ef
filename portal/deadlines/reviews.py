"""The policy's own clock: its owner hears in time that it is to be reviewed, and the post above if nothing follows."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.deadlines.hearers import holds_post, titles
from portal.domain.calendar import in_london
from portal.domain.permissions import Role
from portal.domain.policy import Policy
from portal.domain.policy.governance import PostPart
from portal.domain.policy.review import ReviewStep, next_review, review_step
from portal.landlords.policies import NoPolicyError, in_force
from portal.messaging.words import Kind
from portal.people.colleagues import Colleague, colleagues
from portal.store.database import scope_of
from portal.work.models import Message
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open

OWNERS = frozenset({PostPart.OWNER, PostPart.RESPONSIBLE})
ABOVE = frozenset({PostPart.ACCOUNTABLE, PostPart.DUTY_HOLDER, PostPart.OVERSEES})
UNANSWERED = "unanswered"


def remind_of_review(open_: Open, now: datetime) -> None:
    """Remind of the review of the policy in force, once when it comes near and once when it is overdue.

    Unanswered for as long as the landlord has set, the first reminder is followed by one to the post above.
    A review that is recorded moves the date, and with it ends the reminders.
    """
    with open_() as session:
        try:
            policy = in_force(session, now).policy
        except NoPolicyError:
            return
        step = review_step(policy.document, policy.review_notice, in_london(now).date())
        if step is None:
            return
        due = next_review(policy.document)
        here = scope_of(session).landlord_id
        review = Review(here, f"review {due.when if due else ''}", f"{desk_of(session)}/policy")
        leave(session, climb(session, review, owners(session, policy, now), policy, step, now), now)


@dataclass(frozen=True, slots=True)
class Review:
    """What is to be looked at again by a day: another day is another review, and its reminders begin anew."""

    of: UUID
    which: str
    link: str
    kind: Kind = Kind.REVIEW
    above: frozenset[PostPart] = ABOVE
    """Whose posts hear of it while nobody has answered."""

    def cause(self, step: str) -> UUID:
        """By which one reminder is told from another, so that each is left once."""
        return uuid5(self.of, f"{self.which} {step}")


def climb(
    session: Session, review: Review, who: Sequence[UUID], policy: Policy, step: ReviewStep, now: datetime
) -> list[Notice]:
    """The reminder of this step for whoever answers for it, and one for the post above while nobody has answered."""
    found = [Notice(each, review.cause(step), review.kind, review.link) for each in who]
    if _unanswered(session, review, policy, now):
        above = _holders(colleagues(session, now), titles(policy.governance, review.above))
        found += [Notice(each, review.cause(UNANSWERED), review.kind, review.link) for each in above]
    return found


def owners(
    session: Session, policy: Policy, now: datetime, parts: Container[PostPart] = OWNERS
) -> list[UUID]:
    """Whoever answers for the policy here, in one of these parts."""
    return _holders(colleagues(session, now), titles(policy.governance, parts))


def _holders(staff: Sequence[Colleague], posts: Container[str]) -> list[UUID]:
    """Whoever holds the post; while nobody does, the managers."""
    found = [each.account_id for each in staff if holds_post(each, posts)]
    return found or [each.account_id for each in staff if Role.MANAGER in each.roles]


def _unanswered(session: Session, review: Review, policy: Policy, now: datetime) -> bool:
    """Was the owner reminded of this very date, longer ago than the landlord waits for an answer?"""
    causes = [review.cause(step) for step in ReviewStep]
    first = session.scalar(select(func.min(Message.made_at)).where(Message.cause_id.in_(causes)))
    return first is not None and now >= first + timedelta(days=policy.review_notice.unanswered_days)
