"""One measurement from an empty database to figures."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from redis import Redis

from portal.app import create_app
from portal.bench import jobs
from portal.bench.cpu import spent
from portal.bench.figures import Figure, Thing, figure
from portal.bench.fill import Filled, connect, fill
from portal.bench.floor import ROWS, TABLE
from portal.bench.hammer import Visit, get, hammer, post
from portal.bench.scratch import Scratch, scratch
from portal.bench.serving import Running, bare_web, portal_web, worker
from portal.bench.visitors import Visitors, password
from portal.people.passwords import hashed
from portal.serving.progress import Progress
from portal.settings import Settings
from portal.store.database import Database

CLIENTS = (1, 8)
WARM_UP = 0.4
"""Part of the measured time that is spent beforehand, so that pools are full and policies read."""
OFFICER_AT = "havebury"
REFERRALS_A_SECOND = 250


@dataclass(slots=True)
class Stopwatch:
    """Measures one thing after the other on the processes of one scratch database."""

    here: Scratch
    seconds: float
    progress: Progress
    figures: list[Figure] = field(default_factory=list)

    def pages(self, thing: Thing, on: Running, visits: Callable[[], Iterator[Visit]]) -> None:
        """Ask for pages with one client and with eight."""
        for clients in CLIENTS:
            asked = visits()
            hammer(on.port, clients, asked, _for(self.seconds * WARM_UP))
            with self.progress.step(f"{thing}, {clients} at once"):
                self._note(thing, clients, on, partial(hammer, on.port, clients, asked, _for(self.seconds)))

    def jobs(self, thing: Thing, on: Running, redis: Redis, enqueue: jobs.Enqueue) -> None:
        """Have jobs done one by one, and eight under way."""
        for clients in CLIENTS:
            jobs.run(redis, enqueue, clients, self.seconds * WARM_UP)
            with self.progress.step(f"{thing}, {clients} at once"):
                self._note(thing, clients, on, partial(jobs.run, redis, enqueue, clients, self.seconds))

    def _note(self, thing: Thing, clients: int, on: Running, run: Callable[[], list[float]]) -> None:
        postgres = self.here.postgres
        before, database_before = spent(on.pid), spent(postgres) if postgres else 0.0
        began = time.perf_counter()
        latencies = run()
        lasted = time.perf_counter() - began
        database = spent(postgres) - database_before if postgres else None
        self.figures.append(figure(thing, clients, latencies, lasted, spent(on.pid) - before, database))


def measure(settings: Settings, cases: int, seconds: float, progress: Progress) -> list[Figure]:
    """Fill a scratch database with so many cases, and measure everything on it."""
    with scratch(settings, datetime.now(UTC), progress) as here:
        secret = password()
        with progress.step(f"Filling in {cases} cases"):
            filled = fill(here.settings, cases, hashed(secret), datetime.now(UTC))
        watch = Stopwatch(here, seconds, progress)
        _floor_pages(watch)
        _portal_pages(watch, filled, secret)
        _jobs(watch, filled)
        return watch.figures


def _floor_pages(watch: Stopwatch) -> None:
    settings = watch.here.settings
    with connect(settings) as connection:
        connection.execute(TABLE)
        connection.execute(ROWS)
        connection.execute(
            "GRANT SELECT, INSERT ON floor TO portal_app; GRANT USAGE ON SEQUENCE floor_id_seq TO portal_app"
        )
    with bare_web(watch.here) as web:
        watch.pages(Thing.BARE_VIEW, web, lambda: _again(get("/rows", holds="<tr>", times=50)))
        watch.pages(Thing.BARE_INSERT, web, lambda: _again(post("/rows", "")))


def _portal_pages(watch: Stopwatch, filled: Filled, secret: str) -> None:
    settings = watch.here.settings
    database = Database(settings)
    visitors = Visitors(create_app(settings), database)
    officer, landlord_id = filled.officers[OFFICER_AT], filled.landlords[OFFICER_AT]
    with portal_web(watch.here) as web:
        cookie = visitors.desk_cookie(officer, secret)
        watch.pages(Thing.MY_WORK, web, lambda: visitors.my_work(cookie))
        watch.pages(Thing.CASE, web, lambda: visitors.case_pages(cookie, OFFICER_AT, landlord_id, officer))
        count = int(watch.seconds * (1 + WARM_UP) * REFERRALS_A_SECOND)
        watch.pages(Thing.REFERRAL, web, lambda: visitors.referrals(filled.landlords, count))
    database.dispose()


def _jobs(watch: Stopwatch, filled: Filled) -> None:
    settings = watch.here.settings
    redis = Redis.from_url(settings.redis_url)
    with worker(watch.here) as on, connect(settings) as connection:
        connection.autocommit = True
        watch.jobs(Thing.NO_OP, on, redis, jobs.no_op)
        watch.jobs(Thing.REMINDER, on, redis, jobs.Reminders(connection, list(filled.landlords.values())))
    redis.close()


def _again(visit: Visit) -> Iterator[Visit]:
    while True:
        yield visit


def _for(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() < end
