"""The half hour ends while somebody writes: nothing vanishes unsaid, and whether it is safe is asked anew."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import Clock
from tests.referrals.conftest import REACHED, Visitor

At = Callable[[str], Visitor]
NOON = datetime(2026, 6, 12, 12, 0, tzinfo=UTC)


def too_late(her: Visitor, clock: Clock, path: str) -> None:
    """She has answered everything, opened one page again, and half an hour goes by."""
    clock.at = NOON
    her.tell(**REACHED)
    her.get(f"/{her.slug}/{path}")
    clock.at = NOON + timedelta(minutes=31)


def test_she_is_told_what_was_wiped_and_what_was_kept(visitor: At, clock: Clock) -> None:
    her = visitor("havebury")
    too_late(her, clock, "contact/6")
    told = her.answer(happening="It began in spring.").text
    assert her.heading == "Some of it was wiped"
    assert "We have kept what you just wrote on the page In your words" in told
    assert "Nothing has been sent." in told
    her.follow("Go on")
    assert her.heading == "About right now"
    her.answer(danger="no")
    assert her.heading == "How to reach you"
    assert "07700" not in her.page.html
    assert "It began in spring." in her.get("/havebury/contact/6").html


def test_what_she_wrote_is_kept_whatever_page_it_stood_on(visitor: At, clock: Clock) -> None:
    her = visitor("dales")
    too_late(her, clock, "contact/4")
    her.answer(leave_message="no", say_who="no", say_you_are="the gas check", code_word="kite")
    her.get("/dales/contact/2")
    her.answer(ways=["call"], phone="07700 900 123")
    html = her.get("/dales/contact/4").html
    assert "the gas check" in html
    assert "kite" in html
    assert her.page.forms[0]["fields"]["leave_message"] == ["no"]


def test_danger_comes_before_the_news_of_what_was_wiped(visitor: At, clock: Clock) -> None:
    her = visitor("star")
    too_late(her, clock, "contact/1")
    her.answer(danger="life")
    assert her.heading == "Who to ring now"
    her.follow("Go on")
    assert her.heading == "Some of it was wiped"
    her.follow("Go on")
    assert her.heading == "How to reach you", "whether she is safe was asked a moment ago"


def test_whoever_asks_for_somebody_else_is_told_as_well(visitor: At, clock: Clock) -> None:
    her = visitor("whg")
    clock.at = NOON
    her.begin("someone")
    her.answer(danger="no")
    her.get("/whg/someone/3")
    clock.at = NOON + timedelta(minutes=31)
    her.answer(happening="I hear shouting.")
    assert her.heading == "Some of it was wiped"
    her.follow("Go on")
    assert her.heading == "About right now"


def test_nobody_is_told_of_it_where_nothing_was_wiped(visitor: At, clock: Clock) -> None:
    clock.at = NOON
    her = visitor("nph")
    her.begin()
    her.answer(danger="no")
    assert her.heading == "How to reach you"
    clock.at = NOON + timedelta(minutes=29)
    her.answer(ways=["themselves"])
    assert her.heading == "In your words"
    card = visitor("nph")
    card.begin("note")
    card.answer(noticed="Shouting.", place="12 Invented Street")
    card.get("/nph/note/1")
    clock.at = NOON + timedelta(hours=2)
    card.answer(noticed="Shouting.", place="12 Invented Street")
    assert card.heading == "Read it through"


@pytest.mark.parametrize("danger", ["no", "life"])
def test_a_new_answer_about_danger_leads_back_to_reading_it_through(visitor: At, danger: str) -> None:
    her = visitor("seven-locks")
    her.tell(**REACHED)
    her.get("/seven-locks/contact/1?change=1")
    her.answer(danger=danger)
    if danger == "life":
        assert her.heading == "Who to ring now"
        her.follow("Go on")
    assert her.heading == "Read it through"


def test_a_cookie_that_was_lost_on_the_way_costs_her_nothing_of_what_she_has_just_written(visitor: At) -> None:
    her = visitor("star")
    her.begin()
    her.answer()
    her.http._cookies.clear()
    page = her.answer(ways=["call"], phone="07700 900 123", status=400)
    assert "What you sent was not lost on the way" in page.text
    assert page.forms[0]["fields"]["phone"] == ["07700 900 123"]
    her.answer()
    assert her.heading == "When to reach you", "sent again as it stood there, it is taken"


def test_a_browser_that_keeps_no_cookies_is_told_at_the_second_try_what_stands_in_the_way(visitor: At) -> None:
    her = visitor("star")
    her.begin()
    her.http._cookies.clear()
    assert "keeps no cookies" not in her.answer(danger="no", status=400).text
    her.http._cookies.clear()
    page = her.answer(status=400)
    assert "or this browser keeps no cookies" in page.text
    assert "or ring us, or come in" in page.text
    assert page.forms[0]["fields"]["danger"] == ["no"], "what she wrote is still there to be read out"


def test_what_another_site_sends_in_her_name_is_not_shown_as_if_she_had_written_it(visitor: At) -> None:
    her = visitor("star")
    her.begin()
    said = {"ways": "call", "phone": "01632 960666", "csrf_token": "x"}
    page = her.post("/star/contact/2", said, status=400, headers={"Sec-Fetch-Site": "cross-site"})
    assert "01632 960666" not in page.html
    assert "This could not be sent" in page.text
