"""What is known about keeping: of one case, and of all that are about to end or have none set."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.retention.models import PLACE, LegalHold
from portal.domain.lifecycle import CaseStage
from portal.store.database import scope_of
from portal.store.record_keys import box_of

MOST = 200


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One hold with its reason opened."""

    id: UUID
    kind: str
    why: str
    placed_at: datetime
    placed_by: str
    ended_at: datetime | None
    ended_by: str | None


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One closed case in the list of what is kept, or was erased: nothing of it but dates and outcome."""

    id: UUID
    reference: str
    outcome: str | None
    closed_at: datetime | None
    keep_until: date | None
    erased_at: datetime | None


def holds(session: Session, case_id: UUID) -> list[HoldRow]:
    """The holds of a case, those that stand first."""
    box = box_of(session, case_id)
    rows = session.scalars(
        select(LegalHold)
        .where(LegalHold.landlord_id == scope_of(session).landlord_id, LegalHold.case_id == case_id)
        .order_by(LegalHold.ended_at.desc().nulls_first(), LegalHold.placed_at.desc())
    )
    return [
        HoldRow(
            each.id,
            each.kind,
            box.open_json(PLACE, each.id, each.sealed)["why"],
            each.placed_at,
            each.placed_by,
            each.ended_at,
            each.ended_by,
        )
        for each in rows
    ]


COLUMNS = (Case.id, Case.reference, Case.closed_reason, Case.closed_at, Case.keep_until, Case.erased_at)


def ending(session: Session, before: date) -> list[KeptRow]:
    """Closed cases whose keeping ends before a day, the next first."""
    query = select(*COLUMNS).where(
        Case.landlord_id == scope_of(session).landlord_id,
        Case.stage == CaseStage.CLOSED.value,
        Case.erased_at.is_(None),
        Case.keep_until < before,
    )
    return [KeptRow(*row) for row in session.execute(query.order_by(Case.keep_until, Case.id).limit(MOST))]


def without_end(session: Session) -> list[KeptRow]:
    """Closed cases for whose outcome the landlord has set no period, the longest closed first."""
    query = select(*COLUMNS).where(
        Case.landlord_id == scope_of(session).landlord_id,
        Case.stage == CaseStage.CLOSED.value,
        Case.erased_at.is_(None),
        Case.keep_until.is_(None),
    )
    return [KeptRow(*row) for row in session.execute(query.order_by(Case.closed_at, Case.id).limit(MOST))]


def erased(session: Session, most: int | None = MOST) -> list[KeptRow]:
    """What is left of erased cases, the last erased first."""
    query = select(*COLUMNS).where(
        Case.landlord_id == scope_of(session).landlord_id, Case.erased_at.is_not(None)
    )
    return [KeptRow(*row) for row in session.execute(query.order_by(Case.erased_at.desc()).limit(most))]
