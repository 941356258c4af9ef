"""Assessments as people see them: the register, one of them with its gaps, and what stands behind a draft."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.impact.content import Content
from portal.domain.impact.form import Kind
from portal.domain.impact.gaps import Beside, Gap, gaps, open_negatives
from portal.domain.impact.signing import Part, Stage, stage
from portal.domain.permissions import Role
from portal.domain.policy import Policy, Stated
from portal.domain.policy.governance import Assessing
from portal.governance.drafts.models import PolicyDraft
from portal.governance.drafts.reading import as_policy
from portal.governance.impact.models import PLACE, ImpactAction, ImpactAssessment, ImpactSignature
from portal.landlords.policies import in_force, pinned
from portal.people.queries import Colleague, colleagues
from portal.store.database import scope_of
from portal.store.record_keys import box_of

UNSTATED: Stated[Assessing] = Stated[Assessing](not_stated=True)
NOBODY = "Nobody who works here now"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action, opened; whoever does it is shown by name, for they are asked about it."""

    id: UUID
    kind: str
    row: str
    owner_id: UUID
    owner: str
    due_on: date
    says: str
    framework: str
    comment: str
    done_at: datetime | None
    done_by: str | None
    effective: bool | None
    judged_at: datetime | None
    found: str
    follows_id: UUID | None


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One signature of the present turn."""

    part: Part
    account_id: UUID
    name: str
    post: str
    signed_at: datetime
    digest: str | None
    comment: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImpactFound:
    """One assessment with everything that belongs to it."""

    id: UUID
    title: str
    version: str
    draft_id: UUID | None
    version_id: UUID | None
    follows_id: UUID | None
    kind: Kind
    lead_id: UUID
    lead: str
    """The post of whoever leads, or else the role: no name."""
    begun_at: datetime
    begun_by: str
    changed_at: datetime
    changed_by: str
    revision: int
    next_review: date | None
    completed_at: datetime | None
    content: Content
    actions: tuple[ActionRow, ...]
    signatures: tuple[SignatureRow, ...]
    asked: Stated[Assessing]
    gaps: tuple[Gap, ...]
    open_negatives: tuple[str, ...]

    @property
    def rule(self) -> Assessing | None:
        """What the policy asks of assessments; None where it is silent."""
        return self.asked.value

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        return stage(self.rule, [each.part for each in self.signatures])

    @property
    def blocking(self) -> tuple[Gap, ...]:
        """What stands in the way of a signature."""
        return tuple(each for each in self.gaps if each.blocks)

    @property
    def is_open(self) -> bool:
        """Whether it can still be written."""
        return not self.signatures


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """One line of the register."""

    id: UUID
    version: str
    kind: Kind
    begun_at: datetime
    stage: Stage
    next_review: date | None
    actions_open: int


def assessment(session: Session, impact_id: UUID, now: datetime) -> ImpactFound | None:
    """One of them."""
    row = session.scalar(
        select(ImpactAssessment).where(
            ImpactAssessment.landlord_id == scope_of(session).landlord_id, ImpactAssessment.id == impact_id
        )
    )
    return _found(session, row, colleagues(session, now)) if row else None


def register(session: Session) -> list[ImpactRow]:
    """Every assessment of this landlord, the newest first."""
    here = scope_of(session).landlord_id
    rows = session.scalars(
        select(ImpactAssessment)
        .where(ImpactAssessment.landlord_id == here)
        .order_by(ImpactAssessment.begun_at.desc())
    ).all()
    return [_line(session, row) for row in rows]


def of_draft(session: Session, draft_id: UUID) -> ImpactAssessment | None:
    """The assessment that was begun for a draft."""
    return session.scalar(
        select(ImpactAssessment).where(
            ImpactAssessment.landlord_id == scope_of(session).landlord_id,
            ImpactAssessment.draft_id == draft_id,
        )
    )


def asked_of(session: Session, base_version_id: UUID, content: dict[str, Any]) -> Stated[Assessing]:
    """What is asked for a draft: by what is in force, or else by the draft. Taking it out of a draft frees nobody."""
    base = pinned(session, base_version_id).policy.governance.assessing
    return base if base.value else as_policy(content).whole().governance.assessing


def digest_of(content: dict[str, Any]) -> str:
    """Of everything in a draft that is assessed: not of the name of the version and the days around its approval."""
    document = {name: each for name, each in content["document"].items() if name not in NOT_ASSESSED}
    told = json.dumps(content | {"document": document}, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


NOT_ASSESSED = ("version", "in_force_from", "approved_by", "approved_on")


def policy_of(
    session: Session, row: ImpactAssessment
) -> tuple[Policy, Stated[Assessing], dict[str, Any] | None]:
    """The policy that is assessed, what is asked of its assessment, and the draft's content while it is one."""
    if row.version_id:
        policy = pinned(session, row.version_id).policy
        return policy, policy.governance.assessing, None
    draft = session.scalars(
        select(PolicyDraft).where(PolicyDraft.landlord_id == row.landlord_id, PolicyDraft.id == row.draft_id)
    ).one()
    return (
        as_policy(draft.content).whole(),
        asked_of(session, draft.base_version_id, draft.content),
        draft.content,
    )


def signatures_of(session: Session, row: ImpactAssessment) -> tuple[SignatureRow, ...]:
    """Those of the present turn, in their order."""
    each = ImpactSignature
    rows = session.scalars(
        select(each)
        .where(each.landlord_id == row.landlord_id, each.assessment_id == row.id, each.turn == row.turn)
        .order_by(each.signed_at, each.id)
    )
    box = box_of(session, row.id)
    return tuple(
        SignatureRow(
            Part(one.part),
            one.account_id,
            one.name,
            one.post,
            one.signed_at,
            one.digest,
            **box.open_json(PLACE, one.id, one.sealed),
        )
        for one in rows
    )


def actions_of(session: Session, row: ImpactAssessment, names: dict[UUID, str]) -> tuple[ActionRow, ...]:
    """What is to be done because of it, the soonest first."""
    each = ImpactAction
    rows = session.scalars(
        select(each)
        .where(each.landlord_id == row.landlord_id, each.assessment_id == row.id)
        .order_by(each.done_at.is_not(None), each.due_on, each.id)
    )
    box = box_of(session, row.id)
    return tuple(
        ActionRow(
            one.id,
            one.kind,
            one.row,
            one.owner,
            names.get(one.owner, NOBODY),
            one.due_on,
            done_at=one.done_at,
            done_by=one.done_by,
            effective=one.effective,
            judged_at=one.judged_at,
            follows_id=one.follows_id,
            **box.open_json(PLACE, one.id, one.sealed),
        )
        for one in rows
    )


def _found(session: Session, row: ImpactAssessment, staff: list[Colleague]) -> ImpactFound:
    policy, asked, _ = policy_of(session, row)
    content = Content.from_dict(box_of(session, row.id).open_json(PLACE, row.id, row.sealed))
    actions = actions_of(session, row, {each.account_id: each.name for each in staff})
    lead = next((each for each in staff if each.account_id == row.lead), None)
    acted_on = {each.row for each in actions}
    beside = Beside(acted_on, bool(lead and Role.MANAGER in lead.roles), in_london(row.begun_at).date())
    return ImpactFound(
        row.id,
        policy.document.title.value or policy.document.cite,
        _named(policy, row),
        row.draft_id,
        row.version_id,
        row.follows_id,
        Kind(row.kind),
        row.lead,
        (lead.post or lead.role_names) if lead else NOBODY,
        row.begun_at,
        row.begun_by,
        row.changed_at,
        row.changed_by,
        row.revision,
        row.next_review,
        row.completed_at,
        content,
        actions,
        signatures_of(session, row),
        asked,
        gaps(content, beside),
        open_negatives(content, acted_on),
    )


def _line(session: Session, row: ImpactAssessment) -> ImpactRow:
    policy, asked, _ = policy_of(session, row)
    signed = [each.part for each in signatures_of(session, row)]
    waiting = session.scalars(
        select(ImpactAction.id).where(
            ImpactAction.landlord_id == row.landlord_id,
            ImpactAction.assessment_id == row.id,
            ImpactAction.done_at.is_(None),
        )
    ).all()
    return ImpactRow(
        row.id,
        _named(policy, row),
        Kind(row.kind),
        row.begun_at,
        stage(asked.value, signed),
        row.next_review,
        len(waiting),
    )


def _named(policy: Policy, row: ImpactAssessment) -> str:
    """The version by its name; a draft is called by what it is until it is published."""
    said = policy.document.version.value
    if row.version_id is None:
        return f"The version after {said}" if said else "The next version"
    return f"Version {said}" if said else "A version without a name"


def rule_in_force(session: Session, now: datetime) -> Stated[Assessing]:
    """What the policy in force asks of assessments."""
    return in_force(session, now).policy.governance.assessing
