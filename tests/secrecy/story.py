"""One case from the first question to the last note, told in canaries, and everything that it left behind."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from redis import Redis
from rq.serializers import JSONSerializer
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.app import create_app
from portal.domain.calendar import in_london
from portal.domain.permissions import Role
from portal.landlords.onboarding import load_all
from portal.reactions import programme
from portal.settings import Settings
from portal.store.database import Database
from portal.store.scope import PublicScope
from portal.store.tenancy import Landlord
from portal.work.bell import Bell, queues
from portal.work.dispatch import dispatch
from portal.work.runner import Bench, PortalWorker, bench, run_round
from tests.conftest import ROOT, Staff, StaffMaker
from tests.messaging.mail_servers import MailServer
from tests.secrecy.canaries import Canaries
from tests.secrecy.filling import Forms, filled_in

SLUG, ELSEWHERE = "havebury", "star"
WAYS_IN = ("contact", "someone", "note")
CASE_PAGES = (
    ("", "/notes"),
    ("", "/number"),
    ("/contact", "/contact"),
    ("/safe-contact", "/safe-contact"),
    ("/assign", "/assign"),
    ("/wait", "/wait"),
    ("", "/resume"),
    ("/close", "/close"),
    ("/reopen", "/reopen"),
)
MOST_PAGES = 30
SEE_OTHER, BROKEN = 303, 500
LONGEST_JOB = 30


@dataclass
class Traces:
    """What one case left behind outside the rows that are meant to hold it."""

    canaries: Canaries = field(default_factory=Canaries)
    urls: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    logs: str = ""
    redis: list[bytes] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    seen_by_officer: set[str] = field(default_factory=set)
    stranger: int = 0


class Teller:
    """Goes through the pages as a tenant and as an officer would, and keeps what each answer left outside."""

    def __init__(self, settings: Settings, traces: Traces, redis: Redis) -> None:
        self.app = create_app(settings)
        self.traces, self.redis = traces, redis
        self.http = self.app.test_client()
        self.html = self.url = ""

    def close(self) -> None:
        self.app.extensions["portal"].database.dispose()
        self.app.extensions["portal"].redis.close()

    def open(self, url: str) -> str:
        """Open a page; the address at which that ends is returned."""
        return self._follow(self.http.get(url), url)

    def fill_in(self, part: str = "", **chosen: str) -> str:
        """Answer every question of a form of the open page, and send it."""
        forms = Forms(self.html)
        action, fields = forms.sent_to(part)
        values = filled_in(fields, self.traces.canaries, datetime.now(UTC), **chosen)
        url = action or self.url
        return self._follow(self.http.post(url, data=values), url)

    def _follow(self, answer: TestResponse, url: str) -> str:
        self._keep(answer, url)
        while answer.status_code == SEE_OTHER:
            url = answer.headers["Location"]
            answer = self.http.get(url)
            self._keep(answer, url)
        assert answer.status_code < BROKEN, f"{url} answers {answer.status_code}"
        self.html, self.url = answer.get_data(as_text=True), url
        return url

    def _keep(self, answer: TestResponse, url: str) -> None:
        self.traces.answers.append(f"{answer.status_code} {answer.request.method} {url}")
        self.traces.urls += [url, answer.headers.get("Location", "")]
        self.traces.cookies += answer.headers.getlist("Set-Cookie")
        self.traces.redis += contents(self.redis)


def contents(redis: Redis) -> list[bytes]:
    """Everything that Redis holds, keys included."""
    found: list[bytes] = []
    for key in redis.keys("*"):
        read = {
            b"string": lambda k: [redis.get(k)],
            b"hash": lambda k: [part for pair in redis.hgetall(k).items() for part in pair],
            b"list": lambda k: redis.lrange(k, 0, -1),
            b"set": lambda k: list(redis.smembers(k)),
            b"zset": lambda k: redis.zrange(k, 0, -1),
        }[redis.type(key)]
        found += [key, *(part for part in read(key) if part)]
    return found


@contextmanager
def heard() -> Iterator[io.StringIO]:
    """Everything that is written to a log, to standard output or to standard error meanwhile."""
    words = io.StringIO()
    listening, root = logging.StreamHandler(words), logging.getLogger()
    level = root.level
    root.addHandler(listening)
    root.setLevel(logging.DEBUG)
    try:
        with redirect_stdout(words), redirect_stderr(words):
            yield words
    finally:
        root.removeHandler(listening)
        root.setLevel(level)


def told(settings: Settings, mail: MailServer) -> Traces:
    """Tell the whole story on this database, with this mail server."""
    settings = mail.settings(settings)
    traces = Traces()
    database, redis = Database(settings), Redis.from_url(settings.redis_url)
    load_all(database, ROOT / "landlords", datetime.now(UTC))
    staff = StaffMaker(database, ids_of(database))
    with heard() as words:
        teller = Teller(settings, traces, redis)
        for way in WAYS_IN:
            ask_for_help(teller, way)
        work(settings, database, redis, traces)
        sign_in(teller, staff(on_duty=True, **{SLUG: [Role.MANAGER]}))
        case = reach(teller)
        work(settings, database, redis, traces)
        teller.http = teller.app.test_client()
        sign_in(teller, staff(**{ELSEWHERE: [Role.MANAGER]}))
        traces.stranger = teller.http.get(case).status_code
        teller.close()
    traces.logs, traces.mails = words.getvalue(), list(mail.raw)
    redis.close()
    database.dispose()
    return traces


def ids_of(database: Database) -> dict[str, UUID]:
    with database.work(PublicScope()) as session:
        return {row.slug: row.id for row in session.execute(select(Landlord.slug, Landlord.id))}


def sign_in(teller: Teller, who: Staff) -> None:
    teller.open("/desk/sign-in")
    teller.fill_in(email=who.email, password=who.password)


def ask_for_help(teller: Teller, way: str) -> None:
    """Every question answered, on one of the three ways in."""
    url = teller.open(f"/{SLUG}/{way}/1")
    for _ in range(MOST_PAGES):
        if url.endswith("/received"):
            return
        url = teller.open(onward(teller.html, way)) if url.endswith("/now") else teller.fill_in(danger="life")
    raise AssertionError(f"the way in does not end: {url}")


def onward(html: str, way: str) -> str:
    """Where the page about danger leads on to."""
    found = re.search(rf'href="(/{SLUG}/{way}/(?:\d+|check))"', html)
    assert found
    return found[1]


def reach(teller: Teller) -> str:
    """What an officer does with it: everything that takes words. Returns the address of the case."""
    teller.open("/desk/")
    reports = list(dict.fromkeys(re.findall(rf"/desk/{SLUG}/reports/[0-9a-f-]{{36}}", teller.html)))
    assert len(reports) == len(WAYS_IN)
    decisions = ("/open", "/send-on", "/set-aside")
    case = ""
    for report, decision in zip(reports, decisions, strict=True):
        teller.open(report)
        led_to = teller.fill_in(decision)
        case = case or led_to.split("?")[0]
    teller.open("/desk/search")
    teller.fill_in(words=teller.traces.canaries.given[0])
    tomorrow = in_london(datetime.now(UTC)).date() + timedelta(days=1)
    for page, form in CASE_PAGES:
        teller.open(case + page)
        teller.fill_in(form, **({"day": f"{tomorrow}"} if form == "/wait" else {}))
    teller.open(case)
    teller.traces.seen_by_officer = teller.traces.canaries.found_in(teller.html)
    teller.open(f"/desk/{SLUG}/reports/new")
    teller.fill_in()
    return case


def work(settings: Settings, database: Database, redis: Redis, traces: Traces) -> None:
    """Let the dispatcher and a worker do what follows, and look into Redis in between."""
    whole = programme(settings)
    dispatch(database, Bell(redis, LONGEST_JOB), whole, datetime.now(UTC))
    traces.redis += contents(redis)
    token = bench.set(Bench(database, whole, lambda: datetime.now(UTC)))
    PortalWorker(queues(redis), connection=redis, serializer=JSONSerializer).work(burst=True)
    for landlord_id in ids_of(database).values():
        for each in whole.rounds:
            run_round(str(landlord_id), each.name)
    bench.reset(token)
    traces.redis += contents(redis)
