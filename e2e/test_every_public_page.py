"""Every public page of every landlord, in each of its states, from all sides."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from e2e.checks import AAA, Watch, nu, told
from e2e.conftest import OpenDevice
from e2e.live import LANDLORDS, Live
from e2e.pages.public import PublicPages, press
from portal.referrals.journey import WayIn
from portal.referrals.models import Draft


@pytest.fixture(scope="module")
def looked_at() -> dict[str, str]:
    """The HTML of every page that the tests before have looked at."""
    return {}


@pytest.fixture(scope="module")
def kinds() -> set[str]:
    """What the pages were made of that axe has read, at whichever landlord."""
    return set()


@pytest.mark.invariant(11)
@pytest.mark.parametrize("slug", LANDLORDS)
def test_every_public_page(
    live: Live, device: OpenDevice, looked_at: dict[str, str], kinds: set[str], slug: str
) -> None:
    """Front page to receipt in all three ways, with mistakes made on each page that can refuse something."""
    watch = Watch(device(js=True), AAA, kinds=kinds)
    pages = PublicPages(watch.page, slug, watch.look)
    pages.plain()
    for way in WayIn:
        pages.tell(way)
    pages.ended()
    looked_at |= watch.pages
    assert not watch.faults, told(watch.faults)


def test_the_other_states(live: Live, device: OpenDevice, looked_at: dict[str, str]) -> None:
    """The choice of landlords, answers that are missing, a receipt declined, and a half hour that is over."""
    watch = Watch(device(js=True), AAA)
    page = watch.page
    for path in ("/", "/nowhere", "/havebury/contact/99"):
        page.goto(path)
        watch.look()
    page.goto("/havebury/contact/1")
    press(page, "button", "Continue")
    page.goto("/havebury/contact/check")
    watch.look()
    with live.work("havebury") as session:
        session.execute(update(Draft).values(ends_at=datetime.now(UTC) - timedelta(minutes=1)))
    page.reload()
    assert page.locator("h1").inner_text() == "This page has ended"
    watch.look()
    PublicPages(page, "whg", lambda: None).tell(WayIn.SELF)
    press(page, "button", "I do not want a number")
    watch.look()
    looked_at |= watch.pages
    assert not watch.faults, told(watch.faults)


def test_the_html_of_all_of_them(looked_at: dict[str, str], tmp_path: Path) -> None:
    """The Nu HTML checker, once over everything."""
    assert len(looked_at) > 100
    wrong = nu(looked_at, tmp_path)
    assert not wrong, "\n".join(wrong)
