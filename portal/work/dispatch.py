"""From the outbox to the queues: the outbox is the promise, Redis is only the bell.

Rows are marked after the bell has rung, so a dispatcher that dies in between rings twice, and the second job
finds that the first was done. Whatever was rung for and is not done some time later is rung for again, so
neither an emptied Redis nor a killed worker nor a failing job loses anything.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    case,
    delete,
    func,
    select,
    tuple_,
    update,
)

from portal.store.database import Database
from portal.store.outbox import JobDone, OutboxEvent
from portal.work.at_it import somebody_is
from portal.work.bell import Bell
from portal.work.programme import Pace, Programme

log = structlog.get_logger()
BATCH = 200
KEPT_WHEN_DONE = timedelta(days=1)
CALL = "portal.work.runner.run_reaction"

Event = Row[UUID, UUID, str, dict[str, Any]]
_EVENT = select(OutboxEvent.landlord_id, OutboxEvent.id, OutboxEvent.kind, OutboxEvent.ids)


def dispatch(database: Database, bell: Bell, programme: Programme, now: datetime) -> int:
    """Ring for events that nobody was called for yet; return how many there were."""
    waiting = _EVENT.where(OutboxEvent.dispatched_at.is_(None)).order_by(OutboxEvent.happened_at)
    with database.relay_work() as connection:
        rows = connection.execute(waiting.limit(BATCH).with_for_update(skip_locked=True)).all()
        _ring(bell, programme, rows)
        _mark(connection, rows, now)
    return len(rows)


def dispatch_again(database: Database, bell: Bell, programme: Programme, now: datetime, pace: Pace) -> int:
    """Ring again for what was promised and is not done: soon at first, then ever more slowly."""
    waited = func.extract("epoch", OutboxEvent.dispatched_at - OutboxEvent.happened_at) / 2
    pause = func.make_interval(0, 0, 0, 0, 0, 0, func.least(func.greatest(waited, pace.again), pace.latest))
    unfinished = _EVENT.where(
        OutboxEvent.kind.in_(_needed(programme)),
        OutboxEvent.dispatched_at + pause < now,
        _done() < _all(programme),
    ).order_by(OutboxEvent.dispatched_at)
    with database.relay_work() as connection:
        rows = connection.execute(unfinished.limit(BATCH).with_for_update(skip_locked=True)).all()
        if _ring(bell, programme, rows, lambda row, job: somebody_is(connection, row.id, job)):
            log.warning("promised jobs were not done and are asked for again", events=len(rows))
        _mark(connection, rows, now)
    return len(rows)


def clear(database: Database, programme: Programme, now: datetime) -> int:
    """Drop events of which everything was done; the audit keeps what happened, the outbox need not."""
    done = (OutboxEvent.dispatched_at < now - KEPT_WHEN_DONE) & (_done() >= _all(programme))
    with database.relay_work() as connection:
        return connection.execute(delete(OutboxEvent).where(done)).rowcount


def _ring(
    bell: Bell,
    programme: Programme,
    rows: Sequence[Event],
    at_it: Callable[[Event, str], bool] = lambda _row, _job: False,
) -> int:
    rung = 0
    for row in rows:
        if row.kind not in programme.reactions:
            log.error("an event of an unknown kind was passed over", kind=row.kind, event_id=str(row.id))
        for reaction in programme.reactions.get(row.kind, ()):
            if reaction.longest and at_it(row, reaction.name):
                continue
            arguments = (str(row.landlord_id), str(row.id), reaction.name, row.ids)
            rung += bell.ring(reaction.urgency, CALL, arguments, f"{row.id}_{reaction.name}", reaction.longest or 0)
    return rung


def _mark(connection: Connection, rows: Sequence[Event], now: datetime) -> None:
    keys = [(row.landlord_id, row.id) for row in rows]
    if keys:
        these = tuple_(OutboxEvent.landlord_id, OutboxEvent.id).in_(keys)
        connection.execute(update(OutboxEvent).where(these).values(dispatched_at=now))


def _needed(programme: Programme) -> dict[str, int]:
    """How many jobs follow each kind of event, for those that any follow."""
    return {kind: len(reactions) for kind, reactions in programme.reactions.items() if reactions}


def _all(programme: Programme) -> ColumnElement[int]:
    needed = _needed(programme)
    return case(needed, value=OutboxEvent.kind, else_=0) if needed else func.abs(0)


def _done() -> ScalarSelect[int]:
    this = (JobDone.landlord_id == OutboxEvent.landlord_id) & (JobDone.event_id == OutboxEvent.id)
    return select(func.count()).select_from(JobDone).where(this).scalar_subquery()
