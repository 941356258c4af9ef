"""What is still open on a case whose record is about to end: none of it may vanish before it has an answer."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import ColumnCollection, ColumnElement, and_, func, literal, select, union_all
from sqlalchemy.orm import Session

from portal.domain.retention import Blocker
from portal.store.base import Base
from portal.store.database import scope_of

Columns = ColumnCollection[str, ColumnElement[object]]
Open = Callable[[Columns], ColumnElement[bool]]


def _no_end(row: Columns) -> ColumnElement[bool]:
    return row.ended_at.is_(None)


OPEN: tuple[tuple[Blocker, str, Open], ...] = (
    (Blocker.TASKS, "task", _no_end),
    (Blocker.CLOCKS, "deadline", _no_end),
    (Blocker.APPROVALS, "closing_request", _no_end),
    (Blocker.APPROVALS, "share", lambda row: and_(row.state.in_(["waiting", "urgent"]), row.decided_at.is_(None))),
    (Blocker.APPROVALS, "case_reader", lambda row: and_(row.emergency, row.reviewed_at.is_(None))),
    (Blocker.APPROVALS, "safeguarding_concern", lambda row: row.decision.is_(None)),
    (Blocker.APPROVALS, "serious_matter", lambda row: row.decision.is_(None)),
    (Blocker.APPROVALS, "home_measure", lambda row: row.state == "asked"),
    (Blocker.FILE_ASKED, "file_request", lambda row: row.given_at.is_(None)),
    (Blocker.AGENCIES, "safeguarding_referral", lambda row: row.outcome.is_(None)),
    (Blocker.AGENCIES, "agency_grant", lambda row: and_(row.ended_at.is_(None), row.until_at > func.now())),
    (Blocker.WORK, "work_order", _no_end),
    (Blocker.COMPLAINT, "complaint", _no_end),
    (Blocker.WORK, "home_offer", lambda row: row.outcome == "open"),
)
"""By the names of tables, because some stand in parts above this one."""


def still_open(session: Session, case_id: UUID) -> frozenset[Blocker]:
    """Every kind of thing that is open on this case."""
    here, found = scope_of(session).landlord_id, []
    for blocker, name, open_ in OPEN:
        row = Base.metadata.tables[name].c
        mine = and_(row.landlord_id == here, row.case_id == case_id, open_(row))
        found.append(select(literal(blocker.value)).where(mine))
    return frozenset(map(Blocker, session.scalars(union_all(*found))))
