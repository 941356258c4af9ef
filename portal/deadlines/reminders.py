"""Reminders whose moment has come: claimed, told, noted and recorded in one transaction, each once.

A reminder of a clock that has ended, or that is being ended at this moment, is never sent.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    DateTime,
    Integer,
    Row,
    Uuid,
    and_,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from portal.deadlines.hearers import Matter, posts_of, who_hears
from portal.deadlines.models import Deadline, Reminder
from portal.deadlines.telling import notices
from portal.domain.policy import THREAT_TO_LIFE
from portal.domain.policy.ladder import Hearer
from portal.landlords.policies import pinned
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues, near_at_hand
from portal.store.audit import PORTAL, Fact, record
from portal.store.statements import HERE, Statement, ask, given, pose
from portal.work.delivery import WAITING
from portal.work.models import Message
from portal.work.notices import Notice, leave, pose_desk_of

BATCH = 200
NOT_NOW_ANY_MORE = timedelta(minutes=15)
LATE = timedelta(minutes=5)

Matters = Callable[[Session, Iterable[UUID], Iterable[UUID]], Mapping[UUID, Matter]]
"""What these cases and these reports are, by their ids. Known to parts that stand above this one."""

_UNSENT = Reminder.sent_at.is_(None) & Reminder.stopped_at.is_(None)
_ITS_DEADLINE = (Deadline.landlord_id == Reminder.landlord_id) & (Deadline.id == Reminder.deadline_id)


def due_reminders(session: Session, now: datetime) -> Sequence[UUID]:
    """The reminders whose moment has come, the longest due first, as many as are sent at a time."""
    return session.scalars(
        select(Reminder.id)
        .join(Deadline, _ITS_DEADLINE)
        .where(_due(now))
        .order_by(Reminder.due_at, Reminder.id)
        .limit(BATCH)
    ).all()


def send(session: Session, matters: Matters, now: datetime, *, only: UUID | None = None) -> int:
    """Send a batch of what is due and what nobody else is sending, or one of them alone; return how many."""
    claim = {"now": now, "most": BATCH}
    rows = ask(session, CLAIM_ONE, **claim, only=only) if only else ask(session, CLAIM, **claim)
    if not rows:
        return 0
    where = pose_desk_of(session)
    known = matters(
        session,
        {row.case_id for row in rows if row.case_id},
        {row.report_id for row in rows if not row.case_id},
    )
    standing = [(row, _as_it_stands(session, row, known[_subject(row)])) for row in rows]
    staff = near_at_hand(session, now, {each for _, matter in standing for each in matter.concerns()})
    everybody, desk = cache(lambda: colleagues(session, now)), where()
    told: list[Row[Any]] = []
    found: list[tuple[Row[Any], Notice]] = []
    for row, matter in standing:
        heard = who_hears(staff, Hearer(row.recipient), matter, everybody)
        found += [(row, each) for each in notices(heard, matter, _kind(row, now), _cause(row), desk)]
        if heard.accounts:
            told.append(row)
    leave(session, _one_each(found), now)
    _note(session, told, now)
    return len(told)


def take_back(session: Session, now: datetime) -> None:
    """Stop messages that still wait although the clock that they are about has ended."""
    ended = select(Deadline.id).where(
        Deadline.landlord_id == Message.landlord_id, Deadline.ended_at.is_not(None)
    )
    by_rung = ended.join(Reminder, _ITS_DEADLINE).where(Reminder.id == Message.cause_id)
    by_report = ended.where(Deadline.report_id == Message.cause_id, Deadline.event == THREAT_TO_LIFE)
    settled = or_(by_rung.exists(), and_(Message.kind == Kind.LIFE.value, by_report.exists()))
    theirs = select(Message.id).where(WAITING, settled).with_for_update(skip_locked=True)
    session.execute(update(Message).where(Message.id.in_(theirs)).values(stopped_at=now))


def late_reminders(session: Session, now: datetime) -> int:
    """How many should have gone out five minutes ago and have not: the alarm of this landlord."""
    late = select(func.count()).select_from(Reminder).join(Deadline, _ITS_DEADLINE).where(_due(now - LATE))
    return session.scalar(late) or 0


def _due(now: datetime | BindParameter[Any]) -> ColumnElement[bool]:
    return _UNSENT & (Reminder.due_at <= now) & Deadline.ended_at.is_(None)


def _claiming(*which: ColumnElement[bool]) -> Statement:
    """Locks the reminders with their clocks, so that a clock cannot be ended between here and the commit.

    How many are wanted is given with each use and not said here: told a number, the database plans to look through all
    clocks that run; told nothing, it begins with the reminders that are due.
    """
    return Statement(
        select(
            Reminder.id,
            Reminder.rung,
            Reminder.recipient,
            Reminder.due_at,
            Deadline.case_id,
            Deadline.report_id,
            Deadline.event,
            Deadline.started_at,
            Deadline.due_at.label("clock_due_at"),
            Deadline.policy_version_id,
            Deadline.owner,
        )
        .join(Deadline, _ITS_DEADLINE)
        .where(_due(given("now", DateTime(timezone=True))), *which)
        .order_by(Reminder.due_at, Reminder.id)
        .limit(given("most", Integer()))
        .with_for_update(of=[Reminder, Deadline], skip_locked=True)
    )


CLAIM, CLAIM_ONE = _claiming(), _claiming(Reminder.id == given("only", Uuid()))
SENT = Statement(
    update(Reminder)
    .where(Reminder.landlord_id == HERE, Reminder.id == func.any(given("reminders", ARRAY(Uuid()))))
    .values(sent_at=given("now", DateTime(timezone=True)))
)


def _subject(row: Row[Any]) -> UUID:
    subject: UUID = row.case_id or row.report_id
    return subject


def _as_it_stands(session: Session, row: Row[Any], matter: Matter) -> Matter:
    """The matter as this rung sees it.

    Whoever was given the task has it in hand. Managers are joined by the posts that answer for the policy
    under which the clock runs.
    """
    if row.owner:
        matter = replace(matter, assignee=row.owner)
    if row.recipient != Hearer.MANAGER:
        return matter
    return replace(matter, posts=posts_of(pinned(session, row.policy_version_id).policy.governance))


def _at_once(row: Row[Any]) -> bool:
    return bool(row.event == THREAT_TO_LIFE and row.due_at <= row.started_at)


def _kind(row: Row[Any], now: datetime) -> Kind:
    """What is true now: a reminder that was held up does not say that there is still time."""
    if _at_once(row):
        return Kind.LIFE
    if row.due_at > row.clock_due_at or now >= row.clock_due_at + NOT_NOW_ANY_MORE:
        return Kind.OVERDUE
    return Kind.DUE_NOW if now >= row.clock_due_at else Kind.DUE_SOON


def _cause(row: Row[Any]) -> UUID:
    """The report, for a threat to life, so that the alert that its arrival set off is not repeated."""
    cause: UUID = row.report_id if _at_once(row) else row.id
    return cause


def _one_each(found: Iterable[tuple[Row[Any], Notice]]) -> list[Notice]:
    """Somebody who hears of the same matter on several rungs at once is told once, of the most pressing.

    An alert for a life stands by itself: it may have been given before, and must swallow no later reminder.
    """
    chosen: dict[tuple[UUID, UUID, bool], Notice] = {}
    nobody_there: dict[UUID, Notice] = {}
    for row, notice in sorted(found, key=lambda each: each[1].kind.rank):
        if notice.kind is Kind.UNATTENDED:
            nobody_there.setdefault(notice.account_id, notice)
        else:
            chosen.setdefault((notice.account_id, _subject(row), notice.kind is Kind.LIFE), notice)
    return [*chosen.values(), *nobody_there.values()]


def _note(session: Session, told: Sequence[Row[Any]], now: datetime) -> None:
    """Mark them as sent and record it, one entry for each."""
    if not told:
        return
    pose(session, SENT, reminders=[row.id for row in told], now=now)
    for row in told:
        subject = "case" if row.case_id else "report"
        record(
            session, Fact.REMINDER_SENT, PORTAL, now, subject=subject, subject_id=_subject(row), detail=row.rung
        )
