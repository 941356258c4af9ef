"""What a landlord shows to everybody: its policy, its numbers with their dates, its own colours, and no third party."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.landlords.contrast import contrast
from portal.landlords.face import face_of
from portal.landlords.packs import read_pack
from portal.landlords.shades import NIGHT
from portal.referrals.journey import JOURNEYS, WayIn
from portal.web import landlord
from portal.web.landlord import Landlords
from tests.client import ELSEWHERE, Page
from tests.conftest import ROOT, Clock
from tests.referrals.conftest import REACHED, Visitor

At = Callable[[str], Visitor]
ALL = ("dales", "havebury", "nph", "seven-locks", "star", "whg")


@pytest.mark.clause("AG013-PS-1")
@pytest.mark.parametrize("slug", ["dales", "seven-locks"])
def test_members_of_the_group_show_its_policy_and_date(visitor: At, slug: str) -> None:
    her = visitor(slug)
    for path in ("", "promise"):
        told = her.get(f"/{slug}/{path}").text
        assert "AG/013" in told
        assert "in force since 25 November 2011" in told
        assert read_pack(ROOT / "landlords" / slug).policy.document.statement.value in told


@pytest.mark.clause("STAR-2-END-1", "NPH-INTRO-2")
@pytest.mark.parametrize(
    ("slug", "says"),
    [("star", "version 1.0, in force since June 2024"), ("nph", "version 1, in force since 26 October 2023")],
)
def test_the_conviction_stands_beside_the_version_that_it_comes_from(
    visitor: At, slug: str, says: str
) -> None:
    told = visitor(slug).get(f"/{slug}/").text
    assert read_pack(ROOT / "landlords" / slug).policy.document.statement.value in told
    assert says in told


def test_each_landlord_says_who_answers_for_it(visitor: At) -> None:
    assert "Head of Neighbourhoods" in visitor("dales").get("/dales/promise").text
    seven = visitor("seven-locks").get("/seven-locks/promise").text
    assert "Head of Housing" in seven
    assert "Head of Neighbourhoods" not in seven


@pytest.mark.clause("HAV-6.1")
def test_havebury_publishes_its_four_standards_and_its_choice_of_place(visitor: At) -> None:
    her = visitor("havebury")
    told = her.get("/havebury/promise").text
    for standard in read_pack(ROOT / "landlords/havebury").policy.partners.standards:
        assert standard in told
    assert "You can meet us in private at an office" in her.get("/havebury/").text
    her.tell(**REACHED)
    assert "You can meet us in private at an office" in her.send().text


@pytest.mark.parametrize(
    ("slug", "says"), [("nph", "Make a Stand"), ("whg", "Make a Stand"), ("whg", "Director of Housing")]
)
def test_pledges_and_champions_are_shown(visitor: At, slug: str, says: str) -> None:
    assert says in visitor(slug).get(f"/{slug}/promise").text


@pytest.mark.clause("HAV-4.10b", "WHG-1.7c")
@pytest.mark.parametrize(
    ("checked", "stale_after", "says"),
    [
        ("", "", "Not yet checked by us."),
        ("in May 2026", "2026-11-30", "Last checked in May 2026."),
        ("in January 2026", "2026-07-31", "Last checked in January 2026: it may have changed."),
    ],
)
def test_each_number_says_when_it_was_last_checked(
    app: Flask,
    visitor: At,
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
    checked: str,
    stale_after: str,
    says: str,
) -> None:
    clock.at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    her = visitor("havebury")
    her.get("/havebury/")
    known = app.extensions["landlords"]
    here = known._by_slug["havebury"]
    lines = {
        part: [each | {"checked": checked, "stale_after": stale_after} for each in here.face[part]]
        for part in ("national", "local")
    }
    monkeypatch.setitem(known._by_slug, "havebury", replace(here, face=here.face | lines))
    monkeypatch.setattr(known, "_read_at", 1e12)
    page = her.get("/havebury/numbers")
    services = [*here.face["national"], *here.face["local"]]
    for each in services:
        assert each["name"] in page.text
        assert not each["number"] or each["number"] in page.text
    assert page.text.count(says) == len(services)


def test_whoever_comes_while_a_process_has_just_started_waits_until_it_knows_its_landlords(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise somebody in danger would be told that there is no such page."""
    known, reads, may_go_on, ask = Landlords(), Event(), Event(), landlord.public_work

    def slowly() -> AbstractContextManager[Session]:
        reads.set()
        assert may_go_on.wait(5)
        return ask()

    def found() -> set[str]:
        with app.app_context():
            return set(known.all())

    monkeypatch.setattr(landlord, "public_work", slowly)
    with ThreadPoolExecutor(2) as visitors:
        first = visitors.submit(found)
        assert reads.wait(5)
        second = visitors.submit(found)
        assert not wait([second], timeout=0.05).done
        may_go_on.set()
        assert first.result(5) == second.result(5) >= set(ALL)


@pytest.mark.clause("HAV-2.3")
def test_a_word_of_the_policy_is_explained_with_its_clause(visitor: At) -> None:
    her = visitor("havebury")
    her.begin()
    her.answer()
    her.answer(ways=["themselves"])
    assert her.heading == "In your words"
    assert re.search(r"controlling Acts that make somebody dependent.*?HS-026 2\.3", her.page.text)


@pytest.mark.parametrize("slug", ALL)
def test_only_what_the_policy_offers_is_offered(visitor: At, slug: str) -> None:
    her = visitor(slug)
    her.tell(**REACHED)
    page = her.get(f"/{slug}/contact/12")
    offered = set(re.findall(r'name="preferences" value="(\w+)"', page.html))
    asked = {each.value for each in read_pack(ROOT / "landlords" / slug).policy.contact.preferences.asked()}
    assert offered == asked - {"specialist_officer"}


@pytest.mark.parametrize("slug", ALL)
def test_its_own_name_and_colour_and_nobody_elses(visitor: At, slug: str) -> None:
    profile = read_pack(ROOT / "landlords" / slug).landlord
    html = visitor(slug).get(f"/{slug}/").html
    assert profile.name in html
    assert f"--accent:{profile.colours.accent}" in html
    others = {read_pack(ROOT / "landlords" / each).landlord.name for each in ALL} - {profile.name, "whg"}
    assert not [name for name in others if name in html]


@pytest.mark.parametrize("slug", ALL)
def test_its_colours_can_be_read_by_day_and_by_night(slug: str) -> None:
    face = face_of(read_pack(ROOT / "landlords" / slug))
    assert contrast(face["accent"], "#ffffff") >= 7
    assert contrast(face["accent"], face["accent_text"]) >= 7
    assert contrast(face["accent_by_night"], NIGHT) >= 7


def walked(her: Visitor) -> dict[str, Page]:
    """Every page that links lead to, and every page of the three ways in, by its address."""
    waiting = [
        f"/{her.slug}/",
        *(f"/{her.slug}/{way}/{1 + at}" for way in WayIn for at in range(len(JOURNEYS[way]))),
    ]
    seen: dict[str, Page] = {}
    for way in WayIn:
        her.begin(way)
    while waiting:
        url = waiting.pop().partition("#")[0]
        if url not in seen and url.startswith(f"/{her.slug}/") and not url.endswith("/leave"):
            seen[url] = page = her.get(url)
            waiting += page.links
    return seen


@pytest.mark.invariant(11)
@pytest.mark.parametrize("slug", ["havebury", "whg"])
def test_nothing_comes_from_elsewhere_and_nothing_needs_a_script(visitor: At, slug: str) -> None:
    """The client looks at each page too: nothing on it loads from elsewhere, and no script stands in it."""
    her = visitor(slug)
    pages = walked(her)
    assert len(pages) > 40
    assert any(each.loads for each in pages.values())
    assert her.response
    policy = her.response.headers["Content-Security-Policy"].replace(";", " ").split()
    assert {each for each in policy if ":" in each or "*" in each or "." in each} == {"data:"}
    for url, page in pages.items():
        assert not [link for link in page.links if ELSEWHERE.search(link)], url
        for form in re.findall(r"<form\b.*?</form>", page.html, re.DOTALL):
            assert re.match(r'<form [^>]*method="(?:post|get)"', form), f"{url}: only a script sends this"
            assert "<button" in form, f"{url}: nothing to press"
        apart = re.sub(r"<form\b.*?</form>", "", page.html, flags=re.DOTALL)
        assert not re.findall(r"<button(?![^>]* form=)", apart), f"{url}: a button that only a script hears"
        assert "javascript:" not in page.html


@pytest.mark.invariant(11)
def test_the_style_sheets_ask_nothing_of_anybody_else(visitor: At) -> None:
    her = visitor("whg")
    sheets = [each for each in her.get("/whg/").loads if each.endswith(".css")]
    assert sheets
    for sheet in sheets:
        with her.http.get(sheet) as answer:
            css = answer.get_data(as_text=True)
        asked = [*re.findall(r"url\(\s*[\"']?([^\"')]+)", css), *re.findall(r"@import\s*[\"']([^\"']+)", css)]
        assert not [each for each in asked if ELSEWHERE.search(each) and not each.startswith("data:")]


def test_the_front_door_of_all_lists_every_landlord(visitor: At) -> None:
    page = visitor("dales").get("/")
    assert "tel:999" in page.links, "whoever has opened the wrong page may have one minute"
    assert {f"/{slug}/" for slug in ALL} <= set(page.links)


def test_a_landlord_that_does_not_exist_has_no_pages(visitor: At) -> None:
    for path in ("", "numbers", "leave", "contact/1", "device", "note/received"):
        visitor("nobody").get(f"/nobody/{path}", status=404)
