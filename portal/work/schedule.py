"""The scheduler: empties the outbox, sends workers on their rounds, and notices when nobody works.

Two of them at once are harmless: rows are claimed with SKIP LOCKED, the bell refuses a job that waits already,
and a round done twice is as good as once.
"""

import signal
import time
from collections.abc import Callable
from datetime import datetime
from threading import Event, current_thread, main_thread

import structlog
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal.settings import Settings
from portal.store.database import Database
from portal.store.tenancy import Landlord
from portal.work.bell import Bell
from portal.work.dispatch import BATCH, clear, dispatch, dispatch_again
from portal.work.heartbeats import Beat, Kind, forget, signs
from portal.work.programme import Pace, Programme, Round
from portal.work.runner import utc_now

log = structlog.get_logger()
CALL = "portal.work.runner.run_round"
ALARM_EVERY = 60.0
CLEAR_EVERY = 3600.0


class Scheduler:
    """One scheduler. `look` is one turn of its loop, so that tests can turn it by hand."""

    def __init__(
        self, database: Database, redis: Redis, programme: Programme, pace: Pace, now: Callable[[], datetime]
    ) -> None:
        """Nothing is remembered from one process to the next; workers that start beside it have a minute to be seen."""
        self._database, self._programme, self._pace, self._now = database, programme, pace, now
        self._bell = Bell(redis, pace.job)
        self._rung: dict[str, datetime] = {}
        self._last: dict[str, float] = {"alarm": time.monotonic()}

    def look(self) -> bool:
        """Do what there is to do now; true if the outbox may hold more."""
        now = self._now()
        for each in self._programme.rounds:
            self._call_for(each, now)
        if self._is_time("again", self._pace.again / 3):
            dispatch_again(self._database, self._bell, self._programme, now, self._pace)
        if self._is_time("alarm", ALARM_EVERY):
            self._alarm(now)
        if self._is_time("clear", CLEAR_EVERY):
            clear(self._database, self._programme, now)
        return dispatch(self._database, self._bell, self._programme, now) == BATCH

    def _call_for(self, round_: Round, now: datetime) -> None:
        moment = round_.when.latest(now)
        if moment is None or self._rung.get(round_.name) == moment:
            return
        with self._database.relay_work() as connection:
            landlords = connection.scalars(select(Landlord.id).where(Landlord.active)).all()
        for landlord_id in landlords:
            self._bell.ring(
                round_.urgency, CALL, (str(landlord_id), round_.name), f"{round_.name}_{landlord_id}"
            )
        self._rung[round_.name] = moment

    def _alarm(self, now: datetime) -> None:
        with self._database.relay_work() as connection:
            forget(connection, now)
            for sign in signs(connection, now):
                if sign.silent and sign.kind is Kind.WORKER:
                    log.error(
                        "no worker gives a sign of life: reminders do not go out", since=str(sign.seen_at)
                    )

    def _is_time(self, what: str, every: float) -> bool:
        if time.monotonic() - self._last.get(what, -every) < every:
            return False
        self._last[what] = time.monotonic()
        return True


def run_scheduler(
    settings: Settings,
    programme: Programme,
    *,
    pace: Pace | None = None,
    now: Callable[[], datetime] = utc_now,
    stop: Event | None = None,
) -> None:
    """Look until told to stop; while Redis or the database is away, wait longer each time and then catch up."""
    pace, stop = pace or Pace(), stop or Event()
    if current_thread() is main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    database, redis = Database(settings), Redis.from_url(settings.redis_url)
    scheduler = Scheduler(database, redis, programme, pace, now)
    beat = Beat(database, Kind.SCHEDULER, pace.beat, now())
    pause = pace.look
    while not stop.is_set():
        beat.give(now())
        try:
            pause = 0.0 if scheduler.look() else pace.look
        except (RedisError, SQLAlchemyError) as fault:
            pause = min(max(pause, pace.look) * 2, pace.patience)
            log.warning("the scheduler waits", fault=type(fault).__name__, seconds=pause)
        stop.wait(pause)
    beat.end()
    database.dispose()
    redis.close()
