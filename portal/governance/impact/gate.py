"""What the assessment has to do with publishing: where the policy asks for one, nothing is published without it.

Source: NPH CIA guidance 17, 18 and 21.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.impact.content import Content
from portal.domain.impact.signing import MONTHS, STAGES, Stage, months_later, stage
from portal.governance.drafts.models import PolicyDraft
from portal.governance.impact import queries
from portal.governance.impact.acting import REVIEW
from portal.governance.impact.models import PLACE, ImpactAction
from portal.store.record_keys import box_of


def why_not_proposed(session: Session, draft: PolicyDraft) -> str | None:
    """Why a draft cannot go to approval: its assessment has to be begun before anything is decided."""
    asked = queries.asked_of(session, draft.base_version_id, draft.content)
    if asked.value is None or queries.of_draft(session, draft.id) is not None:
        return None
    return f"Begin the impact assessment of this draft first: it is to inform the decision ({asked.clause})."


def why_not_published(session: Session, draft: PolicyDraft) -> str | None:
    """Why a draft cannot be published: its assessment is missing, not signed by all, or of another text."""
    asked = queries.asked_of(session, draft.base_version_id, draft.content)
    row = queries.of_draft(session, draft.id)
    if asked.value is None:
        return None
    if row is None:
        return why_not_proposed(session, draft)
    signed = queries.signatures_of(session, row)
    reached = stage(asked.value, [each.part for each in signed])
    if reached is not Stage.COMPLETE:
        return f"Its impact assessment is not complete: {STAGES[reached].lower()} ({asked.clause})."
    if any(each.digest != queries.digest_of(draft.content) for each in signed):
        return "The draft was changed after its impact assessment was signed: look at it again and sign anew."
    return None


def bind(session: Session, draft: PolicyDraft, version_id: UUID, from_day: date) -> None:
    """The assessment belongs to the version from now on; its review follows the day on which that comes into force."""
    row = queries.of_draft(session, draft.id)
    if row is None:
        return
    asked = queries.asked_of(session, draft.base_version_id, draft.content)
    row.version_id = version_id
    box = box_of(session, row.id)
    content = Content.from_dict(box.open_json(PLACE, row.id, row.sealed))
    content = replace(content, subject=replace(content.subject, implemented_on=from_day))
    row.sealed = box.seal_json(PLACE, row.id, content.to_dict())
    review = session.scalar(
        select(ImpactAction).where(
            ImpactAction.landlord_id == row.landlord_id,
            ImpactAction.assessment_id == row.id,
            ImpactAction.kind == REVIEW,
            ImpactAction.done_at.is_(None),
        )
    )
    if review is not None:
        review.due_on = months_later(from_day, asked.value.review_months if asked.value else MONTHS)
