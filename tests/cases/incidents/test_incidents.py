"""The incident log: honest dates, nothing changed afterwards, and a prompt to look at risk again."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError

from portal.cases.incidents import queries
from portal.cases.incidents.models import Incident
from portal.cases.tasks.models import Task
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from tests.client import Page, PageClient
from tests.desk import MONDAY, Desk, DeskAt, london

SLAP = {"known": "exact", "day": "2026-02-01", "time": "22:15", "what": "He slapped her.", "told_by": "survivor"}


def recorded(desk: Desk, client: PageClient, case_id: UUID, **said: object) -> Page:
    client.get(f"{desk.case_url(case_id)}/incidents/new")
    return client.submit(SLAP | said, form="/incidents/new")


def tasks(desk: Desk, case_id: UUID) -> list[str]:
    with desk.place.work() as session:
        return sorted(session.scalars(select(Task.kind).where(Task.case_id == case_id)))


def ids(desk: Desk, case_id: UUID) -> list[UUID]:
    with desk.place.work() as session:
        return list(
            session.scalars(select(Incident.id).where(Incident.case_id == case_id).order_by(Incident.recorded_at))
        )


@pytest.mark.clause("HAV-6.2")
def test_who_what_when_where_and_in_whose_words_and_the_first_text_stays(desk: Desk) -> None:
    case_id = desk.case()
    desk.clock.at = london(4, 22, 15)  # three days after
    client = desk.client(Role.OFFICER)
    page = recorded(
        desk, client, case_id, what="“He slapped me.”", where="In the kitchen", acts=["physical"], injuries="A bruise",
        told_by="family", teller="Her sister",
    )  # fmt: skip
    for words in (
        "Sunday 1 February 2026, 22:15", "“He slapped me.”", "In the kitchen", "Physical harm", "A bruise",
        "Her sister", "Robin Example", "Written down 3 days after it happened",
    ):  # fmt: skip
        assert words in page.text
    (first,) = ids(desk, case_id)
    client.get(f"{desk.case_url(case_id)}/incidents/{first}/correct")
    page = client.submit({"what": "“He pushed me.”", "why": "I misheard."}, form="/correct")
    assert "“He slapped me.”" in page.text
    assert "“He pushed me.”" in page.text
    assert "I misheard." in page.text
    assert "Corrected since" in page.text
    with desk.place.work() as session, pytest.raises(ProgrammingError):
        session.execute(update(Incident).values(actor="Nobody"))


def test_honest_dates_are_kept_as_they_were_told(desk: Desk) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    recorded(desk, client, case_id, known="about", time="", day="2026-01-10")
    recorded(desk, client, case_id, known="between", time="", day="2025-12-01", last_day="2026-01-05")
    page = recorded(desk, client, case_id, known="unknown", time="", day="")
    assert "About Saturday 10 January 2026" in page.text
    assert "Between Monday 1 December 2025 and Monday 5 January 2026" in page.text
    assert "At a time that is not known" in page.text
    timeline = client.get(desk.case_url(case_id)).text
    assert "about Saturday 10 January 2026" in timeline
    assert "at a time that is not known" in timeline


def test_a_time_that_does_not_fit_is_refused_and_everything_typed_stays(desk: Desk) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/incidents/new")
    page = client.submit(SLAP | {"day": "2026-02-09", "where": "At the door"}, form="/new", status=422)
    assert "This cannot have happened yet" in page.text
    page = client.submit({"day": "2026-02-01", "time": ""}, form="/new", status=422)
    assert "Enter the time, or choose that only the day is known." in page.text
    fields = next(form["fields"] for form in page.forms if form["action"].endswith("/incidents/new"))
    assert fields["what"] == ["He slapped her."]
    assert fields["where"] == ["At the door"]
    assert ids(desk, case_id) == []


@pytest.mark.clause("STAR-2.2d")
def test_what_is_done_to_a_child_is_done_to_the_parent_and_prompts_for_the_child(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    page = recorded(desk, client, case_id, towards="child", what="He locked my son out.")
    assert "A child" in page.text
    assert tasks(desk, case_id) == [TaskKind.CHILD_SAFETY, TaskKind.RISK_AGAIN]


@pytest.mark.clause("STAR-2.2c")
def test_one_act_is_enough_and_nobody_asks_for_earlier_ones(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id, client = desk.case(happening="He hit me once."), desk.client(Role.OFFICER)
    page = client.get(f"{desk.case_url(case_id)}/incidents/new")
    fields = {name for form in page.forms for name in form["fields"]}
    assert not {name for name in fields if "earlier" in name or "how_often" in name or "count" in name}
    assert "The incident is recorded." in recorded(desk, client, case_id, acts=[]).text


@pytest.mark.clause("AG013-OBJ-3")
def test_a_minor_first_incident_opens_a_case_and_the_second_asks_for_a_fresh_look(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id, client = desk.case(happening="He shouted at me."), desk.client(Role.OFFICER)
    assert "Interview" in client.get(desk.case_url(case_id)).text  # its clock
    recorded(desk, client, case_id, what="He shouted at me.", day="2026-01-20")
    desk.clock.at = london(3, 9)
    client = desk.client(Role.OFFICER)
    page = recorded(desk, client, case_id, what="He threw a cup.", day="2026-02-02")
    assert "Tuesday 20 January 2026" in page.text
    assert "Monday 2 February 2026" in page.text
    assert tasks(desk, case_id) == [TaskKind.RISK_AGAIN] * 2
    assert "Look at the risk again" in client.get(f"{desk.case_url(case_id)}/tasks").text


@pytest.mark.clause("HAV-5.3")
def test_the_police_are_only_told_as_they_wish_and_no_offence_has_to_be_named(desk: Desk) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    page = recorded(desk, client, case_id, acts=[])
    assert "Police reference" not in page.text
    page = recorded(desk, client, case_id, police_reference="CR/123/26", report_wish="not_now")
    assert "CR/123/26" in page.text
    assert "They do not want the police to be told" in page.text
    assert "police" not in " ".join(tasks(desk, case_id))


def test_a_correction_counts_once_and_asks_for_nothing_twice(desk: Desk) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    recorded(desk, client, case_id)
    (first,) = ids(desk, case_id)
    client.get(f"{desk.case_url(case_id)}/incidents/{first}/correct")
    client.submit({"day": "2025-11-01", "why": "It was in autumn.", "children": "saw_or_heard"}, form="/correct")
    with desk.place.work() as session:
        assert queries.since(session, case_id, MONDAY - timedelta(days=30)) == ()
        (moment,) = queries.since(session, case_id, MONDAY - timedelta(days=365))
    assert moment == london(1, 22, 15).replace(year=2025, month=11, day=1)
    assert tasks(desk, case_id) == [TaskKind.CHILD_SAFETY, TaskKind.RISK_AGAIN]


def test_two_who_correct_the_same_record_are_told_and_lose_nothing(desk: Desk) -> None:
    case_id = desk.case()
    one, other = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    recorded(desk, one, case_id)
    (first,) = ids(desk, case_id)
    url = f"{desk.case_url(case_id)}/incidents/{first}/correct"
    other.get(url)
    one.get(url)
    one.submit({"what": "He pushed her.", "why": "Misheard."}, form="/correct")
    page = other.submit({"what": "He kicked her.", "why": "Mistyped."}, form="/correct", status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert "He pushed her." in page.text
    assert "He kicked her." in page.html


def test_the_log_comes_a_page_at_a_time(desk: Desk) -> None:
    case_id, client = desk.case(), desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/incidents/new")
    for each in range(queries.PAGE + 1):
        client.post(
            f"{desk.case_url(case_id)}/incidents/new",
            SLAP | {"time": f"10:{each:02}", "what": f"act{each:02}", "told_day": "2026-02-02", "told_time": "09:00",
                    "report_wish": "not_asked"},
        )  # fmt: skip
    page = client.get(f"{desk.case_url(case_id)}/incidents")
    assert "act00" not in page.text
    assert "act20" in page.text
    older = client.get(next(link for link in page.links if "before=" in link))
    assert "act00" in older.text
