"""The bell: ids only, once for each job, and again for what nobody is doing."""

import json
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer

from portal.work.bell import Bell, queues
from portal.work.programme import Urgency

CALL, JOB = "portal.work.runner.run_round", "send-reminders_01a20872"
LONGEST = 30


@pytest.fixture
def bell(redis: Redis) -> Bell:
    return Bell(redis, LONGEST)


def ring(bell: Bell) -> bool:
    return bell.ring(Urgency.NOW, CALL, ("01a20872", "send-reminders"), JOB)


def stored(redis: Redis) -> Job:
    return Job.fetch(JOB, connection=redis, serializer=JSONSerializer)


def waiting(redis: Redis) -> list[str]:
    return queues(redis)[0].job_ids


def test_a_job_that_waits_already_is_not_asked_for_twice(bell: Bell, redis: Redis) -> None:
    assert [ring(bell), ring(bell)] == [True, False]
    assert waiting(redis) == [JOB]


def test_what_stands_in_redis_is_the_name_of_the_job_and_ids(bell: Bell, redis: Redis) -> None:
    ring(bell)
    kept = redis.hgetall(f"rq:job:{JOB}")
    assert json.loads(zlib.decompress(kept[b"data"])) == [CALL, None, ["01a20872", "send-reminders"], {}]
    assert kept[b"description"] == JOB.encode()


def test_a_job_that_is_being_done_is_left_alone_until_it_must_be_dead(bell: Bell, redis: Redis) -> None:
    ring(bell)
    queues(redis)[0].pop_job_id()
    job = stored(redis)
    job.started_at = datetime.now(UTC)
    job.set_status(JobStatus.STARTED)
    job.save()
    assert not ring(bell)
    job.started_at = datetime.now(UTC) - timedelta(seconds=LONGEST + 1)
    job.save()
    assert ring(bell)
    assert waiting(redis) == [JOB]


def test_a_job_that_failed_is_asked_for_anew(bell: Bell, redis: Redis) -> None:
    ring(bell)
    queue = queues(redis)[0]
    queue.pop_job_id()
    job = stored(redis)
    job.set_status(JobStatus.FAILED)
    queue.failed_job_registry.add(job, 100)
    assert ring(bell)
    assert waiting(redis) == [JOB]
    assert stored(redis).is_queued


def test_a_job_that_slipped_out_of_the_queue_with_a_dying_worker_is_asked_for_anew(
    bell: Bell, redis: Redis
) -> None:
    ring(bell)
    queues(redis)[0].pop_job_id()
    assert ring(bell)
    assert waiting(redis) == [JOB]


def test_two_who_find_the_remains_of_a_job_at_once_both_ring_in_peace(bell: Bell, redis: Redis) -> None:
    """One of them is always late, and finds gone what it was about to clear away."""
    for _ in range(150):
        ring(bell)
        stored(redis).set_status(JobStatus.FAILED)
        redis.delete(queues(redis)[0].key)
        with ThreadPoolExecutor(4) as both:
            rung = list(both.map(lambda _: ring(bell), range(4)))
        assert any(rung)
        assert JOB in waiting(redis)
        redis.flushdb()
