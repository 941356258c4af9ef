"""What stands beside the policy of a landlord: an assessment of its impact."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.impact.content import Content
from portal.governance.impact.acting import Wanted, add_review
from portal.governance.impact.models import PLACE, ImpactAction, ImpactAssessment
from portal.governance.look import service as look
from portal.governance.look.queries import look_now
from portal.landlords.models import LookVersion
from portal.landlords.policies import in_force
from portal.operators import support
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import new_box


def impact_of(session: Session, by: Actor, now: datetime) -> dict[str, UUID]:
    """An assessment of the policy in force, and something that is to be done because of it."""
    impact_id = new_id()
    assert by.account_id
    box = new_box(session, impact_id, now)
    written = {
        "begun_at": now,
        "begun_by": by.name,
        "changed_at": now,
        "changed_by": by.name,
        "revision": 1,
        "turn": 1,
    }
    here, version_id = scope_of(session).landlord_id, in_force(session, now).version_id
    sealed = box.seal_json(PLACE, impact_id, Content().to_dict())
    session.add(
        ImpactAssessment(
            landlord_id=here,
            id=impact_id,
            version_id=version_id,
            kind="review",
            lead=by.account_id,
            sealed=sealed,
            **written,
        )
    )
    session.flush()
    row = session.get_one(ImpactAssessment, (here, impact_id))
    add_review(session, row, Wanted("", "x", by.account_id, now.date()), by, now)
    promised = select(ImpactAction.id).where(ImpactAction.assessment_id == impact_id)
    return {
        "impact_id": impact_id,
        "promise_id": session.scalars(promised).one(),
        "look_id": look_of(session, by, now),
        "place_id": here,
        "access_id": support.ask(session, "x", 1, by, now),
    }


def look_of(session: Session, by: Actor, now: datetime) -> UUID:
    """A version of how the pages look, which says what the pages say already; and somebody writes another."""
    for _ in range(2):
        look.write(session, {}, look_now(session, now).revision, by, now, "names")
        if not session.scalar(select(LookVersion.id).limit(1)):
            look.publish(session, "x", look_now(session, now).revision, by, now)
    return session.scalars(select(LookVersion.id)).first()
