"""The verb about approvals: a second person agrees, or gives it back with the reason. Source: STAR 9, domain 117."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.approvals import queries
from portal.cases.approvals.models import PLACE, Approval
from portal.cases.opening import tell
from portal.cases.tasks.service import Proposal, propose
from portal.domain.approvals import Verdict
from portal.domain.errors import PortalError
from portal.domain.tasks import TaskKind
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of


class OwnWorkError(PortalError):
    """Nobody approves what they made themselves, or what was made for a case that they have."""


class NothingWaitsError(PortalError):
    """It was looked at meanwhile, a newer one stands in its place, or it never was there."""


def decide(
    session: Session,
    case_id: UUID,
    of_id: UUID,
    verdict: Verdict,
    words: str,
    asked: Collection[str],
    actor: Actor,
    now: datetime,
) -> None:
    """Say what a second person thinks of it. What is given back becomes a task for whoever made it."""
    case = cases.get(session, case_id, for_update=True)
    if actor.account_id is None:
        raise OwnWorkError
    found = queries.waiting(session, asked, actor.account_id)
    one = next((each for each in found if (each.case_id, each.of_id) == (case_id, of_id)), None)
    if one is None:
        raise NothingWaitsError
    if one.own:
        raise OwnWorkError
    row_id = new_id()
    row = {
        "landlord_id": case.landlord_id,
        "id": row_id,
        "case_id": case_id,
        "what": one.what.value,
        "of_id": of_id,
        "verdict": verdict.value,
        "at": now,
        "account_id": actor.account_id,
        "actor": actor.name,
        "sealed": box_of(session, case_id).seal_json(PLACE, row_id, {"words": words}),
    }
    session.execute(insert(Approval), row)
    facts = {"what": one.what.value, "verdict": verdict.value}
    tell(session, case_id, "approval", actor, now, facts=facts, words=words or None)
    audit.record(
        session, Fact.APPROVAL_DECIDED, actor, now, subject="case", subject_id=case_id, detail=verdict.value
    )
    if verdict is Verdict.RETURNED:
        again = Proposal(TaskKind.GIVEN_BACK, words, owner=one.by_id, source=one.what.value, source_id=of_id)
        propose(session, case_id, again, actor, now)
