"""Advice stands on the case with its day, its source and what came of it; a record without it is listed."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.advice import service as advice
from portal.cases.advice.models import Advice
from portal.cases.advice.service import Advised
from portal.cases.reviews.models import CaseworkReview
from portal.cases.reviews.service import draw
from portal.cases.signposts import service as signposts
from portal.cases.signposts.service import Answer, Given
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.advice import Result, Topic
from portal.domain.contact import Channel, SafeContact, Said, Way
from portal.domain.figures import Quarter
from portal.domain.permissions import Role
from portal.reports.performance.measures import BY_KEY, When
from portal.reports.performance.queries import counted
from portal.store.audit import Actor
from tests.desk import MONDAY, SAFE, Desk, DeskAt, london

SAID = {
    "topic": "legal",
    "way": "spoken",
    "result": "advised",
    "words": "What an occupation order is, and who helps to ask for one.",
    "source": "Rights of Women, a page on orders",
}


def lacking(desk: Desk, case_id: UUID) -> str:
    """The row of a case in the list of what records lack; nothing where it is not there."""
    page = desk.client(Role.SENIOR).get(f"{desk.url}/lacking")
    rows = [each for each in page.html.split("<tr>") if str(case_id) in each]
    return rows[0] if rows else ""


@pytest.mark.clause("WHG-2.2a")
def test_a_case_without_advice_is_listed_and_shown_at_its_review_until_some_is_kept(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    case_id = desk.case()
    assert "No advice" in lacking(desk, case_id)
    with desk.place.work() as session:
        draw(session, 5, Actor(desk.somebody(Role.SENIOR).account_id, "Robin Example"), MONDAY)
        session.flush()
        review = session.scalars(select(CaseworkReview.id).where(CaseworkReview.case_id == case_id)).one()
    senior = desk.client(Role.SENIOR)
    assert "On record there is no advice" in senior.get(f"{desk.case_url(case_id)}/reviews/{review}").text
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/advice")
    page = officer.submit({"words": "Something"}, form="/advice", status=422)
    assert "Choose what it was about." in page.text
    assert "Something" in page.html
    page = officer.submit(SAID, form="/advice")
    assert "What the law can do Monday 2 February 2026" in page.text
    assert "Robin Example" in page.text
    assert "Said while talking with them" in page.text
    assert "Rights of Women, a page on orders" in page.text
    assert "No advice" not in lacking(desk, case_id)
    assert "no advice" not in senior.get(f"{desk.case_url(case_id)}/reviews/{review}").text
    assert "Advice: what the law can do. Advice was given" in officer.get(desk.case_url(case_id)).text
    with desk.place.work() as session:
        assert b"occupation" not in session.scalars(select(Advice.sealed)).one()


@pytest.mark.clause("WHG-2.2b")
def test_a_case_without_a_service_named_is_listed_until_one_is_or_somebody_says_why_none(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    named, reasoned = desk.case(), desk.case()
    me = Actor(desk.somebody(Role.OFFICER).account_id, "Robin Example")
    for each in (named, reasoned):
        assert "No service named, nor why none was" in lacking(desk, each)
    with desk.place.work() as session:
        signposts.signpost(session, "galop", Given.SPOKEN, Answer.LATER, me, MONDAY, case_id=named)
        why = Advised(Topic.NO_SERVICE, Given.SPOKEN, Result.DECLINED, "She has an adviser already.")
        advice.advise(session, reasoned, why, me, MONDAY)
    page = desk.client(Role.OFFICER).get(f"{desk.case_url(named)}/services")
    assert "2 February 2026" in page.text
    for each in (named, reasoned):
        assert "No service named" not in lacking(desk, each)
    assert "No advice" in lacking(desk, reasoned), "why nobody was named is not advice"


@pytest.mark.clause("WHG-2.2c")
def test_every_case_has_an_answer_on_the_home_and_advice_is_counted_apart_from_measures(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    advised, declined, silent = desk.case(), desk.case(), desk.case()
    me = Actor(desk.somebody(Role.OFFICER).account_id, "Robin Example")
    with desk.place.work() as session:
        for case_id, result in ((advised, Result.ADVISED), (declined, Result.DECLINED)):
            said = Advised(Topic.HARDENING, Given.SPOKEN, result, "Locks, lights, the letter box.")
            advice.advise(session, case_id, said, me, MONDAY)
        quarter = Quarter.read("2026-1")
        assert quarter
        when = When(desk.place.id, quarter, london(3, 10))
        told, measures = counted(session, [BY_KEY["hardening"], BY_KEY["measures"]], when)
    assert told.cells == {"advised": 1, "supported": 0, "declined": 1}
    assert not any(measures.cells.values())
    assert "making the home harder to attack" in lacking(desk, silent)
    assert "making the home harder" not in lacking(desk, advised) + lacking(desk, declined)


@pytest.mark.clause("STAR-3.13a")
def test_the_log_holds_advice_agency_and_what_came_of_it_which_is_asked_at_a_safe_hour(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case(safe_contact=SAFE)  # safe from 9 to 12 only
    client = desk.client(Role.OFFICER)
    with desk.place.work() as session:
        me = Actor(desk.somebody(Role.OFFICER).account_id, "Robin Example")
        signposts.signpost(session, "galop", Given.SPOKEN, Answer.TAKEN, me, MONDAY, case_id=case_id)
    client.get(f"{desk.case_url(case_id)}/advice")
    page = client.submit(SAID | {"again": "2026-02-16"}, form="/advice")
    assert "galop" in page.text
    assert "To be asked what came of it, at a safe hour: 16 Feb 09:00" in page.text
    with desk.place.work() as session:
        task = session.scalars(select(Task).where(Task.case_id == case_id, Task.source == "advice")).one()
        due_at = session.scalars(select(Deadline.due_at).where(Deadline.id == task.deadline_id)).one()
    assert SAFE.times.include(due_at)
    client.get(f"{desk.case_url(case_id)}/tasks/{task.id}/end")
    client.submit({"ending": "done", "words": "She has the order."})
    assert "What came of it, asked 2 Feb 10:00: She has the order." in client.get(
        f"{desk.case_url(case_id)}/advice"
    ).text


def test_where_no_way_is_safe_nobody_promises_to_ask_again(desk: Desk) -> None:
    case_id = desk.case(safe_contact=SafeContact(ways=(Way(Channel.CALL, Said.UNSAFE),)))
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/advice")
    page = client.submit(SAID | {"again": "2026-02-16"}, form="/advice", status=422)
    assert "No way of reaching them is safe" in page.text
    assert SAID["words"] in page.html
    assert advice.first_safe(SAFE, london(16, 14)) == london(17, 9)
    assert date(2026, 2, 16).isoformat() in page.html


def test_what_they_may_read_themselves_names_nobody_and_says_nothing_of_what_it_is_about(desk: Desk) -> None:
    case_id = desk.case(name="Catherine Ashworth")
    client = desk.client(Role.OFFICER)
    for words in ("What Catherine Ashworth can do.", "About the violence at home."):
        client.get(f"{desk.case_url(case_id)}/advice")
        assert "The words" in client.submit(SAID | {"for_them": words}, form="/advice", status=422).text
