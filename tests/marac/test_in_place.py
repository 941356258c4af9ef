"""With HTMX the conference's own forms answer in their place; without it they do the same by whole pages."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from portal.marac.areas.models import MaracMeeting
from portal.store.database import Database
from tests.client import Page, PageClient
from tests.conftest import Clock
from tests.marac.table import BOARD, Conference, a_conference, officer_at

HTMX = {"HX-Request": "true"}


@pytest.fixture
def conference(app: Flask, database: Database, clock: Clock) -> Conference:
    """An area of the test's own."""
    return a_conference(app, database, clock)


def in_place(client: PageClient, url: str, block: str, status: int = 200, **said: str) -> Page:
    """Send a form as HTMX does; the answer is the one block and no page."""
    page = client.post(url, said, status=status, headers=HTMX, follow=False)
    assert page.html.lstrip().startswith(f'<{"section" if block == "came" else "div"} id="{block}"'), page.html[:200]
    assert "<html" not in page.html
    return page


def test_what_a_coordinator_decides_and_its_mistakes_stand_in_their_place(conference: Conference) -> None:
    police = conference.seat()
    desk = conference.desk()
    _, officer = officer_at(desk)
    _, referral = conference.referred(desk.place, officer)
    client, one = conference.client(conference.coordinator), f"{BOARD}/cases/{referral}"
    client.get(one)
    wrong = in_place(client, f"{one}/list", "one", 422, revision="2")
    assert 'id="mistakes"' in wrong.html
    right = in_place(client, f"{one}/list", "one", revision="2", meeting=str(conference.meeting_id))
    assert "On the agenda" in right.text
    assert "data-say" in right.html
    assert 'id="mistakes"' in in_place(client, f"{one}/actions", "form", 422, words="Ring").html
    day = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    client.post(f"{one}/actions", {"whose": str(police.id), "words": "Ring", "due_on": day}, status=204, headers=HTMX)
    assert client.response.headers["HX-Redirect"].endswith("done=conference-action")

    area = f"{BOARD}/areas/{conference.id}"
    client.get(area)
    assert 'id="mistakes"' in in_place(client, f"{area}/lines", "area", 422, threshold="x").html
    kept = in_place(client, f"{area}/lines", "area", since="2026-01-01", threshold="12", incidents="4")
    assert "12 answers of yes, or 4 incidents" in kept.text
    assert "data-say" in kept.html
    seat = conference.row().seats[0]
    assert police.name not in in_place(client, f"{area}/seats/{seat.id}/end", "area").text.partition("Kind")[2][:40]

    then = datetime.now(UTC) - timedelta(hours=1)
    with conference.database.work(conference.agency.scope(conference.coordinator)) as session:
        session.execute(update(MaracMeeting).where(MaracMeeting.id == conference.meeting_id).values(at=then))
    assert "data-say" in in_place(client, f"{BOARD}/meetings/{conference.meeting_id}/attended", "came").html


def test_what_a_body_writes_is_refused_in_its_place_with_what_it_wrote(conference: Conference) -> None:
    police = conference.seat()
    desk = conference.desk()
    _, officer = officer_at(desk)
    case_id, referral = conference.referred(desk.place, officer)
    conference.listed(desk.place, case_id, referral)
    client = conference.client(police.somebody())
    sheet = f"{BOARD}/cases/{referral}/research"
    client.get(sheet)
    page = in_place(client, sheet, "form", 422, words="Two calls in May.", revision="0")
    assert "Two calls in May." in page.html
    assert 'id="mistakes"' in page.html
