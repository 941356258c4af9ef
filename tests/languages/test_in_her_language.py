"""A report in her language: pages, mistakes and days in it, and the officer is told which it was."""

from collections.abc import Callable

import pytest
from flask import Flask

from portal.cases.arrangements import needed
from portal.domain.languages import LANGUAGES
from portal.domain.permissions import Role
from portal.referrals import journey
from portal.referrals.journey import WayIn
from portal.web.catalogues import pairs
from tests.client import Page, PageClient
from tests.referrals.conftest import BY_PHONE, Desk, Visitor


@pytest.fixture
def her(visitor: Callable[[str], Visitor]) -> Visitor:
    return visitor("havebury")


def choose(her: Visitor, code: str) -> Page:
    her.get(f"/{her.slug}/")
    return her.post(f"/{her.slug}/words", {"to": code})


def in_language(code: str, english: str) -> str:
    return dict(pairs(code))[english]


def tell(her: Visitor) -> Page:
    """By telephone, and nothing else."""
    her.begin()
    her.answer()
    her.answer(**BY_PHONE)
    her.get(f"/{her.slug}/contact/check")
    return her.send()


@pytest.mark.parametrize("code", ["pl", "ar"])
def test_every_page_speaks_the_language_that_was_chosen_and_runs_its_way(her: Visitor, code: str) -> None:
    chosen = LANGUAGES[code]
    page = choose(her, code)
    assert f'<html lang="{code}" dir="{chosen.direction}"' in page.html
    assert page.h1s == [in_language(code, "Contact us")]
    assert in_language(code, "Ring 999") in page.text
    assert "English" in page.text, "and back again"
    mistaken = her.post(f"/{her.slug}/contact/2", {"ways": "call", "phone": "12"}, status=422)
    assert in_language(code, "Write the whole number, with its area code, like 07700 900 123.") in mistaken.text
    assert in_language(code, "Please change this") in mistaken.text


@pytest.mark.clause("HAV-4.4a")
def test_the_officer_sees_in_which_language_it_was_written_and_an_interpreter_is_arranged(
    her: Visitor, told: Callable[[str], Desk], signed_in: Callable[..., PageClient]
) -> None:
    choose(her, "pl")
    received = tell(her)
    assert in_language("pl", "We have your message") in received.text
    report, answers = told("havebury").newest()
    assert (answers.written_in, answers.safe_contact.language) == ("pl", "Polish")
    page = signed_in(havebury=[Role.OFFICER]).get(f"/desk/havebury/reports/{report.id}")
    assert "Written on pages in Polish" in page.text
    assert "Would rather speak Polish, through an interpreter if need be, never through a relative" in page.text
    assert "interpreter" in needed((), "Polish")


def test_what_she_says_about_her_language_counts_before_the_language_of_the_pages(app: Flask) -> None:
    face, said = {"types": (), "preferences": ()}, {"reach": BY_PHONE, "meeting": {"language": "English"}}
    with app.test_request_context("/"):
        assert journey.answers(WayIn.SELF, face, said, "pl").language == "English"
        assert journey.answers(WayIn.SELF, face, {"reach": BY_PHONE}, "pl").language == "Polish"
        assert journey.answers(WayIn.SELF, face, {"reach": BY_PHONE}, "en").language == ""


def test_she_reads_that_an_interpreter_is_never_somebody_she_knows(her: Visitor) -> None:
    choose(her, "pl")
    her.begin()
    her.answer()
    page = her.get(f"/{her.slug}/contact/12")
    assert in_language("pl", "If you need an interpreter, we bring one. It is never somebody you know.") in page.text


def test_leaving_forgets_the_language(her: Visitor) -> None:
    choose(her, "pl")
    her.get(f"/{her.slug}/leave", follow=False, status=303)
    assert '<html lang="en-GB"' in her.get(f"/{her.slug}/").html
