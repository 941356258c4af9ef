"""A new landlord in ten minutes, and support that is let in: by pages alone, as whoever sits before them."""

from datetime import UTC, datetime
from uuid import uuid4

from playwright.sync_api import Page, expect

from e2e.checks import Watch, told
from e2e.conftest import OpenDevice
from e2e.live import PASSWORD, Live
from e2e.pages.journey_desk import Desk
from e2e.pages.public import PublicPages
from portal.domain.permissions import Role
from portal.operators.cli import make_operator
from portal.people.staff import add_staff


def operator(live: Live, page: Page) -> Desk:
    """Somebody who runs the portal and works for no landlord, signed in."""
    now, email = datetime.now(UTC), f"{uuid4().hex[:10]}@portal.example"
    made = add_staff(live.database, email=email, name="Pat Portal", password=PASSWORD, roles={}, now=now)
    make_operator(live.database, made, now)
    desk = Desk(page)
    desk.sign_in(email)
    return desk


def begin(page: Page, slug: str) -> str:
    """Make a landlord with a blank policy; the code for whoever sets it up."""
    page.goto("/desk/platform")
    page.get_by_role("link", name="Make a landlord").click()
    page.get_by_role("button", name="Make it").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Meadow Homes")
    page.get_by_label("Short name").fill("Meadow")
    page.get_by_label("Address", exact=True).fill(slug)
    page.get_by_label("Who sets it up?").fill("Ann First")
    page.get_by_label("Their email address").fill(f"ann@{slug}.example")
    page.get_by_role("button", name="Make it").click()
    return page.locator(".handed").inner_text()


def look_and_publish(page: Page) -> None:
    """The first step: a colour that can be read, looked at before anybody else sees it."""
    page.get_by_role("link", name="Name, colours and logo").click()
    page.get_by_role("link", name="Name and colours").click()
    page.get_by_label("Colour of links and buttons").fill("#9a9aff")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose a darker one")
    page.get_by_label("Colour of links and buttons").fill("#0f5257")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Look at the first page").click()
    expect(page.get_by_role("main")).to_contain_text("Nobody else sees this yet")
    page.go_back()
    page.get_by_label("Why is it changed?").fill("We begin.")
    page.get_by_role("button", name="Publish it").click()


def invite_a_second(page: Page, slug: str) -> str:
    """The code that is told to them."""
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("Email address at work").fill(f"bo@{slug}.example")
    page.get_by_label("Name that colleagues see").fill("Bo Second")
    page.get_by_label("Manager", exact=True).check()
    page.get_by_role("button", name="Invite them").click()
    return page.locator(".handed").inner_text()


def test_a_landlord_is_made_and_led_to_what_it_still_needs_up_to_a_first_referral_and_an_open_door(
    live: Live, device: OpenDevice
) -> None:
    ours, theirs = device(desk=True, js=True), device(js=True)
    slug = f"meadow-{uuid4().hex[:6]}"
    watch, beside = Watch(ours), Watch(theirs)
    operator(live, ours)
    code = begin(ours, slug)
    watch.look()
    ours.goto("/desk/platform")
    watch.look()
    Desk(theirs).come_in_with(f"ann@{slug}.example", code)
    theirs.get_by_role("link", name="Go on with it").click()
    expect(theirs.get_by_role("main")).to_contain_text("Next: Name, colours and logo.")
    expect(theirs.get_by_role("button", name="Open the front door")).to_have_count(0)
    beside.look()
    look_and_publish(theirs)
    theirs.goto(f"/desk/{slug}/setting-up")
    theirs.get_by_role("link", name="Go there").click()
    Desk(device(js=True)).come_in_with(f"bo@{slug}.example", invite_a_second(theirs, slug))
    theirs.goto(f"/desk/{slug}/setting-up")
    expect(theirs.get_by_role("main")).to_contain_text("Next: A first test referral.")
    PublicPages(device(js=True), slug, lambda: None).tell("contact")
    theirs.get_by_role("link", name="Go there").click()
    expect(theirs.get_by_role("main")).to_contain_text("1")
    theirs.goto(f"/desk/{slug}/setting-up")
    theirs.get_by_role("button", name="Open the front door").click()
    expect(theirs.get_by_role("main")).to_contain_text("The front door is open")
    beside.look()
    assert not watch.faults | beside.faults, told(watch.faults | beside.faults)


def test_support_asks_is_let_in_sees_no_case_and_is_shown_out(live: Live, device: OpenDevice) -> None:
    ours, theirs = device(desk=True, js=True), device(desk=True, js=True)
    watch, beside = Watch(ours), Watch(theirs)
    operator(live, ours)
    ours.goto("/desk/platform")
    ours.get_by_role("link", name="Shropshire Towns and Rural Housing").click()
    ours.get_by_label("What for?").fill("Colours do not show.")
    ours.get_by_label("For how many hours?").fill("2")
    ours.get_by_role("button", name="Ask to be let in").click()
    watch.look()
    Desk(theirs).sign_in(live.staff("star", Role.ADMINISTRATOR).email)
    theirs.goto("/desk/star/support")
    theirs.get_by_role("button", name="Let them in").click()
    beside.look()
    ours.goto("/desk/star/look")
    watch.look()
    answer = ours.goto("/desk/star/reports")
    assert answer
    assert answer.status in {403, 404}
    theirs.goto("/desk/star/support")
    expect(theirs.get_by_role("main")).to_contain_text("look.look")
    theirs.get_by_role("button", name="End it now").click()
    answer = ours.goto("/desk/star/look")
    assert answer
    assert answer.status == 404
    assert not watch.faults | beside.faults, told(watch.faults | beside.faults)
