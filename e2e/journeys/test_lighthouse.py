"""Lighthouse gives a hundred for speed, access and good practice to each kind of public page, on a slow telephone."""

import json
import subprocess

from playwright.sync_api import Page, Playwright

from e2e.checks import ROOT
from e2e.conftest import SHELL, OpenDevice
from e2e.live import Live
from e2e.pages.journey_public import AskForHelp
from e2e.pages.public import come_back_with, press

PATHS = ("", "easy?size=large", "paper/contact", "contact/1", "numbers", "formats", "number", "promise", "device")
BEFORE_SENDING = ("contact/check",)
BEHIND_THE_NUMBER = ("number/open", "number/remind")
FULL = {"performance": 100, "accessibility": 100, "best-practices": 100}


def test_a_hundred_for_each_kind_of_page(live: Live, playwright: Playwright, device: OpenDevice) -> None:
    """What hides itself after some minutes comes first: each page takes a busy machine half a minute and more."""
    browser = SHELL or playwright.chromium.executable_path
    asking, back = device(), device()
    reached(asking)
    come_back(back)
    pages = [
        {"address": f"{live.url}/whg/{path}", "cookie": held}
        for paths, held in ((BEHIND_THE_NUMBER, cookie(back)), (BEFORE_SENDING, cookie(asking)), (PATHS, ""))
        for path in paths
    ]
    command = ["node", "e2e/lighthouse.mjs", browser, json.dumps(pages)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert run.returncode == 0, run.stderr
    told = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    assert [each["shown"] for each in told] == [each["address"] for each in pages], "it looked where it was sent"
    assert [each for each in told if each["scores"] != FULL] == []


def cookie(page: Page) -> str:
    """What this device is known by."""
    return "; ".join(f"{each['name']}={each['value']}" for each in page.context.cookies())


def reached(page: Page) -> AskForHelp:
    """Asking for help, with what is needed told."""
    her = AskForHelp(page, "whg")
    her.begin()
    her.say_how_safe_now("Yes, I am safe for now")
    her.say_how_to_be_reached("Ring me", "07700 900 123")
    return her


def come_back(page: Page) -> None:
    """Sent, and back with the number."""
    her = reached(page)
    her.skip_the_rest()
    her.send()
    press(page, "button", "I want to come back")
    number = page.locator(".receipt").inner_text()
    press(page, "button", "I have kept the number")
    come_back_with(page, number)
