"""Wishes for an officer that only a manager can meet, because only managers know who has offered it (STAR 3.5)."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.preferences import KEPT_BY_MANAGERS, name_of
from portal.cases.tasks.service import Proposal, propose
from portal.domain.permissions import Role
from portal.domain.policy import PreferenceKind
from portal.domain.tasks import TaskKind
from portal.landlords.policies import pinned
from portal.people.colleagues import colleagues
from portal.store.audit import Actor


def ask_manager(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    """Set a manager the task of finding the officer; its end says whether the wish was met, and why not."""
    wished = [each for each in case.preferences if each.partition(":")[0] in KEPT_BY_MANAGERS]
    if not wished:
        return
    managers = [each.account_id for each in colleagues(session, now) if Role.MANAGER in each.roles]
    offers = pinned(session, case.policy_version_id).policy.contact.preferences
    propose(
        session,
        case.id,
        Proposal(
            TaskKind.OFFICER_ASKED_FOR,
            f"They would like {' and '.join(map(name_of, wished))}. Only you know who has offered it.",
            clause=offers.of(PreferenceKind(wished[0].partition(":")[0])).clause,
            owner=managers[0] if managers else None,
            source="preference",
            source_id=case.id,
        ),
        actor,
        now,
    )
