"""A case shows how and when contact is safe before any number, and writes down who saw what."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.timeline import PAGE
from portal.domain.permissions import Role
from portal.store.audit import AuditEntry, Fact
from tests.desk import MONDAY, NUMBER, SAFE, Desk, DeskAt, london


def facts(desk: Desk, case_id: UUID) -> list[tuple[str, str | None, str | None]]:
    with desk.place.work() as session:
        rows = session.execute(
            select(AuditEntry.fact, AuditEntry.permission, AuditEntry.detail)
            .where(AuditEntry.subject_id == case_id, AuditEntry.account_id.is_not(None))
            .order_by(AuditEntry.position)
        )
        return [tuple(row) for row in rows]


@pytest.mark.clause("WHG-2.1a")
def test_each_reading_leaves_a_row(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    case_id = desk.case(happening="He follows me.")
    client = desk.client(Role.OFFICER)
    assert "He follows me." in client.get(desk.case_url(case_id)).text
    client.get(desk.case_url(case_id))
    assert facts(desk, case_id) == [(Fact.CASE_READ, "case.read", None)] * 2


@pytest.mark.clause("HAV-4.5b", "HAV-3.3b")
def test_how_and_when_stand_before_a_number_and_the_number_waits_to_be_asked_for(desk: Desk) -> None:
    case_id = desk.case(safe_contact=SAFE, needs="I lip-read.", preferences=("bsl",))
    client = desk.client(Role.OFFICER)
    page = client.get(desk.case_url(case_id))
    assert NUMBER not in page.html
    for words in ("British Sign Language", "I lip-read.", "Do not leave a message.", "bluebell"):
        assert page.text.index(words) < page.text.index("Show number")
    shown = client.submit({"channel": "call"}, form="/number")
    assert NUMBER in shown.text
    assert shown.text.index("Do not leave a message.") < shown.text.index(NUMBER)
    assert (Fact.CONTACT_DETAILS_READ, "case.work", "call") in facts(desk, case_id)


@pytest.mark.clause("HAV-4.5b")
def test_at_an_unsafe_hour_the_number_stays_hidden_and_the_page_says_why(desk: Desk) -> None:
    case_id = desk.case(safe_contact=SAFE)
    desk.clock.at = london(2, 20)
    client = desk.client(Role.OFFICER)
    client.get(desk.case_url(case_id))
    page = client.submit({"channel": "call"}, form="/number", status=422)
    assert NUMBER not in page.html
    assert "outside the hours that they said are safe" in page.text
    assert "Next safe: Tuesday 3 February 2026, 09:00" in page.text
    assert "A senior officer can go ahead" in page.text
    client.post(f"{desk.case_url(case_id)}/number", {"channel": "call", "why": "I insist."}, status=422)
    assert [fact for fact, *_ in facts(desk, case_id)].count(Fact.CONTACT_REFUSED) == 2


def test_a_senior_goes_ahead_with_a_reason_that_is_kept(desk: Desk) -> None:
    case_id = desk.case(safe_contact=SAFE)
    desk.clock.at = london(2, 20)
    client = desk.client(Role.SENIOR)
    client.get(desk.case_url(case_id))
    client.submit({"channel": "call"}, form="/number", status=422)
    page = client.submit({"why": "Police say that he is on his way."}, form="/number")
    assert NUMBER in page.text
    assert (Fact.CONTACT_OVERRIDDEN, "contact.override", "call") in facts(desk, case_id)
    assert "Police say that he is on his way." in client.get(desk.case_url(case_id)).text


def test_a_channel_that_was_said_to_be_unsafe_has_no_number_to_show(desk: Desk) -> None:
    case_id = desk.case(safe_contact=SAFE)
    client = desk.client(Role.OFFICER)
    client.get(desk.case_url(case_id))
    page = client.post(f"{desk.case_url(case_id)}/number", {"channel": "text"}, status=422)
    assert "Text message: not safe" in page.text
    assert "They said that texting is not safe." in page.text


def test_a_note_stays_and_is_signed(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    client.get(desk.case_url(case_id))
    client.submit({"words": ""}, form="/notes", status=422)
    page = client.submit({"words": "Sister rang."}, form="/notes")
    assert "The note is added." in page.text
    assert "Sister rang." in page.text
    part = client.http.post(
        f"{desk.case_url(case_id)}/notes",
        data={"words": "And again.", "csrf_token": client.page.forms[-1]["fields"]["csrf_token"][0]},
        headers={"HX-Request": "true"},
    )
    assert part.status_code == 200
    html = part.get_data(as_text=True)
    assert html.lstrip().startswith('<section id="timeline"')
    assert "And again." in html
    assert ">And again.</textarea>" not in html


def test_the_timeline_comes_a_page_at_a_time_and_by_kind(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    client.get(desk.case_url(case_id))
    for each in range(PAGE + 2):
        desk.clock.at = london(2, 10, each)
        client.post(f"{desk.case_url(case_id)}/notes", {"words": f"note{each:03}"})
    page = client.get(desk.case_url(case_id))
    assert f"note{PAGE + 1:03}" in page.text
    assert "note000" not in page.text
    older = client.get(next(link for link in page.links if "before=" in link))
    assert "note000" in older.text
    reports = client.get(desk.case_url(case_id), query_string={"kind": "reports"})
    assert "note" not in reports.text.split("Timeline")[-1].replace("Notes", "").replace("Add a note", "").replace(
        "Add the note", ""
    )
    assert "A report came in" in reports.text


def test_why_this_time_names_rule_clause_version_and_the_days_that_did_not_count(desk: Desk) -> None:
    case_id = desk.case(london(6, 18))  # a Friday evening
    desk.clock.at = london(6, 18)
    page = desk.client(Role.OFFICER).get(desk.case_url(case_id))
    for words in (
        "Monday 9 February 2026, 17:00",
        "The end of the next working day",
        "HS-026 4.3",
        "Saturday 7 February",
        "Sunday 8 February",
        "Office hours",
        "09:00 to 17:00 (the portal’s own choice",
    ):
        assert words in page.text


@pytest.mark.clause("AG013-OBJ-6a")
def test_wishes_and_safe_contact_stand_above_the_tenancy(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id = desk.case(wishes=("stay",), wish_words="I want to keep my garden.", relation="tenant")
    page = desk.client(Role.OFFICER).get(desk.case_url(case_id))
    tenancy = page.text.index("To the landlord")
    assert page.text.index("Reaching them safely") < tenancy
    assert page.text.index("I want to keep my garden.") < tenancy


def test_the_person_who_is_rung_instead_is_shown_when_asked_for(desk: Desk) -> None:
    safe = SAFE.from_dict(
        SAFE.to_dict() | {"somebody_else": {"name": "Tracey", "detail": "01632 960777", "may_know": False}}
    )
    case_id = desk.case(safe_contact=safe)
    client = desk.client(Role.OFFICER)
    assert "01632 960777" not in client.get(desk.case_url(case_id)).html
    page = client.post(f"{desk.case_url(case_id)}/number", {"channel": "somebody_else"})
    assert "01632 960777" in page.text
    assert "Somebody else to call: Tracey, who must not learn what it is about." in page.text
    desk.clock.at = london(2, 20)
    client = desk.client(Role.OFFICER)
    client.get(desk.case_url(case_id))
    page = client.post(f"{desk.case_url(case_id)}/number", {"channel": "somebody_else"}, status=422)
    assert "01632 960777" not in page.html
    assert "This is outside the hours that they said are safe." in page.text
    desk.clock.at = MONDAY
