"""In a demonstration every mail can be read as it was sent; elsewhere there is no such page."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from portal.app import create_app
from portal.domain.permissions import Role
from portal.messaging import local_outbox
from portal.messaging.gateway import StaffLetter
from portal.messaging.local_outbox import gateway_of, outbox_folder, sent_mails
from portal.messaging.words import Kind
from portal.settings import Env, Settings
from portal.store.base import new_id
from tests.client import PageClient
from tests.conftest import StaffMaker

LINK = "https://portal.example/desk/dales/cases/0"


def letter(code: str, to: str = "robin@staff.example") -> StaffLetter:
    return StaffLetter(new_id(), to, Kind.DUE_NOW, code, LINK)


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"portal_env": Env.DEMO, "portal_data_dir": tmp_path})


@pytest.fixture
def demo_app(demo: Settings, landlords: dict[str, UUID]) -> Iterator[Flask]:
    assert landlords
    found = create_app(demo)
    yield found
    found.extensions["portal"].database.dispose()
    found.extensions["portal"].redis.close()


def test_each_mail_stands_there_as_it_was_sent_the_newest_first(
    demo: Settings, demo_app: Flask, staff: StaffMaker
) -> None:
    client = PageClient(demo_app)
    client.sign_in(staff(dales=[Role.OFFICER]))
    assert "/desk/outbox" in client.page.links, "reachable from the foot of every page"
    assert "No mail yet." in client.get("/desk/outbox").text
    gateway = gateway_of(demo)
    gateway.send(letter("BCDFGH"))
    gateway.send(letter("KLMNPQ", "sam@staff.example"))
    page = client.get("/desk/outbox")
    assert page.text.index("(KLMNPQ)") < page.text.index("(BCDFGH)")
    for told in (demo.mail_from, "sam@staff.example", "Something is due now (BCDFGH)", "Code: BCDFGH"):
        assert told in page.text
    assert LINK in page.links


def test_it_is_shown_to_nobody_who_is_not_signed_in(demo: Settings, demo_app: Flask) -> None:
    gateway_of(demo).send(letter("BCDFGH"))
    assert PageClient(demo_app).get("/desk/outbox").h1s == ["Sign in"]


def test_there_is_no_such_page_outside_a_demonstration(app: Flask, staff: StaffMaker, settings: Settings) -> None:
    client = PageClient(app)
    client.sign_in(staff(dales=[Role.MANAGER, Role.ADMINISTRATOR]))
    assert "/desk/outbox" not in client.page.links
    client.get("/desk/outbox", status=404)
    assert outbox_folder(settings) is None


def test_a_mail_that_is_sent_twice_stands_there_once_and_only_the_newest_are_kept(
    demo: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_outbox, "KEPT", 3)
    gateway, twice = gateway_of(demo), letter("CODE00")
    for each in (twice, twice, *(letter(f"CODE0{n}") for n in range(1, 4))):
        gateway.send(each)
    kept = sent_mails(demo.data_dir / "outbox")
    assert [each.subject[-7:-1] for each in kept] == ["CODE03", "CODE02", "CODE01"]
    assert sent_mails(demo.data_dir / "nowhere") == ()
