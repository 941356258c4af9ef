"""The verb about help to change: somebody who harms was told where to get it, in words that say nothing of anybody.

Sources: HS-026 3.5, 4.15; STAR 3.11. What is handed over is the same for everybody and stands in one template: it
holds no name, no case, no source, and not that anything was reported.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.domain.rehousing.board import Reason
from portal.domain.securing import Refusal
from portal.homes.noting import Noted, note
from portal.homes.refused import RefusedError
from portal.homes.tenancy.models import ChangeOffer
from portal.landlords.policies import pinned
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of

PLACE = "change_offer"


@dataclass(frozen=True, slots=True)
class Told:
    """Of which service they were told, how, what they said, and whether it was safe to."""

    service: str
    way: str
    answer: str
    safe: bool | None
    safety: str


def tell_of(session: Session, case_id: UUID, found: Told, actor: Actor, now: datetime) -> None:
    """Write down that they were told. It is not done where it would show that somebody has spoken."""
    case = cases.get(session, case_id, for_update=True)
    clause = pinned(session, case.policy_version_id).policy.perpetrators.support.clause
    if not found.safe:
        says = (
            "It would put them at risk: it is not done."
            if found.safe is False
            else "Say whether they stay safe."
        )
        raise RefusedError(Refusal("safe", Reason(says, clause)))
    offer_id = new_id()
    session.add(
        ChangeOffer(
            landlord_id=case.landlord_id,
            id=offer_id,
            case_id=case_id,
            service=found.service,
            way=found.way,
            answer=found.answer,
            at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json(PLACE, offer_id, {"words": found.safety}),
        )
    )
    session.flush()
    facts = {"answer": found.answer}
    note(session, case_id, Noted(Fact.CHANGE_OFFERED, "change_offer", facts, found.safety), actor, now)
