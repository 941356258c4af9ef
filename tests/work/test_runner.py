"""A job in its worker: in one landlord's scope, once, and silent about what it handled when it fails."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

import pytest
import structlog
from redis import Redis
from rq.serializers import JSONSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.store.base import new_id
from portal.store.database import Database, scope_of
from portal.store.outbox import JobDone
from portal.work.bell import Bell, queues
from portal.work.programme import Daily, Every, Open, Programme, Reaction, Round, Urgency
from portal.work.runner import Bench, JobFailedError, PortalWorker, bench, run_reaction, run_round
from tests.places import Place

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
REPORT = {"report_id": str(new_id())}


@contextmanager
def at_work(database: Database, *reactions: Reaction, rounds: tuple[Round, ...] = ()) -> Iterator[None]:
    token = bench.set(Bench(database, Programme({"Something": reactions}, rounds), lambda: NOW))
    yield
    bench.reset(token)


def done(place: Place) -> list[str]:
    with place.work() as session:
        return list(session.scalars(select(JobDone.reaction)))


@pytest.mark.invariant(8)
def test_a_reaction_is_done_once_in_the_scope_of_its_landlord(place: Place, database: Database) -> None:
    seen: list[tuple[UUID, Mapping[str, UUID], datetime]] = []

    def does(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
        seen.append((scope_of(session).landlord_id, ids, now))

    event_id = str(new_id())
    with at_work(database, Reaction("greet", Urgency.NOW, does)):
        for _ in range(3):
            run_reaction(str(place.id), event_id, "greet", REPORT)
    assert seen == [(place.id, {"report_id": UUID(REPORT["report_id"])}, NOW)]
    assert done(place) == ["greet"]


def test_a_failing_job_is_not_done_and_says_only_what_kind_of_fault_it_was(
    place: Place, database: Database
) -> None:
    def does(session: Session, _ids: Mapping[str, UUID], _now: datetime) -> None:
        raise ValueError("River Canary, 1 Canary Street")

    with (
        structlog.testing.capture_logs() as logs,
        at_work(database, Reaction("greet", Urgency.NOW, does)),
        pytest.raises(JobFailedError) as fault,
    ):
        run_reaction(str(place.id), str(new_id()), "greet", REPORT)
    assert done(place) == []
    assert str(fault.value).startswith("ValueError at test_runner.py:")
    assert fault.value.__cause__ is None
    assert fault.value.__suppress_context__
    assert "Canary" not in repr(logs)


@pytest.mark.invariant(4)
def test_what_rq_keeps_of_a_failed_job_holds_no_words(
    place: Place, database: Database, redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    def does(*_: object) -> None:
        raise ValueError("River Canary, 1 Canary Street")

    Bell(redis, 5).ring(
        Urgency.NOW, "portal.work.runner.run_round", (str(place.id), "stumble"), f"stumble_{place.id}"
    )
    with at_work(database, rounds=(Round("stumble", Urgency.NOW, Every(NOW - NOW), does),)):
        PortalWorker(queues(redis), connection=redis, serializer=JSONSerializer).work(burst=True)
    failed = queues(redis)[0].failed_job_registry.get_job_ids()
    assert failed == [f"stumble_{place.id}"]
    everything = b"".join(redis.dump(each) or b"" for each in redis.keys("*")) + caplog.text.encode()
    assert b"Canary" not in everything


def test_a_round_opens_as_many_units_of_work_as_it_needs(place: Place, database: Database) -> None:
    scopes = []

    def does(open_: Open, _now: datetime) -> None:
        for _ in range(2):
            with open_() as session:
                scopes.append(scope_of(session).landlord_id)

    with at_work(database, rounds=(Round("walk", Urgency.LATER, Daily(NOW.time()), does),)):
        run_round(str(place.id), "walk")
    assert scopes == [place.id, place.id]
