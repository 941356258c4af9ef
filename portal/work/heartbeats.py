"""Signs of life of workers and schedulers, and the alarm when there are none."""

import os
import socket
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from sqlalchemy import Connection, Executable, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from portal.store.base import new_id
from portal.store.database import Database
from portal.work.models import Heartbeat

log = structlog.get_logger()
SILENCE = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(days=1)


class Kind(StrEnum):
    """The processes without which somebody would be forgotten."""

    WORKER = "worker"
    SCHEDULER = "scheduler"


@dataclass(frozen=True, slots=True)
class Sign:
    """When a kind of process was last seen; silent when none of its kind was for two minutes."""

    kind: Kind
    alive: int
    seen_at: datetime | None
    silent: bool


class Beat:
    """The sign of life of one process, given by its main loop and by nothing else."""

    def __init__(self, database: Database, kind: Kind, every: float, started_at: datetime) -> None:
        """`every` in seconds."""
        self._database, self._kind, self._every, self._started_at = database, kind, every, started_at
        self._id, self._label = new_id(), f"{socket.gethostname()} {os.getpid()}"
        self._next = time.monotonic()

    def give(self, now: datetime) -> None:
        """Give a sign if it is time to. A database that is away is no reason to stop working."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._every
        row = insert(Heartbeat).values(
            id=self._id, kind=self._kind.value, label=self._label, started_at=self._started_at, seen_at=now
        )
        self._write(row.on_conflict_do_update(index_elements=[Heartbeat.id], set_={"seen_at": now}))

    def end(self) -> None:
        """This process stops on purpose: nobody needs to miss it."""
        self._write(delete(Heartbeat).where(Heartbeat.id == self._id))

    def _write(self, statement: Executable) -> None:
        try:
            with self._database.relay_work() as connection:
                connection.execute(statement)
        except SQLAlchemyError as fault:
            log.warning(
                "no sign of life could be written", process=self._kind.value, fault=type(fault).__name__
            )


def signs(session: Session | Connection, now: datetime) -> tuple[Sign, ...]:
    """Each kind of process and when it was last seen."""
    rows = session.execute(
        select(
            Heartbeat.kind,
            func.max(Heartbeat.seen_at).label("seen_at"),
            func.count().filter(Heartbeat.seen_at > now - SILENCE).label("alive"),
        ).group_by(Heartbeat.kind)
    )
    found = {row.kind: Sign(Kind(row.kind), row.alive, row.seen_at, silent=row.alive == 0) for row in rows}
    return tuple(found.get(kind.value, Sign(kind, 0, None, silent=True)) for kind in Kind)


def forget(connection: Connection, now: datetime) -> None:
    """Drop the signs of processes that died long ago."""
    connection.execute(delete(Heartbeat).where(Heartbeat.seen_at < now - FORGOTTEN_AFTER))
