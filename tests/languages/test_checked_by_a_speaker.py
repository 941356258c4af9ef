"""Each translation counts as not checked until a speaker has read it, and again once a word of it has changed."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.domain.permissions import Role
from portal.languages import checking_routes
from portal.languages.checking import Verdict
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Database
from portal.store.scope import LandlordScope
from portal.web.catalogues import digest
from tests.conftest import Clock
from tests.desk import Desk, a_desk


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "star")


def row(desk: Desk, name: str) -> str:
    page = desk.client(Role.ADMINISTRATOR).get(f"{desk.url}/languages").html
    return page.partition(f">{name}</a>")[2].partition("</tr>")[0]


def test_a_translation_is_unchecked_until_somebody_says_that_a_speaker_has_read_it(desk: Desk) -> None:
    assert "Not yet checked by a speaker" in row(desk, "Polish")
    client = desk.client(who=desk.somebody(Role.ADMINISTRATOR, name="Robin Reader"))
    page = client.get(f"{desk.url}/languages/pl")
    assert "Zadzwoń pod 999" in page.text
    assert "Choose what a speaker has found." in client.submit(form="/languages/pl", status=422).text
    client.submit({"verdict": Verdict.RIGHT.value}, form="/languages/pl")
    assert "Robin Reader" in row(desk, "Polish")
    assert "Checked" in row(desk, "Polish")
    assert "Not yet checked by a speaker" in row(desk, "Arabic")
    with desk.database.work(LandlordScope(desk.place.id)) as session:
        found = session.scalars(select(AuditEntry.detail).where(AuditEntry.fact == Fact.LANGUAGE_CHECKED)).all()
    assert found == [f"pl:right:{digest('pl')}"]


def test_mistakes_that_a_speaker_found_stand_there_until_it_is_read_anew(desk: Desk) -> None:
    client = desk.client(Role.ADMINISTRATOR)
    for verdict, says in ((Verdict.WRONG, "found mistakes"), (Verdict.BOUGHT, "for a translation service")):
        client.get(f"{desk.url}/languages/ur")
        client.submit({"verdict": verdict.value}, form="/languages/ur")
        assert says in row(desk, "Urdu")


def test_a_changed_sentence_makes_it_unchecked_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.client(Role.ADMINISTRATOR)
    client.get(f"{desk.url}/languages/pl")
    client.submit({"verdict": Verdict.RIGHT.value}, form="/languages/pl")
    client.get(f"{desk.url}/languages/uk")
    monkeypatch.setattr(checking_routes, "digest", lambda code: f"{code}-with-another-sentence")
    assert "Changed since a speaker checked it" in row(desk, "Polish")
    answer = client.submit({"verdict": Verdict.RIGHT.value}, form="/languages/uk", status=409)
    assert "Its sentences changed after you opened this page." in answer.text
    assert "Not yet checked by a speaker" in row(desk, "Ukrainian")


def test_only_administrators_say_so_and_only_of_a_language_that_is_spoken_here(desk: Desk) -> None:
    desk.client(Role.OFFICER).get(f"{desk.url}/languages", status=403)
    administrator = desk.client(Role.ADMINISTRATOR)
    for code in ("en", "xx"):
        administrator.get(f"{desk.url}/languages/{code}", status=404)
