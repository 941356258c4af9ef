"""The policy's own clock: its owner hears in time that it is to be reviewed, and the post above if nothing follows."""

from collections.abc import Container, Sequence
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
        found = _notices(session, owners(session, policy, now), policy, step)
        if _unanswered(session, policy, now):
            above = _holders(colleagues(session, now), titles(policy.governance, ABOVE))
            found += _notices(session, above, policy, UNANSWERED)
        leave(session, found, now)


def owners(session: Session, policy: Policy, now: datetime) -> list[UUID]:
    """Whoever answers for the policy here."""
    return _holders(colleagues(session, now), titles(policy.governance, OWNERS))


def _holders(staff: Sequence[Colleague], posts: Container[str]) -> list[UUID]:
    """Whoever holds the post; while nobody does, the managers."""
    found = [each.account_id for each in staff if holds_post(each, posts)]
    return found or [each.account_id for each in staff if Role.MANAGER in each.roles]


def _notices(session: Session, who: Sequence[UUID], policy: Policy, step: str) -> list[Notice]:
    link = f"{desk_of(session)}/policy"
    return [Notice(each, _cause(session, policy, step), Kind.REVIEW, link) for each in who]


def _unanswered(session: Session, policy: Policy, now: datetime) -> bool:
    """Was the owner reminded of this very date, longer ago than the landlord waits for an answer?"""
    causes = [_cause(session, policy, step) for step in ReviewStep]
    first = session.scalar(select(func.min(Message.made_at)).where(Message.cause_id.in_(causes)))
    return first is not None and now >= first + timedelta(days=policy.review_notice.unanswered_days)


def _cause(session: Session, policy: Policy, step: str) -> UUID:
    due = next_review(policy.document)
    return uuid5(scope_of(session).landlord_id, f"review {due.when if due else ''} {step}")
