"""No step without their wish on record: recording a wish, asking for it before a step, and taking the step.

Sources: AG/013 Objectives (guided by the victim), OP5, OP6; STAR 3.11; HS-026 5.3.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.opening import tell
from portal.cases.wishes import queries
from portal.cases.wishes.models import StepTaken, Wish
from portal.cases.wishes.queries import WishRow
from portal.cases.wishes.said import About, Said, Step, Wants
from portal.domain.errors import PortalError
from portal.domain.permissions import Permission
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of


class NotTheirWishError(PortalError):
    """They have not said that they want this step, or said that they do not. `asked` tells which of the two."""

    def __init__(self, *, asked: bool) -> None:
        """Keep whether anybody has asked them."""
        super().__init__("They have not said that they want this." if asked else "Nobody has asked them about this.")
        self.asked = asked


class NotYetHappenedError(PortalError):
    """Nothing can be recorded before it has happened."""


def record(session: Session, case_id: UUID, said: Said, actor: Actor, now: datetime) -> UUID:
    """Keep what they said. A change of mind is another record; the older one stays."""
    if said.at > now:
        raise NotYetHappenedError
    cases.get(session, case_id, for_update=True)
    wish_id = new_id()
    session.execute(
        insert(Wish),
        {
            "landlord_id": scope_of(session).landlord_id,
            "id": wish_id,
            "case_id": case_id,
            "about": said.about.value,
            "wants": said.wants.value,
            "said_at": said.at,
            "how": said.how.value,
            "recorded_at": now,
            "account_id": actor.account_id,
            "actor": actor.name,
            "sealed": box_of(session, case_id).seal_json(
                "wish", wish_id, {"words": said.words, "never": said.never}
            ),
        },
    )
    facts = {"about": said.about.value, "wants": said.wants.value}
    tell(session, case_id, "wish", actor, said.at, facts=facts, words=said.words)
    audit.record(
        session, Fact.WISH_RECORDED, actor, now, subject="case", subject_id=case_id, detail=said.about.value
    )
    return wish_id


def require(session: Session, case_id: UUID, about: About) -> WishRow:
    """Their wish for this step; NotTheirWishError where the newest answer is not a yes, or nobody has asked."""
    wish = queries.newest(session, case_id, about)
    if wish is None or wish.wants is not Wants.YES:
        raise NotTheirWishError(asked=wish is not None)
    return wish


def take(session: Session, case_id: UUID, step: Step, actor: Actor, now: datetime, *, may_decide: bool) -> None:
    """Record a step that follows their wish; without it only somebody who may decide so, with a reason."""
    if step.at > now:
        raise NotYetHappenedError
    cases.get(session, case_id, for_update=True)
    wish_id: UUID | None = None
    try:
        wish_id = require(session, case_id, step.about).id
    except NotTheirWishError:
        if not (may_decide and step.why):
            raise
    _keep(session, case_id, step, wish_id, actor, now)
    facts = {"about": step.about.value, "wished": "yes" if wish_id else "no"}
    tell(session, case_id, "step", actor, step.at, facts=facts, words=step.what)
    if wish_id is None:
        tell(session, case_id, "step_decided", actor, now, facts=facts, words=step.why)
    audit.record(
        session,
        Fact.STEP_TAKEN if wish_id else Fact.STEP_AGAINST_WISH,
        actor,
        now,
        permission=None if wish_id else Permission.WISH_OVERRIDE.value,
        subject="case",
        subject_id=case_id,
        detail=step.about.value,
    )


def _keep(
    session: Session, case_id: UUID, step: Step, wish_id: UUID | None, actor: Actor, now: datetime
) -> None:
    step_id = new_id()
    session.execute(
        insert(StepTaken),
        {
            "landlord_id": scope_of(session).landlord_id,
            "id": step_id,
            "case_id": case_id,
            "about": step.about.value,
            "taken_at": step.at,
            "wish_id": wish_id,
            "decided_by": None if wish_id else actor.name,
            "recorded_at": now,
            "account_id": actor.account_id,
            "actor": actor.name,
            "sealed": box_of(session, case_id).seal_json(
                "step_taken", step_id, {"what": step.what, "why": "" if wish_id else step.why}
            ),
        },
    )
