"""What becomes of a report: nothing is dropped in silence, everything stays readable, and the sums come out."""

from collections import Counter
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.cases.models import Case, TimelineEntry
from portal.domain.lifecycle import ReportState, Source
from portal.domain.permissions import Role
from portal.referrals.models import Report
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk, a_desk, london

ELM = "4 Elm Road, Upper Example, ZZ9 4ZZ"


def state(desk: Desk, report_id: UUID) -> str:
    with desk.place.work() as session:
        return session.scalar(select(Report.state).where(Report.id == report_id))


def decide(
    client: PageClient, desk: Desk, report_id: UUID, what: str, said: dict[str, str], status: int = 200
) -> str:
    client.get(f"{desk.url}/reports/{report_id}")
    return client.submit(said, form=what, status=status).text


@pytest.mark.parametrize(
    ("like", "due"),
    [
        pytest.param(
            "star", "Tuesday 3 February 2026, 10:00, STAR 5.1", marks=pytest.mark.clause("STAR-1.6a")
        ),
        pytest.param("whg", "No time stated", marks=pytest.mark.clause("WHG-5.1c")),
    ],
)
def test_a_card_is_looked_into_and_ends_only_with_what_was_found(
    app: Flask, database: Database, clock: Clock, like: str, due: str
) -> None:
    desk = a_desk(app, database, clock, like)
    card = desk.report(
        source=Source.CONCERN_CARD, name="", happening="A door hung off its hinge.", address=ELM
    )
    officer, senior = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    assert due in officer.get("/desk/").text
    assert "Set it aside" in officer.get(f"{desk.url}/reports/{card}").text
    assert not [form for form in officer.page.forms if "set-aside" in form["action"]]
    for nothing in ("", "   "):
        assert "Write what was looked into." in decide(
            senior, desk, card, "/set-aside", {"reason": nothing}, status=422
        )
        assert state(desk, card) == "new"
    found = decide(senior, desk, card, "/set-aside", {"reason": "Storm damage; seen with the caretaker."})
    assert "Storm damage; seen with the caretaker." in found
    assert state(desk, card) == "set_aside"


@pytest.mark.clause("STAR-1.6a")
def test_a_case_is_not_closed_without_a_reason(app: Flask, database: Database, clock: Clock) -> None:
    desk = a_desk(app, database, clock, "star")
    case_id, client = desk.case(source=Source.CONCERN_CARD), desk.client(Role.OFFICER)
    for said in ({}, {"reason": "helped"}, {"words": "She is well."}, {"reason": "helped", "words": "  "}):
        client.get(f"{desk.case_url(case_id)}/close")
        client.submit(said, form="/close", status=422)
    with desk.place.work() as session:
        assert session.scalar(select(Case.stage).where(Case.id == case_id)) == "new"


@pytest.mark.clause("STAR-5.3a")
def test_every_report_is_a_case_or_joined_to_one_or_concluded(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "star")
    channels = (Source.SELF, Source.SOMEONE_ELSE, Source.CONCERN_CARD, Source.STAFF_ENTRY)
    first, second, third, fourth, waiting = (
        desk.report(source=source, name=f"Person {n}") for n, source in enumerate((*channels, Source.SELF))
    )
    client = desk.client(Role.SENIOR)
    decide(client, desk, first, "/open", {})
    with desk.place.work() as session:
        case_id = session.scalar(select(Report.case_id).where(Report.id == first))
    client.post(f"{desk.url}/reports/{second}/join", {"case_id": str(case_id)})
    decide(client, desk, third, "/set-aside", {"reason": "Nothing was there."})
    decide(client, desk, fourth, "/send-on", {"whom": "council", "words": "They asked for it."})
    with desk.place.work() as session:
        rows = session.execute(select(Report.state, func.count()).group_by(Report.state))
        sums = Counter({ReportState(each): count for each, count in rows})
        cases = session.scalar(select(func.count()).select_from(Case))
    received = 5
    assert sums.total() - received == 0
    assert sums[ReportState.OPENED] == cases
    assert dict(sums) == dict.fromkeys(ReportState, 1)
    shown = {each: client.get(f"{desk.url}/reports?state={each}").text for each in ReportState}
    assert all(
        f"Person {n}" in shown[each]
        for n, each in enumerate(("opened", "joined", "set_aside", "routed", "new"))
    )
    assert state(desk, waiting) == "new"


@pytest.mark.clause("STAR-3.12a")
def test_two_reports_of_one_person_make_one_record_in_which_both_can_be_read(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "star")
    who = {"name": "Wilhelmina Featherstone", "address": ELM}
    case_id = desk.case(**who, happening="The first that she told us.")
    later = desk.report(at=london(3, 9), **who, happening="The second that she told us.")
    clock.at = london(3, 9)
    client = desk.client(Role.OFFICER)
    assert "Perhaps told before" in client.get(f"{desk.url}/reports/{later}").text
    client.submit({"case_id": str(case_id)}, form="/join")
    client.get(desk.case_url(case_id))
    for words in ("He moved out on the third.", "Correction: he moved out on the fourth."):
        client.submit({"words": words}, form="/notes")
    told = client.get(desk.case_url(case_id)).text
    for words in (
        "The first that she told us.",
        "The second that she told us.",
        "moved out on the third",
        "on the fourth",
    ):
        assert words in told
    assert "It was added to this case" in told
    assert "3 Feb 09:00, Robin Example" in told, "each line says when and by whom"
    with desk.place.work() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == 1
        kinds = session.scalars(select(TimelineEntry.kind).where(TimelineEntry.case_id == case_id)).all()
    assert sorted(kinds) == ["note", "note", "report", "report"]
    for report in client.page.links:
        if "/reports/" in report and not report.endswith("/reports"):
            client.get(report)


@pytest.mark.clause("WHG-3.1b")
def test_a_second_report_from_one_home_asks_to_be_looked_at_until_somebody_has(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "whg")
    earlier = desk.case(name="Wilhelmina Featherstone", address=ELM)
    second = desk.report(
        at=london(4, 9), name="A neighbour heard it", address=ELM, source=Source.SOMEONE_ELSE
    )
    clock.at = london(20, 9)
    client = desk.client(Role.OFFICER)
    assert "A neighbour heard it" in client.get("/desk/").text, "it stands there for as long as it takes"
    page = client.get(f"{desk.url}/reports/{second}")
    assert "Perhaps told before" in page.text
    assert f"/cases/{earlier}" in " ".join(page.links)
    client.submit({"case_id": str(earlier)}, form="/join")
    assert "A neighbour heard it" not in client.get("/desk/").text
    assert "Read the whole report" in client.get(desk.case_url(earlier)).text


@pytest.mark.clause("STAR-1.6b")
def test_a_case_without_a_next_step_stands_in_a_list_of_its_own(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "star")
    case_id, officer = desk.case(name="Quiet Example"), desk.somebody(Role.OFFICER)
    client = desk.client(who=officer)
    client.get(f"{desk.case_url(case_id)}/assign")
    client.submit({"account_id": str(officer.account_id)})
    assert "Nothing due" not in client.get("/desk/").text
    client.get(f"{desk.case_url(case_id)}/contact")
    client.submit({"channel": "call", "outcome": "reached", "was_act": "y"})
    quiet = client.get("/desk/").text.partition("Nothing due 1")[2]
    assert "Quiet Example" in quiet
