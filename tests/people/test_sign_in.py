"""Signing in tells nobody anything, slows guesses without locking anybody out, and ends by itself."""

from datetime import timedelta

import pytest
from flask import Flask
from redis import Redis
from redis.exceptions import ConnectionError as RedisAway

from portal.domain.permissions import Role
from portal.people.known_devices import MOST_ACCOUNTS, KnownDevices
from portal.people.throttle import FREE_TRIES, LONGEST_WAIT, Throttle
from portal.settings import Settings
from tests.client import PageClient
from tests.desk import MONDAY, Desk

WRONG = "The email address or the password is not right."
HOME = "192.0.2.1"


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


def from_line(desk: Desk, address: str) -> PageClient:
    """A browser that nobody has used yet, on a line of its own."""
    client = PageClient(desk.app)
    client.http.environ_base["REMOTE_ADDR"] = address
    client.get("/desk/sign-in")
    return client


def guess(client: PageClient, email: str, *statuses: int) -> None:
    for status in statuses:
        client.submit({"email": email, "password": "guess"}, status=status)


def test_a_stranger_who_guesses_without_end_keeps_nobody_out(desk: Desk) -> None:
    """The right password is let in at once: elsewhere anywhere, and on the stranger's own line from a known device."""
    who = desk.somebody(Role.OFFICER)
    own = from_line(desk, "198.51.100.7")
    own.submit({"email": who.email, "password": who.password})
    own.submit(form="sign-out")
    stranger = from_line(desk, "203.0.113.9")
    guess(stranger, who.email, 422, 422, 422, 422, 429, 429)
    for address in ("198.51.100.7", "203.0.113.9"):
        own.http.environ_base["REMOTE_ADDR"] = address
        own.get("/desk/sign-in")
        assert own.submit({"email": who.email, "password": who.password}).h1s == ["My work"]
        own.submit(form="sign-out")
    new = from_line(desk, "192.0.2.44")
    assert new.submit({"email": who.email, "password": who.password}).h1s == ["My work"]
    guess(stranger, who.email, 429)


def test_a_device_that_is_known_to_one_account_is_a_stranger_to_every_other(desk: Desk) -> None:
    mine, hers = desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER)
    client = from_line(desk, "203.0.113.20")
    client.submit({"email": mine.email, "password": mine.password})
    client.submit(form="sign-out")
    client.get("/desk/sign-in")
    guess(client, hers.email, 422, 422, 422, 422, 429)
    neighbour = from_line(desk, "203.0.113.20")
    guess(neighbour, hers.email, 429)
    client.get("/desk/sign-in")
    assert client.submit({"email": mine.email, "password": mine.password}).h1s == ["My work"]


def test_a_device_that_is_known_is_slowed_by_its_own_wrong_passwords(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    client = from_line(desk, "203.0.113.21")
    client.submit({"email": who.email, "password": who.password})
    client.submit(form="sign-out")
    client.get("/desk/sign-in")
    guess(client, who.email, 422, 422, 422, 422, 429)


def test_the_cookie_of_a_device_names_nobody_and_cannot_be_made_up(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    client = from_line(desk, "203.0.113.22")
    client.submit({"email": who.email, "password": "guess"}, status=422)
    assert client.http.get_cookie("k", path="/desk") is None, "only the right password makes a device known"
    client.submit({"email": who.email, "password": who.password})
    kept = client.http.get_cookie("k", path="/desk")
    assert kept
    assert (kept.http_only, kept.same_site, kept.path) == (True, "Lax", "/desk")
    devices = KnownDevices(desk.app.secret_key)
    device = devices.read(kept.value)
    assert device
    assert devices.knows(device, who.email.upper())
    assert not devices.knows(device, "nobody@staff.example")
    assert who.email not in str(device)
    made_up = KnownDevices("another secret").after_sign_in(None, who.email)
    for forged in (None, "", "nonsense", kept.value[:-2], made_up):
        assert devices.read(forged) is None
    crowd = device
    for n in range(MOST_ACCOUNTS):
        crowd = devices.read(devices.after_sign_in(crowd, f"{n}@staff.example"))
    assert crowd
    assert len(crowd.accounts) == MOST_ACCOUNTS
    assert not devices.knows(crowd, who.email)


def test_the_wait_never_grows_beyond_half_a_minute(app: Flask, settings: Settings) -> None:
    redis = Redis.from_url(settings.redis_url)
    slow = Throttle(redis, "a secret of this test")
    for _ in range(40):
        slow.wrong("somebody@staff.example", HOME, MONDAY)
    assert slow.wait("Somebody@Staff.Example ", HOME, MONDAY) == LONGEST_WAIT
    assert not [key for key in redis.keys("*") if b"somebody" in key]
    slow.right("somebody@staff.example", HOME)
    assert slow.wait("somebody@staff.example", HOME, MONDAY) == 0
    redis.close()


def test_guesses_are_slowed_while_redis_is_away() -> None:
    class Away:
        def get(self, *_: object, **__: object) -> None:
            raise RedisAway

        set = delete = get

    slow = Throttle(Away(), "a secret of this test")
    for _ in range(FREE_TRIES + 2):
        slow.wrong("somebody@staff.example", HOME, MONDAY)
    assert slow.wait("somebody@staff.example", HOME, MONDAY) == 4
    slow.right("somebody@staff.example", HOME)
    assert slow.wait("somebody@staff.example", HOME, MONDAY) == 0


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
    assert page.text.count("Last used:") == 2
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


def test_my_account_names_my_roles_in_words(desk: Desk) -> None:
    page = desk.client(Role.FRONT_DESK, Role.SENIOR).get("/desk/me")
    assert "<td>Senior officer, Front desk</td>" in page.html


def test_an_auditor_is_led_to_the_pages_that_auditors_have(desk: Desk) -> None:
    page = desk.client(Role.AUDITOR).get("/desk/")
    assert page.h1s == ["Your pages"]
    assert f"{desk.url}/audit" in page.links
    assert f"{desk.url}/team" not in page.links
