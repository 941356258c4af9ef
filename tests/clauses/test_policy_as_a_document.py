"""The record of each policy on its landlord's own page: approval, owners, review, who was asked, what it assessed."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import unescape
from uuid import UUID

import pytest

from portal.app import create_app
from portal.domain.permissions import Role
from portal.landlords.linter import warnings
from portal.landlords.packs import read_pack
from portal.settings import Settings
from portal.store.database import Database
from tests.client import Page, PageClient
from tests.conftest import ROOT, Clock, StaffMaker

PACKS = ROOT / "landlords"
SLUGS = ("star", "whg", "nph")
TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NAMES_IN_THE_SOURCES = {"nph": ("McKenzie", "Nicky"), "whg": ("Mr ", "Mrs ", "Ms ")}
PageOf = Callable[..., Page]


@pytest.fixture(scope="module")
def policy_page(database: Database, settings: Settings, landlords: dict[str, UUID]) -> Iterator[PageOf]:
    """The page of a landlord's policy as a manager finds it on a day: `policy_page("star")`."""
    clock, read = Clock(), dict[tuple[str, datetime], Page]()
    app = create_app(settings, now=clock)
    manager = StaffMaker(database, landlords)(**{slug: [Role.MANAGER] for slug in SLUGS})

    def page_of(slug: str, at: datetime = TODAY) -> Page:
        if (slug, at) not in read:
            clock.at, client = at, PageClient(app)
            client.sign_in(manager)
            read.update({(each, at): client.get(f"/desk/{each}/policy") for each in SLUGS})
        return read[slug, at]

    yield page_of
    app.extensions["portal"].database.dispose()
    app.extensions["portal"].redis.close()


def facts(page: Page) -> dict[str, str]:
    """Each line of the record, with the clause that it was read from; lines of one label are put together."""
    found: dict[str, str] = {}
    for label, says in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page.html, re.DOTALL):
        plain, name = unescape(re.sub(r"<[^>]+>", "", says)).strip(), unescape(label)
        found[name] = f"{found[name]}; {plain}" if name in found else plain
    return found


def found(slug: str, code: str) -> str:
    """What the check of the policy says under this code."""
    told = warnings(read_pack(PACKS / slug), TODAY.date())
    return " ".join(each.says for each in told if each.code == code)


@pytest.mark.clause("STAR-HDR-2")
def test_star_shows_its_version_and_who_approved_it(policy_page: PageOf) -> None:
    page = policy_page("star")
    told = facts(page)
    clause = "STAR policy header, approval and version"
    assert (told["Version"], told["Approved"]) == (f"1.0 {clause}", f"June 2024 {clause}")
    assert told["Approved by"] == f"Customer Committee {clause}"
    assert told["Replaces"] == "not stated"
    assert "Customer Sub-Committee" in found("star", "said-in-two-ways")
    assert "Customer Sub-Committee" in page.text, "whoever can settle it reads it on the same page"


@pytest.mark.clause("STAR-HDR-3", "STAR-7.1a", "WHG-6.1b")
@pytest.mark.parametrize(
    ("slug", "last_good_day", "due"),
    [
        ("star", datetime(2027, 6, 30, 12, tzinfo=UTC), "in June 2027"),
        ("whg", datetime(2025, 5, 31, 12, tzinfo=UTC), "in May 2025"),
    ],
)
def test_the_banner_comes_up_on_the_day_after_the_review_was_due(
    policy_page: PageOf, slug: str, last_good_day: datetime, due: str
) -> None:
    page = policy_page(slug, last_good_day)
    assert "Review overdue." not in page.text
    assert {each.partition(" ")[0] for each in facts(page)["Next review"].split("; ")} == {due.split()[1]}
    assert "review-cycle-disagrees" not in {
        each.code for each in warnings(read_pack(PACKS / slug), last_good_day.date())
    }
    page = policy_page(slug, last_good_day.replace(month=last_good_day.month + 1, day=1))
    assert f"Review overdue. The review of this policy was due {due}" in page.text


@pytest.mark.clause("NPH-COVER-6", "NPH-REVIEW-2")
def test_of_three_dates_that_disagree_the_earliest_is_followed(policy_page: PageOf) -> None:
    told = facts(policy_page("nph"))["Next review"].split("; ")
    assert told == [
        "September 2025, and reminders follow this date NPH cover, next review date",
        "26 October 2025 NPH Review and Monitoring",
        "March 2026 NPH CIA form 1, document management",
    ]
    assert "Review overdue." in policy_page("nph", datetime(2025, 10, 1, 9, tzinfo=UTC)).text


@pytest.mark.clause("NPH-COVER-3")
def test_nph_shows_its_rewriting_and_that_it_counts_versions_in_two_ways(policy_page: PageOf) -> None:
    told = facts(policy_page("nph"))
    assert told["Revised on 1 August 2023"].startswith("version 2")
    assert "version 1" in found("nph", "said-in-two-ways")


@pytest.mark.clause("NPH-COVER-5")
def test_nph_shows_the_day_of_approval_and_no_person(policy_page: PageOf) -> None:
    told = facts(policy_page("nph"))
    assert told["Approved"] == "26 October 2023 NPH cover, approval"
    assert told["Approved by"] == "not stated"
    assert told["Version"] == "1 NPH cover, approval"


@pytest.mark.parametrize(
    ("slug", "part", "post"),
    [
        pytest.param("whg", "Owner", "Director of Housing", marks=pytest.mark.clause("WHG-CTL-1")),
        pytest.param(
            "whg", "Author", "Community Safety Operations Manager", marks=pytest.mark.clause("WHG-CTL-1")
        ),
        ("star", "Owner", "Neighbourhoods Manager"),
        ("star", "Accountable", "Assistant Director of Housing"),
        ("nph", "Responsible", "Tenancy Support Manager"),
        ("nph", "Duty holder", "Rehousing Manager"),
    ],
)
def test_posts_answer_for_it_and_no_person_is_named(
    policy_page: PageOf, slug: str, part: str, post: str
) -> None:
    page = policy_page(slug)
    assert post in facts(page)[part]
    pack = "".join(path.read_text() for path in sorted((PACKS / slug).glob("*.toml")))
    for name in NAMES_IN_THE_SOURCES.get(slug, ()):
        assert name not in pack
        assert name not in page.text


def test_whg_names_the_committee_that_should_approve_beside_the_one_that_did(policy_page: PageOf) -> None:
    told = facts(policy_page("whg"))
    assert told["To be approved by"].startswith("Customer Experience Committee")
    assert told["Approved by"].startswith("Policy Group")
    assert "Policy Group" in found("whg", "said-in-two-ways")


@pytest.mark.clause("WHG-CTL-3")
def test_whg_shows_who_was_asked_and_that_no_date_is_given(policy_page: PageOf) -> None:
    told = facts(policy_page("whg"))
    for who in ("Council's domestic abuse team", "Police public protection and high risk team"):
        assert told[who].startswith("yes, date not stated")
    assert "No date is given" in found("whg", "consultation-undated")


@pytest.mark.clause("WHG-CTL-5")
def test_whg_keeps_the_aim_that_the_policy_serves(policy_page: PageOf) -> None:
    told = facts(policy_page("whg"))["Aim in the corporate plan"]
    assert told == "Homes and services of high quality whg document control, corporate plan aim"


@pytest.mark.clause("WHG-CTL-6")
def test_whg_shows_its_assessment_with_the_outcome_that_nobody_wrote_down(policy_page: PageOf) -> None:
    page = policy_page("whg")
    assert facts(page)["Equality assessment"].startswith(
        "completed in April 2022; status submitted; outcome not stated"
    )
    assert "the outcome is not stated" in found("whg", "assessment-without-outcome")
    assert "the outcome is not stated" in page.text


@pytest.mark.clause("WHG-CTL-7")
def test_whg_shows_what_it_changed_and_who_reviewed_it_from_outside(policy_page: PageOf) -> None:
    told = facts(policy_page("whg"))["Replaces"]
    assert "without significant changes" in told
    assert "reviewed from outside in 2021" in told


@pytest.mark.parametrize(
    ("slug", "label", "count"),
    [
        pytest.param(
            "star", "STAR policy header, linked policies", 11, marks=pytest.mark.clause("STAR-HDR-4")
        ),
        pytest.param("whg", "whg 7.1", 4, marks=pytest.mark.clause("WHG-7.1a")),
        pytest.param(
            "nph", "NPH cover, documents to read with it", 3, marks=pytest.mark.clause("NPH-COVER-2")
        ),
    ],
)
def test_linked_documents_are_listed_and_those_without_a_link_are_told(
    policy_page: PageOf, slug: str, label: str, count: int
) -> None:
    page = policy_page(slug)
    told = [each for each in facts(page).values() if each == f"no link entered {label}"]
    assert len(told) == count
    assert found(slug, "document-without-link").startswith(f"{count} linked documents have no link")
    if slug == "star":
        assert "Vulnerable Customer Policy" in found("star", "said-in-two-ways")
