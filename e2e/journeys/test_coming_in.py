"""How people come in: asked in by a second landlord with a code, and through their organisation alone."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pyotp
import pytest
from playwright.sync_api import Page, expect

from e2e.checks import Watch, told
from e2e.conftest import OpenDevice
from e2e.live import Live, Someone
from e2e.pages.journey_desk import Desk
from portal.domain.permissions import Role
from tests.people import provider as organisations
from tests.people.provider import CLIENT, SECRET, Person, Provider

SLUG, OTHER = "seven-locks", "star"


@pytest.fixture
def provider(live: Live) -> Iterator[Provider]:
    """The organisation's own sign-in: a real OpenID Connect provider."""
    with organisations.running() as found:
        found.backs.append(f"{live.url}/desk/organisation/{SLUG}/back")
        yield found


def signed_in(device: OpenDevice, who: Someone) -> Page:
    page = device(desk=True, js=True)
    Desk(page).sign_in(who.email)
    return page


def with_an_app(page: Page) -> str:
    page.goto("/desk/me/sign-in")
    page.get_by_role("button", name="Set up an app").click()
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("Six figures that the app shows now").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Begin to use it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    return secret


def test_an_officer_of_one_landlord_is_asked_in_by_another_comes_in_by_the_code_and_leaves(
    live: Live, device: OpenDevice
) -> None:
    manager, known = live.staff(SLUG, Role.MANAGER), live.staff(OTHER, Role.OFFICER, name="Robin Both")
    theirs, ours = signed_in(device, known), signed_in(device, manager)
    watch, beside = Watch(ours), Watch(theirs)
    ours.goto(f"/desk/{SLUG}/roles")
    ours.get_by_role("link", name="Invite somebody").click()
    ours.get_by_label("Email address at work").fill(known.email)
    ours.get_by_label("Name that colleagues see").fill("R. Both")
    ours.get_by_label("Officer", exact=True).check()
    ours.get_by_role("button", name="Invite them").click()
    watch.look()
    code = ours.locator(".handed").inner_text().strip()
    ours.goto(f"/desk/{SLUG}/roles")
    expect(ours.get_by_role("region", name="Asked in, not here yet")).to_contain_text("R. Both")
    watch.look()
    theirs.goto("/desk/me")
    theirs.get_by_role("link", name="Somebody has asked me in").click()
    beside.look()
    theirs.get_by_label("The code that you were given").fill("aaaa-bbbb-cccc-dddd")
    theirs.get_by_role("button", name="Come in").click()
    expect(theirs.locator("main")).to_contain_text("This is not the code of the invitation")
    beside.look()
    theirs.get_by_label("The code that you were given").fill(code.upper())
    theirs.get_by_role("button", name="Come in").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("My work")
    for slug in (SLUG, OTHER):
        answer = theirs.goto(f"/desk/{slug}/policy")
        assert answer
        assert answer.ok
    ours.goto(f"/desk/{SLUG}/roles")
    ours.get_by_role("link", name="Change Robin Both").click()
    watch.look()
    ours.get_by_role("button", name="End their access").click()
    expect(ours.locator("main")).to_contain_text("Their access has ended.")
    gone, kept = theirs.goto(f"/desk/{SLUG}/reports"), theirs.goto(f"/desk/{OTHER}/reports")
    assert gone
    assert kept
    assert (gone.status, kept.status) == (404, 200), "at once, in the browser that was open, and there alone"
    assert not watch.faults | beside.faults, told(watch.faults | beside.faults)


def test_a_landlord_insists_on_its_organisation_and_a_password_opens_nothing_of_it_from_then_on(
    live: Live, device: OpenDevice, provider: Provider
) -> None:
    ada, officer = live.staff(SLUG, Role.MANAGER, Role.ADMINISTRATOR, name="Ada Admin"), live.staff(SLUG, Role.OFFICER)
    theirs, ours = signed_in(device, officer), signed_in(device, ada)
    watch, beside = Watch(ours), Watch(theirs)
    with_an_app(ours)
    ours.goto(f"/desk/{SLUG}/sign-in-through")
    ours.get_by_label("Address of its sign-in").fill(provider.issuer)
    ours.get_by_label("Client ID").fill(CLIENT)
    ours.get_by_label("Secret").fill(SECRET)
    ours.get_by_role("button", name="Keep it").click()
    provider.who = Person("ada", ada.email)
    ours.get_by_role("link", name="Come in through it now").click()
    expect(ours.locator("main")).to_contain_text("it works")
    watch.look()
    ours.get_by_label("Ada Admin").check()
    ours.get_by_role("button", name="Let people in through it alone").click()
    expect(ours.locator("main")).to_contain_text("come in only through the organisation")
    watch.look()
    theirs.goto(f"/desk/{SLUG}/reports")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Sign in through your organisation")
    beside.look()
    provider.who = Person("robin", officer.email)
    theirs.locator(f"main a[href^='/desk/organisation/{SLUG}']").click()
    expect(theirs.get_by_role("heading", level=1)).not_to_have_text("Sign in through your organisation")
    answer = theirs.goto(f"/desk/{SLUG}/reports")
    assert answer
    assert answer.ok
    ours.goto(f"/desk/{SLUG}/sign-in-through")
    ours.get_by_role("button", name="End it: people sign in with a password or a passkey").click()
    expect(ours.locator("main")).to_contain_text("None is set.")
    for each in (watch, beside):
        assert each.faults.pop(f"asked another host, {urlsplit(provider.issuer).netloc}"), "that of the organisation"
    assert not watch.faults | beside.faults, told(watch.faults | beside.faults)
