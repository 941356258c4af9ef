"""The verbs about keeping: hold, lift, keep longer, and erase for good."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.retention import figures
from portal.cases.retention.models import PLACE, LegalHold
from portal.cases.retention.still_open import still_open
from portal.deadlines import service as deadlines
from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.lifecycle import CaseStage, CloseReason
from portal.domain.policy import Policy
from portal.domain.retention import WARNED_BEFORE, Blocker, Standing, blockers, end_of_keeping
from portal.store import audit, record_keys, search
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

NOTHING = b""


class HoldKind(StrEnum):
    """Who needs the record."""

    COURT = "court"
    COMPLAINT = "complaint"
    FILE_REQUEST = "file_request"
    REVIEW = "review"
    OTHER = "other"


class NoSuchHoldError(PortalError):
    """No hold with this id stands on this case."""


class NotErasableError(PortalError):
    """Something stands against erasing the record."""

    def __init__(self, stands: tuple[Blocker, ...]) -> None:
        """Keep what stands against it."""
        super().__init__(", ".join(stands))
        self.stands = stands


class TooSoonError(PortalError):
    """A record cannot end before its people have had the time to object."""


def start_keeping(case: Case, policy: Policy, outcome: CloseReason, closed_at: datetime) -> None:
    """Count from the closing how long the record is kept; without a period of the landlord it is kept on."""
    rule = policy.kept_for(outcome)
    case.keep_until = end_of_keeping(in_london(closed_at).date(), rule.months) if rule else None
    case.keeping_warned_on = None


def hold(session: Session, case_id: UUID, kind: HoldKind, why: str, actor: Actor, now: datetime) -> UUID:
    """Keep the record, whatever its period says, until this hold is lifted."""
    case, hold_id = cases.get(session, case_id, for_update=True), new_id()
    session.add(
        LegalHold(
            landlord_id=case.landlord_id,
            id=hold_id,
            case_id=case_id,
            kind=kind.value,
            placed_at=now,
            placed_by=actor.name,
            sealed=box_of(session, case_id).seal_json(PLACE, hold_id, {"why": why}),
        )
    )
    tell(session, case_id, "held", actor, now, facts={"hold": kind.value}, words=why)
    audit.record(session, Fact.HOLD_PLACED, actor, now, subject="case", subject_id=case_id, detail=kind.value)
    return hold_id


def lift(session: Session, case_id: UUID, hold_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """End a hold, with the reason."""
    cases.get(session, case_id, for_update=True)
    found = session.scalar(
        select(LegalHold)
        .where(LegalHold.case_id == case_id, LegalHold.id == hold_id, LegalHold.ended_at.is_(None))
        .with_for_update()
    )
    if found is None:
        raise NoSuchHoldError
    found.ended_at, found.ended_by = now, actor.name
    tell(session, case_id, "hold_lifted", actor, now, facts={"hold": found.kind}, words=why)
    audit.record(session, Fact.HOLD_LIFTED, actor, now, subject="case", subject_id=case_id, detail=found.kind)


def keep_until(session: Session, case_id: UUID, until: date, why: str, actor: Actor, now: datetime) -> None:
    """Set the end of keeping of one record by hand, with the reason; its people are told of it anew."""
    case = cases.get(session, case_id, for_update=True)
    if until < in_london(now).date() + WARNED_BEFORE:
        raise TooSoonError
    case.keep_until, case.keeping_warned_on = until, None
    tell(session, case_id, "kept", actor, now, facts={"until": until.isoformat()}, words=why)
    audit.record(
        session, Fact.KEEPING_SET, actor, now, subject="case", subject_id=case_id, detail=until.isoformat()
    )


def standing(session: Session, case: Case) -> Standing:
    """How a case stands towards its erasure."""
    here = (LegalHold.landlord_id == case.landlord_id, LegalHold.case_id == case.id, LegalHold.ended_at.is_(None))
    return Standing(
        closed=case.stage == CaseStage.CLOSED,
        keep_until=case.keep_until,
        warned_on=case.keeping_warned_on,
        held=bool(session.scalar(select(exists().where(*here)))),
        waits=still_open(session, case.id),
    )


def erase(session: Session, case_id: UUID, actor: Actor, now: datetime) -> None:
    """Erase a record: destroy its keys, and empty what is left of it. There is no way back, backups included.

    What stays is the case's reference, its dates, outcome and clocks, and who did what: no word about anybody. And
    a sum by year is one larger (`portal.cases.retention.figures`).
    Rows that the portal may only add to go afterwards: see `portal.cases.retention.jobs`.
    """
    case = cases.get(session, case_id, for_update=True)
    stands = blockers(standing(session, case), in_london(now).date())
    if stands:
        raise NotErasableError(stands)
    figures.keep(session, case)
    _empty(session, case, now)
    audit.record(session, Fact.CASE_ERASED, actor, now, subject="case", subject_id=case_id)


def take_back(session: Session, case_id: UUID, actor: Actor, now: datetime) -> None:
    """Empty a case that was taken over by mistake and to which nothing was added.

    It is closed as a mistake; its rows go in the night, as those of every record that was erased.
    """
    case = cases.get(session, case_id, for_update=True)
    deadlines.end_all(session, case_id, now)
    case.stage, case.closed_at, case.closed_reason = CaseStage.CLOSED.value, now, CloseReason.MISTAKEN.value
    case.keep_until = in_london(now).date() - timedelta(days=1)
    _empty(session, case, now)
    audit.record(session, Fact.CASE_TAKEN_BACK, actor, now, subject="case", subject_id=case_id)


def _empty(session: Session, case: Case, now: datetime) -> None:
    reports = _empty_reports(session, case.id)
    record_keys.destroy(session, [case.id, *reports])
    search.index(session, case.id, ())
    case.headline = case.safe_contact = case.summary = NOTHING
    case.preferences, case.staff_risk, case.threat_to_life = [], None, False
    case.risk_level = case.risk_at = case.risk_again_on = case.risk_declined_at = None
    case.next_due_at = case.next_event = case.next_clause = case.next_stop_act = None
    case.erased_at = now


def _empty_reports(session: Session, case_id: UUID) -> list[UUID]:
    """The reports of the case hold its first words: they go with it. Raw, because they stand in a part above."""
    report = LegalHold.metadata.tables["report"]
    here = (report.c.landlord_id == scope_of(session).landlord_id, report.c.case_id == case_id)
    found = list(session.scalars(select(report.c.id).where(*here)))
    nothing: dict[str, Any] = {"answers": NOTHING, "headline": NOTHING, "outcome": None, "preferences": []}
    session.execute(update(report).where(*here).values(**nothing, match_tokens=[], receipt_hash=None))
    return found
