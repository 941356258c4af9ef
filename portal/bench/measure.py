"""One measurement from empty databases to figures: every size in the same run, in turns with the same floor."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat

from redis import Redis

from portal.app import create_app
from portal.bench import jobs
from portal.bench.figures import FLOORS, Figure, Thing
from portal.bench.fill import Filled, connect, fill
from portal.bench.floor import ROWS, TABLE
from portal.bench.hammer import Visit, get, hammer, post
from portal.bench.scratch import Scratch, scratch
from portal.bench.serving import Running, bare_web, portal_web, worker
from portal.bench.turns import WARM_UP, Run, Runner, in_turns
from portal.bench.visitors import Visitors, password
from portal.people.passwords import hashed
from portal.serving.progress import Progress
from portal.settings import Settings
from portal.store.database import Database

CLIENTS = (1, 8)
OFFICER_AT = "havebury"
REFERRALS_A_SECOND = 400


@dataclass(frozen=True, slots=True)
class Size:
    """So many cases in a scratch database of their own."""

    cases: int
    here: Scratch
    filled: Filled
    secret: str

    def runner(self, thing: Thing, on: Running, run: Run) -> Runner:
        return Runner(thing, self.cases, on.pid, self.here.postgres, run)


def measure(
    settings: Settings, sizes: Sequence[int], seconds: float, progress: Progress
) -> dict[int, list[Figure]]:
    """Fill a scratch database for each size, and measure everything on all of them; figures by the number of cases.

    The floor knows of no cases; it is measured beside the smallest size and stands in the figures of each.
    """
    found: dict[int, list[Figure]] = {cases: [] for cases in sizes}
    with ExitStack() as stack:
        filled = [_filled(stack, settings, cases, progress) for cases in sizes]
        for prepare in (_reading, _sending, _reminding):
            with ExitStack() as running:
                _measure(prepare(running, filled, seconds), seconds, progress, found)
    order = list(Thing)
    return {cases: sorted(figures, key=lambda each: order.index(each.thing)) for cases, figures in found.items()}


def _measure(
    runners: Sequence[Runner], seconds: float, progress: Progress, found: dict[int, list[Figure]]
) -> None:
    """With one client and with eight."""
    what = ", ".join(dict.fromkeys(each.thing for each in runners))
    for clients in CLIENTS:
        with progress.step(f"{what}: {clients} at once"):
            figures = in_turns(runners, clients, seconds)
        for runner, each in zip(runners, figures, strict=True):
            for cases in found if each.thing not in FLOORS else [runner.cases]:
                found[cases].append(each)


def _filled(stack: ExitStack, settings: Settings, cases: int, progress: Progress) -> Size:
    now, secret = datetime.now(UTC), password()
    here = stack.enter_context(scratch(settings, f"bench-{cases}", now, progress))
    with progress.step(f"Filling in {cases} cases"):
        return Size(cases, here, fill(here.settings, cases, hashed(secret), now), secret)


def _reading(stack: ExitStack, sizes: Sequence[Size], _seconds: float) -> list[Runner]:
    """My work and a case page, beside a bare view."""
    runners = [_bare(stack, sizes[0], Thing.BARE_VIEW, get("/rows", holds="<tr>", times=50))]
    for size in sizes:
        visitors = _visitors(stack, size)
        officer, landlord_id = size.filled.officers[OFFICER_AT], size.filled.landlords[OFFICER_AT]
        cookie = visitors.desk_cookie(officer, size.secret)
        web = stack.enter_context(portal_web(size.here))
        cases = visitors.case_pages(cookie, OFFICER_AT, landlord_id, officer)
        runners += [
            size.runner(Thing.MY_WORK, web, _asking(web, visitors.my_work(cookie))),
            size.runner(Thing.CASE, web, _asking(web, cases)),
        ]
    return runners


def _sending(stack: ExitStack, sizes: Sequence[Size], seconds: float) -> list[Runner]:
    """A referral's last step, beside a bare insert."""
    runners = [_bare(stack, sizes[0], Thing.BARE_INSERT, post("/rows", ""))]
    count = int(len(CLIENTS) * seconds * (1 + WARM_UP) * REFERRALS_A_SECOND)
    for size in sizes:
        senders = _visitors(stack, size).referrals(size.filled.landlords, count)
        web = stack.enter_context(portal_web(size.here))
        runners.append(size.runner(Thing.REFERRAL, web, _asking(web, senders)))
    return runners


def _reminding(stack: ExitStack, sizes: Sequence[Size], _seconds: float) -> list[Runner]:
    """A reminder job, beside one that does nothing, each for the same worker."""
    runners: list[Runner] = []
    for size in sizes:
        redis = stack.enter_context(Redis.from_url(size.here.settings.redis_url))
        on, connection = stack.enter_context(worker(size.here)), stack.enter_context(connect(size.here.settings))
        connection.autocommit = True
        due = jobs.Reminders(connection, list(size.filled.landlords.values()))
        if size is sizes[0]:
            runners.append(size.runner(Thing.NO_OP, on, _having_done(redis, jobs.no_op)))
        runners.append(size.runner(Thing.REMINDER, on, _having_done(redis, due)))
    return runners


def _bare(stack: ExitStack, size: Size, thing: Thing, visit: Visit) -> Runner:
    with connect(size.here.settings) as connection:
        connection.execute(TABLE)
        connection.execute(ROWS)
        connection.execute(
            "GRANT SELECT, INSERT ON floor TO portal_app; GRANT USAGE ON SEQUENCE floor_id_seq TO portal_app"
        )
    web = stack.enter_context(bare_web(size.here))
    return size.runner(thing, web, _asking(web, repeat(visit)))


def _visitors(stack: ExitStack, size: Size) -> Visitors:
    database = Database(size.here.settings)
    stack.callback(database.dispose)
    return Visitors(create_app(size.here.settings), database)


def _asking(on: Running, visits: Iterator[Visit]) -> Run:
    return lambda clients, seconds: hammer(on.port, clients, visits, _for(seconds))


def _having_done(redis: Redis, enqueue: jobs.Enqueue) -> Run:
    return lambda clients, seconds: jobs.run(redis, enqueue, clients, seconds)


def _for(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() < end
