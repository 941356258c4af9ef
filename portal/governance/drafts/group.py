"""A group writes its policy once: what one member publishes is offered to the others as their next draft.

Each stays a landlord of its own: it goes on with the draft, adds what the group leaves to its members, and its own
people approve it with their own body. Source: AG/013, a policy of two legal persons.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain.permissions import Permission
from portal.governance.drafts.models import PolicyDraft
from portal.landlords.models import LandlordPack
from portal.landlords.policies import NoPolicyError, last_to_come, pinned
from portal.landlords.policy_text import content_of
from portal.landlords.profile import Own
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.store import audit
from portal.store.audit import PORTAL, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.tenancy import Landlord
from portal.work.notices import Notice, desk_of, leave

OFFERED = "offered"
INSIDE = {"responsible_posts": ("governance", "responsible_posts"), "evidence": ("contact", "evidence")}
"""What a landlord sets for itself inside a part of the policy; everything else of `Own` is a part itself."""
LEFT_TO_MEMBERS = tuple(INSIDE.get(name, (name,)) for name in Own.model_fields)
DOCUMENT = ("version", "in_force_from", "approved_by", "approved_on")


@dataclass(frozen=True, slots=True)
class Published:
    """What one member published and the others have not been offered: its content, why it was made, and for whom."""

    draft_id: UUID
    content: dict[str, Any]
    why: str | None
    others: tuple[UUID, ...]


def to_offer(session: Session) -> Published | None:
    """The newest that was written here and published; what a member only took over goes no further."""
    draft = session.scalar(
        select(PolicyDraft)
        .where(
            PolicyDraft.landlord_id == scope_of(session).landlord_id,
            PolicyDraft.version_id.is_not(None),
            PolicyDraft.from_group.is_(False),
            PolicyDraft.offered_at.is_(None),
        )
        .order_by(PolicyDraft.changed_at.desc())
        .limit(1)
    )
    if draft is None or draft.version_id is None:
        return None
    content = content_of(pinned(session, draft.version_id).policy)
    return Published(draft.id, content, draft.why, tuple(_others(session)))


def is_offered(session: Session, now: datetime) -> None:
    """Everything that was published here so far has been put before the others."""
    session.execute(
        update(PolicyDraft)
        .where(
            PolicyDraft.landlord_id == scope_of(session).landlord_id,
            PolicyDraft.version_id.is_not(None),
            PolicyDraft.offered_at.is_(None),
        )
        .values(offered_at=now)
    )


def left_to_members(where: str) -> bool:
    """Does the group leave this place to its members?"""
    steps = tuple(where.split("."))
    return any(steps[: len(each)] == each for each in LEFT_TO_MEMBERS)


def with_own_of(theirs: Mapping[str, Any], group: Mapping[str, Any]) -> dict[str, Any]:
    """The group's policy with everything that it leaves to this member as the member has it."""
    merged = dict(group)
    for each in LEFT_TO_MEMBERS:
        if len(each) == 1:
            _take(merged, theirs, each[0])
        else:
            part, name = each
            inside = dict(merged[part])
            _take(inside, theirs.get(part, {}), name)
            merged[part] = inside
    document = dict(merged["document"])
    for name in DOCUMENT:
        _take(document, theirs["document"], name)
    return merged | {"document": document}


def _take(into: dict[str, Any], source: Mapping[str, Any], name: str) -> None:
    if name in source:
        into[name] = source[name]
    else:
        into.pop(name, None)


def _others(session: Session) -> list[UUID]:
    here = scope_of(session).landlord_id
    body = session.scalar(select(LandlordPack.body).where(LandlordPack.landlord_id == here))
    group = body.get("group") if body else None
    if not group:
        return []
    wanted = select(Landlord.id).where(
        Landlord.slug.in_(group["members"]), Landlord.active, Landlord.id != here
    )
    return list(session.scalars(wanted.order_by(Landlord.slug)))


def offer(session: Session, published: Published, now: datetime) -> None:
    """The newest offer takes the place of one that nobody has gone on with; where it changes nothing, there is none."""
    try:
        base = last_to_come(session, now)
    except NoPolicyError:
        return
    merged = with_own_of(content_of(base.policy), published.content)
    if merged == content_of(base.policy):
        return
    here = scope_of(session).landlord_id
    before = session.scalar(
        select(PolicyDraft)
        .where(PolicyDraft.landlord_id == here, PolicyDraft.state == OFFERED)
        .with_for_update()
    )
    draft = before or PolicyDraft(
        landlord_id=here, id=new_id(), state=OFFERED, revision=1, writers=[], from_group=True, started_at=now
    )
    draft.base_version_id, draft.content = base.version_id, merged
    draft.started_at, draft.started_by = now, "The group"
    draft.changed_at, draft.changed_by, draft.why = now, "The group", published.why
    session.add(draft)
    session.flush()
    audit.record(
        session, Fact.POLICY_DRAFTED, PORTAL, now, subject="policy", subject_id=draft.id, detail=OFFERED
    )
    link = f"{desk_of(session)}/policy/draft"
    able = [each for each in colleagues(session, now) if Permission.POLICY_DRAFT in each.permissions]
    leave(session, [Notice(each.account_id, draft.id, Kind.REVIEW, link) for each in able], now)
