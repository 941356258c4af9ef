"""Counting a flood: nobody can read who was counted, and the addresses of one household count as one."""

from collections.abc import Iterator

import pytest
from flask import Flask, g
from redis import Redis

from portal.app import create_app
from portal.settings import Settings
from portal.store.database import Database
from portal.web import limits
from tests.referrals.conftest import REACHED, Visitor

HERS = "198.51.100.77"


@pytest.fixture
def slow_app(database: Database, settings: Settings) -> Iterator[Flask]:
    """The application with its limits on, and with nothing counted yet."""
    assert database
    found = create_app(settings.model_copy(update={"portal_rate_limits": True}))
    with found.app_context():
        limits.limiter.reset()
    yield found
    with found.app_context():
        limits.limiter.reset()
    limits.limiter.enabled = False
    found.extensions["portal"].database.dispose()
    found.extensions["portal"].redis.close()


def counted_as(app: Flask, address: str) -> str:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        g.landlord = None
        return limits._here()


def test_redis_does_not_tell_whose_address_asked_for_help(slow_app: Flask, settings: Settings) -> None:
    her = Visitor(slow_app, "dales")
    her.http.environ_base["REMOTE_ADDR"] = HERS
    her.tell(**REACHED)
    her.submit(form=0)
    with Redis.from_url(settings.redis_url) as redis:
        keys = b" ".join(redis.scan_iter("*"))
    assert b"referrals.send" in keys
    assert HERS.encode() not in keys


def test_the_hash_cannot_be_tried_out_without_the_secret(slow_app: Flask) -> None:
    before = counted_as(slow_app, HERS)
    slow_app.secret_key = "another secret, with which the same address looks otherwise"
    assert counted_as(slow_app, HERS) != before


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("198.51.100.1", "198.51.100.2", False),
        ("::ffff:198.51.100.1", "::ffff:198.51.100.2", False),
    ],
)
def test_all_addresses_of_one_line_count_together(
    slow_app: Flask, one: str, other: str, *, same: bool
) -> None:
    assert (counted_as(slow_app, one) == counted_as(slow_app, other)) is same


def test_reports_are_slowed_long_before_answers_are(slow_app: Flask) -> None:
    """Each report wakes an officer: sixty a minute from one place would drown the one that is real."""
    flooder = Visitor(slow_app, "dales")
    token = flooder.begin().forms[0]["fields"]["csrf_token"][0]
    answers = [
        flooder.http.post("/dales/contact/check", data={"csrf_token": token}, headers={"X-In-Place": "1"}).status_code
        for _ in range(5)
    ]
    assert 429 not in answers[:4]
    assert answers[4] == 429
