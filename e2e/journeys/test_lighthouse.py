"""Lighthouse gives a hundred for speed, access and good practice to each kind of public page, on a slow telephone."""

import json
import subprocess

from playwright.sync_api import Playwright

from e2e.checks import ROOT
from e2e.conftest import CHROMIUM
from e2e.live import Live

PATHS = ("", "easy", "paper/contact", "contact/1", "numbers", "formats", "number")
FULL = {"performance": 100, "accessibility": 100, "best-practices": 100}


def test_a_hundred_for_each_kind_of_page(live: Live, playwright: Playwright) -> None:
    browser = CHROMIUM or playwright.chromium.executable_path
    pages = [f"{live.url}/whg/{path}" for path in PATHS]
    command = ["node", "e2e/lighthouse.mjs", browser, *pages]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)
    assert run.returncode == 0, run.stderr
    told = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    assert [each["address"] for each in told] == pages
    assert [each for each in told if each["scores"] != FULL] == []
