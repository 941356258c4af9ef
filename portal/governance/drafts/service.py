"""The verbs of a draft: begin it, write a value, propose it, send it back, approve it, drop it.

Whoever wrote a draft or proposed it never approves it. Sources: HS-026 1.1a and document control; whg 6.1; STAR 9;
NPH cover, document management; AG/013 Review Date.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.events import PolicyProposed, PolicyPublished, PolicySentBack
from portal.domain.policy import Origin, Policy
from portal.governance.drafts.group import left_to_members, with_own_of
from portal.governance.drafts.hours import only_hours
from portal.governance.drafts.models import PolicyDraft
from portal.governance.drafts.place import list_growing, with_raw
from portal.governance.drafts.reading import FaultsError, as_policy, write_faults
from portal.governance.impact import gate
from portal.landlords.models import PolicyApproval
from portal.landlords.policies import keep, last_to_come, pinned
from portal.landlords.policy_text import content_of
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of


class DraftState(StrEnum):
    """How far a draft has come."""

    OFFERED = "offered"
    OPEN = "open"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    DROPPED = "dropped"


SETTLED = "The group has settled this for all its members. Here you write what it leaves to each of them."


class DraftRefusedError(PortalError):
    """This cannot be done with the draft; the sentence says why, and `field` beside which question."""

    def __init__(self, why: str, field: str = "") -> None:
        self.field = field
        super().__init__(why)


class NoDraftError(PortalError):
    """There is no such draft, or it is over."""


class DraftChangedError(PortalError):
    """Somebody else has changed the draft meanwhile."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Under which name the version is to come into force, when, and why it is made."""

    version: str
    from_day: date
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Which body approved the version, and when."""

    body: str
    decided_on: date
    note: str


def start(session: Session, actor: Actor, now: datetime) -> UUID:
    """Begin with what is in force, or with what was approved and comes into force later: nothing of that is lost."""
    if _found(session, DraftState.OPEN, DraftState.PROPOSED):
        raise DraftRefusedError("There is a draft already: go on with that one.")
    base = last_to_come(session, now)
    draft = PolicyDraft(
        landlord_id=scope_of(session).landlord_id,
        id=new_id(),
        base_version_id=base.version_id,
        content=content_of(base.policy),
        state=DraftState.OPEN.value,
        revision=1,
        started_at=now,
        started_by=actor.name,
        changed_at=now,
        changed_by=actor.name,
        writers=[],
    )
    session.add(draft)
    session.flush()
    _note(session, Fact.POLICY_DRAFTED, draft, actor, now, "begun")
    return draft.id


def take_offer(session: Session, actor: Actor, now: datetime) -> UUID:
    """Go on with what the group offers; what this landlord sets for itself stands in it as it has it now."""
    if _found(session, DraftState.OPEN, DraftState.PROPOSED):
        raise DraftRefusedError("There is a draft already: leave it, or finish it first.")
    draft = _found(session, DraftState.OFFERED)
    if draft is None:
        raise NoDraftError("The group offers nothing.")
    base = last_to_come(session, now)
    draft.base_version_id = base.version_id
    draft.content = with_own_of(content_of(base.policy), draft.content)
    draft.state = DraftState.OPEN.value
    draft.revision += 1
    draft.changed_at, draft.changed_by = now, actor.name
    _note(session, Fact.POLICY_DRAFTED, draft, actor, now, "taken from the group")
    return draft.id


def write(session: Session, where: str, value: object, revision: int, actor: Actor, now: datetime) -> None:
    """Put a value into the draft, or take one out of a list with None; refuses what cannot be meant, field by field."""
    draft = _to_change(session, revision, DraftState.OPEN)
    if is_settled(draft.from_group, where):
        raise FaultsError([("", SETTLED)])
    before: dict[str, Any] = list_growing(draft.content, where)
    written = as_policy(with_raw(before, where, value))
    if faults := write_faults(written, where):
        raise faults
    draft.content = written.content
    _changed(draft, actor, now)
    _note(session, Fact.POLICY_DRAFTED, draft, actor, now, where)


def is_settled(from_group: bool, where: str) -> bool:  # noqa: FBT001 - whose draft it is
    """Whether the group has settled this place, so that a member does not write there."""
    return from_group and not left_to_members(where)


def replace(session: Session, policy: Policy, revision: int, actor: Actor, now: datetime) -> None:
    """Put a whole policy in the place of the draft: one that was read from a file."""
    draft = _to_change(session, revision, DraftState.OPEN)
    if draft.from_group:
        raise DraftRefusedError(SETTLED)
    draft.content = content_of(policy)
    _changed(draft, actor, now)
    _note(session, Fact.POLICY_DRAFTED, draft, actor, now, "read from a file")


def propose(session: Session, proposal: Proposal, revision: int, actor: Actor, now: datetime) -> None:
    """Ask for approval, from a day on that is still to come; from then on nothing is changed."""
    draft = _to_change(session, revision, DraftState.OPEN)
    if proposal.from_day < in_london(now).date():
        raise DraftRefusedError(
            "A policy comes into force today or later, never on a day that is over.", "from_day"
        )
    if proposal.from_day < last_to_come(session, now).policy.in_force_from:
        raise DraftRefusedError(
            "The version before it begins later: this one would never take its place.", "from_day"
        )
    if not _only_hours(session, draft) and (missing := gate.why_not_proposed(session, draft)):
        raise DraftRefusedError(missing)
    document = draft.content["document"]
    named = {"value": proposal.version, "origin": Origin.LANDLORDS_OWN.value}
    begins = {"value": proposal.from_day.isoformat(), "origin": Origin.LANDLORDS_OWN.value}
    written = as_policy(draft.content | {"document": document | {"version": named, "in_force_from": begins}})
    written.must_be_in_order()
    draft.content = written.content
    draft.state, draft.why, draft.returned = DraftState.PROPOSED.value, proposal.why, None
    draft.proposed_at, draft.proposed_by = now, actor.name
    _changed(draft, actor, now)
    _note(session, Fact.POLICY_PROPOSED, draft, actor, now, proposal.version)
    outbox.record(session, PolicyProposed(draft.landlord_id, draft.id), now)


def send_back(session: Session, reason: str, revision: int, actor: Actor, now: datetime) -> None:
    """Open it again, with the reason; whoever proposed it may take it back as well."""
    draft = _to_change(session, revision, DraftState.PROPOSED)
    draft.state, draft.returned = DraftState.OPEN.value, reason
    draft.revision += 1
    _note(session, Fact.POLICY_RETURNED, draft, actor, now)
    outbox.record(session, PolicySentBack(draft.landlord_id, draft.id), now)


def approve(session: Session, decision: Decision, revision: int, actor: Actor, now: datetime) -> UUID:
    """Publish it: a version that never changes again, with the body that approved it and both people's names."""
    draft = _to_change(session, revision, DraftState.PROPOSED)
    if str(actor.account_id) in draft.writers:
        raise DraftRefusedError("You have written in this draft. A second person approves it.")
    today = in_london(now).date()
    if decision.decided_on > today:
        raise DraftRefusedError("This day is still to come.", "decided_on")
    own_affair = _only_hours(session, draft)
    if not own_affair:
        _by_the_right_body(as_policy(draft.content).whole(), decision)
        if missing := gate.why_not_published(session, draft):
            raise DraftRefusedError(missing)
    if as_policy(draft.content).whole().in_force_from < today:
        raise DraftRefusedError(
            "The day on which it was to come into force is over. Send it back for another day."
        )
    said = {} if own_affair else _approval(decision)
    policy = as_policy(draft.content | {"document": draft.content["document"] | said}).whole()
    version_id = keep(session, policy, now)
    gate.bind(session, draft, version_id, policy.in_force_from)
    _publish(session, draft, version_id, decision, actor, now)
    return version_id


def _only_hours(session: Session, draft: PolicyDraft) -> bool:
    return only_hours(content_of(pinned(session, draft.base_version_id).policy), draft.content)


def _approval(decision: Decision) -> dict[str, Any]:
    own = {"origin": Origin.LANDLORDS_OWN.value}
    return {
        "approved_by": {"value": decision.body} | own,
        "approved_on": {"value": decision.decided_on.isoformat()} | own,
    }


def _by_the_right_body(policy: Policy, decision: Decision) -> None:
    """Where the policy names who approves it, nobody else's approval publishes it (HS-026 1.1; whg 6.1)."""
    named = policy.governance.approval_body
    if named.value and named.value.casefold() != decision.body.strip().casefold():
        why = f"This policy is approved by the {named.value} ({named.clause}), by nobody else."
        raise DraftRefusedError(why, "body")


def drop(session: Session, revision: int, actor: Actor, now: datetime) -> None:
    """Leave it; it stays on record and is no longer shown."""
    draft = _to_change(session, revision, DraftState.OPEN)
    draft.state = DraftState.DROPPED.value
    _changed(draft, actor, now)
    _note(session, Fact.POLICY_DRAFTED, draft, actor, now, "dropped")


def _publish(
    session: Session, draft: PolicyDraft, version_id: UUID, decision: Decision, actor: Actor, now: datetime
) -> None:
    here = scope_of(session).landlord_id
    draft.state, draft.version_id, draft.revision = DraftState.PUBLISHED.value, version_id, draft.revision + 1
    session.add(
        PolicyApproval(
            landlord_id=here,
            id=new_id(),
            version_id=version_id,
            body=decision.body,
            decided_on=decision.decided_on,
            note=decision.note,
            proposed_by=draft.proposed_by or "",
            approved_by=actor.name,
            account_id=actor.account_id,
            approved_at=now,
        )
    )
    _note(session, Fact.POLICY_APPROVED, draft, actor, now, str(version_id))
    outbox.record(session, PolicyPublished(here, version_id), now)


def _found(session: Session, *states: DraftState) -> PolicyDraft | None:
    return session.scalar(
        select(PolicyDraft)
        .where(
            PolicyDraft.landlord_id == scope_of(session).landlord_id,
            PolicyDraft.state.in_([each.value for each in states]),
        )
        .with_for_update()
    )


def _to_change(session: Session, revision: int, state: DraftState) -> PolicyDraft:
    draft = _found(session, DraftState.OPEN, DraftState.PROPOSED)
    if draft is None:
        raise NoDraftError("There is no draft.")
    if draft.revision != revision or draft.state != state.value:
        raise DraftChangedError("Somebody else has changed the draft meanwhile.")
    return draft


def _changed(draft: PolicyDraft, actor: Actor, now: datetime) -> None:
    draft.revision += 1
    draft.changed_at, draft.changed_by = now, actor.name
    draft.writers = sorted({*draft.writers, str(actor.account_id)})


def _note(
    session: Session, fact: Fact, draft: PolicyDraft, actor: Actor, now: datetime, detail: str | None = None
) -> None:
    audit.record(session, fact, actor, now, subject="policy", subject_id=draft.id, detail=detail)
