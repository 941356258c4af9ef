"""A group writes its policy once, for two landlords: each sees what it changes, adds its own, and agrees by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.casework import asks, given
from e2e.checks import Watch, told
from e2e.conftest import OpenDevice
from e2e.journeys.test_keeping_a_landlord import write_two_days
from e2e.live import PASSWORD, Live
from e2e.pages.journey_desk import Desk
from portal.domain.calendar import in_london
from portal.domain.permissions import Role
from portal.governance.drafts.jobs import offer_to_members
from portal.landlords.onboarding import add_landlord
from portal.landlords.packs import read_pack
from portal.landlords.profile import Group
from portal.people.staff import add_staff

MEMBERS = ("dales", "seven-locks")
SETTLED = "The group has settled this for all its members"


@pytest.fixture
def members(live: Live) -> Iterator[tuple[str, str]]:
    """Two landlords in a group of their own, each with a case whose clock runs."""
    now, end = datetime.now(UTC), uuid4().hex[:6]
    first, second = (f"{like}-{end}" for like in MEMBERS)
    group = Group(slug=f"group-{end}", name="The Group of Meadows", members=(first, second))
    for like, slug in zip(MEMBERS, (first, second), strict=True):
        pack = read_pack(live.settings.portal_landlords_dir / like)
        landlord = pack.landlord.model_copy(update={"slug": slug, "group": group.slug})
        own = replace(pack, landlord=landlord, group=group)
        live.landlords[slug] = add_landlord(live.database, own, now, opened=False)
        live.codes[slug] = slug[:3].upper()
        with live.work(slug) as session:
            given(session, live, slug, asks("Robin Invented"), live.staff(slug, Role.OFFICER))
    yield first, second
    for slug in (first, second):
        del live.landlords[slug], live.codes[slug]


def works_at_both(page: Page, live: Live, members: tuple[str, str], role: Role, name: str) -> None:
    email = f"{uuid4().hex[:10]}@staff.example"
    roles = {live.landlords[slug]: (role,) for slug in members}
    add_staff(live.database, email=email, name=name, password=PASSWORD, roles=roles, now=datetime.now(UTC))
    Desk(page).sign_in(email)


def under(page: Page, heading: str) -> Locator:
    return page.locator("section", has=page.get_by_role("heading", name=heading))


def sees_what_it_changes(page: Page, slug: str) -> None:
    """The difference in words, and the one open case of this member that it would move."""
    page.goto(f"/desk/{slug}/policy/draft")
    expect(under(page, "What it changes")).to_contain_text("the end of the 2nd working day")
    expect(under(page, "What would be otherwise on open cases")).to_contain_text("1 would be due at another time")


def propose(page: Page, slug: str, today: str) -> None:
    page.goto(f"/desk/{slug}/policy/draft/propose")
    page.locator("[name=version]").fill("2.0")
    page.locator("[name=from_day]").fill(today)
    page.locator("[name=why]").fill("The group asked for it.")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("main")).to_contain_text("Waits for a second person")


def approve(page: Page, slug: str, body: str, today: str) -> None:
    page.goto(f"/desk/{slug}/policy/draft/decide")
    page.locator("[name=body]").fill(body)
    page.locator("[name=decided_on]").fill(today)
    page.get_by_role("button", name="Approve it").click()
    page.wait_for_load_state()


def is_in_force(page: Page, slug: str) -> None:
    """The policy page of this member names the new version, and it reads as the group wrote it."""
    page.goto(f"/desk/{slug}/policy")
    page.get_by_text("Versions", exact=True).click()
    row = page.get_by_role("table", name="Stored versions").get_by_role("row", name="2.0")
    expect(row).to_contain_text("In force")
    row.get_by_role("link").click()
    expect(page.get_by_role("main")).to_contain_text("the end of the 2nd working day")


def adds_its_own(page: Page, slug: str) -> None:
    """What the group has settled cannot be written here, and says so; what it leaves to its members can."""
    page.goto(f"/desk/{slug}/policy/draft/part?where=clocks")
    expect(page.get_by_role("main")).to_contain_text("The group has settled all of this for its members.")
    expect(page.get_by_role("main").get_by_role("link", name="Change")).to_have_count(0)
    page.goto(f"/desk/{slug}/policy/draft/edit?where=clocks.0")
    page.locator("[name=days]").fill("3")
    page.get_by_role("button", name="Keep this in the draft").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text(SETTLED)
    page.goto(f"/desk/{slug}/policy/draft/part?where=governance")
    page.get_by_role("link", name="Add: Responsible post").click()
    page.locator("[name=part]").select_option("accountable")
    page.locator("[name=title]").fill("Head of Meadow Homes")
    page.locator("[name=clause]").fill("AG/013 Responsible persons")
    page.get_by_role("button", name="Keep this in the draft").click()
    expect(page.get_by_role("row").filter(has_text="Head of Meadow Homes")).to_contain_text("accountable")


def test_a_group_writes_its_policy_once_and_each_member_sees_adds_its_own_and_agrees_by_itself(
    live: Live, device: OpenDevice, members: tuple[str, str]
) -> None:
    first, second = members
    ours, theirs = device(desk=True, js=True), device(js=True)
    watch, beside = Watch(ours), Watch(theirs)
    today = f"{in_london(datetime.now(UTC)).date():%Y-%m-%d}"
    works_at_both(ours, live, members, Role.ADMINISTRATOR, "Ada Writer")
    works_at_both(theirs, live, members, Role.MANAGER, "Mo Manager")
    write_two_days(ours, first)
    sees_what_it_changes(ours, first)
    propose(ours, first, today)
    approve(theirs, first, "Group Board", today)
    offer_to_members(live.settings)(lambda: live.work(first), datetime.now(UTC))  # the round of five minutes, now
    is_in_force(theirs, first)
    ours.goto(f"/desk/{second}/policy/draft")
    expect(ours.get_by_role("main")).to_contain_text("The group offers its next version")
    watch.look()
    ours.get_by_role("button", name="Go on with it").click()
    sees_what_it_changes(ours, second)
    watch.look()
    adds_its_own(ours, second)
    watch.look()
    propose(ours, second, today)
    approve(theirs, second, "Our Board", today)
    for slug in members:
        is_in_force(theirs, slug)
    expect(theirs.get_by_role("main")).to_contain_text("Head of Meadow Homes")
    beside.look()
    theirs.goto(f"/desk/{first}/policy")
    expect(theirs.get_by_role("main")).not_to_contain_text("Head of Meadow Homes")
    assert not watch.faults | beside.faults, told(watch.faults | beside.faults)
