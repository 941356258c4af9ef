"""What people do on the pages about the present home, for the tests of it."""

import re
from uuid import UUID

from portal.domain.permissions import Role
from tests.client import Page, PageClient
from tests.desk import Desk

DECISION = {"agreed": "yes", "reason": "Somebody tried the door at night."}
VISIT = {
    "what": "Fit two new locks to the front and back door.",
    "where": "3 Example Close",
    "access": "Knock twice.",
    "day": "2026-02-03",
    "time": "10:00",
    "until": "12:00",
    "arranged": "By call, on Monday at ten.",
    "contractor": "Example Joinery",
}


def home(desk: Desk, case_id: UUID) -> str:
    """The section about the present home."""
    return f"{desk.case_url(case_id)}/home"


def asks(
    desk: Desk, client: PageClient, case_id: UUID, measure: str, source: str = "survivor", status: int = 200
) -> Page:
    """Somebody asks for a measure."""
    client.get(f"{home(desk, case_id)}/measures/ask")
    words = "The back door, and the window beside it."
    return client.submit({"measure": measure, "source": source, "words": words}, form="/ask", status=status)


def first(page: Page, part: str) -> str:
    """The first link with this in it."""
    return next(each for each in page.links if re.search(part, each))


def decides(desk: Desk, client: PageClient, case_id: UUID, status: int = 200, **said: str) -> Page:
    """The first measure that waits is decided on."""
    page = client.get(home(desk, case_id))
    client.get(first(page, r"/measures/[0-9a-f-]{36}$"))
    return client.submit(DECISION | said, form="/measures/", status=status)


def breaks(desk: Desk, client: PageClient, case_id: UUID, unsafe: str = "yes") -> Page:
    """Damage is written down."""
    client.get(f"{home(desk, case_id)}/damage/add")
    return client.submit({"words": "The front door was kicked in.", "unsafe": unsafe}, form="/damage/add")


def orders(desk: Desk, client: PageClient, case_id: UUID, status: int = 200, **said: str) -> Page:
    """The first thing that can be ordered is ordered."""
    page = client.get(home(desk, case_id))
    client.get(first(page, r"/job$"))
    return client.submit(VISIT | said, form="/job", status=status)


def manager(desk: Desk) -> PageClient:
    """A browser of somebody who decides as a manager."""
    return desk.client(Role.MANAGER)
