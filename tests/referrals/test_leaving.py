"""The way out: on every page, without JavaScript, wiping first and going somewhere harmless then."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal.domain.contact.bland import not_bland
from portal.domain.for_whom import IN_ADDRESSES, TAGS
from tests.conftest import ROOT, Clock
from tests.referrals.conftest import REACHED, Desk, Visitor

At = Callable[[str], Visitor]
DeskOf = Callable[[str], Desk]
MORE = re.compile(
    r"behaviour|child|danger|deaf|escap|forced|harm|help|honour|hurt|legal|lgbt|marr|risk|safe|threat", re.IGNORECASE
)
"""Words that say nothing alone in a message, and everything in the history of a browser."""
PLAIN = ("", "numbers", "promise", "device", "contact/1", "someone/1", "note/1")


def every_page(her: Visitor) -> list[tuple[str, str, str]]:
    """Address, title and source of every public page of a landlord."""
    seen = []
    for path in PLAIN:
        page = her.get(f"/{her.slug}/{path}")
        seen.append((her.url, page.title, page.html))
    her.begin()
    her.answer(danger="life")
    seen.append((her.url, her.page.title, her.page.html))
    her.get(f"/{her.slug}/contact/2")
    her.answer(ways=["call", "through"], phone="07700 900 123")
    for number in range(3, 13):
        page = her.get(f"/{her.slug}/contact/{number}")
        seen.append((her.url, page.title, page.html))
        her.answer(**({"phone": "07700 900 456"} if number == 5 else {}))
    seen.append((her.url, her.page.title, her.page.html))
    her.send()
    seen.append((her.url, her.page.title, her.page.html))
    her.get(f"/{her.slug}/nothing", status=404)
    seen.append((her.url, her.page.title, her.page.html))
    return seen


@pytest.mark.clause("WHG-2.6a")
@pytest.mark.parametrize("slug", ["dales", "whg"])
def test_every_page_has_the_way_out_twice(visitor: At, slug: str) -> None:
    for address, _, html in every_page(visitor(slug)):
        found = re.findall(rf'<a [^>]*href="/{slug}/leave"', html)
        assert len(found) == 2, address
        assert html.index("Exit this page") < html.index("<main"), address


@pytest.mark.parametrize("slug", ["havebury", "star"])
def test_no_address_title_or_file_name_tells_anything(visitor: At, slug: str) -> None:
    for address, title, html in every_page(visitor(slug)):
        files = " ".join(re.findall(r'(?:src|href|action|content)="([^"]*)"', html))
        for words in (address, title, files):
            assert not_bland(words) == (), words


@pytest.mark.parametrize("slug", ["dales", "nph"])
def test_no_address_that_a_page_leads_to_tells_anything_either(visitor: At, slug: str) -> None:
    """The choices behind a question mark, and where a form or a mistake leads, stand in a history as well."""
    her = visitor(slug)
    seen = set()
    for address, title, html in every_page(her):
        seen |= {address, title, *re.findall(r'<(?:a|form)\b[^>]*(?:href|action)="([^"]*)"', html)}
    assert any("?" in address for address in seen)
    for words in seen:
        assert not_bland(words.replace("-", " ")) == (), words
        assert not MORE.search(words), words


def test_the_numbers_for_some_people_are_chosen_by_a_number(visitor: At) -> None:
    assert set(IN_ADDRESSES) == set(TAGS)
    assert len(set(IN_ADDRESSES.values())) == len(TAGS)
    assert all(number.isdecimal() for number in IN_ADDRESSES.values())
    chosen = visitor("dales").get(f"/dales/numbers?list={IN_ADDRESSES['honour-based']}").text
    assert "Karma Nirvana" in chosen
    assert "Samaritans" not in chosen


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/nobody/", 404), ("/nobody/contact/1", 404), ("/dales/x/y", 404)]
)
def test_the_way_out_is_there_where_no_landlord_is(visitor: At, path: str, status: int) -> None:
    her = visitor("dales")
    ways = [link for link in her.get(path, status=status).links if link.endswith("/leave")]
    assert len(ways) == 2
    her.get(ways[0], status=303, follow=False)
    assert her.response
    assert her.response.headers["Location"] == "https://www.bbc.co.uk/weather"
    assert her.response.headers["Clear-Site-Data"] == '"cookies", "storage"'


def test_the_barest_page_of_all_has_the_way_out_too(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.jinja_env.globals, "asset", None)  # as if nothing could be drawn any more
    answer = app.test_client().get("/dales/numbers")
    assert answer.status_code == 500
    assert '<a href="/leave" rel="noreferrer">Exit this page</a>' in answer.text
    desk = app.test_client().get("/desk/sign-in")
    assert desk.status_code == 500
    assert "leave" not in desk.text


def test_no_page_says_what_must_not_be_said_to_her(visitor: At) -> None:
    for address, _, html in every_page(visitor("nph")):
        words = re.sub(r"<[^>]+>", " ", html).lower()
        for never in ("victim of", "alleged", "why did you not"):
            assert never not in words, address
        assert "!" not in re.sub(r"<!doctype html>", "", html), address


def test_leaving_wipes_everything_first(visitor: At, desk: DeskOf) -> None:
    her = visitor("seven-locks")
    her.tell(**REACHED)
    secret = her.secret()
    assert secret
    kept = len(desk("seven-locks").drafts())
    her.get("/seven-locks/leave", status=303, follow=False)
    assert her.response
    assert her.response.headers["Location"] == "https://www.bbc.co.uk/weather"
    assert her.response.headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert "Max-Age=0" in her.response.headers["Set-Cookie"]
    assert len(desk("seven-locks").drafts()) == kept - 1
    assert her.secret() is None
    page = her.get("/seven-locks/contact/check")
    assert page.h1s == ["About right now"]
    assert "07700" not in page.html


def test_a_receipt_is_wiped_by_leaving_too(visitor: At) -> None:
    her = visitor("dales")
    her.tell(**REACHED)
    her.send()
    her.get("/dales/leave", status=303, follow=False)
    her.get("/dales/contact/received", status=404)


def test_leaving_without_anything_is_no_fault(visitor: At) -> None:
    visitor("dales").get("/dales/leave", status=303, follow=False)


def test_what_the_browser_may_keep_is_said_as_it_is(visitor: At) -> None:
    told = visitor("whg").get("/whg/device").text
    for said in ("history", "30 minutes", "private window", "An empty history can make somebody wonder"):
        assert said in told


def test_what_is_said_of_back_and_of_opening_it_again_is_what_happens(visitor: At, clock: Clock) -> None:
    """Until she leaves or the half hour is over, whoever has the device can read it. So the page says that."""
    clock.at = datetime(2026, 6, 12, 12, 0, tzinfo=UTC)
    her = visitor("whg")
    told = her.get("/whg/device").text
    assert "with the Back button, or by opening the page or the tab again" in told
    assert "Closing the page is not enough." in told
    assert "After that, Back and Forward show empty pages." in told
    her.tell(**REACHED)
    assert "07700 900 123" in her.get("/whg/contact/2").html
    assert "07700 900 123" in her.get("/whg/contact/check").html
    her.get("/whg/leave", status=303, follow=False)
    assert "07700" not in her.get("/whg/contact/2").html
    her.tell(**REACHED)
    clock.at += timedelta(minutes=30)
    assert "07700" not in her.get("/whg/contact/check", status=410).html


def test_shift_three_times_hides_the_page_and_takes_its_place_in_the_history() -> None:
    script = (ROOT / "static/js/_leaving.js").read_text()
    for part in ("is-leaving", "location.replace", "PRESSES = 3", "persisted"):
        assert part in script
