"""Where the policy asks for it, no version is decided before its impact is assessed, or published before all signed."""

from datetime import date

import pytest
from flask import Flask

from portal.domain.impact.form import Kind
from portal.domain.impact.signing import months_later
from portal.domain.permissions import Role
from portal.landlords.policies import in_force
from portal.store.database import Database
from tests.client import Page
from tests.conftest import Clock
from tests.desk import MONDAY, a_desk
from tests.governance.impact_at_hand import SIGNED, Impact


@pytest.fixture
def impact(app: Flask, database: Database, clock: Clock) -> Impact:
    found = Impact(a_desk(app, database, clock, "nph"))
    found.lead.get(f"{found.desk.url}/policy/draft")
    found.lead.submit(form="/draft")
    return found


def propose(impact: Impact, status: int = 200) -> Page:
    impact.lead.get(f"{impact.desk.url}/policy/draft/propose")
    said = {"version": "3", "from_day": "2026-03-02", "why": "New law."}
    return impact.lead.submit(said, form="/propose", status=status)


def approve(impact: Impact, status: int = 200) -> Page:
    impact.head.get(f"{impact.desk.url}/policy/draft/decide")
    return impact.head.submit(
        {"body": "EMT / SMT", "decided_on": "2026-02-02"}, form="/decide", status=status
    )


@pytest.mark.clause("NPH-GUIDE-17", "NPH-GUIDE-18", "NPH-GUIDE-21a", "NPH-GUIDE-21b")
def test_a_draft_is_proposed_once_its_assessment_is_begun_and_published_once_all_have_signed(
    impact: Impact,
) -> None:
    refused = propose(impact, 422)
    assert "Begin the impact assessment of this draft first" in refused.text
    impact.fill()
    page = impact.lead.get(impact.one).text.partition("Proposed")[2]
    days = [page.index(each) for each in ("5 January 2026", "2 February 2026", "20 February 2026")]
    assert days == sorted(days), "proposal, start and decision in their order"
    propose(impact)
    assert "Its impact assessment is not complete: unsigned" in approve(impact, 422).text
    impact.sign(impact.lead, **SIGNED)
    impact.sign(impact.head)
    assert "not complete: awaiting director" in approve(impact, 422).text
    impact.sign(impact.director)
    assert "not complete: awaiting scrutiny" in approve(impact, 422).text
    impact.sign(impact.head, comment="The executive team, 2 February.")
    approve(impact)
    found = impact.found()
    assert found.version == "Version 3"
    assert found.version_id
    (review,) = [each for each in found.actions if each.kind == "review"]
    assert review.due_on == date(2027, 3, 2), "twelve months after the version comes into force"
    assert found.content.subject.implemented_on == date(2026, 3, 2)


def test_a_draft_that_changes_after_the_signatures_is_signed_anew(impact: Impact) -> None:
    impact.fill()
    impact.sign_all()
    impact.lead.get(f"{impact.desk.url}/policy/draft/edit?where=clocks.0")
    impact.lead.submit({"days": "3"}, form="/edit")
    propose(impact)
    assert "was changed after its impact assessment was signed" in approve(impact, 422).text
    impact.head.get(f"{impact.one}/sign")
    impact.head.submit({"reason": "The draft has changed."}, form="/return")
    impact.sign_all()
    approve(impact)


@pytest.mark.clause("NPH-GUIDE-21a", "NPH-GUIDE-21c")
def test_the_next_version_needs_an_assessment_of_its_own_which_begins_with_the_last_and_is_signed_by_nobody(
    impact: Impact,
) -> None:
    impact.fill()
    impact.sign_all()
    propose(impact)
    approve(impact)
    first = impact.found()
    impact.lead.get(f"{impact.desk.url}/policy/draft")
    impact.lead.submit(form="/draft")
    assert "Begin the impact assessment" in propose(impact, 422).text
    impact.begin()
    second = impact.found()
    assert second.follows_id == first.id
    assert second.content.rows == first.content.rows, "what was written stands in it"
    assert not second.signatures
    assert second.stage == "unsigned"
    assert second.next_review is None
    impact.desk.clock.at = MONDAY.replace(month=6)
    impact.lead = impact.desk.client(who=impact.lead_is)
    late = impact.sign(impact.lead, 422, **SIGNED | {"next_review": "2026-06-01"})
    assert "write a later day" in late.text


@pytest.mark.clause("NPH-GUIDE-20a")
def test_the_review_is_due_twelve_months_after_the_policy_came_into_force_and_both_days_are_kept(
    impact: Impact,
) -> None:
    assert months_later(date(2023, 10, 26), 12) == date(2024, 10, 26)
    assert months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    impact.fill()
    impact.write("subject", implemented_on="2026-10-26")
    page = impact.lead.get(impact.one).text
    assert "26 October 2026" in page.partition("In force from")[2][:60]
    assert "26 October 2027" in page.partition("Looked at again")[2][:60]


def test_a_policy_that_says_nothing_of_assessments_holds_no_version_back_and_asks_for_two_people(
    app: Flask, database: Database, clock: Clock
) -> None:
    impact = Impact(a_desk(app, database, clock, "star"))
    page = impact.lead.get(impact.url)
    assert "does not state how it is assessed" in page.text
    with impact.desk.place.work() as session:
        owner = in_force(session, MONDAY).policy.governance.responsible_posts[0].title
    impact.lead_is = impact.desk.somebody(Role.MANAGER, name="Lee Lead", post=owner)
    impact.lead = impact.desk.client(who=impact.lead_is)
    impact.fill()
    assert impact.found().kind is Kind.REVIEW, "without a draft it is of what is in force"
    impact.sign(impact.lead, **SIGNED)
    impact.sign(impact.head)
    assert impact.found().stage == "complete"
