"""Beginning an assessment: of the draft that is being written, or of what is in force.

Source: NPH CIA guidance 17 and 21; AG/013 Equality Impact Assessment, outcomes 1 to 3.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.impact.content import Content
from portal.domain.impact.earlier import content_of, worth_beginning_with
from portal.domain.impact.form import Kind
from portal.domain.impact.signing import MONTHS, months_later
from portal.domain.policy.assessment import ImpactAssessment as Earlier
from portal.governance.drafts.models import PolicyDraft
from portal.governance.impact import acting, queries
from portal.governance.impact.acting import Wanted
from portal.governance.impact.models import PLACE, ImpactAssessment
from portal.governance.impact.service import (
    ImpactRefusedError,
    must_be_of_the_service,
    must_work_here,
    note,
)
from portal.landlords.policies import in_force
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of, new_box

LIVE = ("open", "proposed")


def begin(session: Session, lead: UUID, actor: Actor, now: datetime, *, earlier: bool = False) -> UUID:
    """Begin with the draft that is being written, before it is decided; where there is none, with what is in force.

    What was written of the version before stands in it to be gone through; it is signed anew. Where nothing was
    written here yet, with `earlier`, what the policy's own assessment claims stands in it.
    """
    here = scope_of(session).landlord_id
    must_be_of_the_service(session, None, actor, now)
    must_work_here(session, lead, now)
    draft = session.scalar(
        select(PolicyDraft)
        .where(PolicyDraft.landlord_id == here, PolicyDraft.state.in_(LIVE))
        .with_for_update()
    )
    if draft is not None and queries.of_draft(session, draft.id) is None:
        return _begin(session, Kind.PREPARATION, draft.id, None, lead, actor, now, earlier=earlier)
    version_id = in_force(session, now).version_id
    if _open_of(session, version_id):
        raise ImpactRefusedError("There is an assessment that is not complete: go on with that one.")
    return _begin(session, Kind.REVIEW, None, version_id, lead, actor, now, earlier=earlier)


def earlier_one(session: Session, now: datetime) -> Earlier | None:
    """The policy's own assessment that a first one here can begin with; None where there is none, or one was begun."""
    if _newest(session) is not None:
        return None
    return next(filter(worth_beginning_with, in_force(session, now).policy.impact_assessments), None)


def _begin(
    session: Session,
    kind: Kind,
    draft_id: UUID | None,
    version_id: UUID | None,
    lead: UUID,
    actor: Actor,
    now: datetime,
    *,
    earlier: bool,
) -> UUID:
    impact_id = new_id()
    box = new_box(session, impact_id, now)
    before, theirs = _newest(session), earlier_one(session, now) if earlier else None
    content = content_of(theirs) if theirs else Content()
    if before is not None:
        content = Content.from_dict(box_of(session, before.id).open_json(PLACE, before.id, before.sealed))
        content = replace(content, subject=replace(content.subject, proposed_on=None, decision_on=None))
    row = ImpactAssessment(
        landlord_id=scope_of(session).landlord_id,
        id=impact_id,
        draft_id=draft_id,
        version_id=version_id,
        follows_id=before.id if before else None,
        kind=kind.value,
        lead=lead,
        begun_at=now,
        begun_by=actor.name,
        changed_at=now,
        changed_by=actor.name,
        revision=1,
        turn=1,
        sealed=box.seal_json(PLACE, impact_id, content.to_dict()),
    )
    session.add(row)
    session.flush()
    note(session, row, actor, now, "begun")
    if before is None:
        _keep_outcomes(session, row, actor, now)
    return impact_id


def _newest(session: Session) -> ImpactAssessment | None:
    here = ImpactAssessment.landlord_id == scope_of(session).landlord_id
    return session.scalar(
        select(ImpactAssessment).where(here).order_by(ImpactAssessment.begun_at.desc()).limit(1)
    )


def _open_of(session: Session, version_id: UUID) -> bool:
    here = ImpactAssessment.landlord_id == scope_of(session).landlord_id
    waiting = select(ImpactAssessment.id).where(
        here, ImpactAssessment.version_id == version_id, ImpactAssessment.completed_at.is_(None)
    )
    return session.scalar(waiting.limit(1)) is not None


def _keep_outcomes(session: Session, row: ImpactAssessment, actor: Actor, now: datetime) -> None:
    """What an earlier assessment of this policy promised stands on the plan until somebody shows it."""
    due = months_later(in_london(now).date(), MONTHS)
    for each in in_force(session, now).policy.impact_assessments:
        for says in each.outcomes:
            acting.add_outcome(session, row, Wanted("", says, row.lead, due, each.title), actor, now)
