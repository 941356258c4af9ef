"""Whoever needs an interpreter, signing or support has it arranged before anybody speaks with them (HS-026 4.4)."""

import pytest
from flask import Flask

from portal.domain.permissions import Role
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk, a_desk
from tests.referrals.conftest import REACHED, Visitor

FIRST = "To arrange before anybody speaks with them:"


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "havebury")


def arranging(desk: Desk, **said: object) -> tuple[PageClient, str]:
    client, case = desk.client(Role.OFFICER), desk.case_url(desk.case(**said))
    client.get(f"{case}/arrange")
    return client, case


def test_the_public_page_asks_for_language_interpreter_signing_and_support(app: Flask) -> None:
    her = Visitor(app, "havebury")
    her.tell(**REACHED)
    page = her.get("/havebury/contact/12")
    assert "language" in page.forms[0]["fields"]
    for offered in ("An interpreter", "British Sign Language", "Support with a disability"):
        assert offered in page.text


@pytest.mark.clause("HAV-4.4a")
def test_a_language_asks_for_an_interpreter_before_the_first_contact_and_no_relative_will_do(desk: Desk) -> None:
    client, case = arranging(desk, language="Polish")
    for where in (case, f"{case}/contact"):
        told = client.get(where).text
        assert f"{FIRST} an interpreter." in told
        assert "language: Polish" in told
    client.get(f"{case}/arrange")
    page = client.submit({"by": "relative", "words": "Her son."}, status=422)
    assert "A relative or friend may be part of it" in page.text
    assert "Her son." in page.html
    assert FIRST in client.get(case).text
    client.get(f"{case}/arrange")
    page = client.submit({"by": "service", "words": "Tomorrow at 9, by telephone."})
    assert FIRST not in page.text
    assert "Arranged: an interpreter. A professional from a service 2 Feb 10:00, Robin Example" in page.text
    assert "Tomorrow at 9, by telephone." in page.text
    assert FIRST not in client.get(f"{case}/contact").text


@pytest.mark.parametrize(
    ("need", "name"), [("bsl", "British Sign Language"), ("disability_support", "support for a disability")]
)
def test_each_need_asks_to_be_arranged_by_itself(desk: Desk, need: str, name: str) -> None:
    client, case = arranging(desk, preferences=(need, "interpreter"))
    assert f"{FIRST} an interpreter, {name}." in client.get(case).text
    client.get(f"{case}/arrange")
    assert "Choose who does it." in client.submit({"need": need}, status=422).text
    client.get(f"{case}/arrange")
    page = client.submit({"need": need, "by": "declined", "words": "They would rather write."})
    assert f"{FIRST} an interpreter." in page.text


def test_nothing_is_asked_of_whoever_needs_nothing(desk: Desk) -> None:
    client, case = arranging(desk, preferences=("venue",))
    assert "nothing that takes arranging" in client.page.text
    assert FIRST not in client.get(case).text
    client.post(f"{case}/arrange", {"need": "bsl", "by": "service", "words": "x"}, status=422)
