"""Over HTTPS behind a proxy, as it is run for people: what is sent arrives, without a browser telling where from."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.app import create_app
from portal.domain.permissions import Role
from portal.settings import Settings
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import StaffMaker

ADDRESS = "https://portal.example"


@pytest.fixture
def behind_a_proxy(database: Database, settings: Settings) -> Iterator[Flask]:
    """The application as a proxy that ends TLS would call it."""
    assert database
    found = create_app(settings.model_copy(update={"portal_proxies": 1, "portal_base_url": ADDRESS}))
    yield found
    found.extensions["portal"].database.dispose()
    found.extensions["portal"].redis.close()


@pytest.fixture
def afar(behind_a_proxy: Flask) -> PageClient:
    """A browser that keeps to `Referrer-Policy: no-referrer`, as every answer asks it to."""
    found = PageClient(behind_a_proxy)
    found.http.environ_base |= {
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_HOST": "portal.example",
        "HTTP_X_FORWARDED_FOR": "203.0.113.9",
    }
    return found


def test_an_answer_sent_without_a_referrer_is_kept(afar: PageClient) -> None:
    afar.get("/havebury/contact/1")
    assert afar.response
    cookie = afar.response.headers["Set-Cookie"]
    afar.submit({"danger": "no"})
    assert "Secure" in cookie
    assert afar.url.endswith("/contact/2")


def test_staff_can_sign_in(afar: PageClient, staff: StaffMaker) -> None:
    afar.sign_in(staff(havebury=[Role.OFFICER]))
    assert afar.url == "/desk/"


def test_a_forged_answer_is_still_refused(afar: PageClient) -> None:
    afar.get("/havebury/contact/1")
    afar.post("/havebury/contact/1", {"danger": "no", "csrf_token": "forged"}, status=400)
