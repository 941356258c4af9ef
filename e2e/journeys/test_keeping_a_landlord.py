"""Whoever keeps a landlord's policy, its people and what is due: by pages alone, in a landlord of the tests' own."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from e2e.casework import asks, given
from e2e.checks import Watch, told
from e2e.conftest import OpenDevice
from e2e.live import Live
from e2e.pages.journey_desk import Desk
from portal.domain.calendar import in_london
from portal.domain.permissions import Role
from portal.landlords.profile import LandlordKind
from portal.operators.service import Wanted, make
from portal.store.audit import PORTAL
from portal.store.scope import PublicScope
from portal.store.tenancy import Landlord

CLOCK, BODY = "clocks.0", "Tenant Experience Committee"


def a_landlord(live: Live, like: str) -> str:
    """A new landlord whose policy is a copy; the tests that share the running product see nothing of it."""
    slug = f"{like}-{uuid4().hex[:6]}"
    wanted = Wanted(
        slug, "Meadow Homes", "Meadow", LandlordKind.HOUSING_ASSOCIATION, live.landlords[like], "Ann First",
        f"{slug}@x.example",
    )  # fmt: skip
    live.landlords[slug] = make(live.database, wanted, PORTAL, datetime.now(UTC)).landlord_id
    with live.database.work(PublicScope()) as session:
        live.codes[slug] = session.get_one(Landlord, live.landlords[slug]).code
    return slug


@pytest.fixture(scope="module")
def slug(live: Live) -> Iterator[str]:
    yield (found := a_landlord(live, "havebury"))
    del live.landlords[found]


def signed_in(page: Page, live: Live, slug: str, role: Role, name: str) -> Desk:
    desk = Desk(page)
    desk.sign_in(live.staff(slug, role, name=name).email)
    return desk


def write_two_days(page: Page, slug: str) -> None:
    """A draft in which contact is due a day later."""
    page.goto(f"/desk/{slug}/policy/draft")
    page.get_by_role("button", name="Begin a draft").click()
    page.goto(f"/desk/{slug}/policy/draft/edit?where={CLOCK}")
    page.locator("[name=days]").fill("2")
    page.get_by_role("button", name="Keep this in the draft").click()


def test_a_next_version_is_written_compared_and_in_force_only_once_a_second_person_agreed(
    live: Live, device: OpenDevice, slug: str
) -> None:
    ours, theirs = device(desk=True, js=True), device(js=True)
    watch, beside = Watch(ours), Watch(theirs)
    officer = live.staff(slug, Role.OFFICER)
    with live.work(slug) as session:
        given(session, live, slug, asks("Robin Invented"), officer)
    signed_in(ours, live, slug, Role.ADMINISTRATOR, "Ada Writer")
    write_two_days(ours, slug)
    ours.goto(f"/desk/{slug}/policy/draft")
    changes = ours.locator("section", has=ours.get_by_role("heading", name="What it changes"))
    expect(changes).to_contain_text("the end of the 2nd working day")
    effects = ours.locator("section", has=ours.get_by_role("heading", name="What would be otherwise on open cases"))
    expect(effects).to_contain_text("1 would be due at another time")
    watch.look()
    ours.get_by_role("link", name="Propose it").click()
    ours.get_by_role("button", name="Propose it").click()
    expect(ours.locator(".govuk-error-summary")).to_be_visible()
    today = f"{in_london(datetime.now(UTC)).date():%Y-%m-%d}"
    ours.locator("[name=version]").fill("2.0")
    ours.locator("[name=from_day]").fill(today)
    ours.locator("[name=why]").fill("The committee asked for it.")
    ours.get_by_role("button", name="Propose it").click()
    expect(ours.get_by_role("main")).to_contain_text("Waits for a second person")
    signed_in(theirs, live, slug, Role.MANAGER, "Mo Manager")
    theirs.goto(f"/desk/{slug}/policy/draft/decide")
    beside.look()
    theirs.locator("[name=body]").fill("The team")
    theirs.locator("[name=decided_on]").fill(today)
    theirs.get_by_role("button", name="Approve it").click()
    expect(theirs.locator(".govuk-error-summary")).to_contain_text(f"approved by the {BODY}")
    theirs.locator("[name=body]").fill(BODY)
    theirs.get_by_role("button", name="Approve it").click()
    theirs.goto(f"/desk/{slug}/policy")
    theirs.get_by_text("Versions", exact=True).click()
    beside.look()
    versions = theirs.get_by_role("table", name="Stored versions")
    expect(versions.get_by_role("row", name="2.0")).to_contain_text("In force")
    versions.get_by_role("row", name="in force from").last.get_by_role("link").click()
    expect(theirs.get_by_role("main")).to_contain_text("Not in force")
    expect(theirs.get_by_role("main")).to_contain_text("the end of the next working day")
    theirs.goto(f"/desk/{slug}/policy")
    theirs.get_by_text("Versions", exact=True).click()
    versions.get_by_role("row", name="2.0").get_by_role("link").click()
    expect(theirs.get_by_role("main")).to_contain_text(BODY)
    assert not watch.faults | beside.faults, told(watch.faults | beside.faults)


def test_an_assessment_is_signed_by_nobody_while_a_negative_impact_is_unanswered_and_goes_on_paper(
    live: Live, device: OpenDevice, slug: str
) -> None:
    page = device(desk=True, js=True)
    watch = Watch(page)
    signed_in(page, live, slug, Role.MANAGER, "Lee Lead")
    page.goto(f"/desk/{slug}/impact")
    lead = page.locator("#lead option", has_text="Lee Lead").get_attribute("value")
    page.get_by_label("Who leads it?").select_option(lead)
    page.get_by_role("button", name="Begin an assessment").click()
    page.wait_for_load_state()
    one = page.url.partition("?")[0]
    page.goto(f"{one}/row?row=race")
    page.get_by_label("Negative: it harms or hinders somebody").check()
    page.locator("[name=nature]").fill("Translation is not readily at hand.")
    page.get_by_role("button", name="Keep").click()
    page.goto(one)
    expect(page.get_by_role("main")).to_contain_text("1 negative impact with nothing done against it")
    watch.look()
    page.get_by_role("link", name="Signatures").click()
    page.locator("[name=comment]").fill("Read in full.")
    page.get_by_role("button", name="Sign it").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    watch.look()
    page.goto(one)
    with page.expect_download() as paper:
        page.get_by_role("link", name="Save it as a PDF").click()
    assert paper.value.suggested_filename == "assessment.pdf"
    assert paper.value.path().read_bytes().startswith(b"%PDF")
    assert not watch.faults, told(watch.faults)


def test_somebody_is_invited_works_is_given_another_role_and_leaves_at_once(
    live: Live, device: OpenDevice, slug: str
) -> None:
    ours, theirs = device(desk=True, js=True), device(js=True)
    watch, email = Watch(ours), f"bo-{uuid4().hex[:6]}@{slug}.example"
    signed_in(ours, live, slug, Role.MANAGER, "Mo Manager")
    ours.goto(f"/desk/{slug}/roles")
    ours.get_by_role("link", name="Invite somebody").click()
    ours.get_by_label("Email address at work").fill(email)
    ours.get_by_label("Name that colleagues see").fill("Bo Invited")
    ours.get_by_label("Officer", exact=True).check()
    ours.get_by_role("button", name="Invite them").click()
    code = ours.locator(".handed").inner_text()
    watch.look()
    Desk(theirs).come_in_with(email, code)
    theirs.goto(f"/desk/{slug}/policy")
    ours.goto(f"/desk/{slug}/roles")
    ours.get_by_role("link", name="Change Bo Invited").click()
    watch.look()
    ours.get_by_label("Senior officer", exact=True).check()
    ours.get_by_role("button", name="Keep this").click()
    expect(ours.get_by_role("row", name="Bo Invited")).to_contain_text("Senior officer")
    ours.get_by_role("link", name="Change Bo Invited").click()
    ours.get_by_role("button", name="End their access").click()
    answer = theirs.goto(f"/desk/{slug}/policy")
    assert answer
    assert answer.status == 404, "at once, in the session that they had open"
    assert not watch.faults, told(watch.faults)


def test_what_is_due_stands_in_one_calendar_with_its_owner_and_leads_to_where_it_is_done(
    live: Live, device: OpenDevice, slug: str
) -> None:
    page = device(js=True)
    watch = Watch(page)
    live.staff(slug, Role.OFFICER, name="Una Trained")
    signed_in(page, live, slug, Role.MANAGER, "Mo Manager")
    page.goto(f"/desk/{slug}/calendar")
    watch.look()
    row = page.get_by_role("row", name="Numbers that we give to people").first
    expect(row).to_contain_text("Missing")
    page.get_by_role("navigation", name="Narrow the calendar").get_by_role("link", name="Numbers").click()
    page.get_by_role("row", name="Numbers that we give to people").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who else can help")
    assert not watch.faults, told(watch.faults)
