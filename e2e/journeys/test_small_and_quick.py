"""Small and quick: what goes over the wire is counted, nothing jumps, and a line that breaks loses nothing."""

import gzip
import http.client
import re
from urllib.parse import urlsplit

import pytest

from e2e.conftest import OpenDevice
from e2e.live import Live

MOST = 30 * 1024
SHIFTED = """() => new Promise((tell) => {
  let found = 0;
  new PerformanceObserver((seen) => { for (const each of seen.getEntries()) found += each.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => tell(found), 300);
})"""
PATHS = ("", "contact/1", "numbers", "device", "number")
LINKED = re.compile(r'<(?:link|script|img)\b[^>]*(?:href|src)="(/[^"]+)"')


def over_the_wire(address: str, path: str) -> tuple[int, str]:
    """How many bytes an answer has, headers and all, and what it says."""
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    line.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
    answer = line.getresponse()
    body = answer.read()
    head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    assert answer.status == 200, path
    line.close()
    page = gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body
    return head + len(body), page.decode() if answer.getheader("Content-Type", "").startswith("text/html") else ""


@pytest.mark.parametrize("slug", ["whg", "havebury"])
def test_the_first_page_and_all_that_it_asks_for_are_under_30_kb(live: Live, slug: str) -> None:
    weight, page = over_the_wire(live.url, f"/{slug}/")
    asked = LINKED.findall(page)
    assert len(asked) == 2, "one style sheet and one script; no font, no picture"
    weight += sum(over_the_wire(live.url, each)[0] for each in asked)
    assert weight < MOST


def test_nothing_jumps(device: OpenDevice) -> None:
    page = device(js=True)
    for path in PATHS:
        page.goto(f"/whg/{path}")
        assert page.evaluate(SHIFTED) == 0, path
