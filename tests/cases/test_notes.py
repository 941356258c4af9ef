"""Notes are written at the time, say so where they are not, and are put right without losing the first."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.models import TimelineEntry
from portal.cases.opening import tell
from portal.cases.timeline import PAGE
from portal.domain.permissions import Role
from portal.store.audit import Actor
from tests.conventions.conftest import statements
from tests.desk import MONDAY, Desk, london


def note_ids(desk: Desk, case_id: UUID) -> list[UUID]:
    with desk.place.work() as session:
        rows = select(TimelineEntry.id).where(TimelineEntry.case_id == case_id, TimelineEntry.kind == "note")
        return list(session.scalars(rows.order_by(TimelineEntry.id)))


def test_when_it_happened_stands_apart_from_when_it_was_written(desk: Desk) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    client.get(desk.case_url(case_id))
    page = client.submit({"words": "She rang the office.", "day": "2026-01-29"}, form="/notes")
    assert "Thursday 29 January 2026" in page.text
    assert "Written down 3 days" in page.text
    page = client.submit({"words": "Later", "day": "2026-02-03"}, form="/notes", status=422)
    assert "This cannot have happened yet" in page.text
    assert "Later" in page.html


def test_a_note_is_put_right_by_another_and_both_stay(desk: Desk) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    client.get(desk.case_url(case_id))
    page = client.submit({"words": "The brother rang."}, form="/notes")
    client.get(next(link for link in page.links if link.endswith("/correct")))
    page = client.submit({"words": "The sister rang."}, form="/correct")
    assert "The brother rang." in page.text
    assert "The sister rang." in page.text
    assert "Corrected since" in page.text
    first = note_ids(desk, case_id)[0]
    client.get(f"{desk.case_url(case_id)}/notes/{first}/correct")
    page = client.submit({"words": "The cousin rang."}, form="/correct", status=409)
    assert "The cousin rang." in page.html


def test_the_story_is_narrowed_by_person_and_period(desk: Desk) -> None:
    case_id, other = desk.case(), desk.somebody(Role.SENIOR, name="Sam Senior")
    for words, who in (("From Robin.", desk.somebody(Role.OFFICER)), ("From Sam.", other)):
        client = desk.client(who=who)
        client.get(desk.case_url(case_id))
        client.submit({"words": words}, form="/notes")
    page = client.get(desk.case_url(case_id), query_string={"who": str(other.account_id)})
    assert "From Sam." in page.text
    assert "From Robin." not in page.text
    assert "From Sam." in client.get(desk.case_url(case_id), query_string={"since": "2026-02-02"}).text
    assert "From Sam." not in client.get(desk.case_url(case_id), query_string={"until": "2026-02-01"}).text
    assert client.get(desk.case_url(case_id), query_string={"since": "soon", "who": "me"}).text


@pytest.mark.parametrize("lines", [2000])
def test_a_record_of_five_years_opens_with_the_work_of_a_new_one(desk: Desk, lines: int) -> None:
    new, full = desk.case(), desk.case()
    with desk.place.work() as session:
        for each in range(lines):
            tell(session, full, "note", Actor(None, "Robin"), MONDAY - timedelta(hours=each), words=f"Note {each}.")
    desk.clock.at = london(3, 9)
    client = desk.client(Role.OFFICER)
    asked = []
    for case_id in (new, full):
        client.get(desk.case_url(case_id))
        with statements(desk.app) as sent:
            page = client.get(desk.case_url(case_id))
        asked.append(len(sent))
        assert page.html.count('class="story__what"') <= PAGE
    assert asked[1] <= asked[0] + 1, "and who works here, as a story that is shown in part can be asked for their lines"
