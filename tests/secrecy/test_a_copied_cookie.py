"""Somebody who shares her browser copies what it holds, and comes back with it from a device of his own."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from tests.conftest import Clock
from tests.referrals.conftest import REACHED, Visitor

HERS = "Zqx what only she may read"


def copied(her: Visitor, app: Flask) -> Visitor:
    """Another browser with the same cookie in it."""
    cookie = her.http.get_cookie("s", path="/dales")
    assert cookie
    other = Visitor(app, "dales")
    other.http.set_cookie("s", cookie.value, path="/dales")
    return other


def test_a_cookie_copied_before_she_wrote_opens_nothing_that_she_writes_later(
    app: Flask, clock: Clock
) -> None:
    clock.at = datetime.now(UTC)
    shared = Visitor(app, "dales")
    shared.tell(**REACHED)
    his = copied(shared, app)
    clock.at += timedelta(minutes=31)
    shared.post("/dales/contact/6", {"happening": HERS})
    assert HERS in shared.get("/dales/contact/check").text
    assert HERS not in his.get("/dales/contact/check", status=410).text


def test_a_cookie_copied_before_the_exit_opens_nothing_afterwards(app: Flask) -> None:
    shared = Visitor(app, "dales")
    shared.tell(**REACHED)
    his = copied(shared, app)
    shared.http.get("/dales/leave")
    his.get("/dales/contact/check", status=410)
