"""What is to be done because of an assessment: added, done, judged; what did not help is done another way.

Source: NPH CIA form, taking action; NPH CIA guidance 16 and 19.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.governance.impact import service
from portal.governance.impact.models import PLACE, ImpactAction, ImpactAssessment
from portal.governance.impact.service import (
    ImpactRefusedError,
    NoSuchImpactError,
    NotOfTheServiceError,
    changed,
    locked,
    may_write,
)
from portal.people.queries import colleagues
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

ACTION, REVIEW, OUTCOME = "action", "review", "outcome"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One action: which row it answers, what is done, by whom, until when; which other plan it stands in."""

    row: str
    says: str
    owner: UUID
    due_on: date
    framework: str = ""
    comment: str = ""


def add(session: Session, impact_id: UUID, what: Wanted, actor: Actor, now: datetime) -> UUID:
    """Put an action on the plan. That can be done as long as it is written, and afterwards as well."""
    row = locked(session, impact_id)
    if not may_write(session, row, actor, now):
        raise NotOfTheServiceError
    _must_work_here(session, what, now)
    made = _add(session, row, ACTION, what, None, actor, now)
    changed(row, actor, now)
    return made


def add_review(session: Session, row: ImpactAssessment, what: Wanted, actor: Actor, now: datetime) -> None:
    """Put the review of the assessment itself on the plan, once."""
    here = (ImpactAction.landlord_id == row.landlord_id) & (ImpactAction.assessment_id == row.id)
    known = session.scalar(
        select(ImpactAction).where(here, ImpactAction.kind == REVIEW, ImpactAction.done_at.is_(None))
    )
    if known is None:
        _add(session, row, REVIEW, what, None, actor, now)
    else:
        known.due_on, known.owner = what.due_on, what.owner


def add_outcome(session: Session, row: ImpactAssessment, what: Wanted, actor: Actor, now: datetime) -> None:
    """Put an outcome on the plan that an earlier assessment promised."""
    _add(session, row, OUTCOME, what, None, actor, now)


def finish(session: Session, action_id: UUID, comment: str, actor: Actor, now: datetime) -> None:
    """It is done; whether it helped is said later."""
    action, row = _action(session, action_id, actor, now)
    if action.done_at is not None:
        raise NoSuchImpactError
    action.done_at, action.done_by = now, actor.name
    _say(session, row, action, {"found": comment})
    _note(session, row, actor, now, "done")


def judge(
    session: Session,
    action_id: UUID,
    found: str,
    instead: Wanted | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Did it help? What did not is done another way: without that, the answer is not taken."""
    action, row = _action(session, action_id, actor, now)
    if action.done_at is None or action.effective is not None:
        raise NoSuchImpactError
    if instead is not None:
        _must_work_here(session, instead, now)
        _add(session, row, ACTION, instead, action.id, actor, now)
    action.effective = instead is None
    action.judged_at, action.judged_by = now, actor.name
    _say(session, row, action, {"found": found})
    _note(session, row, actor, now, "judged")


def keep_words(session: Session, row: ImpactAssessment, words: str, actor: Actor, now: datetime) -> None:
    """Keep why it went back, among what is written of it."""
    box = box_of(session, row.id)
    kept = box.open_json(PLACE, row.id, row.sealed)
    prompts = {**kept["prompts"], "returned": words}
    row.sealed = box.seal_json(PLACE, row.id, {**kept, "prompts": prompts})
    service.note(session, row, actor, now, "sent back")


def _add(
    session: Session,
    row: ImpactAssessment,
    kind: str,
    what: Wanted,
    follows_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> UUID:
    action_id = new_id()
    said = {"says": what.says, "framework": what.framework, "comment": what.comment, "found": ""}
    session.add(
        ImpactAction(
            landlord_id=row.landlord_id,
            id=action_id,
            assessment_id=row.id,
            follows_id=follows_id,
            kind=kind,
            row=what.row,
            owner=what.owner,
            due_on=what.due_on,
            made_at=now,
            made_by=actor.name,
            sealed=box_of(session, row.id).seal_json(PLACE, action_id, said),
        )
    )
    session.flush()
    _note(session, row, actor, now, "added")
    return action_id


def _action(
    session: Session, action_id: UUID, actor: Actor, now: datetime
) -> tuple[ImpactAction, ImpactAssessment]:
    """The action, for whoever is to do it and for those of the service."""
    action = session.scalar(
        select(ImpactAction)
        .where(ImpactAction.landlord_id == scope_of(session).landlord_id, ImpactAction.id == action_id)
        .with_for_update()
    )
    if action is None:
        raise NoSuchImpactError
    row = locked(session, action.assessment_id)
    if action.owner != actor.account_id and not may_write(session, row, actor, now):
        raise NotOfTheServiceError
    return action, row


def _say(session: Session, row: ImpactAssessment, action: ImpactAction, more: dict[str, str]) -> None:
    box = box_of(session, row.id)
    action.sealed = box.seal_json(
        PLACE, action.id, {**box.open_json(PLACE, action.id, action.sealed), **more}
    )


def _must_work_here(session: Session, what: Wanted, now: datetime) -> None:
    if what.owner not in {each.account_id for each in colleagues(session, now)}:
        raise ImpactRefusedError("Choose somebody who works here.", "owner")


def _note(session: Session, row: ImpactAssessment, actor: Actor, now: datetime, detail: str) -> None:
    audit.record(session, Fact.IMPACT_ACTION, actor, now, subject="impact", subject_id=row.id, detail=detail)
