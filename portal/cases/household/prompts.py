"""What follows from who somebody is: a referral for a child, a specialist's route, a manager's decision."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import people_told
from portal.cases.models import Case
from portal.cases.needs import following as needs
from portal.cases.tasks.proposed import today
from portal.cases.tasks.service import Proposal, propose
from portal.domain.calendar import in_london
from portal.domain.cautions import BY_KIN
from portal.domain.connection import ADULT_FROM
from portal.domain.intake import CHILD_UNDER, Answers
from portal.domain.permissions import Role
from portal.domain.policy.scope import Subtype
from portal.domain.standing import Standing
from portal.domain.tasks import TaskKind
from portal.landlords.policies import PinnedPolicy, pinned
from portal.people.queries import colleagues
from portal.store.audit import Actor

PERSON, FGM, STANDING, KINDS = "person", "fgm", "standing", "kinds"
"""What proposes a task."""


def about_people(
    session: Session, case: Case, subtypes: frozenset[Subtype], actor: Actor, now: datetime
) -> None:
    """Propose what the people of a case call for; nothing is proposed twice.

    A victim or a person who harms under 16, and a child who is hurt, are referred today (NPH Definition; STAR 3.6);
    where genital mutilation is known of, so is every girl of the household (NPH Victim).
    """
    under = pinned(session, case.policy_version_id)
    day = in_london(now).date()
    for person_id, part, details in people_told.everybody(session, case.id):
        age = people_told.age_of(details, day)
        if details.get("gone") or part in {"household", "teller", "professional"}:
            continue
        young = age is not None and age < CHILD_UNDER
        if (part in {"survivor", "other_person"} and young) or "direct" in details.get("effects", ()):
            words = "Under 16, or a child who is hurt: refer to children’s services."
            _refer(session, case, under, PERSON, person_id, words, actor, now)
        minor = age < ADULT_FROM if age is not None else part == "child"
        if Subtype.FGM in subtypes and minor and details.get("gender") == "female":
            words = "A girl, where genital mutilation is known of: refer to children’s services."
            _refer(session, case, under, FGM, person_id, words, actor, now)


def _refer(
    session: Session,
    case: Case,
    under: PinnedPolicy,
    source: str,
    person_id: UUID,
    words: str,
    actor: Actor,
    now: datetime,
) -> None:
    definition = under.policy.definition
    clause = definition.below_minimum_age.clause or definition.children.clause
    due_at = today(under.calendar, now)
    task = Proposal(TaskKind.CHILD_REFERRAL, words, due_at, clause, source=source, source_id=person_id)
    propose(session, case.id, task, actor, now)


def about_kinds(
    session: Session, case: Case, subtypes: frozenset[Subtype], actor: Actor, now: datetime
) -> None:
    """Some kinds of abuse have specialists: ask one before anything else is done (whg 1.5; NPH Victim)."""
    if not BY_KIN & subtypes:
        return
    under = pinned(session, case.policy_version_id)
    words = (
        "Ask a specialist service before the next step. Do not contact family or community, do not mediate."
    )
    clause = under.policy.definition.subtypes.clause
    task = Proposal(
        TaskKind.SPECIALIST, words, today(under.calendar, now), clause, source=KINDS, source_id=case.id
    )
    propose(session, case.id, task, actor, now)


def about_standing(
    session: Session, case: Case, entry_id: UUID, standing: Standing, wishes: str, actor: Actor, now: datetime
) -> None:
    """A conviction opens a manager's decision where the policy has a ground that rests on one (AG/013 Objectives)."""
    if standing is not Standing.CONVICTED:
        return
    policy = pinned(session, case.policy_version_id).policy
    managers = [each.account_id for each in colleagues(session, now) if Role.MANAGER in each.roles]
    for ground in policy.perpetrators.possession:
        if not ground.needs_conviction:
            continue
        words = (
            f"{ground.says}. Decide whether to act, beside what the person wants ({wishes or 'not yet asked'}) "
            "and whether it leaves them safe. Nothing has been begun."
        )
        owner = managers[0] if managers else None
        task = Proposal(
            TaskKind.POSSESSION, words, None, ground.clause, owner, source=STANDING, source_id=entry_id
        )
        propose(session, case.id, task, actor, now)


def follow_told(session: Session, case: Case, answers: Answers, actor: Actor, now: datetime) -> None:
    """What a report itself calls for, at once."""
    subtypes = frozenset(Subtype(each) for each in answers.subtypes if each in set(Subtype))
    session.flush()
    about_kinds(session, case, subtypes, actor, now)
    about_people(session, case, subtypes, actor, now)
    needs.follow(session, case, answers, actor, now)
