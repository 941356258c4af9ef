"""Every morning: remind whoever reviews casework that a sample is due, or that a case has waited for too long.

Source: whg 3.4, "regular"; how often is the landlord's to set.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import uuid5

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.cases.confidentiality.queries import matters
from portal.cases.reviews.queries import Round, current_round, drawable, late_cases
from portal.deadlines.hearers import Matter, who_hears
from portal.deadlines.reviews import ABOVE, OWNERS, Review, climb
from portal.domain.permissions import Permission
from portal.domain.policy import Policy
from portal.domain.policy.ladder import Hearer
from portal.domain.policy.review import ReviewStep
from portal.landlords.policies import NoPolicyError, in_force
from portal.messaging.words import Kind
from portal.people.colleagues import Colleague, colleagues
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open


def remind_of_casework(open_: Open, now: datetime) -> None:
    """Each is told once of each sample and of each case; drawing, or looking, ends it."""
    with open_() as session:
        try:
            policy = in_force(session, now).policy
        except NoPolicyError:
            return
        round_, staff = current_round(session, policy, now), colleagues(session, now)
        link = f"{desk_of(session)}/reviews"
        found = [*_sample(session, round_, policy, staff, link, now), *_late(session, round_, staff, link)]
        leave(session, found, now)


def _sample(
    session: Session, round_: Round, policy: Policy, staff: Sequence[Colleague], link: str, now: datetime
) -> list[Notice]:
    """Whoever draws samples hears on the day, and whoever answers for the policy while nobody has drawn one."""
    if round_.due_on is None or round_.due_on > round_.today:
        return []
    if not session.scalar(select(exists().where(*drawable(session, now)))):
        return []
    who = [each.account_id for each in staff if Permission.CASEWORK_REVIEW in each.permissions]
    sample = Review(scope_of(session).landlord_id, f"casework {round_.due_on}", link, Kind.PRACTICE, OWNERS | ABOVE)
    return climb(session, sample, who, policy, ReviewStep.OVERDUE, now)


def _late(session: Session, round_: Round, staff: Sequence[Colleague], link: str) -> Iterator[Notice]:
    """A senior other than the case's officer hears, later a manager too; never one who may not know of the case."""
    late = late_cases(session, round_)
    known = matters(session, {each.case_id for each in late})
    for each in late:
        matter = known[each.case_id]
        able = [one for one in staff if _reviews(one, matter)]
        for hearer in (Hearer.SENIOR, Hearer.MANAGER) if each.twice else (Hearer.SENIOR,):
            for account_id in who_hears(able, hearer, matter).accounts:
                yield Notice(account_id, uuid5(each.review_id, hearer), Kind.PRACTICE, link)


def _reviews(each: Colleague, matter: Matter) -> bool:
    return Permission.CASEWORK_REVIEW in each.permissions and each.account_id != matter.assignee
