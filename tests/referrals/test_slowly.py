"""A flood is slowed down; the one person in it who needs help loses nothing that she typed."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.app import create_app
from portal.settings import Settings
from portal.store.database import Database
from portal.web import limits
from tests.conftest import Clock
from tests.referrals.conftest import REACHED, Visitor


@pytest.fixture
def slow_app(database: Database, settings: Settings, clock: Clock) -> Iterator[Flask]:
    """The application with its limits on, and with nothing counted yet."""
    found = create_app(settings.model_copy(update={"portal_rate_limits": True}), now=clock)
    with found.app_context():
        limits.limiter.reset()
    yield found
    with found.app_context():
        limits.limiter.reset()
    limits.limiter.enabled = False
    found.extensions["portal"].database.dispose()
    found.extensions["portal"].redis.close()


def flood(app: Flask, slug: str, path: str) -> None:
    """As much as the limit allows at once, from somebody whom the pages know."""
    other = Visitor(app, slug)
    token = other.begin().forms[0]["fields"]["csrf_token"][0]
    for _ in range(int(limits.PUBLIC_ANSWERS.split()[0]) + 1):
        other.http.post(f"/{slug}/{path}", data={"csrf_token": token})


def test_too_many_keep_what_was_typed_and_ask_to_wait(slow_app: Flask) -> None:
    her = Visitor(slow_app, "dales")
    her.begin()
    her.answer(danger="no")
    her.get("/dales/contact/2")
    flood(slow_app, "dales", "contact/2")
    page = her.answer(status=429, ways=["call"], phone="07700 900 123")
    assert page.h1s == ["How to reach you"]
    assert "Please wait twenty seconds. Then press the button again." in page.text
    assert page.forms[0]["fields"]["phone"] == ["07700 900 123"]
    assert page.forms[0]["fields"]["ways"] == ["call"]


def test_reading_is_never_slowed_and_the_next_landlord_is_not_hit(slow_app: Flask) -> None:
    flood(slow_app, "dales", "contact/1")
    for _ in range(3):
        Visitor(slow_app, "dales").get("/dales/numbers")
    other = Visitor(slow_app, "star")
    other.begin()
    other.answer(danger="no")


def test_the_last_page_waits_as_well_and_keeps_everything(slow_app: Flask) -> None:
    her = Visitor(slow_app, "dales")
    her.tell(**REACHED)
    flood(slow_app, "dales", "contact/check")
    page = her.submit(form=0, status=429)
    assert page.h1s == ["Read it through"]
    assert "07700 900 123" in page.text
    assert "Please wait twenty seconds" in page.text


def test_whoever_asks_for_another_form_waits_too_and_loses_nothing(slow_app: Flask) -> None:
    her = Visitor(slow_app, "star")
    her.get("/star/formats")
    flood(slow_app, "star", "formats")
    page = her.submit({"paper": "braille", "where": "12 Example Street"}, form="/formats", status=429)
    assert "Please wait twenty seconds" in page.text
    assert "12 Example Street" in page.html
