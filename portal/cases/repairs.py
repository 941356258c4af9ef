"""The end of a clock that only a repair stops (STAR 5.2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service
from portal.cases.opening import tell
from portal.deadlines import service as deadlines
from portal.domain.clock import StopAct
from portal.domain.errors import PortalError
from portal.store.audit import Actor


class NotYetDoneError(PortalError):
    """A repair cannot be recorded before it is done."""


def repaired(session: Session, case_id: UUID, at: datetime, words: str, actor: Actor, now: datetime) -> None:
    """Record that the damage is repaired; ends the clocks that wait for it."""
    if at > now:
        raise NotYetDoneError
    case = service.get(session, case_id, for_update=True)
    met = deadlines.meet(session, case_id, StopAct.REPAIRED, actor, at, now)
    facts = {"met": ", ".join(each.event for each in met)}
    tell(session, case_id, "repaired", actor, at, facts=facts, words=words or None)
    service.refresh_next(session, case)
