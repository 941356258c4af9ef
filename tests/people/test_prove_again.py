"""Before a sensitive act somebody proves anew who they are; what they typed comes along, and one place decides."""

import pytest
from flask import Flask

from portal.domain.permissions import Role
from portal.people.proving.happened import IN_WORDS, Happened
from portal.store.database import Database
from portal.web.sensitive import SENSITIVE
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk, a_desk
from tests.people.test_second_factor import figures, later, set_rule, with_app

AGAIN = ["Show that it is you"]
WHY = "Family of a colleague & <others>"


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "havebury")


def restrict(desk: Desk, client: PageClient, case_url: str, *, wait: int, status: int = 200) -> None:
    """Open the page, let time pass, and restrict the case."""
    client.get(f"{case_url}/confidentiality")
    later(desk, minutes=wait)
    client.submit({"restrict-words": WHY}, form="/restrict", status=status)


def test_every_sensitive_page_exists_and_has_its_reason(app: Flask) -> None:
    assert set(SENSITIVE) <= set(app.view_functions)
    assert all(len(reason) > 5 for reason in SENSITIVE.values())


def test_a_restriction_is_asked_for_again_after_a_quarter_of_an_hour_and_nothing_typed_is_lost(desk: Desk) -> None:
    manager = desk.somebody(Role.MANAGER)
    client, case = desk.client(who=manager), desk.case_url(desk.case())
    restrict(desk, client, case, wait=16, status=403)
    assert client.page.h1s == AGAIN
    client.submit({"again_password": "not it"}, form="/restrict", status=422)
    assert "Nothing has been done yet" in client.page.text
    page = client.submit({"again_password": manager.password}, form="/restrict")
    assert "restricted to those who are named" in page.text
    assert WHY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in page.html
    assert "Proved again" in client.get("/desk/me/sign-in").text


def test_whoever_has_just_signed_in_is_not_asked(desk: Desk) -> None:
    client, case = desk.client(Role.MANAGER), desk.case_url(desk.case())
    restrict(desk, client, case, wait=14)
    assert "restricted to those who are named" in client.page.text


def test_a_landlord_says_for_how_long_a_proof_is_fresh(desk: Desk) -> None:
    set_rule(desk, minutes=5)
    client, case = desk.client(Role.MANAGER), desk.case_url(desk.case())
    restrict(desk, client, case, wait=6, status=403)
    assert client.page.h1s == AGAIN


def test_whoever_has_a_second_factor_proves_it_with_that_and_the_password_does_not_do(desk: Desk) -> None:
    manager = desk.somebody(Role.MANAGER)
    client, case = desk.client(who=manager), desk.case_url(desk.case())
    secret, _ = with_app(desk, manager, client)
    restrict(desk, client, case, wait=16, status=403)
    client.post(f"{case}/confidentiality/restrict", {"again_password": manager.password}, status=422)
    assert client.page.h1s == AGAIN
    client.get(f"{case}/confidentiality")
    client.submit({"restrict-words": WHY}, form="/restrict", status=403)
    page = client.submit({"again_code": figures(secret, desk)}, form="/restrict")
    assert "restricted to those who are named" in page.text


def test_a_page_that_is_sensitive_to_open_is_reached_by_way_of_the_proof(desk: Desk) -> None:
    manager = desk.somebody(Role.MANAGER)
    client = desk.client(who=manager)
    later(desk, minutes=16)
    assert client.get(f"{desk.url}/emergency").h1s == AGAIN
    client.submit({"again_password": "not it"}, form="/again", status=422)
    client.submit({"again_password": manager.password}, form="/again")
    assert client.url == f"{desk.url}/emergency"
    client.get("/desk/again?next=https://elsewhere.example/")
    client.submit({"again_password": manager.password}, form="/again")
    assert client.url == "/desk/"


def test_guesses_at_an_open_screen_are_slowed_down(desk: Desk) -> None:
    client = desk.client(Role.MANAGER)
    client.get("/desk/again?next=/desk/")
    for _ in range(4):
        client.submit({"again_password": "guess"}, form="/again", status=422)
    page = client.submit({"again_password": "guess"}, form="/again", status=429)
    assert "Wait" in page.text


def test_whoever_may_not_do_it_is_refused_and_not_asked(desk: Desk) -> None:
    client, case = desk.client(Role.OFFICER), desk.case_url(desk.case())
    client.get(case)
    later(desk, minutes=16)
    client.post(f"{case}/confidentiality/restrict", {"restrict-words": WHY}, status=404)


def test_each_thing_that_can_happen_has_its_words() -> None:
    assert set(IN_WORDS) == set(Happened)
