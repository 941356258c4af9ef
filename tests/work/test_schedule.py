"""The scheduler by hand: each round once for its moment, for each landlord, and alarms that are heard."""

from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from redis import Redis
from sqlalchemy import update
from structlog.testing import capture_logs

from portal.settings import Settings
from portal.store.audit import PORTAL, Fact, record
from portal.store.audit_chain import breaks, unsealed
from portal.store.database import Database
from portal.store.scope import PlatformScope, PublicScope
from portal.store.tenancy import Landlord
from portal.work.bell import queues
from portal.work.heartbeats import Kind, signs
from portal.work.programme import Every, Pace, Programme, Round, Urgency
from portal.work.schedule import ALARM_EVERY, Scheduler, run_scheduler
from portal.work.sealing import seal_everything, seal_newest
from tests.places import Place, a_place

START = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def walks(seconds: int) -> Programme:
    return Programme({}, (Round("walk", Urgency.LATER, Every(timedelta(seconds=seconds)), lambda *_: None),))


def rung(redis: Redis) -> set[str]:
    found = {job_id for queue in queues(redis) for job_id in queue.job_ids}
    redis.flushdb()
    return found


def test_a_round_is_rung_for_once_at_each_of_its_moments_for_each_landlord(
    database: Database, redis: Redis, place: Place
) -> None:
    other, closed = a_place(database), a_place(database)
    with database.work(PlatformScope("test")) as session:
        session.execute(update(Landlord).where(Landlord.id == closed.id).values(active=False))
    moment = START
    scheduler = Scheduler(database, redis, walks(60), Pace(), lambda: moment)
    scheduler.look()
    assert rung(redis) >= {f"walk_{place.id}", f"walk_{other.id}"}
    moment += timedelta(seconds=59)
    scheduler.look()
    assert rung(redis) == set()
    moment += timedelta(seconds=1)
    scheduler.look()
    assert f"walk_{closed.id}" not in rung(redis)
    scheduler.look()
    assert rung(redis) == set()


def test_a_round_that_redis_did_not_hear_of_is_rung_for_when_it_is_back(
    database: Database, redis: Redis, settings: Settings, place: Place
) -> None:
    stop = Event()
    away = settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"})
    with capture_logs() as logs:
        running = Thread(
            target=run_scheduler, args=(away, walks(60)), kwargs={"pace": Pace(look=0.01), "stop": stop}
        )
        running.start()
        while not logs:
            stop.wait(0.01)
        with database.work(PublicScope()) as session:
            assert not next(
                each for each in signs(session, datetime.now(UTC)) if each.kind is Kind.SCHEDULER
            ).silent
        stop.set()
        running.join(timeout=10)
    assert not running.is_alive()
    assert logs[0]["event"] == "the scheduler waits"
    assert logs[0]["fault"] == "ConnectionError"


def test_when_no_worker_lives_the_scheduler_says_so(database: Database, redis: Redis) -> None:
    with capture_logs() as logs:
        scheduler = Scheduler(database, redis, walks(60), Pace(), lambda: START)
        scheduler.look()
        assert not [each for each in logs if "no worker" in each["event"]]
        scheduler._last["alarm"] -= ALARM_EVERY  # a minute later
        scheduler.look()
    assert [each["log_level"] for each in logs if "no worker" in each["event"]] == ["error"]


def test_the_sealers_rounds_chain_what_was_recorded_and_publish_the_newest_link(place: Place) -> None:
    for sealing in (seal_newest, seal_everything):
        with place.work() as session:
            record(session, Fact.CASE_READ, PORTAL, START)
        with capture_logs() as logs:
            sealing(place.work, START)
        with place.work() as session:
            assert unsealed(session) == 0
            assert list(breaks(session)) == []
        assert len(logs[-1]["hash"]) == 64
        assert logs[-1]["landlord_id"] == str(place.id)
