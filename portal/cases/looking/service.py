"""The verb: say why one looks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.looking.models import PLACE, LookReason
from portal.domain.looking import Why
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of


def say(session: Session, case_id: UUID, why: Why, words: str, actor: Actor, now: datetime) -> None:
    """Keep why somebody looks at a case that is not theirs; managers and auditors read it beside the looks."""
    case = cases.get(session, case_id)
    row_id = new_id()
    row = {
        "landlord_id": case.landlord_id,
        "id": row_id,
        "case_id": case_id,
        "account_id": actor.account_id,
        "at": now,
        "reason": why.value,
        "sealed": box_of(session, case_id).seal_json(PLACE, row_id, {"words": words}),
    }
    session.execute(insert(LookReason), row)
    audit.record(session, Fact.LOOK_EXPLAINED, actor, now, subject="case", subject_id=case_id, detail=why.value)
