"""Every night: tell of records that are about to end, and erase those whose time has come."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID, uuid5

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.cases.retention import service
from portal.deadlines.hearers import Matter, who_hears
from portal.domain.calendar import in_london
from portal.domain.lifecycle import CaseStage, Route
from portal.domain.permissions import Permission
from portal.domain.policy.ladder import Hearer
from portal.domain.retention import WARNED_BEFORE, blockers, warning_due
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.store.audit import PORTAL
from portal.store.base import Base
from portal.store.database import scope_of
from portal.work.notices import Notice, desk_of, leave
from portal.work.programme import Open

log = structlog.get_logger()
BATCH = 100
KEEP_CODES = frozenset({"deadline", "report"})
"""What has no word about anybody once its keys are gone, and is counted on: clocks, and where reports came from."""

Erasing = Callable[[UUID], AbstractContextManager[Session]]
"""Begins a unit of work that may remove the rows of erased cases at one landlord, and read nothing of them."""


def warn_of_erasure(open_: Open, now: datetime) -> None:
    """Tell the officer and the managers that the record of a closed case is about to be erased. Each is told once."""
    today = in_london(now).date()
    with open_() as session:
        staff, desk = colleagues(session, now), desk_of(session)
        ending = select(Case).where(
            Case.landlord_id == scope_of(session).landlord_id,
            Case.erased_at.is_(None),
            Case.stage == CaseStage.CLOSED.value,
            Case.keep_until <= today + WARNED_BEFORE,
            Case.keeping_warned_on.is_(None),
        )
        for case in session.scalars(ending.limit(BATCH).with_for_update(skip_locked=True)):
            if not warning_due(service.standing(session, case), today):
                continue
            opened_with = Permission.STAFF_ROUTE_READ if case.route == Route.STAFF else Permission.CASE_READ
            matter = Matter(f"cases/{case.id}/keeping", case.assigned_to, opened_with=opened_with)
            hear = {who for to in (Hearer.OFFICER, Hearer.MANAGER) for who in who_hears(staff, to, matter).accounts}
            cause = uuid5(case.id, f"keeping {case.keep_until}")
            leave(session, [Notice(who, cause, Kind.REVIEW, f"{desk}/{matter.path}") for who in hear], now)
            case.keeping_warned_on = today


def erase_due(open_: Open, now: datetime, *, erasing: Erasing) -> None:
    """Erase what nothing stands against, then remove the rows that erased cases have left behind."""
    today = in_london(now).date()
    with open_() as session:
        landlord_id = scope_of(session).landlord_id
        ended = select(Case).where(
            Case.landlord_id == landlord_id,
            Case.erased_at.is_(None),
            Case.stage == CaseStage.CLOSED.value,
            Case.keep_until < today,
        )
        due = [
            case.id
            for case in session.scalars(ended.order_by(Case.keep_until).limit(BATCH))
            if not blockers(service.standing(session, case), today)
        ]
    for case_id in due:
        with open_() as session:
            service.erase(session, case_id, PORTAL, now)
    with erasing(landlord_id) as session:
        removed = remove_rows(session)
    if due or removed:
        log.info("records erased", landlord_id=str(landlord_id), count=len(due), rows=removed)


def remove_rows(session: Session) -> int:
    """Remove every row of erased cases, children first. Row security lets nothing else be seen or removed."""
    tables = [each for each in reversed(Base.metadata.sorted_tables) if "case_id" in each.columns]
    return sum(
        session.execute(delete(each)).rowcount  # type: ignore[attr-defined]
        for each in tables
        if each.name not in KEEP_CODES
    )
