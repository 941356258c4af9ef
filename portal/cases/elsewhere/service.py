"""The verb: keep under which reference a case stands in another register. Source: NPH Dealing with cases, para 2."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.elsewhere.models import PLACE, KeptElsewhere
from portal.cases.opening import tell
from portal.domain.errors import PortalError
from portal.landlords.policies import pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of


class NoOtherSystemError(PortalError):
    """The policy of this case names no other register."""


def keep(session: Session, case_id: UUID, reference: str, actor: Actor, now: datetime) -> None:
    """Keep the reference; the name of the register is the policy's own word."""
    case = cases.get(session, case_id, for_update=True)
    system = pinned(session, case.policy_version_id).policy.record.other_system.value
    if system is None:
        raise NoOtherSystemError
    row_id = new_id()
    row = {
        "landlord_id": case.landlord_id,
        "id": row_id,
        "case_id": case_id,
        "at": now,
        "account_id": actor.account_id,
        "sealed": box_of(session, case_id).seal_json(PLACE, row_id, {"system": system, "reference": reference}),
    }
    session.execute(insert(KeptElsewhere), row)
    tell(session, case_id, "kept_elsewhere", actor, now, words=f"{system}: {reference}")
    audit.record(session, Fact.KEPT_ELSEWHERE, actor, now, subject="case", subject_id=case_id)
