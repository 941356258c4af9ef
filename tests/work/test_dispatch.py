"""From the outbox to the queues: nothing is lost, and what comes twice is done once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import delete, select, update

from portal.domain.events import ImportAsked, ReportReceived
from portal.store import outbox
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.outbox import JobDone, OutboxEvent
from portal.work import dispatch as dispatching
from portal.work.at_it import claim
from portal.work.bell import Bell, queues
from portal.work.dispatch import clear, dispatch, dispatch_again
from portal.work.programme import Pace, Programme
from tests.places import Place

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
PACE = Pace()


@pytest.fixture
def bell(redis: Redis, database: Database) -> Bell:
    """A bell that nobody has rung, beside an outbox in which nothing waits."""
    with database.relay_work() as connection:
        connection.execute(delete(OutboxEvent))
    return Bell(redis, PACE.job)


def happened(place: Place, how_often: int = 1) -> None:
    with place.work() as session:
        for _ in range(how_often):
            outbox.record(session, ReportReceived(place.id, new_id()), NOW)


def events(place: Place) -> list[OutboxEvent]:
    with place.work() as session:
        return list(session.scalars(select(OutboxEvent).order_by(OutboxEvent.id)))


def done(place: Place) -> None:
    with place.work() as session:
        for event in session.scalars(select(OutboxEvent)):
            session.add(
                JobDone(landlord_id=place.id, event_id=event.id, reaction="tell-of-report", done_at=NOW)
            )


def rung(redis: Redis) -> list[str]:
    return [job_id for queue in queues(redis) for job_id in queue.job_ids]


def test_each_event_rings_once_under_its_own_name(
    place: Place, database: Database, bell: Bell, redis: Redis, programme: Programme
) -> None:
    happened(place, 3)
    assert dispatch(database, bell, programme, NOW) == 3
    assert dispatch(database, bell, programme, NOW) == 0
    assert sorted(rung(redis)) == [f"{each.id}_tell-of-report" for each in events(place)]
    assert {each.dispatched_at for each in events(place)} == {NOW}


def test_what_redis_could_not_take_waits_in_the_outbox(
    place: Place, database: Database, programme: Programme
) -> None:
    happened(place)
    away = Bell(Redis.from_url("redis://127.0.0.1:1/0"), PACE.job)
    with pytest.raises(RedisError):
        dispatch(database, away, programme, NOW)
    assert [each.dispatched_at for each in events(place)] == [None]


def test_a_dispatcher_that_dies_between_ringing_and_marking_rings_no_second_job(
    place: Place, database: Database, bell: Bell, redis: Redis, programme: Programme
) -> None:
    happened(place, 2)
    with patch.object(dispatching, "_mark", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        dispatch(database, bell, programme, NOW)
    assert len(rung(redis)) == 2
    assert dispatch(database, bell, programme, NOW) == 2
    assert len(rung(redis)) == 2


def test_dispatchers_side_by_side_share_the_work(
    place: Place, database: Database, bell: Bell, redis: Redis, programme: Programme
) -> None:
    happened(place, 60)
    with ThreadPoolExecutor(4) as several, patch.object(dispatching, "BATCH", 7):
        counts = several.map(
            lambda _: sum(iter(lambda: dispatch(database, bell, programme, NOW), 0)), range(4)
        )
        assert sum(counts) == 60
    assert len(rung(redis)) == 60


def test_what_was_rung_for_and_is_not_done_is_rung_for_again(
    place: Place, database: Database, bell: Bell, redis: Redis, programme: Programme
) -> None:
    happened(place)
    dispatch(database, bell, programme, NOW)
    redis.flushdb()
    assert dispatch_again(database, bell, programme, NOW + timedelta(seconds=29), PACE) == 0
    assert dispatch_again(database, bell, programme, NOW + timedelta(seconds=31), PACE) == 1
    assert rung(redis) == [f"{events(place)[0].id}_tell-of-report"]
    done(place)
    redis.flushdb()
    assert dispatch_again(database, bell, programme, NOW + timedelta(hours=1), PACE) == 0
    assert rung(redis) == []


def test_a_job_that_fails_for_ever_is_asked_for_ever_more_slowly_but_never_given_up(
    place: Place, database: Database, bell: Bell, redis: Redis, programme: Programme
) -> None:
    happened(place)
    dispatch(database, bell, programme, NOW)
    moment, pauses = NOW, []
    for _ in range(300):
        redis.flushdb()
        moment += timedelta(seconds=10)
        before = events(place)[0].dispatched_at
        dispatch_again(database, bell, programme, moment, PACE)
        if events(place)[0].dispatched_at != before:
            assert before
            pauses.append((moment - before).total_seconds())
    assert pauses == sorted(pauses)
    assert 30 <= pauses[0] <= 40
    assert 600 <= pauses[-1] <= 610


@pytest.mark.invariant(8)
def test_events_of_an_unknown_kind_hold_up_no_other(
    place: Place, database: Database, bell: Bell, redis: Redis, programme: Programme
) -> None:
    happened(place, 2)
    with place.work() as session:
        first = session.scalars(select(OutboxEvent.id).order_by(OutboxEvent.id).limit(1)).one()
        session.execute(update(OutboxEvent).where(OutboxEvent.id == first).values(kind="SomethingNewer"))
    dispatch(database, bell, programme, NOW)
    assert f"{events(place)[1].id}_tell-of-report" in rung(redis)


def test_the_outbox_is_cleared_of_what_is_done_and_of_nothing_else(
    place: Place, database: Database, bell: Bell, redis: Redis, programme: Programme
) -> None:
    happened(place)
    dispatch(database, bell, programme, NOW)
    done(place)
    happened(place)
    dispatch(database, bell, programme, NOW)
    clear(database, programme, NOW + timedelta(hours=23))
    assert len(events(place)) == 2
    clear(database, programme, NOW + timedelta(hours=25))
    (left,) = events(place)
    with place.work() as session:
        assert session.get(JobDone, (place.id, left.id, "tell-of-report")) is None


def test_a_long_job_is_asked_for_again_only_once_whoever_did_it_is_gone(
    place: Place, database: Database, bell: Bell, redis: Redis, programme: Programme
) -> None:
    with place.work() as session:
        outbox.record(session, ImportAsked(place.id, new_id()), NOW)
    dispatch(database, bell, programme, NOW)
    redis.flushdb()
    later = NOW + timedelta(hours=1)
    with place.work() as session:
        assert claim(session, events(place)[0].id, "take-over-file")
        with place.work() as other:
            assert not claim(other, events(place)[0].id, "take-over-file")
        dispatch_again(database, bell, programme, later, PACE)
        assert rung(redis) == []
    dispatch_again(database, bell, programme, later + timedelta(hours=1), PACE)
    assert rung(redis) == [f"{events(place)[0].id}_take-over-file"]
