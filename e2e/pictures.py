"""Takes the pictures of the README anew, from the demonstration: `python -m e2e.pictures`."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, sync_playwright

from e2e.checks import ROOT
from e2e.conftest import PHONE, QUIET, SHELL
from e2e.live import Live, running, servers_of_this_run
from e2e.pages.journey_desk import Desk
from portal.demo import fill
from portal.demo.staff import PASSWORD

PICTURES = ROOT / "docs/pictures"
OFFICER = "officer@havebury.example"
SCREEN = {"width": 1280, "height": 800}


def take(live: Live, browser: Browser) -> None:
    """My work on an office screen, and a front door on a phone."""
    office = browser.new_page(base_url=live.url, viewport=SCREEN, locale="en-GB", timezone_id="Europe/London")
    desk = Desk(office)
    desk.sign_in(OFFICER, PASSWORD)
    desk.my_work()
    office.screenshot(path=PICTURES / "my-work.png")
    phone = browser.new_page(base_url=live.url, viewport=PHONE, locale="en-GB")
    phone.goto("/havebury/")
    phone.screenshot(path=PICTURES / "front-door.png")


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    with servers_of_this_run() as servers, running(servers) as live, sync_playwright() as playwright:
        fill(live.settings, datetime.now(UTC))
        browser = playwright.chromium.launch(executable_path=SHELL, args=QUIET)
        take(live, browser)
        browser.close()
