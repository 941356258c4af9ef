"""Signs of life, and the alarm when there are none."""

from datetime import UTC, datetime, timedelta

from portal.store.database import Database
from portal.store.scope import PublicScope
from portal.work.heartbeats import SILENCE, Beat, Kind, Sign, forget, signs

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def sign_of(database: Database, kind: Kind, now: datetime) -> Sign:
    with database.work(PublicScope()) as session:
        return next(each for each in signs(session, now) if each.kind is kind)


def test_when_the_last_worker_falls_silent_the_alarm_shows(database: Database) -> None:
    assert sign_of(database, Kind.WORKER, NOW) == Sign(Kind.WORKER, 0, None, silent=True)
    one, two = (Beat(database, Kind.WORKER, 0, NOW) for _ in range(2))
    one.give(NOW)
    two.give(NOW + timedelta(minutes=1))
    assert sign_of(database, Kind.WORKER, NOW + timedelta(minutes=1)).alive == 2
    still = sign_of(database, Kind.WORKER, NOW + SILENCE)
    assert (still.alive, still.silent) == (1, False)
    after = sign_of(database, Kind.WORKER, NOW + timedelta(minutes=3))
    assert after == Sign(Kind.WORKER, 0, NOW + timedelta(minutes=1), silent=True)


def test_a_process_that_stops_on_purpose_is_not_missed(database: Database) -> None:
    beat = Beat(database, Kind.SCHEDULER, 0, NOW)
    beat.give(NOW)
    beat.end()
    assert sign_of(database, Kind.SCHEDULER, NOW).seen_at is None


def test_those_who_died_long_ago_are_forgotten(database: Database) -> None:
    Beat(database, Kind.SCHEDULER, 0, NOW).give(NOW - timedelta(days=2))
    with database.relay_work() as connection:
        forget(connection, NOW)
    assert sign_of(database, Kind.SCHEDULER, NOW).seen_at is None


def test_a_database_that_is_away_stops_no_work(database: Database) -> None:
    beat = Beat(database, Kind.WORKER, 0, NOW)
    database.relay.dispose()
    with database.relay.connect() as connection:
        beat.give(NOW)
        connection.rollback()
    assert sign_of(database, Kind.WORKER, NOW).alive >= 1
