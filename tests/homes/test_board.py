"""The options board on a case: what it opens follows the policy and the answers, and each thing done is dated."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.permissions import Role
from portal.domain.policy.moving import OptionKind
from portal.homes.options.models import HousingAnswers, OptionStep
from tests.client import Page, PageClient
from tests.desk import MONDAY, Desk, DeskAt
from tests.homes.at_home import manager

SITTING = {
    "managers": "Housing manager",
    "specialists": "Specialist officer",
    "papers": "The assessment, two police logs, her letter.",
    "recommends": "out_of_area",
    "safe_in_area": "no",
    "reasons": "He has been found at both homes before.",
    "told": "By call, the same day.",
}


def board(desk: Desk, case_id: UUID) -> str:
    return f"{desk.case_url(case_id)}/options"


def answers(desk: Desk, client: PageClient, case_id: UUID, status: int = 200, **said: str) -> Page:
    client.get(f"{board(desk, case_id)}/answers")
    return client.submit(said, form="/answers", status=status)


def does(
    desk: Desk, client: PageClient, case_id: UUID, option: str, step: str, status: int = 200, **said: str
) -> Page:
    client.get(f"{board(desk, case_id)}/step")
    return client.submit({"option": option, "step": step} | said, form="/step", status=status)


def sits(desk: Desk, client: PageClient, case_id: UUID, status: int = 200, **said: str) -> Page:
    client.get(f"{board(desk, case_id)}/panel")
    return client.submit(SITTING | said, form="/panel", status=status)


def state(page: Page, kind: OptionKind) -> str:
    """The tag beside an option."""
    heading = page.html.partition(f'id="option-{kind}"')[2].partition("</h2>")[0]
    return heading.rpartition("</span>")[0].rpartition(">")[2]


def waits(desk: Desk, case_id: UUID) -> dict[str, Task]:
    """Open tasks that an option opened, by their source."""
    with desk.place.work() as session:
        found = session.scalars(
            select(Task).where(Task.case_id == case_id, Task.ended_at.is_(None), Task.source.like("option-%"))
        )
        return {each.source or "": each for each in found}


def due(desk: Desk, task: Task) -> object:
    with desk.place.work() as session:
        return session.scalars(select(Deadline.due_at).where(Deadline.id == task.deadline_id)).one()


@pytest.mark.clause("NPH-ACCOM-1")
def test_the_board_begins_with_staying_asks_what_matters_and_chooses_nothing_beforehand(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    page = officer.get(board(desk, case_id))
    shown = [page.html.index(f'id="option-{each}"') for each in OptionKind]
    assert shown == sorted(shown)
    form = officer.get(f"{board(desk, case_id)}/answers")
    fields = next(each["fields"] for each in form.forms if "/answers" in each["action"])
    assert fields["wish"] == fields["home"] == []
    page = answers(desk, officer, case_id, wish="stay", words="Family nearby, and the children’s school.")
    assert "Family nearby, and the children’s school." in page.text


@pytest.mark.clause("NPH-REHOUSE-1")
def test_northampton_refers_to_the_council_once_both_answers_and_the_evidence_are_there(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    page = answers(desk, officer, case_id, home="safe_for_a_short_time", safe_in_area="yes")
    assert state(page, OptionKind.COUNCIL) == "Ask first"
    assert "A note of the officer is enough." in page.text
    assert "option-council" not in waits(desk, case_id)
    page = answers(desk, officer, case_id, evidence="yes")
    assert state(page, OptionKind.COUNCIL) == "Open"
    assert waits(desk, case_id)["option-council"].clause == "NPH Rehousing Options, para 1"
    does(desk, officer, case_id, "council", "asked", body="West Northamptonshire Council", reference="WN-1")
    assert "option-council" not in waits(desk, case_id)


@pytest.mark.clause("NPH-REHOUSE-3", "NPH-REHOUSE-4", "NPH-ACCOM-3")
def test_only_a_whole_panel_refuses_priority_inside_the_borough_and_the_way_out_of_it_opens(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    page = answers(
        desk,
        officer,
        case_id,
        home="safe_for_a_short_time",
        safe_in_area="yes",
        moves_before="2",
        evidence="yes",
    )
    assert state(page, OptionKind.TRANSFER) == state(page, OptionKind.COUNCIL) == "Open", (
        "two moves alone close nothing"
    )
    assert "Moved twice before within our area." in page.text
    page = answers(desk, officer, case_id, status=422, safe_in_area="no")
    assert "is a decision of the panel" in page.text
    for lacking in ("managers", "specialists"):
        page = sits(desk, officer, case_id, status=422, **{lacking: ""})
        assert "The panel lacks 1" in page.text
        assert "(NPH Accommodation and Rehousing)" in page.text
        assert "two police logs" in page.html
    for against, says in (("Housing manager", "it is not recommended"), ("The director", "They did not sit")):
        assert says in sits(desk, officer, case_id, status=422, against=against).text
    assert "Shown to be unsafe Yes" in officer.page.text, "the papers stand beside the form"
    page = sits(desk, officer, case_id, managers="Housing manager, Area manager", abstained="area manager")
    assert "Voted for it Housing manager, Specialist officer Did not vote area manager" in page.text
    assert state(page, OptionKind.TRANSFER) == state(page, OptionKind.COUNCIL) == "Closed"
    assert state(page, OptionKind.OUT_OF_AREA) == "Open"
    assert "Housing manager, Area manager, Specialist officer" in page.text
    for says in ("At risk anywhere in it", "2 times within our area"):
        assert says in page.text
    tasks = waits(desk, case_id)
    assert "option-council" not in tasks
    assert "option-transfer" not in tasks
    assert tasks["option-out-of-area"].clause == "NPH Emergency move outside, para 1"
    refused = does(desk, officer, case_id, "transfer", "approved", status=422)
    assert "A home in our own area would keep them at risk. (NPH Rehousing Options, para 2)" in refused.text
    assert (
        "Closed"
        not in officer.get(desk.case_url(case_id)).html.partition("head__who")[2].partition("</p>")[0]
    )


@pytest.mark.clause("NPH-EMERG-1", "NPH-EMERG-2")
def test_another_council_of_her_choice_is_asked_and_emergency_housing_meanwhile_at_once(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="safe_for_a_short_time")
    sits(desk, officer, case_id)
    page = does(desk, officer, case_id, "out_of_area", "asked", body="Rugby Borough Council")
    assert "Another body was asked: Rugby Borough Council" in page.text
    assert "Law since: Regulations 2025 (SI 2025/706)" in page.text
    assert "10 July 2025" in page.text
    desk.clock.at = MONDAY + timedelta(hours=2)
    officer = desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="not_safe")
    task = waits(desk, case_id)["option-temporary"]
    assert due(desk, task) == desk.clock.at
    page = does(
        desk,
        officer,
        case_id,
        "temporary",
        "answered_yes",
        body="West Northamptonshire Council",
        reference="JIG-7",
    )
    assert "The other body said yes: West Northamptonshire Council (JIG-7)" in page.text
    assert "option-temporary" not in waits(desk, case_id)


@pytest.mark.clause("AG013-OP6a")
@pytest.mark.parametrize("slug", ["dales", "seven-locks"])
def test_who_cannot_go_home_has_a_temporary_home_looked_for_at_once(desk_at: DeskAt, slug: str) -> None:
    desk = desk_at(slug)
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="not_safe", agrees_to_temporary="yes")
    task = waits(desk, case_id)["option-temporary"]
    assert (task.clause, due(desk, task)) == ("AG/013 Operational Principle 6", MONDAY)
    page = does(
        desk, officer, case_id, "temporary", "answered_no", body="The borough council", words="Full tonight."
    )
    assert "The other body said no: The borough council" in page.text
    with desk.place.work() as session:
        row = session.scalars(select(OptionStep).where(OptionStep.case_id == case_id)).one()
    assert row.step == "answered_no"
    assert b"borough" not in row.sealed


@pytest.mark.clause("AG013-OP6b")
def test_a_refuge_that_was_declined_is_asked_by_nobody_and_can_be_wanted_later(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="not_safe", agrees_to_temporary="no")
    assert "option-temporary" not in waits(desk, case_id)
    refused = does(desk, officer, case_id, "temporary", "asked", status=422, body="Women’s Aid")
    assert (
        "They do not want it. They can change their mind at any time. (AG/013 Operational Principle 6)"
        in refused.text
    )
    desk.clock.at = MONDAY + timedelta(hours=1)
    officer = desk.client(Role.OFFICER)
    answers(desk, officer, case_id, agrees_to_temporary="yes")
    page = does(desk, officer, case_id, "temporary", "asked", body="Women’s Aid")
    assert "Another body was asked: Women’s Aid" in page.text
    with desk.place.work() as session:
        dated = session.scalars(select(HousingAnswers.at).where(HousingAnswers.case_id == case_id)).all()
    assert sorted(dated) == [MONDAY, MONDAY + timedelta(hours=1)], "each answer keeps its date"


@pytest.mark.clause("STAR-3.16a")
def test_star_backs_a_move_that_she_decided_on_and_an_officer_decides_nothing_instead(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    page = answers(desk, officer, case_id, home="not_safe")
    assert state(page, OptionKind.DIRECT_LET) == "Ask first"
    refused = does(desk, officer, case_id, "direct_let", "approved", status=422)
    assert "What do they want: to stay, or to move? (STAR 3.16)" in refused.text
    assert waits(desk, case_id) == {}
    answers(desk, officer, case_id, wish="move")
    assert waits(desk, case_id)["option-direct-let"].clause == "STAR 3.16"


@pytest.mark.clause("STAR-3.16b")
def test_a_direct_let_at_star_waits_for_three_answers_or_a_managers_reason(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="not_safe", wish="move")
    bodies = ("Shropshire Council Housing Options", "domestic abuse organisations", "West Mercia Police")
    for body in bodies[:2]:
        does(desk, officer, case_id, "direct_let", "answered_yes", body=body)
    refused = does(desk, officer, case_id, "direct_let", "approved", status=422)
    assert "No answer is on record from: West Mercia Police." in refused.text
    assert "(STAR 3.16)" in refused.text
    other = desk.case()
    answers(desk, officer, other, home="not_safe", wish="move")
    assert does(desk, manager(desk), other, "direct_let", "approved", status=422)
    words = {"words": "The police could not say before the weekend."}
    assert "Approved here" in does(desk, manager(desk), other, "direct_let", "approved", **words).text
    does(desk, officer, case_id, "direct_let", "answered_no", body=bodies[2])
    assert "Approved here" in does(desk, officer, case_id, "direct_let", "approved").text


@pytest.mark.clause("HAV-4.13c")
def test_a_direct_let_at_havebury_waits_for_the_council_and_is_not_declined_without_a_reason(
    desk: Desk,
) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    answers(desk, officer, case_id, wish="move")
    refused = does(desk, officer, case_id, "direct_let", "approved", status=422)
    assert "No answer is on record from: council." in refused.text
    refused = does(desk, officer, case_id, "direct_let", "not_approved", status=422)
    assert "Say why it is not approved. (HS-026 4.13)" in refused.text
    does(desk, officer, case_id, "direct_let", "answered_yes", body="Council")
    page = does(desk, officer, case_id, "direct_let", "approved")
    assert "The other body said yes: Council" in page.text
    assert "Approved here" in page.text


def test_what_the_policy_is_silent_on_is_a_managers_decision_with_a_reason(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    said = {"words": "The only way that keeps the school."}
    refused = does(desk, officer, case_id, "transfer", "approved", status=422, **said)
    assert "The policy does not speak of it: a manager decides, with a reason." in refused.text
    assert "Approved here" in does(desk, manager(desk), case_id, "transfer", "approved", **said).text


def test_what_has_closed_again_is_nobodys_task_any_more(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="not_safe")
    assert "option-transfer" in waits(desk, case_id)
    answers(desk, officer, case_id, home="safe")
    assert waits(desk, case_id) == {}


def test_two_who_answer_at_once_are_told_and_nothing_typed_is_lost(desk: Desk) -> None:
    case_id = desk.case()
    one, other = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    for client in (one, other):
        client.get(f"{board(desk, case_id)}/answers")
    one.submit({"home": "safe"}, form="/answers")
    late = other.submit({"home": "not_safe", "words": "She rang at nine."}, form="/answers", status=409)
    assert "Somebody changed this meanwhile" in late.text
    assert "She rang at nine." in late.html
    page = other.submit({}, form="/answers")
    assert "She rang at nine." in page.text


def test_how_far_the_council_is_stands_beside_the_option_and_a_full_duty_opens_what_follows(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="not_safe", wish="move", agrees_to_temporary="yes")
    said = {"body": "Leicester City Council", "reference": "L-1"}
    page = does(desk, officer, case_id, "temporary", "asked", **said, stage="relief")
    assert "The council works to find a home (relief duty)." in page.text
    assert "offer to nil the rent" not in page.text
    wrong = does(desk, officer, case_id, "stay", "explained", status=422, stage="full")
    assert "No council decides on this option." in wrong.text
    page = does(desk, officer, case_id, "temporary", "answered_yes", **said, stage="full")
    assert "A council has agreed a duty to rehouse: offer to nil the rent." in page.text
    assert "the tenancy stays" not in page.text
    page = does(desk, officer, case_id, "temporary", "answered_no", **said, stage="not_owed")
    assert "the tenancy stays" in page.text


def test_a_panel_is_there_only_where_the_policy_has_one(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    assert officer.get(f"{board(desk, case_id)}/panel").h1s == officer.get(board(desk, case_id)).h1s
    assert "Record a panel" not in officer.get(board(desk, case_id)).text


def test_no_answer_stands_in_plain_in_the_database(desk: Desk) -> None:
    case_id = desk.case()
    answers(desk, desk.client(Role.OFFICER), case_id, home="not_safe", words="She sleeps at her aunt’s.")
    with desk.place.work() as session:
        row = session.scalars(select(HousingAnswers).where(HousingAnswers.case_id == case_id)).one()
    assert b"not_safe" not in row.sealed
    assert b"aunt" not in row.sealed
