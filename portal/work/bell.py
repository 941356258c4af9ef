"""The bell that calls a worker: Redis queues that hold ids only, and that may be lost without harm."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from redis import Redis
from rq import Queue
from rq.exceptions import DuplicateJobError, InvalidJobOperation, NoSuchJobError
from rq.job import Job
from rq.serializers import JSONSerializer

from portal.work.programme import Urgency

FAILURE_KEPT = int(timedelta(days=7).total_seconds())


def queues(redis: Redis) -> list[Queue]:
    """All queues, the most urgent first."""
    return [Queue(each.value, connection=redis, serializer=JSONSerializer) for each in Urgency]


class Bell:
    """Enqueues jobs by name. Ringing twice for the same job is as good as once."""

    def __init__(self, redis: Redis, longest_job: int) -> None:
        """`longest_job` in seconds: a job that started before that is taken for lost."""
        self._queues = {Urgency(queue.name): queue for queue in queues(redis)}
        self._longest = longest_job

    def ring(self, urgency: Urgency, call: str, arguments: Sequence[object], job_id: str, longest: int = 0) -> bool:
        """Ask for a job; false if it waits already or is being done. `longest` for one that may take longer.

        What failed, or died with its worker, or slipped out of the queue is asked for anew. A job may
        so be done by two workers at once, which its own transaction has to bear.
        """
        queue = self._queues[urgency]
        if self._added(queue, call, arguments, job_id, longest):
            return True
        if self._under_way(queue, job_id):
            return False
        return self._added(queue, call, arguments, job_id, longest)

    def _added(self, queue: Queue, call: str, arguments: Sequence[object], job_id: str, longest: int) -> bool:
        try:
            queue.enqueue_call(
                call,
                args=tuple(arguments),
                job_id=job_id,
                description=job_id,
                timeout=longest or self._longest,
                result_ttl=0,
                failure_ttl=FAILURE_KEPT,
                unique=True,
            )
        except DuplicateJobError:
            return False
        return True

    def _under_way(self, queue: Queue, job_id: str) -> bool:
        """Whether somebody will do it or is doing it; the remains of a job that nobody does are removed."""
        if queue.get_job_position(job_id) is not None:
            return True
        try:
            job = Job.fetch(job_id, connection=queue.connection, serializer=JSONSerializer)
            started = job.started_at if job.is_started else None
            if started and _age(started) < timedelta(seconds=self._longest):
                return True
            job.delete()
        except (NoSuchJobError, InvalidJobOperation, ValueError):
            pass  # somebody removed it while we looked, or it ended: RQ says that by a ValueError
        return False


def _age(moment: datetime) -> timedelta:
    """By the clock of this machine, as RQ writes it."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.now(UTC) - aware
