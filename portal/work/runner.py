"""The worker: does each job in the scope of one landlord, and each promised job once.

Why jobs run in the worker's own process and not in a fork of it: docs/decisions/0005-jobs-in-one-process.md.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import SimpleWorker
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer
from rq.worker import WorkerStatus
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.settings import Settings
from portal.store.database import Database
from portal.store.outbox import JobDone
from portal.store.scope import LandlordScope
from portal.work.alive import sign
from portal.work.at_it import claim
from portal.work.bell import queues
from portal.work.heartbeats import Beat, Kind
from portal.work.programme import Pace, Programme

log = structlog.get_logger()
RQ_MARGIN = 15  # RQ waits for a job this many seconds less than its worker is taken to live


class JobFailedError(Exception):
    """A job failed; holds the name of the fault only, because RQ keeps it in Redis and writes it to the log."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a job finds in its worker."""

    database: Database
    programme: Programme
    now: Callable[[], datetime]


bench: ContextVar[Bench] = ContextVar("bench")


class PortalWorker(SimpleWorker):
    """Gives a sign of life whenever RQ's main loop comes round."""

    max_connection_wait_time = 15.0
    log_result_lifespan = False
    beat: Callable[[], None] = staticmethod(lambda: None)

    def heartbeat(self, *args: object, **kwargs: object) -> None:
        """As RQ does, and in the portal's own table, where administrators look.

        Between two jobs it is the place where nobody who asked it to stop can be missed: where Redis is away, RQ
        would look for it for ever.
        """
        if self.stop_asked and self.get_state() != WorkerStatus.BUSY:
            raise StopRequested
        try:
            super().heartbeat(*args, **kwargs)  # type: ignore[arg-type]
        except RedisError:
            if self.stop_asked:
                raise StopRequested from None
            raise
        self.beat()

    def set_shutdown_requested_date(self) -> None:
        """Not into Redis, as RQ would, in the middle of a signal: whoever is writing there would wait for itself."""

    @property
    def stop_asked(self) -> bool:
        """Whether a signal asked it to stop, as opposed to RQ giving up."""
        return self._shutdown_requested_date is not None


def utc_now() -> datetime:
    return datetime.now(UTC)


def run_worker(
    settings: Settings,
    programme: Programme,
    *,
    pace: Pace | None = None,
    now: Callable[[], datetime] = utc_now,
) -> None:
    """Do jobs until this process is told to stop. Redis may go away and come back meanwhile."""
    pace = pace or Pace()
    database, redis = Database(settings), Redis.from_url(settings.redis_url)
    beat = Beat(database, Kind.WORKER, pace.beat, now())
    bench.set(Bench(database, programme, now))
    sign.set(lambda: beat.give(now()))
    pause = 1.0
    try:
        while not _work(redis, pace, lambda: beat.give(now())):
            time.sleep(pause)
            pause = min(pause * 2, pace.patience)
    except StopRequested:
        pass
    finally:
        beat.end()
        database.dispose()
        redis.close()


def _work(redis: Redis, pace: Pace, beat: Callable[[], None]) -> bool:
    """Work until stopped, true, or until RQ gives up because Redis is away, false."""
    worker: PortalWorker | None = None
    try:
        worker = PortalWorker(
            queues(redis),
            connection=redis,
            serializer=JSONSerializer,
            worker_ttl=RQ_MARGIN + max(1, int(pace.beat)),
            log_job_description=False,
        )
        worker.beat = beat
        worker.work(logging_level="WARNING")
    except RedisError as fault:
        log.warning("the worker waits for Redis", fault=type(fault).__name__)
    return worker is not None and worker.stop_asked


def run_reaction(landlord_id: str, event_id: str, name: str, ids: dict[str, str]) -> None:
    """Do what follows an event, unless it was done: the note of it is written in the same transaction."""
    here = bench.get()
    with _told_plainly(name, landlord_id), here.database.work(LandlordScope(UUID(landlord_id))) as session:
        now, reaction = here.now(), here.programme.reaction(name)
        if reaction.longest and not claim(session, UUID(event_id), name):
            return  # somebody is at it; should they die, it is asked for again
        if _is_first(session, UUID(landlord_id), UUID(event_id), name, now):
            reaction.does(session, {key: UUID(value) for key, value in ids.items()}, now)


def run_round(landlord_id: str, name: str) -> None:
    """Make a round at one landlord."""
    here = bench.get()
    scope = LandlordScope(UUID(landlord_id))
    with _told_plainly(name, landlord_id):
        here.programme.round(name).does(lambda: here.database.work(scope), here.now())


def _is_first(session: Session, landlord_id: UUID, event_id: UUID, reaction: str, now: datetime) -> bool:
    """Whether nobody has done this before. Somebody who is doing it right now is waited for."""
    done = insert(JobDone).values(landlord_id=landlord_id, event_id=event_id, reaction=reaction, done_at=now)
    return session.scalar(done.on_conflict_do_nothing().returning(JobDone.event_id)) is not None


@contextmanager
def _told_plainly(job: str, landlord_id: str) -> Iterator[None]:
    """Let nothing out of a failing job but its name: faults of the database carry what was to be stored."""
    try:
        yield
    except Exception as fault:  # noqa: BLE001 - whatever it is, RQ hears only its name
        where = _where(fault)
        log.error("a job failed", job=job, landlord_id=landlord_id, fault=type(fault).__name__, where=where)  # noqa: TRY400
        message = f"{type(fault).__name__} at {where}"
        raise JobFailedError(message) from None


def _where(fault: BaseException) -> str:
    """File and line of the innermost frame."""
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "unknown"
