"""Filling in: item by item, by whoever is at it, never silently incomplete, and nothing that was typed is lost."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.assessments import drafts, queries
from portal.cases.assessments.drafts import Said, Typed
from portal.cases.assessments.models import AssessmentAnswer
from portal.domain.permissions import Role
from portal.domain.risk import Answer
from tests.cases.assessments.rounds import ITEMS, assessed, begun, said, train
from tests.client import PageClient
from tests.conftest import Staff
from tests.desk import MONDAY, Desk

ALL_NO = {f"a_{item}": "no" for item in ITEMS}


def on_sheet(desk: Desk, case_id: UUID, who: Staff) -> PageClient:
    """Somebody with the draft open before her."""
    client = desk.client(who=who)
    client.get(f"{desk.case_url(case_id)}/risk")
    if "A draft is open" in client.page.text:
        client.get(next(link for link in client.page.links if "/risk/" in link and "form" not in link))
    else:
        client.submit({"instrument": "dash"}, form="start")
    return client


@pytest.mark.clause("HAV-4.7a")
def test_an_unanswered_item_keeps_it_from_being_completed_and_is_named(desk: Desk) -> None:
    officer, case_id = desk.somebody(Role.OFFICER), desk.case()
    train(desk, officer)
    client = on_sheet(desk, case_id, officer)
    page = client.post(client.url, {k: v for k, v in ALL_NO.items() if k != "a_15"} | {"then": "finish"})
    assert "Not complete: 1 still to ask" in page.text
    assert "15. Strangled" in page.text
    assert "Complete the assessment" not in page.text
    refused = client.post(
        client.url, {"seen": "26", "staff_risk": "none_known", "again_on": "2026-03-02"}, status=422
    )
    assert "Not complete" in refused.text
    with desk.place.work() as session:
        assert queries.overview(session, case_id, MONDAY).changes == ()


def test_not_knowing_is_an_answer_and_is_not_counted(desk: Desk) -> None:
    officer, case_id = desk.somebody(Role.OFFICER), desk.case()
    train(desk, officer)
    client = on_sheet(desk, case_id, officer)
    page = client.post(client.url, ALL_NO | {"a_15": "unknown", "a_1": "yes", "then": "finish"})
    assert "1 of 24 answered yes, 1 not known" in page.text
    assert "not known: 15. Strangled" in page.text
    page = client.submit({"staff_risk": "none_known", "again_on": "2026-03-02"}, form="finish")
    assert "The assessment is completed" in page.text
    assert "Standard risk" in page.text
    assert "Monday 2 March 2026" in page.text


def test_a_colleague_goes_on_where_somebody_stopped(desk: Desk) -> None:
    one, other, case_id = (
        desk.somebody(Role.OFFICER),
        desk.somebody(Role.OFFICER, name="Sam Second"),
        desk.case(),
    )
    client = on_sheet(desk, case_id, one)
    client.post(client.url, {"a_1": "yes", "c_1": "A cut on the arm", "then": "save"})
    second = on_sheet(desk, case_id, other)
    assert "A cut on the arm" in second.page.html
    assert "1 of 27 answered" in second.page.text
    second.post(
        second.url, {"a_1": "yes", "c_1": "A cut on the arm", "r_1": "1", "a_2": "yes", "then": "save"}
    )
    assert "2 of 27 answered" in second.page.text


def test_two_people_at_one_item_are_told_and_lose_nothing(desk: Desk) -> None:
    one, other = desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER, name="Sam Second")
    case_id = desk.case()
    first, second = on_sheet(desk, case_id, one), on_sheet(desk, case_id, other)
    first.post(first.url, {"a_5": "yes", "c_5": "Said so to me", "then": "save"})
    page = second.post(
        second.url, {"a_5": "no", "c_5": "Denied it", "a_6": "yes", "then": "save"}, status=409, follow=False
    )
    for words in ("A colleague answered", "Said so to me", "Denied it", "Robin Example"):
        assert words in page.html
    assert "2 of 27 answered" in page.text  # what nobody contests is kept
    again = {
        name: kept[0]
        for name, kept in next(each for each in page.forms if "/risk/" in each["action"])["fields"].items()
        if kept and name[:2] in {"a_", "c_", "r_"}
    }
    second.post(second.url, again | {"then": "save"})
    with desk.place.work() as session:
        rows = session.scalars(select(AssessmentAnswer).where(AssessmentAnswer.case_id == case_id)).all()
        assert sorted((row.item, row.revision) for row in rows) == [("5", 1), ("5", 2), ("6", 1)]


def test_what_somebody_leaves_untouched_does_not_undo_a_colleagues_answer(desk: Desk) -> None:
    one, other = train(desk, desk.somebody(Role.OFFICER)), train(desk, desk.somebody(Role.OFFICER))
    case_id = desk.case()
    sheet_id = begun(desk, case_id, one)
    with desk.place.work() as session:
        drafts.answer(session, case_id, sheet_id, {"1": Typed(Said(Answer.NO), 0)}, one, MONDAY)
        drafts.answer(session, case_id, sheet_id, {"1": Typed(Said(Answer.YES), 1)}, other, MONDAY)
        stale = {"1": Typed(Said(Answer.NO), 1), "2": Typed(Said(Answer.NO), 0)}
        assert drafts.answer(session, case_id, sheet_id, stale, one, MONDAY) == {}
        kept = drafts.answers_of(session, case_id, sheet_id)
        assert (kept["1"].said.answer, kept["2"].said.answer) == (Answer.YES, Answer.NO)


def test_an_outcome_is_not_completed_over_an_answer_that_nobody_has_seen(desk: Desk) -> None:
    officer, case_id = desk.somebody(Role.OFFICER), desk.case()
    actor = train(desk, officer)
    sheet_id = begun(desk, case_id, actor)
    with desk.place.work() as session:
        drafts.answer(session, case_id, sheet_id, said(2), actor, MONDAY)
    client = desk.client(who=officer)
    client.get(f"{desk.case_url(case_id)}/risk/{sheet_id}/finish")
    with desk.place.work() as session:
        drafts.answer(session, case_id, sheet_id, {"15": Typed(Said(Answer.YES), 1)}, actor, MONDAY)
    page = client.submit(
        {"staff_risk": "not_alone", "staff_words": "A dog", "again_on": "2026-03-02"},
        form="finish",
        status=409,
    )
    assert "Somebody changed this meanwhile" in page.text
    assert "A dog" in page.html
    page = client.submit({}, form="finish")
    assert "3 of 24 answered yes" in page.text
    assert "nobody visits alone" in client.get(desk.case_url(case_id)).text


def test_typing_into_an_assessment_that_a_colleague_completed_shows_what_was_typed(desk: Desk) -> None:
    officer, case_id = desk.somebody(Role.OFFICER), desk.case()
    actor = train(desk, officer)
    client = on_sheet(desk, case_id, officer)
    url = client.url
    assessed(desk, case_id, actor, yes=1)
    page = client.post(url, {"a_7": "yes", "c_7": "Typed too late", "then": "save"}, status=409)
    assert "Typed too late" in page.text
    assert "It was completed by" in page.text


def test_an_answer_of_no_form_of_ours_is_refused_with_everything_typed(desk: Desk) -> None:
    client = on_sheet(desk, desk.case(), desk.somebody(Role.OFFICER))
    page = client.post(client.url, {"a_1": "perhaps", "c_2": "Keep me", "then": "save"}, status=422)
    assert "Keep me" in page.html


def test_a_later_form_says_what_was_answered_before_and_when(desk: Desk) -> None:
    officer, case_id = desk.somebody(Role.OFFICER), desk.case(happening="He took my keys")
    actor = train(desk, officer)
    assessed(desk, case_id, actor, yes=2)
    desk.clock.at = MONDAY + timedelta(days=30)
    page = on_sheet(desk, case_id, officer).page
    assert "He took my keys" in page.text
    assert "Before, 2 Feb 10:00: yes" in page.text


def test_what_was_answered_is_sealed(desk: Desk) -> None:
    actor, case_id = train(desk, desk.somebody(Role.OFFICER)), desk.case()
    sheet_id = begun(desk, case_id, actor)
    with desk.place.work() as session:
        drafts.answer(
            session, case_id, sheet_id, {"15": Typed(Said(Answer.YES, "a scarf"), 0)}, actor, MONDAY
        )
        row = session.scalars(
            select(AssessmentAnswer).where(AssessmentAnswer.assessment_id == sheet_id)
        ).one()
        assert b"scarf" not in row.sealed
        assert b"yes" not in row.sealed


def test_a_draft_that_is_set_aside_gives_no_risk_and_makes_room_for_another(desk: Desk) -> None:
    officer, case_id = desk.somebody(Role.OFFICER), desk.case()
    client = on_sheet(desk, case_id, officer)
    client.get(client.url.split("?")[0] + "/set-aside")
    client.submit({"why": "The wrong form"}, form="set-aside")
    assert "Not assessed" in client.page.text
    client.submit({"instrument": "young"}, form="start")
    assert "Young people" in client.page.h1s[0]


def test_the_empty_form_prints_without_a_name_or_case(desk: Desk) -> None:
    case_id = desk.case(name="Marigold")
    page = desk.client(Role.OFFICER).get(f"{desk.url}/risk/form?instrument=dash")
    assert page.text.count("☐") == 3 * len(ITEMS)
    assert "Marigold" not in page.html
    assert str(case_id) not in page.html
    desk.client(Role.OFFICER).get(f"{desk.url}/risk/form?instrument=nothing-of-ours", status=404)


def test_a_day_that_is_over_is_no_day_to_assess_again(desk: Desk) -> None:
    officer, case_id = desk.somebody(Role.OFFICER), desk.case()
    actor = train(desk, officer)
    sheet_id = begun(desk, case_id, actor)
    with desk.place.work() as session:
        drafts.answer(session, case_id, sheet_id, said(2), actor, MONDAY)
    client = desk.client(who=officer)
    client.get(f"{desk.case_url(case_id)}/risk/{sheet_id}/finish")
    before = str(date(2026, 2, 1))
    page = client.submit({"staff_risk": "none_known", "again_on": before}, form="finish", status=422)
    assert "Set a day to come" in page.text
