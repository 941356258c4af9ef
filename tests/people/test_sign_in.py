"""Signing in tells nobody anything, slows guesses without locking anybody out, and ends by itself."""

from datetime import timedelta

import pytest
from flask import Flask
from redis import Redis
from redis.exceptions import ConnectionError as RedisAway

from portal.domain.permissions import Role
from portal.people.throttle import FREE_TRIES, LONGEST_WAIT, Throttle
from portal.settings import Settings
from tests.client import PageClient
from tests.desk import MONDAY, Desk

WRONG = "The email address or the password is not right."


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    answers = []
    for email in (who.email, "nobody@staff.example"):
        client = PageClient(desk.app)
        client.get("/desk/sign-in")
        page = client.submit({"email": email, "password": "not it"}, status=422)
        assert WRONG in page.text
        answers.append(page.text.replace(email, ""))
    assert answers[0] == answers[1]


def test_whoever_is_signed_in_lands_on_the_page_that_was_wanted(desk: Desk) -> None:
    client, who = PageClient(desk.app), desk.somebody(Role.OFFICER)
    client.get("/desk/search")
    assert client.url.startswith("/desk/sign-in?next=")
    client.submit({"email": who.email, "password": who.password})
    assert client.url == "/desk/search"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/desk/", "//elsewhere.example", "/havebury/", "/desk/../x", "\\desk/", "/desk"],
)
def test_a_link_from_elsewhere_leads_to_my_work(desk: Desk, elsewhere: str) -> None:
    client, who = PageClient(desk.app), desk.somebody(Role.OFFICER)
    client.get("/desk/sign-in", query_string={"next": elsewhere})
    client.submit({"email": who.email, "password": who.password, "next": elsewhere})
    assert client.url == "/desk/"


def test_guesses_are_slowed_and_the_right_password_still_gets_in(desk: Desk) -> None:
    who, client = desk.somebody(Role.OFFICER), PageClient(desk.app)
    client.get("/desk/sign-in")
    for _ in range(FREE_TRIES):
        client.submit({"email": who.email, "password": "guess"}, status=422)
    page = client.submit({"email": who.email, "password": who.password}, status=429)
    assert "Wait 1 second" in page.text
    assert "not locked" in page.text
    desk.clock.at = MONDAY + timedelta(seconds=2)
    assert client.submit({"email": who.email, "password": who.password}).h1s == ["My work"]


def test_the_wait_never_grows_beyond_half_a_minute(app: Flask, settings: Settings) -> None:
    redis = Redis.from_url(settings.redis_url)
    slow = Throttle(redis, "a secret of this test")
    for _ in range(40):
        slow.wrong("somebody@staff.example", MONDAY)
    assert slow.wait("Somebody@Staff.Example ", MONDAY) == LONGEST_WAIT
    assert not [key for key in redis.keys("*") if b"somebody" in key]
    slow.right("somebody@staff.example")
    assert slow.wait("somebody@staff.example", MONDAY) == 0
    redis.close()


def test_guesses_are_slowed_while_redis_is_away() -> None:
    class Away:
        def get(self, *_: object, **__: object) -> None:
            raise RedisAway

        set = delete = get

    slow = Throttle(Away(), "a secret of this test")
    for _ in range(FREE_TRIES + 2):
        slow.wrong("somebody@staff.example", MONDAY)
    assert slow.wait("somebody@staff.example", MONDAY) == 4
    slow.right("somebody@staff.example")
    assert slow.wait("somebody@staff.example", MONDAY) == 0


def test_a_sign_in_ends_after_half_an_hour_without_use(desk: Desk) -> None:
    client = desk.client(Role.OFFICER)
    desk.clock.at = MONDAY + timedelta(minutes=29)
    assert client.get("/desk/").h1s == ["My work"]
    desk.clock.at = MONDAY + timedelta(minutes=60)
    page = client.get("/desk/")
    assert page.h1s == ["Sign in"]
    assert "nobody had used this page for half an hour" in page.text


def test_a_sign_in_can_be_ended_from_another_device(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    office, lost = desk.client(who=who), desk.client(who=who)
    page = office.get("/desk/me")
    assert page.text.count("Last used") == 1
    office.submit(form="/end")
    assert "That sign-in has ended." in office.page.text
    assert lost.get("/desk/").h1s == ["Sign in"]
    assert office.get("/desk/").h1s == ["My work"]


def test_signing_out_ends_the_session_on_the_server(desk: Desk) -> None:
    client = desk.client(Role.OFFICER)
    cookie = client.http.get_cookie("d", path="/desk").value
    client.submit(form="sign-out")
    client.http.set_cookie("d", cookie, path="/desk")
    assert client.get("/desk/").h1s == ["Sign in"]


def test_an_auditor_is_led_to_the_pages_that_auditors_have(desk: Desk) -> None:
    page = desk.client(Role.AUDITOR).get("/desk/")
    assert page.h1s == ["Your pages"]
    assert f"{desk.url}/audit" in page.links
    assert f"{desk.url}/team" not in page.links
