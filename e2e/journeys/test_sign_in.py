"""Signing in with more than a password: with an app and no script at all, and with a passkey that a device keeps."""

import re
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Page, expect

from e2e.checks import Watch, told
from e2e.conftest import OpenDevice
from e2e.live import Live, Someone, running
from e2e.pages.journey_desk import Desk
from portal.domain.permissions import Role
from portal.serving.embedded import EmbeddedServers

SLUG = "havebury"


@pytest.fixture(scope="session")
def live(servers: EmbeddedServers) -> Iterator[Live]:
    """The whole product under a name: a passkey is made for a name and never for a number."""
    with running(servers, host="localhost") as found:
        yield found


@pytest.fixture
def officer(live: Live) -> Someone:
    return live.staff(SLUG, Role.OFFICER)


def signed_in(device: OpenDevice, who: Someone, **how: bool) -> Page:
    page = device(**how)
    Desk(page).sign_in(who.email)
    return page


def authenticator(page: Page) -> None:
    """A device with a chip that keeps keys and knows its owner's finger, as Chromium plays one."""
    chip = page.context.new_cdp_session(page)
    chip.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    chip.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def heading(page: Page, says: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(says)


def test_on_a_telephone_each_moment_of_a_sign_in_says_what_it_is(
    device: OpenDevice, officer: Someone
) -> None:
    """Where a row is one block there is no head of a column, and two moments alone look like one said twice."""
    for desk in (False, True):
        page = signed_in(device, officer, desk=desk)
        page.goto("/desk/me")
        row = page.locator("tr", has_text="This one").inner_text()
        assert ("Since: " in row and "Last used: " in row) is not desk


def test_an_app_works_without_a_script_and_a_recovery_code_when_the_telephone_is_lost(
    device: OpenDevice, officer: Someone
) -> None:
    page = signed_in(device, officer)
    page.goto("/desk/me/sign-in")
    page.get_by_role("button", name="Set up an app").click()
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("Six figures that the app shows now").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Begin to use it").click()
    heading(page, "Your recovery codes")
    expect(page.locator(".codes code")).to_have_count(10)
    codes = page.locator(".codes code").all_inner_texts()
    lost = signed_in(device, officer)
    heading(lost, "Your second factor")
    assert not lost.get_by_role("button", name="Use my passkey").is_visible()
    lost.get_by_label("Six figures of your app, or a recovery code").fill("no such code")
    lost.get_by_role("button", name="Go on").click()
    expect(lost.locator("main")).to_contain_text("That code is not right")
    lost.get_by_label("Six figures of your app, or a recovery code").fill(codes[0])
    lost.get_by_role("button", name="Go on").click()
    heading(lost, "My work")


def test_a_passkey_is_made_lets_in_by_itself_and_proves_it_before_a_sensitive_act(
    live: Live, device: OpenDevice, officer: Someone
) -> None:
    page = signed_in(device, officer, desk=True, js=True)
    watch = Watch(page)
    authenticator(page)
    page.goto("/desk/me/sign-in")
    watch.look()
    page.get_by_role("link", name="Add a passkey").click()
    watch.look()
    page.get_by_label("What do you call this device?").fill("The laptop of the test")
    page.get_by_role("button", name="Make the passkey").click()
    heading(page, "Your recovery codes")
    watch.look()
    page.get_by_role("link", name="I have written them down").click()
    page.get_by_role("button", name="Sign out").click()
    heading(page, "Sign in")
    watch.look()
    page.get_by_role("button", name="Use a passkey").click()
    heading(page, "My work")
    page.goto("/desk/again?next=/desk/me")
    watch.look()
    page.get_by_role("button", name="Use my passkey").click()
    heading(page, "My account")
    page.goto("/desk/me/sign-in")
    expect(page.locator("main")).to_contain_text("The laptop of the test")
    expect(page.locator("main")).to_contain_text(re.compile("Proved again"))
    page.get_by_role("button", name="Sign out").click()
    Desk(page).sign_in(officer.email)
    heading(page, "Your second factor")
    watch.look()
    page.get_by_role("button", name="Use my passkey").click()
    heading(page, "My work")
    assert not watch.faults, told(watch.faults)


def test_a_passkey_says_that_it_needs_a_script_and_what_works_without(device: OpenDevice, officer: Someone) -> None:
    page = signed_in(device, officer)
    page.goto("/desk/me/sign-in/passkey")
    assert "needs JavaScript" in page.locator("main").inner_text()
    page.get_by_role("link", name="An authenticator app").click()
    heading(page, "How I sign in")
