"""The moves of a case: it waits, goes on, is closed and opened again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.safeguarding.queries import child_waits
from portal.cases.serious.queries import waits as serious_waits
from portal.cases.service import ChildConcernOpenError, SeriousMatterOpenError, get, refresh_next
from portal.deadlines import service as deadlines
from portal.domain.errors import PortalError
from portal.domain.lifecycle import CaseStage, check_case_move
from portal.landlords.policies import pinned
from portal.store import audit
from portal.store.audit import Actor, Fact


class WaitIsOverError(PortalError):
    """A case cannot wait until a moment that has passed: whoever writes one meant another."""


def wait_for(
    session: Session, case_id: UUID, whom: str, until: datetime, actor: Actor, now: datetime
) -> None:
    """The case waits for somebody else until a moment; its clocks go on running."""
    case = get(session, case_id, for_update=True)
    check_case_move(CaseStage(case.stage), CaseStage.WAITING)
    if until <= now:
        raise WaitIsOverError
    case.stage, case.waiting_for, case.waiting_until = CaseStage.WAITING.value, whom, until
    tell(session, case_id, "waiting", actor, now, facts={"for": whom, "until": until.isoformat()})
    _stage_changed(session, case, actor, now)


def go_on(session: Session, case_id: UUID, actor: Actor, now: datetime) -> None:
    """The waiting is over."""
    case = get(session, case_id, for_update=True)
    check_case_move(CaseStage(case.stage), CaseStage.ACTIVE)
    case.stage, case.waiting_for, case.waiting_until = CaseStage.ACTIVE.value, None, None
    tell(session, case_id, "resumed", actor, now)
    _stage_changed(session, case, actor, now)


def close(
    session: Session,
    case_id: UUID,
    reason: str,
    words: str,
    actor: Actor,
    now: datetime,
    *,
    facts: dict[str, Any] | None = None,
) -> None:
    """Close the case with a reason; whatever clock still runs ends unmet and stays visible as missed."""
    case = get(session, case_id, for_update=True)
    check_case_move(CaseStage(case.stage), CaseStage.CLOSED)
    if child_waits(session, case_id):
        raise ChildConcernOpenError
    if serious_waits(session, case_id):
        raise SeriousMatterOpenError
    case.stage, case.closed_at, case.closed_reason = CaseStage.CLOSED.value, now, reason
    case.waiting_for = case.waiting_until = None
    deadlines.end_all(session, case_id, now)
    tell(session, case_id, "closed", actor, now, facts={"reason": reason} | (facts or {}), words=words or None)
    refresh_next(session, case)
    _stage_changed(session, case, actor, now)


def reopen(
    session: Session, case_id: UUID, why: str, actor: Actor, now: datetime, *, anew: bool = False
) -> None:
    """Open a closed case again. A clock that nobody had met when it was closed runs on (AG/013 OP1; STAR 3.1).

    Not where a new report opens it: that has brought clocks of its own, and they begin `anew`.
    """
    case = get(session, case_id, for_update=True)
    check_case_move(CaseStage(case.stage), CaseStage.ACTIVE)
    if not anew:
        policy = pinned(session, case.policy_version_id).policy
        deadlines.go_on(session, policy, case_id, case.closed_at, now)
    case.stage, case.closed_at, case.closed_reason = CaseStage.ACTIVE.value, None, None
    case.keep_until = case.keeping_warned_on = None
    refresh_next(session, case)
    tell(session, case_id, "reopened", actor, now, words=why or None)
    _stage_changed(session, case, actor, now)


def _stage_changed(session: Session, case: Case, actor: Actor, now: datetime) -> None:
    audit.record(
        session, Fact.CASE_STAGE_CHANGED, actor, now, subject="case", subject_id=case.id, detail=case.stage
    )
