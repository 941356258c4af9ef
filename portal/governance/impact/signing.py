"""Signing an assessment, sending it back, and what it is for its version: two people, a director, a body above.

Source: NPH CIA form, taking action, review and sign-off; NPH CIA guidance 1, 18, 20 and 21.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.impact.content import Content
from portal.domain.impact.signing import MONTHS, Part, Signer, Stage, months_later, stage, why_not
from portal.domain.permissions import Permission
from portal.domain.policy.governance import Assessing
from portal.governance.impact import acting, queries
from portal.governance.impact.acting import Wanted
from portal.governance.impact.models import PLACE, ImpactAssessment, ImpactSignature
from portal.governance.impact.queries import ImpactFound
from portal.governance.impact.service import (
    ImpactChangedError,
    ImpactRefusedError,
    NoSuchImpactError,
    changed,
    locked,
    may_write,
)
from portal.people.queries import colleagues
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of

NOTHING_MORE = re.compile(r"\b(no|nothing)\b.*\b(further|more|action)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says with a signature. `next_review` comes with the lead's; `reason` where something is missing."""

    part: Part
    comment: str
    reason: str = ""
    next_review: date | None = None


def sign(session: Session, impact_id: UUID, said: Said, revision: int, actor: Actor, now: datetime) -> Stage:
    """Sign, as whoever is signed in; with the last signature the review of it all stands on the plan by itself."""
    row = locked(session, impact_id)
    if row.revision != revision:
        raise ImpactChangedError("Somebody else has changed it meanwhile.")
    found = queries.assessment(session, impact_id, now)
    who = _signer(session, row, actor, now)
    if found is None or actor.account_id is None or who is None:
        raise NoSuchImpactError
    signed = [(each.part, str(each.account_id)) for each in found.signatures]
    if refused := why_not(found.rule, said.part, who, signed):
        raise ImpactRefusedError(refused, "part")
    _must_be_answered(found, said, in_london(now).date())
    _, _, content = queries.policy_of(session, row)
    signature_id = new_id()
    session.add(
        ImpactSignature(
            landlord_id=row.landlord_id,
            id=signature_id,
            assessment_id=row.id,
            turn=row.turn,
            part=said.part.value,
            account_id=actor.account_id,
            name=actor.name,
            post=who.post,
            signed_at=now,
            digest=queries.digest_of(content) if content else None,
            sealed=box_of(session, row.id).seal_json(
                PLACE, signature_id, {"comment": said.comment, "reason": said.reason}
            ),
        )
    )
    if said.part is Part.LEAD:
        row.next_review = said.next_review
    session.flush()
    audit.record(
        session, Fact.IMPACT_SIGNED, actor, now, subject="impact", subject_id=row.id, detail=said.part.value
    )
    reached = stage(found.rule, [*(part for part, _ in signed), said.part])
    if reached is Stage.COMPLETE:
        _complete(session, row, found, actor, now)
    changed(row, actor, now)
    return reached


def send_back(
    session: Session, impact_id: UUID, reason: str, revision: int, actor: Actor, now: datetime
) -> None:
    """Open it again: every signature of this turn counts no more, and stays on record."""
    row = locked(session, impact_id)
    if row.revision != revision:
        raise ImpactChangedError("Somebody else has changed it meanwhile.")
    who = _signer(session, row, actor, now)
    if who is None or not (who.may_approve or who.leads or may_write(session, row, actor, now)):
        raise ImpactRefusedError("Only whoever leads it or may approve a policy opens it again.", "reason")
    if row.version_id is not None and row.completed_at is not None:
        raise ImpactRefusedError("It is complete and its version is published: begin a review.", "reason")
    row.turn += 1
    row.completed_at = None
    changed(row, actor, now)
    audit.record(session, Fact.IMPACT_RETURNED, actor, now, subject="impact", subject_id=row.id)
    acting.keep_words(session, row, f"Sent back: {reason}", actor, now)


def review_day(content: Content, rule: Assessing | None) -> date | None:
    """The day on which its impact is looked at again: so many months after the policy came into force."""
    implemented = content.subject.implemented_on
    return months_later(implemented, rule.review_months if rule else MONTHS) if implemented else None


def _must_be_answered(found: ImpactFound, said: Said, today: date) -> None:
    """Nothing that stands in the way; what else is missing has a reason; the next review is still to come."""
    if found.blocking:
        raise ImpactRefusedError(found.blocking[0].says)
    if said.part is not Part.LEAD:
        return
    if found.open_negatives and NOTHING_MORE.search(said.comment):
        raise ImpactRefusedError("There are negative impacts that nothing answers.", "comment")
    if found.gaps and not said.reason:
        raise ImpactRefusedError(
            "Some questions are not answered. Write why it is signed all the same.", "reason"
        )
    if said.next_review is None or said.next_review <= today:
        raise ImpactRefusedError(
            "The next review comes after the signature: write a later day.", "next_review"
        )


def _complete(
    session: Session, row: ImpactAssessment, found: ImpactFound, actor: Actor, now: datetime
) -> None:
    """The last signature: the review stands on the plan, twelve months after coming into force, with whoever leads."""
    row.completed_at = now
    due = review_day(found.content, found.rule)
    today = in_london(now).date()
    if due is None or due <= today:
        due = row.next_review
    if due is not None:
        what = Wanted("", "Look at the impact again, and begin the next assessment.", row.lead, due)
        acting.add_review(session, row, what, actor, now)


def _signer(session: Session, row: ImpactAssessment, actor: Actor, now: datetime) -> Signer | None:
    for each in colleagues(session, now):
        if each.account_id == actor.account_id:
            return Signer(
                str(each.account_id),
                each.post or each.role_names,
                row.lead == each.account_id,
                each.can(Permission.POLICY_APPROVE),
            )
    return None
