"""Jobs through RQ, one at a time or eight under way: a reminder each, against a job that does nothing."""

import time
from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

import psycopg
from redis import Redis
from rq import Queue

from portal.work.bell import queues

NOTHING = "portal.bench.jobs.nothing"
ROUND = "portal.work.runner.run_round"
GLANCE = 0.0005
PATIENCE = 30.0

Enqueue = Callable[[Queue], None]


def nothing() -> None:
    """What every job costs before it does anything."""


def no_op(queue: Queue) -> None:
    """Ask for a job that does nothing."""
    _ask(queue, NOTHING, ())


class Reminders:
    """Makes one reminder fall due, then asks for the round that sends it, at each landlord in turn."""

    def __init__(self, connection: psycopg.Connection, landlords: Sequence[UUID]) -> None:
        """`connection` is the owner's, in autocommit."""
        self.connection, self.landlords, self.asked = connection, landlords, 0
        self._waiting = {
            landlord_id: [
                row
                for (row,) in connection.execute(
                    "SELECT r.id FROM reminder r JOIN deadline d ON d.landlord_id = r.landlord_id "
                    "AND d.id = r.deadline_id WHERE r.landlord_id = %s AND r.sent_at IS NULL "
                    "AND r.stopped_at IS NULL AND d.ended_at IS NULL AND d.case_id IS NOT NULL LIMIT 2000",
                    [landlord_id],
                )
            ]
            for landlord_id in landlords
        }

    def __call__(self, queue: Queue) -> None:
        """One reminder, one job."""
        landlord_id = self.landlords[self.asked % len(self.landlords)]
        self.asked += 1
        self.connection.execute(
            "UPDATE reminder SET due_at = now() - interval '1 second' WHERE landlord_id = %s AND id = %s",
            [landlord_id, self._waiting[landlord_id].pop()],
        )
        _ask(queue, ROUND, (str(landlord_id), "send-reminders"))


def run(redis: Redis, enqueue: Enqueue, at_once: int, seconds: float) -> list[float]:
    """Keep so many jobs under way; the time of each from the asking to its end."""
    queue, worker = queues(redis)[0], _worker(redis)
    latencies: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began, goal = time.perf_counter(), _finished(redis, worker) + at_once
        for _ in range(at_once):
            enqueue(queue)
        while _finished(redis, worker) < goal:
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError("A job that is measured does not end.")
            time.sleep(GLANCE)
        latencies += [(time.perf_counter() - began) / at_once] * at_once
    return latencies


def _ask(queue: Queue, call: str, arguments: tuple[str, ...]) -> None:
    queue.enqueue_call(call, args=arguments, job_id=str(uuid4()), result_ttl=0, failure_ttl=60)


def _worker(redis: Redis) -> str:
    """The name under which the one worker writes down what it has done."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for name in redis.smembers("rq:workers"):
            return name if isinstance(name, str) else name.decode()
        time.sleep(GLANCE)
    raise TimeoutError("The worker that is to be measured does not come up.")


def _finished(redis: Redis, worker: str) -> int:
    """How many jobs the worker has ended so far."""
    return int(redis.hget(worker, "successful_job_count") or 0)
