"""Who hears that an agreement is to be reviewed: whoever looks after it, else the managers, then the post above.

Source: NPH Information Sharing; how long before, and how long nobody may answer, is as for the policy itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from portal.deadlines.reviews import Review, climb
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission, Role
from portal.domain.policy.review import ReviewStep
from portal.landlords.policies import NoPolicyError, in_force
from portal.partners.agreements.queries import to_review
from portal.people.colleagues import Colleague, colleagues
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open


def remind_of_agreements(open_: Open, now: datetime) -> None:
    """Remind once when a review comes near, and once when it is overdue. A later day that is recorded ends it."""
    today = in_london(now).date()
    with open_() as session:
        try:
            policy = in_force(session, now).policy
        except NoPolicyError:
            return
        staff, desk = colleagues(session, now), desk_of(session)
        found: list[Notice] = []
        for agreement_id, review_on, owner_id in to_review(
            session, today + timedelta(days=policy.review_notice.before_days)
        ):
            step = ReviewStep.OVERDUE if review_on < today else ReviewStep.COMING
            review = Review(agreement_id, f"review {review_on}", f"{desk}/agencies/{agreement_id}")
            found += climb(session, review, _hearers(staff, owner_id), policy, step, now)
        leave(session, found, now)


def _hearers(staff: Sequence[Colleague], owner_id: UUID) -> list[UUID]:
    """Whoever looks after it, while they still may; otherwise the managers, else the administrators."""
    able = [each for each in staff if Permission.AGREEMENT_KEEP in each.permissions]
    owner = [each.account_id for each in able if each.account_id == owner_id]
    managers = [each.account_id for each in able if Role.MANAGER in each.roles]
    return owner or managers or [each.account_id for each in able]
