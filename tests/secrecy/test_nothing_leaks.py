"""Reports told in canaries, from the public pages to the closed case: none is heard outside the landlord's pages."""

import json
import re
import subprocess
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from sqlalchemy import create_engine, text

from portal.domain.contact.bland import not_bland
from portal.people import known_devices
from portal.serving.embedded import EmbeddedServers
from portal.serving.postgres import programs
from portal.settings import Settings
from tests.databases import fresh_database
from tests.messaging.mail_servers import mail_server
from tests.secrecy.story import CASE_PAGES, WAYS_IN, Traces, told

REDIS = 5
ENOUGH = 60
REPORTS = len(WAYS_IN) + 1  # and the one that the officer writes down
NOBODY = re.compile(r"[\w-]{16}|[0-9a-f]{24}")
"""A device's random name, or the keyed hash of an account."""
MAY_STAND_IN_A_COOKIE = {*WAYS_IN, "csrf_token", "_user_id", "_fresh", "_id"}


@pytest.fixture(scope="module")
def settings(servers: EmbeddedServers) -> Iterator[Settings]:
    """A database of its own, so that all of it can be dumped."""
    with fresh_database(servers, REDIS) as found:
        yield found


@pytest.fixture(scope="module")
def traces(settings: Settings) -> Traces:
    """What the story left behind."""
    with mail_server() as mail:
        return told(settings, mail)


@pytest.fixture(scope="module")
def dump(settings: Settings, traces: Traces) -> bytes:
    """Everything that the database holds, as a thief of a backup would have it."""
    url = settings.owner_url.replace("+psycopg", "")
    return subprocess.run([programs() / "pg_dump", url], capture_output=True, check=True).stdout


def test_the_story_was_told_and_can_be_read_by_whoever_may(traces: Traces) -> None:
    """Otherwise the silence of the other tests would prove nothing."""
    assert len(traces.canaries.given) >= ENOUGH
    assert len(traces.seen_by_officer) >= ENOUGH // 3
    kept = [answer for answer in traces.answers if answer.startswith("303 POST")]
    assert {form for _page, form in CASE_PAGES if not any(form in answer for answer in kept)} <= {"/number"}
    assert traces.redis
    assert traces.mails


@pytest.mark.clause("STAR-4.1a")
def test_a_dump_of_the_database_shows_none_and_a_stranger_finds_nothing(traces: Traces, dump: bytes) -> None:
    assert b"COPY public.report" in dump
    assert traces.canaries.found_in(dump) == set()
    assert traces.stranger == 404


@pytest.mark.clause("WHG-3.1a")
def test_every_report_has_its_record_and_none_can_be_read_in_the_raw_database(
    traces: Traces, dump: bytes, settings: Settings
) -> None:
    engine = create_engine(settings.owner_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM report")) == REPORTS
    engine.dispose()
    assert traces.canaries.found_in(dump) == set()


@pytest.mark.invariant(4)
def test_redis_shows_none(traces: Traces) -> None:
    assert traces.canaries.found_in(*traces.redis) == set()


@pytest.mark.invariant(4)
def test_no_log_shows_any(traces: Traces, servers: EmbeddedServers) -> None:
    assert traces.canaries.found_in(traces.logs) == set()
    assert traces.canaries.found_in((servers.folder / "postgres.log").read_bytes()) == set()


@pytest.mark.invariant(4)
def test_no_mail_shows_any_nor_what_it_is_about(traces: Traces) -> None:
    assert traces.canaries.found_in(*traces.mails) == set()
    for mail in traces.mails:
        assert not not_bland(mail.decode())


@pytest.mark.invariant(4)
def test_no_address_shows_any_nor_what_it_is_about(traces: Traces) -> None:
    assert traces.canaries.found_in(*traces.urls) == set()
    assert not not_bland(" ".join(traces.urls).replace("/", " "))


def test_cookies_hold_random_ids_only_and_end_with_the_browser(traces: Traces) -> None:
    """All but one, which lets a desk be known again and never reaches anybody's own device."""
    assert traces.canaries.found_in(*traces.cookies) == set()
    for header in traces.cookies:
        ((name, cookie),) = SimpleCookie(header).items()
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        if name == known_devices.COOKIE:
            assert cookie["path"] == "/desk"
            assert all(NOBODY.fullmatch(each) for each in json.loads(inside(cookie.value)))
            continue
        assert name in {"s", "d"}
        if cookie.value:
            held = json.loads(inside(cookie.value))
            assert set(held) <= MAY_STAND_IN_A_COOKIE
            assert traces.canaries.found_in(json.dumps(held)) == set()
            assert not cookie["expires"]
            assert not cookie["max-age"]


def inside(cookie: str) -> bytes:
    """What a signed cookie says to whoever reads it on the device."""
    payload = cookie.removeprefix(".").split(".")[0]
    raw = urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return zlib.decompress(raw) if cookie.startswith(".") else raw
