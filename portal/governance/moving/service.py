"""Moving an open case to another version. Clocks that run keep the version under which they began.

Source: AG/013 Review Date; STAR 9. No case moves by itself when a version is published.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.opening import tell
from portal.domain.errors import PortalError
from portal.domain.lifecycle import CaseStage
from portal.governance.moving.queries import versions
from portal.store import audit
from portal.store.audit import Actor, Fact

MOVED = "policy_moved"


class NotMovedError(PortalError):
    """The case is closed, or the version is not one that it could be moved to."""


class MovedMeanwhileError(PortalError):
    """Somebody else has moved the case since it was shown."""


def move(
    session: Session, case_id: UUID, to: UUID, why: str, seen: UUID, actor: Actor, now: datetime
) -> None:
    """Let the case keep to another version from now on; who decided it and why stays with the case."""
    case = cases.get(session, case_id, for_update=True)
    if case.policy_version_id != seen:
        raise MovedMeanwhileError("Somebody else has moved this case meanwhile.")
    if case.stage == CaseStage.CLOSED.value:
        raise NotMovedError("A closed case keeps to its version.")
    known = {each.id: each for each in versions(session, now)}
    if to not in known or to == seen:
        raise NotMovedError("Choose a version that is or was in force, and that the case does not keep to.")
    before = known[seen].name if seen in known else ""
    case.policy_version_id = to
    tell(session, case_id, MOVED, actor, now, facts={"from": before, "to": known[to].name}, words=why)
    audit.record(
        session,
        Fact.CASE_VERSION_MOVED,
        actor,
        now,
        subject="case",
        subject_id=case_id,
        detail=f"{seen} {to}",
    )
