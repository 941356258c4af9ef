"""What every journey stands on: the running product and devices to open it with."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect

from e2e.live import Live, running, servers_of_this_run
from portal.serving.embedded import EmbeddedServers

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None
)
"""The whole browser, with a history and a cache on its disk."""
SHELL = next((path for path in ("/usr/bin/chromium-headless-shell",) if Path(path).exists()), CHROMIUM)
"""The same without a window to draw, and without a disk of its own: half as much work for every page."""
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE = 20_000
"""Milliseconds that anything may take: only what fails waits for it to the end."""
SLOWLY = {"offline": False, "latency": 0, "uploadThroughput": -1}
"""How `--slow` sets Chromium's line: nothing but the pace at which pages come in."""

OpenDevice = Callable[..., Page]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--slow 40000`: pages come in piece by piece, so that a journey which looks before all is there always fails."""
    parser.addoption(
        "--slow", type=int, default=0, metavar="BYTES", help="let pages come in at this pace, in a second"
    )


@pytest.fixture(scope="session", autouse=True)
def whole_pages() -> Iterator[None]:
    """A click is over when the page that it leads to is all there; Playwright's is over with that page's first line.

    What is counted or read at once afterwards would be what had come in so far.
    """

    def click(on: Locator, **how: Any) -> None:  # noqa: ANN401 - Playwright's own
        clicked(on, **how)
        if not on.page.is_closed():
            on.page.wait_for_load_state("domcontentloaded")

    expect.set_options(timeout=PATIENCE)
    clicked = Locator.click
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click)
        yield


@pytest.fixture(scope="session")
def servers() -> Iterator[EmbeddedServers]:
    """One PostgreSQL and one Redis for every product that these tests start."""
    with servers_of_this_run() as found:
        yield found


@pytest.fixture(scope="session")
def live(servers: EmbeddedServers) -> Iterator[Live]:
    """The whole product. Files share it: a test makes staff and cases of its own, and expects no emptiness."""
    with running(servers) as found:
        yield found


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium: Debian's where there is one, otherwise Playwright's own."""
    browser = playwright.chromium.launch(executable_path=SHELL, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def device(chromium: Browser, live: Live, pytestconfig: pytest.Config) -> Iterator[OpenDevice]:
    """A new device each time: `device()` is a phone without JavaScript, `device(desk=True, js=True)` an office desk."""
    opened: list[BrowserContext] = []

    def make(*, desk: bool = False, js: bool = False, **more: object) -> Page:
        context = chromium.new_context(
            viewport=DESK if desk else PHONE, java_script_enabled=js, base_url=live.url, locale="en-GB",
            timezone_id="Europe/London", **more,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        page = context.new_page()
        if slow := pytestconfig.getoption("--slow"):
            wire = context.new_cdp_session(page)
            wire.send("Network.emulateNetworkConditions", SLOWLY | {"downloadThroughput": slow})
        return page

    yield make
    for context in opened:
        context.close()
