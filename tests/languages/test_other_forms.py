"""The same content in other forms: easy to read, in large type, on paper; and days and standards in her language."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from babel.dates import format_date
from flask import Flask
from sqlalchemy import update

from portal.domain.calendar import in_london
from portal.domain.contact.bland import TELLING
from portal.domain.languages import LANGUAGES
from portal.landlords.face import face_of
from portal.referrals.forms.reaching import DAYS
from portal.referrals.journey import JOURNEYS, WayIn
from portal.store.database import Database
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from portal.web.catalogues import spoken_here
from tests.client import Page
from tests.conftest import Clock
from tests.desk import a_desk
from tests.languages.test_in_her_language import choose, in_language, tell
from tests.places import pack
from tests.referrals.conftest import Desk, Visitor

LONGEST = 11
OTHERS = [each.code for each in spoken_here()[1:]]


@pytest.fixture
def her(visitor: Callable[[str], Visitor]) -> Visitor:
    return visitor("havebury")


def quiet(page: Page, address: str) -> None:
    said = f"{page.title} {address}".casefold()
    assert not [each for each in TELLING if each in said]


def lines_of(page: Page) -> list[str]:
    found = re.findall(r'<ul class="easy__lines">(.*?)</ul>', page.html, re.DOTALL)
    return [
        re.sub("<[^>]+>", "", each).strip() for part in found for each in re.findall("<li>(.*?)</li>", part)
    ]


def test_from_the_first_page_it_is_told_again_in_short_sentences_and_in_large_type(her: Visitor) -> None:
    her.get(f"/{her.slug}/")
    easy = her.follow("Easy to read")
    quiet(easy, her.url)
    sentences = [each for line in lines_of(easy) for each in re.split(r"(?<=[.?])\s+", line)]
    assert len(sentences) > 15
    assert not [each for each in sentences if len(each.split()) > LONGEST]
    assert f"/{her.slug}/contact/1" in easy.links
    assert "large-type" not in easy.html
    assert "large-type" in her.follow("This page in large type, at once").html
    her.get(f"/{her.slug}/")
    large = her.follow("In large type")
    assert lines_of(large) == lines_of(easy), "the same content"
    assert "large-type" in her.follow("A form on paper").html, "and so is the form"


def test_the_form_on_paper_asks_what_the_pages_ask_and_holds_nothing_of_hers(her: Visitor) -> None:
    her.begin()
    her.answer()
    her.answer(ways=["call"], phone="07700 900 123")
    for way in (WayIn.SELF, WayIn.SOMEONE):
        page = her.get(f"/{her.slug}/paper/{way}")
        quiet(page, her.url)
        headings = [each.heading for each in JOURNEYS[way]]
        shown = re.findall(r'<h2[^>]*id="part-\d+">\d+\. (.*?)</h2>', page.html)
        assert shown == headings
        assert "07700 900 123" not in page.html
        assert not re.findall(r"<(?:input|textarea|select)", page.html)
        assert "Keep it where nobody else looks." in page.text
    her.get(f"/{her.slug}/paper/contact")
    for question in (
        "May we leave a message?",
        "Anything you do not want",
        *(label for _, label in DAYS),
    ):
        assert question in her.page.text, "also what the way through the pages may leave out"
    assert her.page.html.count("sheet-form__lines") > 15, "and lines to write on"
    her.get(f"/{her.slug}/paper/note", status=404)


@pytest.mark.parametrize("code", OTHERS)
def test_each_form_is_there_in_her_language(her: Visitor, code: str) -> None:
    page = choose(her, code)
    for path, heading in (("easy", "Easy to read"), ("paper/contact", "A form on paper")):
        assert f"/{her.slug}/{path}" in page.links
        found = her.get(f"/{her.slug}/{path}")
        assert found.h1s == [in_language(code, heading)]
        assert f'<html lang="{code}" dir="{LANGUAGES[code].direction}"' in found.html
    assert in_language(code, "What would you like to happen?") in her.page.text
    assert in_language(code, "To stay in my home") in her.page.text


def test_a_due_time_and_the_day_of_the_policy_are_said_as_her_language_says_days(
    her: Visitor, told: Callable[[str], Desk]
) -> None:
    choose(her, "pl")
    received = tell(her)
    report, _ = told("havebury").newest()
    due = next(each.due_at for each in told("havebury").clocks(report.id).values() if each.due_at)
    by = in_london(due - timedelta(minutes=1))
    assert format_date(by.date(), "full", locale="pl") in received.text
    assert f"{by:%A}" not in received.text, "no English weekday"
    assert "stycznia 2023" in her.get(f"/{her.slug}/").text


def test_service_standards_are_in_her_language(her: Visitor) -> None:
    choose(her, "pl")
    page = her.get(f"/{her.slug}/promise")
    assert in_language("pl", "A threat to life is answered at once") in page.text
    assert in_language("pl", "They stand here in English only.") not in page.text


def test_standards_that_nobody_has_put_into_her_language_are_said_to_be_in_english(
    app: Flask, database: Database, clock: Clock
) -> None:
    slug = a_desk(app, database, clock, "star").place.slug
    with database.work(PlatformScope("test")) as session:
        face = face_of(pack("star")) | {"standards": ["We ring back before tea"]}
        session.execute(update(Landlord).where(Landlord.slug == slug).values(face=face))
    her = Visitor(app, slug)
    assert "They stand here in English only." not in her.get(f"/{slug}/promise").text
    choose(her, "ur")
    page = her.get(f"/{slug}/promise")
    assert in_language("ur", "They stand here in English only.") in page.text
    assert '<li><span lang="en-GB" dir="ltr">We ring back before tea</span></li>' in page.html


def test_nothing_of_it_is_a_picture(her: Visitor) -> None:
    for path in ("easy", "paper/contact"):
        assert not re.findall(r"<(?:img|svg|picture|canvas|object)", her.get(f"/{her.slug}/{path}").html)
