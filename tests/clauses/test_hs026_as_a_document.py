"""HS-026 as a document: who approved it, who owns it, when it is reviewed, who was asked, and what was left blank."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from portal.deadlines.reviews import remind_of_review
from portal.domain.permissions import Role
from portal.landlords.linter import warnings
from portal.landlords.packs import read_pack
from portal.messaging.words import Kind
from portal.store.database import Database
from tests.clauses.policy_pages import facts, to_settle
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import a_desk
from tests.landlords.packs_at_hand import copy_of_packs, found, spoil
from tests.places import pack
from tests.referrals.conftest import Visitor

SignedIn = Callable[..., PageClient]
FEBRUARY = datetime(2026, 2, 1, 9, tzinfo=UTC)
OWNER = "Assistant Director of Customer and Housing Services"
DIRECTOR = "Director of Operations"


def says(code: str) -> str:
    return " ".join(each.says for each in found("havebury", code))


@pytest.fixture
def policy(signed_in: SignedIn) -> PageClient:
    """A manager who looks at the policy of Havebury."""
    client = signed_in(havebury=[Role.MANAGER])
    client.get("/desk/havebury/policy")
    return client


@pytest.mark.clause("HAV-HDR-1")
def test_the_reference_is_shown_and_the_blank_field_is_listed(policy: PageClient) -> None:
    assert "<strong>Domestic Abuse</strong>, HS-026" in policy.page.html
    assert '"Relevant corresponding policy" is left blank.' in to_settle(policy.page)
    assert "a procedure, by its number" in says("said-in-two-ways")


@pytest.mark.clause("HAV-HDR-2")
def test_approval_is_shown_beside_the_body_that_ought_to_approve(policy: PageClient) -> None:
    told = facts(policy.page)
    assert told["Approved"].startswith("26 January 2023")
    assert told["Approved by"].startswith("Leadership Team")
    assert told["To be approved by"] == "Tenant Experience Committee HS-026 1.1"
    warned = says("said-in-two-ways")
    assert '"Tenant Experience Committee" (HS-026 1.1) and "Leadership Team"' in warned
    assert "who approves the policy" in to_settle(policy.page)


@pytest.mark.clause("HAV-HDR-3", "HAV-HDR-4")
def test_the_owner_is_reminded_then_the_director_and_a_banner_says_that_it_is_overdue(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "havebury")
    owner = desk.place.staff(Role.MANAGER, post=OWNER)
    director = desk.place.staff(Role.AUDITOR, post=DIRECTOR)
    desk.place.staff(Role.MANAGER, post="Head of Finance")

    def told() -> set[object]:
        return {each.account_id for each in desk.place.messages() if each.kind == Kind.REVIEW}

    remind_of_review(desk.place.work, FEBRUARY)
    assert told() == {owner}
    waits = timedelta(days=pack("havebury").policy.review_notice.unanswered_days)
    remind_of_review(desk.place.work, FEBRUARY + waits - timedelta(days=1))
    assert told() == {owner}
    remind_of_review(desk.place.work, FEBRUARY + waits)
    assert told() == {owner, director}
    clock.at = datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert "Review overdue." not in desk.client(Role.OFFICER).get(f"{desk.url}/policy").text
    clock.at = FEBRUARY
    page = desk.client(Role.OFFICER).get(f"{desk.url}/policy")
    assert "Review overdue. The review of this policy was due in January 2026" in page.text
    assert facts(page)["Owner"].startswith(OWNER)
    assert facts(page)["Accountable"].startswith(DIRECTOR)


@pytest.mark.clause("HAV-HDR-5")
def test_who_was_not_asked_is_shown_and_the_blank_line_is_listed(policy: PageClient) -> None:
    told = facts(policy.page)
    assert told["Resident Voice"].startswith("no, ")
    assert told["JNC"].startswith("no, ")
    assert told["Other"].startswith("left blank, ")
    assert '"Other" is left unanswered.' in to_settle(policy.page)


@pytest.mark.clause("HAV-HDR-6")
def test_the_missing_outcome_is_listed_and_a_next_version_without_one_is_warned_of_before_it_is_loaded(
    policy: PageClient, tmp_path: Path
) -> None:
    missing = "No impact assessment is recorded for Havebury Housing Partnership."
    assert missing in to_settle(policy.page)
    assert '"Equality and diversity impact assessment: outcome" is left blank.' in to_settle(policy.page)
    root = copy_of_packs(tmp_path)
    spoil(
        root,
        "havebury/policy.toml",
        '[document.in_force_from]\nvalue = "2023-01-26"',
        '[document.in_force_from]\nvalue = "2026-12-01"',
    )
    told = {each.says for each in warnings(read_pack(root / "havebury"), date(2026, 11, 23))}
    assert missing in told


@pytest.mark.clause("HAV-1.3")
def test_the_number_that_was_left_out_is_listed_with_what_may_be_meant(policy: PageClient) -> None:
    (left,) = found("havebury", "placeholder")
    assert left.clause == "HS-026 1.3"
    assert "(Insert policy number here)" in left.says
    assert "P028" in left.says
    assert left.says in to_settle(policy.page)


@pytest.mark.clause("HAV-7-1")
def test_nine_documents_are_listed_and_each_without_a_link_is_told(policy: PageClient) -> None:
    told = facts(policy.page)
    linked = [label for label, where in told.items() if where.endswith("HS-026 7")]
    assert len(linked) == 9
    assert {"HS035 Allocations and Lettings Policy", "GP016 Data Protection Policy"} <= set(linked)
    assert says("document-without-link").startswith("9 linked documents have no link")


@pytest.mark.clause("HAV-2.4")
@pytest.mark.parametrize("clause", ["HS-026 2.3", "HS-026 2.4"])
def test_a_kind_that_the_policy_explains_has_its_clause_beside_it(app: Flask, clause: str) -> None:
    her = Visitor(app, "havebury")
    her.begin()
    her.answer()
    her.answer(ways=["themselves"])
    explained = her.page.text.partition(clause)[0].rpartition("HS-026")[2]
    assert ("coercive" if clause.endswith("2.4") else "controlling") in explained
