"""A draft as people see it: how far it is, what it changes, what is still to be settled, what would follow."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.policy import Policy
from portal.governance.drafts.difference import Difference, differences
from portal.governance.drafts.effects import Effects, effects
from portal.governance.drafts.group import OFFERED
from portal.governance.drafts.hours import only_hours
from portal.governance.drafts.models import PolicyDraft
from portal.governance.drafts.reading import against_others, as_policy, unlisted
from portal.landlords.faults import Fault
from portal.landlords.lint.policy_warning import PolicyWarning
from portal.landlords.lint.versions import lost_since
from portal.landlords.linter import warnings
from portal.landlords.policies import pinned
from portal.landlords.policy_text import content_of
from portal.landlords.stored_pack import stored_pack
from portal.store.database import scope_of

LIVE = ("open", "proposed")


@dataclass(frozen=True, slots=True)
class DraftRow:
    """The draft itself."""

    id: UUID
    base_version_id: UUID
    content: dict[str, Any]
    state: str
    revision: int
    started_at: datetime
    started_by: str
    changed_at: datetime
    changed_by: str
    proposed_at: datetime | None
    proposed_by: str | None
    why: str | None
    returned: str | None
    writers: tuple[str, ...]
    from_group: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed."""
        return self.state == "open"


@dataclass(frozen=True, slots=True)
class DraftPage:
    """The draft beside the version that it began with."""

    draft: DraftRow
    policy: Policy
    base: Policy
    differences: tuple[Difference, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[PolicyWarning, ...]
    new_warnings: frozenset[PolicyWarning]
    effects: Effects
    only_hours: bool
    """Nothing but office hours and days closed: no body has to approve it, and no assessment is asked for."""
    begins_with: date
    """From which day the version holds that it began with; one that is still to come is told."""


def draft(session: Session) -> DraftRow | None:
    """The draft that is not over, if there is one."""
    row = session.scalar(
        select(PolicyDraft).where(
            PolicyDraft.landlord_id == scope_of(session).landlord_id, PolicyDraft.state.in_(LIVE)
        )
    )
    if row is None:
        return None
    return DraftRow(
        row.id,
        row.base_version_id,
        row.content,
        row.state,
        row.revision,
        row.started_at,
        row.started_by,
        row.changed_at,
        row.changed_by,
        row.proposed_at,
        row.proposed_by,
        row.why,
        row.returned,
        tuple(row.writers),
        row.from_group,
    )


def offered(session: Session) -> datetime | None:
    """Since when the group offers a next version that nobody here has gone on with."""
    return session.scalar(
        select(PolicyDraft.started_at).where(
            PolicyDraft.landlord_id == scope_of(session).landlord_id, PolicyDraft.state == OFFERED
        )
    )


def told_of(session: Session, found: DraftRow, clauses: frozenset[str], now: datetime) -> tuple[PolicyWarning, ...]:
    """What the check of the draft finds about these clauses, while somebody writes there."""
    pack = stored_pack(session, as_policy(found.content).whole())
    told = warnings(pack, in_london(now).date()) if pack else ()
    return tuple(each for each in told if each.clause in clauses)


def is_own_affair(session: Session, found: DraftRow) -> bool:
    """Whether it changes nothing but when the landlord works."""
    return only_hours(content_of(pinned(session, found.base_version_id).policy), found.content)


def draft_page(session: Session, found: DraftRow, now: datetime) -> DraftPage:
    """Everything that somebody has to see before the draft goes on."""
    today = in_london(now).date()
    policy = as_policy(found.content).whole()
    base = pinned(session, found.base_version_id).policy
    pack, before = stored_pack(session, policy), stored_pack(session, base)
    told = (*lost_since(base, policy), *(warnings(pack, today) if pack else ()))
    known = frozenset(warnings(before, today)) if before else frozenset()
    return DraftPage(
        draft=found,
        policy=policy,
        base=base,
        differences=differences(base, policy),
        faults=(*unlisted(found.content), *(against_others(pack) if pack else ())),
        warnings=told,
        new_warnings=frozenset(told) - known,
        effects=effects(session, policy),
        only_hours=is_own_affair(session, found),
        begins_with=base.in_force_from,
    )
