"""A landlord's other systems: one is let in, told of what happens and shut out; cases are taken over from another."""

import json
import os
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests
from playwright.sync_api import Page, expect

from e2e.checks import Watch
from e2e.conftest import OpenDevice
from e2e.live import Live
from e2e.pages.journey_desk import Desk
from portal.domain.permissions import Role

SLUG = "dales"
FILE = (
    "Case Ref,Raised,Status,Victim,Property Address,First Contact\n"
    "R-100,{day},Open,Wren Example,1 Example Row,\n"
    "R-101,02/02/2026,Open,Robin Example,2 Example Row,03/02/2026\n"
)


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[bytes]]]:
    """The other side: a system that takes notices on this machine."""
    came: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/notices", came
    server.shutdown()
    server.server_close()


def administrator(live: Live, device: OpenDevice) -> tuple[Page, Watch]:
    page = device(desk=True, js=True)
    Desk(page).sign_in(live.staff(SLUG, Role.ADMINISTRATOR).email)
    return page, Watch(page)


def shot(page: Page, name: str) -> None:
    """A picture on a telephone and at a desk, where somebody wants to see them."""
    folder = os.environ.get("LOOK")
    for width in (360, 1280) if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(str(folder)) / f"{name}-{width}.png", full_page=True)


def test_a_system_is_let_in_told_of_what_happens_and_shut_out(
    live: Live, device: OpenDevice, receiver: tuple[str, list[bytes]]
) -> None:
    page, watch = administrator(live, device)
    page.goto(f"/desk/{SLUG}/systems")
    watch.look()
    page.get_by_label("What the system is called").fill("Repairs")
    page.get_by_label("Read the policy’s times").check()
    page.get_by_label("90 days").check()
    page.get_by_role("button", name="Make a token").click()
    secret = re.search(r"lt_[\w-]{40,}", page.locator(".notice").inner_text())
    assert secret
    watch.look()
    shot(page, "tokens")
    asks = {"url": f"{live.url}/api/{SLUG}/v1/policy", "headers": {"Authorization": f"Bearer {secret[0]}"}}
    answer = requests.get(**asks, timeout=10)
    assert answer.json()["clocks"], answer.text
    page.get_by_role("link", name="How systems connect").click()
    watch.look()
    shot(page, "explained")
    address, came = receiver
    page.goto(f"/desk/{SLUG}/systems/notices")
    page.get_by_label("What the system is called").fill("Repairs")
    page.get_by_label("Its address for notices").fill(address)
    page.get_by_label("A job was ordered").check()
    page.get_by_role("button", name="Send notices there").click()
    watch.look()
    shot(page, "webhooks")
    page.get_by_role("link", name="Repairs").click()
    page.get_by_role("button", name="Send a trial").click()
    expect(page.get_by_text("A trial is on its way.")).to_be_visible()
    for _ in range(60):
        if came:
            break
        page.wait_for_timeout(250)
    assert set(json.loads(came[0])) == {"id", "kind", "at"}
    page.wait_for_timeout(300)
    page.reload()
    expect(page.locator("tbody")).to_contain_text("Taken")
    watch.look()
    shot(page, "webhook")
    page.goto(f"/desk/{SLUG}/systems")
    page.get_by_role("button", name="End it").click()
    assert requests.get(**asks, timeout=10).status_code == 401
    assert not watch.faults, watch.faults


def test_cases_are_taken_over_whole_and_taken_back_by_somebody_who_opens_none(
    live: Live, device: OpenDevice
) -> None:
    page, watch = administrator(live, device)
    page.goto(f"/desk/{SLUG}/systems/cases")
    watch.look()
    choose(page, FILE.format(day="31/02/2026"))
    expect(page.get_by_text("No column is chosen for this.")).to_be_visible()
    watch.look()
    page.get_by_label("The day on which it was reported").select_option(label="Raised")
    page.get_by_role("button", name="Look it through again").click()
    expect(page.get_by_text("This is no day as it is written here")).to_be_visible()
    watch.look()
    shot(page, "import")
    page.goto(f"/desk/{SLUG}/systems/cases")
    choose(page, FILE.format(day="02/02/2026").replace("Raised", "Date opened"))
    expect(page.get_by_text("Nothing is wrong with it.")).to_be_visible()
    page.get_by_role("button", name="Take it over").click()
    back = page.get_by_role("button", name="Take all of it back")
    expect(back).to_be_visible(timeout=30_000)
    expect(page.locator("#imports_made")).to_contain_text("2 cases")
    watch.look()
    shot(page, "imports")
    back.click()
    expect(page.locator("#imports_made")).to_contain_text("their words destroyed", timeout=30_000)
    assert not watch.faults, watch.faults


def choose(page: Page, text: str) -> None:
    file = {"name": "x.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Read it in").click()
