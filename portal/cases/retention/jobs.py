"""Every night: tell of records that are about to end, and erase those whose time has come."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from uuid import UUID, uuid5

import structlog
from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from portal.cases.confidentiality.queries import matters
from portal.cases.models import Case
from portal.cases.retention import service
from portal.deadlines.hearers import who_hears
from portal.domain.calendar import in_london
from portal.domain.lifecycle import CaseStage
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
    """Tell the officer and the managers that the record of a closed case is about to be erased. Each is told once.

    Of a restricted case only those hear who may know of it, as of anything else.
    """
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
        cases = session.scalars(ending.order_by(Case.keep_until, Case.id))
        for case in islice((each for each in cases if _warns(session, each, today)), BATCH):
            matter = replace(matters(session, [case.id])[case.id], path=f"cases/{case.id}/keeping")
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
        due = list(islice(_unhindered(session, ended.order_by(Case.keep_until, Case.id), today), BATCH))
    for case_id in due:
        with open_() as session:
            service.erase(session, case_id, PORTAL, now)
    with erasing(landlord_id) as session:
        removed = remove_rows(session)
    if due or removed:
        log.info("records erased", landlord_id=str(landlord_id), count=len(due), rows=removed)


def _warns(session: Session, case: Case, today: date) -> bool:
    return warning_due(service.standing(session, case), today)


def _unhindered(session: Session, ended: "Select[Case]", today: date) -> Iterator[UUID]:
    """Those that nothing stands against: however many are held, they keep no other from its end."""
    for case in session.scalars(ended):
        if not blockers(service.standing(session, case), today):
            yield case.id


def remove_rows(session: Session) -> int:
    """Remove every row of erased cases, children first. Row security lets nothing else be seen or removed."""
    tables = [each for each in reversed(Base.metadata.sorted_tables) if "case_id" in each.columns]
    return sum(
        session.execute(delete(each)).rowcount  # type: ignore[attr-defined]
        for each in tables
        if each.name not in KEEP_CODES
    )
