"""A refused page without JavaScript: the browser is only led to it, so that nothing sent is written to its disk."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from portal.referrals.models import Draft
from tests.conftest import Clock
from tests.referrals.conftest import REACHED, Desk, Scoped, Visitor

At = Callable[[str], Visitor]
DeskOf = Callable[[str], Desk]
WRONG = {"ways": ["call", "email"], "phone": "07700 900 123"}
NOON = datetime(2026, 6, 12, 12, 0, tzinfo=UTC)


def refused(her: Visitor) -> str:
    """She forgets the address for email; where the browser is led then."""
    her.begin()
    her.answer(danger="no")
    said = WRONG | {"csrf_token": her.page.forms[0]["fields"]["csrf_token"]}
    answer = her.http.post(f"/{her.slug}/contact/2", data=said)
    assert answer.status_code == 303
    assert answer.data == b"", "no page as the answer to a form"
    return answer.headers["Location"]


def test_she_is_led_to_the_page_with_all_that_she_typed_and_what_to_change(visitor: At) -> None:
    her = visitor("star")
    page = her.get(refused(her), status=422)
    assert page.forms[0]["fields"]["phone"] == ["07700 900 123"]
    assert "Please change this" in page.text
    page = her.answer(email="somebody@example.com")
    assert page.h1s == ["When to reach you"], "and goes on from there"


def test_where_she_is_led_says_nothing_and_opens_nothing_for_another_browser(visitor: At) -> None:
    her, other = visitor("star"), visitor("star")
    address = refused(her)
    assert address == "/star/contact/2?again=1"
    other.begin()
    assert "07700" not in other.get(address).html


def test_it_is_sealed_and_there_is_one_of_it_however_often(visitor: At, scoped: Scoped) -> None:
    her = visitor("star")
    refused(her)
    refused(her)
    with scoped("star") as session:
        kept = session.scalars(select(Draft).where(Draft.kind == "again").order_by(Draft.ends_at.desc())).all()
        assert b"07700" not in kept[0].sealed
        assert len({each.secret_hash for each in kept}) == len(kept)


def test_exit_and_time_wipe_it(visitor: At, clock: Clock) -> None:
    clock.at = NOON
    her = visitor("star")
    address = refused(her)
    her.get("/star/leave", status=303, follow=False)
    assert "07700" not in her.get(address).html
    address = refused(her)
    clock.at += timedelta(minutes=30)
    assert "07700" not in her.get(address, status=410).html


def test_the_script_gets_the_page_at_once(visitor: At) -> None:
    her = visitor("star")
    her.begin()
    her.answer(danger="no")
    said = WRONG | {"csrf_token": her.page.forms[0]["fields"]["csrf_token"]}
    answer = her.http.post("/star/contact/2", data=said, headers={"X-In-Place": "1"})
    assert answer.status_code == 422
    assert "07700 900 123" in answer.text
    gone = her.http.get("/star/leave", headers={"X-In-Place": "1"})
    assert (gone.status_code, gone.headers["X-Go"]) == (204, "https://www.bbc.co.uk/weather")


def say(her: Visitor, path: str) -> int:
    token = re.search(r'name="csrf_token" value="([^"]+)"', her.page.html)
    assert token
    return her.http.post(f"/{her.slug}/{path}", data={"csrf_token": token[1]}).status_code


def test_whoever_closes_the_page_has_two_minutes_for_a_wrong_press(visitor: At, clock: Clock) -> None:
    clock.at = NOON
    her = visitor("star")
    her.tell(**REACHED)
    assert say(her, "closed") == 204
    clock.at += timedelta(seconds=110)
    her.get("/star/contact/2")
    assert "07700 900 123" in her.page.html
    clock.at += timedelta(seconds=11)
    assert "07700" not in her.get("/star/contact/check", status=410).html


def test_time_can_be_extended_as_often_as_she_likes(visitor: At, clock: Clock) -> None:
    clock.at = NOON
    her = visitor("star")
    her.tell(**REACHED)
    for _ in range(11):
        clock.at += timedelta(minutes=29)
        assert say(her, "stay") == 204
    assert "07700 900 123" in her.get("/star/contact/check").html
    clock.at += timedelta(minutes=30)
    assert say(her, "stay") == 204
    assert "07700" not in her.get("/star/contact/check", status=410).html, "what has ended does not come back"
