"""Lighthouse gives a hundred for speed, access and good practice to each kind of public page, on a slow telephone."""

import json
import subprocess

from playwright.sync_api import Page, Playwright

from e2e.checks import ROOT
from e2e.conftest import CHROMIUM, OpenDevice
from e2e.live import Live
from e2e.pages.journey_public import AskForHelp

PATHS = ("", "easy?size=large", "paper/contact", "contact/1", "numbers", "formats", "number", "promise", "device")
BEFORE_SENDING = ("contact/check",)
FULL = {"performance": 100, "accessibility": 100, "best-practices": 100}


def test_a_hundred_for_each_kind_of_page(live: Live, playwright: Playwright, device: OpenDevice) -> None:
    browser = CHROMIUM or playwright.chromium.executable_path
    asking = device()
    reached(asking)
    pages = [
        {"address": f"{live.url}/whg/{path}", "cookie": held}
        for paths, held in ((PATHS, ""), (BEFORE_SENDING, cookie(asking)))
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


def reached(page: Page) -> None:
    """Asking for help, with what is needed told."""
    her = AskForHelp(page, "whg")
    her.begin()
    her.say_how_safe_now("Yes, I am safe for now")
    her.say_how_to_be_reached("Ring me", "07700 900 123")
