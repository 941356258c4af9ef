"""Staff have clear guidance beside each step of a case, with the clause that it rests on (HS-026 3.4)."""

import re

import pytest
from flask import Flask

from portal.cases.sections import SECTIONS
from portal.cases.steps import BY_NOUN, BY_PAGE, guidance_at, step_at
from portal.domain.permissions import Role
from portal.domain.policy.guidance import CaseStep
from portal.landlords.clause_checks import lists
from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import a_desk
from tests.places import pack

HEADING = "What the policy says here"
AUDIT = "cases.looked_at"
"""Who has looked at a case is read by those who watch over the work, and is no step of it."""
STEPS = (
    "", "/contact", "/safe-contact", "/arrange", "/needs", "/wait", "/assign", "/meetings/book", "/wishes/new",
    "/wishes/step", "/orders/add", "/close", "/incidents/new",
)  # fmt: skip



@pytest.mark.clause("HAV-3.4a")
def test_each_section_and_each_step_has_help_that_cites_a_clause(app: Flask, database: Database, clock: Clock) -> None:
    desk = a_desk(app, database, clock, "havebury")
    case_id, client = desk.case(language="Polish"), desk.client(Role.MANAGER)
    with app.test_request_context():
        sections = [
            app.url_map.bind("").build(each.endpoint, {"landlord": desk.place.slug, "case_id": case_id})
            for each in SECTIONS
            if each.endpoint != AUDIT
        ]
    steps = [f"{desk.case_url(case_id)}{step}" for step in STEPS]
    for address in (*sections, *steps):
        told = " ".join(client.get(address).text.split())
        assert HEADING in told, address
        assert re.search(r"HS-026 \d\.\d", told.partition(HEADING)[2]), address


@pytest.mark.clause("HAV-3.4a")
def test_every_step_that_a_page_can_stand_at_has_a_text_of_its_own_and_a_clause_that_is_there() -> None:
    policy = pack("havebury").policy
    said = {each.step: each for each in policy.guidance}
    assert set(said) == set(CaseStep)
    assert all(lists(policy, each.clause) for each in policy.guidance)
    assert {*BY_PAGE.values(), *BY_NOUN.values(), CaseStep.CASE} == set(CaseStep)
    assert step_at("cases.contact") is CaseStep.CONTACT
    found = guidance_at(policy, "something.new")
    assert found
    assert found.clause == "HS-026 3.2 (first use)"


@pytest.mark.clause("STAR-3.2b")
def test_under_star_each_step_has_guidance_and_whoever_is_not_trained_is_listed(
    app: Flask, database: Database, clock: Clock
) -> None:
    policy = pack("star").policy
    assert {each.step for each in policy.guidance} == set(CaseStep)
    assert all(lists(policy, each.clause) for each in policy.guidance)
    desk = a_desk(app, database, clock, "star")
    case_id = desk.case()
    desk.somebody(Role.FRONT_DESK, name="Nell New", trained=False)
    manager = desk.client(Role.MANAGER)
    for step in ("", "/contact", "/close", "/safeguarding"):
        told = manager.get(f"{desk.case_url(case_id)}{step}").text
        assert re.search(r"STAR (section )?\d", told.partition(HEADING)[2]), step
    assert "None on record" in manager.get(f"{desk.url}/training").text.partition("Nell New")[2][:90]


def test_a_policy_that_promises_no_guidance_shows_none(app: Flask, database: Database, clock: Clock) -> None:
    desk = a_desk(app, database, clock, "whg")
    assert HEADING not in desk.client(Role.OFFICER).get(desk.case_url(desk.case())).text
