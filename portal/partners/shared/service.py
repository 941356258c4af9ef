"""The verbs of an agency's worker: answer what was offered, open what was shared."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.tasks import service as tasks
from portal.cases.tasks.service import Ending
from portal.domain.errors import PortalError
from portal.domain.sharing import Part
from portal.partners.grants.keys import box_of
from portal.partners.grants.models import AgencyGrant
from portal.partners.grants.queries import OUTCOME
from portal.partners.grants.service import SOURCE
from portal.partners.shared import queries
from portal.partners.shared.queries import SharedRow, Shown
from portal.store import audit
from portal.store.audit import Actor, Fact


class NotSharedError(PortalError):
    """Nothing with this id is there for this agency, at this moment."""


class AnsweredMeanwhileError(PortalError):
    """Somebody else at the agency has answered."""


def offered(session: Session, grant_id: UUID) -> SharedRow:
    """What was offered or shared; NotSharedError for whatever is not there now."""
    found = queries.one(session, grant_id)
    if found is None:
        raise NotSharedError
    return found


def opened(session: Session, grant_id: UUID, wanted: Part | None) -> tuple[SharedRow, tuple[str, ...], Shown | None]:
    """A case that was accepted: how contact is safe, and the one part that is opened."""
    row = offered(session, grant_id)
    if not row.accepted or (wanted is not None and wanted not in row.parts):
        raise NotSharedError
    rules = queries.rules(session, row)
    if not rules:
        raise NotSharedError
    return row, rules, queries.part(session, row, wanted) if wanted else None


def answer(
    session: Session, grant_id: UUID, *, accepts: bool, reason: str, actor: Actor, now: datetime
) -> SharedRow:
    """Take the case, or decline it with a reason that the landlord reads. It is answered once."""
    row = offered(session, grant_id)
    wanted = select(AgencyGrant).where(AgencyGrant.id == grant_id, AgencyGrant.landlord_id == row.landlord_id)
    kept = session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if kept is None or kept.answered_at:
        raise AnsweredMeanwhileError
    box = box_of(session, row.landlord_id, grant_id)
    kept.outcome = box.seal(OUTCOME, grant_id, reason) if reason else None
    kept.answered_at, kept.accepted = now, accepts
    kept.answered_by, kept.answered_name = actor.account_id, actor.name
    session.flush()
    return row


def tell_landlord(session: Session, grant_id: UUID, *, accepts: bool, actor: Actor, now: datetime) -> None:
    """Write the answer into the landlord's own audit, and end the task to ask for it."""
    case_id = session.scalar(select(AgencyGrant.case_id).where(AgencyGrant.id == grant_id))
    if case_id is None:
        raise NotSharedError
    detail = f"{grant_id} {'accepted' if accepts else 'declined'}"
    tasks.settle(session, case_id, SOURCE, grant_id, Ending.DONE, actor, now)
    audit.record(session, Fact.GRANT_ANSWERED, actor, now, subject="case", subject_id=case_id, detail=detail)
