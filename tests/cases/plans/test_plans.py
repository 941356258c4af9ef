"""Plans are made with the person, count once she has agreed, and every agreed version stays readable."""



import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import ProgrammingError

from portal.cases.plans.models import PlanVersion
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from tests.client import Page, PageClient
from tests.desk import Desk, DeskAt, london

JUNE = london(2, 10).replace(month=6, day=1)
WATCHED = {"part_watching": "A call each week, at ten."}
AGREED = {"agreed": "y", "how": "in_person", "day": "2026-06-01", "time": "10:00"}
FORTNIGHT = AGREED | {"every": "2", "unit": "weeks", "rhythm_agreed": "y"}


class Plans:
    """The plans of one case, as an officer works on them."""

    def __init__(self, desk: Desk, **said: object) -> None:
        self.desk, self.case_id = desk, desk.case(**said)
        desk.clock.at = JUNE
        self.client = desk.client(Role.OFFICER)
        self.url = f"{desk.case_url(self.case_id)}/plans"

    def write(self, kind: str, client: PageClient | None = None, **said: object) -> Page:
        client = client or self.client
        client.get(f"{self.url}/{kind}/write")
        if kind == "action":
            said = WATCHED | said
        return client.submit(said, form="/write")

    def agree(self, kind: str, how: dict[str, str], *, status: int = 200) -> Page:
        self.client.get(f"{self.url}/{kind}/agree")
        return self.client.submit(how, form="/agree", status=status)

    def printed(self, kind: str = "safety") -> Page:
        self.client.get(f"{self.url}/{kind}")
        return self.client.submit({}, form="/print")

    def act(self, **said: str) -> Page:
        self.client.get(f"{self.url}/action")
        return self.client.submit(said, form="/plans/actions")

    def tasks(self) -> dict[str, str | None]:
        """The open tasks by kind, with their due times."""
        with self.desk.place.work() as session:
            rows = session.execute(
                select(Task.kind, Deadline.due_at)
                .join(Deadline, Deadline.id == Task.deadline_id, isouter=True)
                .where(Task.case_id == self.case_id, Task.ended_at.is_(None))
            )
            return {kind: due.isoformat() if due else None for kind, due in rows}


@pytest.fixture
def plans(desk: Desk) -> Plans:
    """The plans of a case under HS-026."""
    return Plans(desk)


@pytest.mark.clause("HAV-4.6c")
def test_how_often_is_for_them_to_say_and_each_review_sets_the_next(plans: Plans) -> None:
    plans.write("action", part_aim="To stay.")
    plans.client.get(f"{plans.url}/action/agree")
    page = plans.client.submit(AGREED, form="/agree", status=422)
    assert "Ask how often they want to look at it again (HS-026 4.6)." in page.text
    page = plans.agree("action", AGREED | {"every": "2", "unit": "weeks"}, status=422)
    assert "How often is for them to say (HS-026 4.6)." in page.text
    assert "Monday 15 June 2026" in plans.agree("action", FORTNIGHT).text
    assert plans.tasks() == {TaskKind.ACTION_PLAN_REVIEW: "2026-06-15T16:00:00+00:00"}
    plans.desk.clock.at = JUNE.replace(day=12)
    plans.client = plans.desk.client(Role.OFFICER)
    plans.client.get(f"{plans.url}/action/review")
    plans.client.submit({"words": "It works for her."}, form="/review")
    assert plans.tasks() == {TaskKind.ACTION_PLAN_REVIEW: "2026-06-26T16:00:00+00:00"}


def test_a_plan_that_nobody_has_agreed_to_is_a_draft(plans: Plans) -> None:
    page = plans.write("safety", part_home="Lock the back door.")
    assert "they have not agreed to it yet" in page.text
    page = plans.client.get(plans.url)
    assert "The safety plan has not been agreed." in page.text
    assert "HS-026 4.7" in page.text
    plans.client.get(f"{plans.url}/safety/agree")
    page = plans.client.submit(FORTNIGHT | {"agreed": []}, form="/agree", status=422)
    assert "Only what they agree to counts as agreed." in page.text


def test_an_agreed_version_stays_as_it_was_and_the_change_can_be_read(plans: Plans) -> None:
    plans.write("safety", part_home="Leave by the back door.", no_pets="y")
    plans.agree("safety", FORTNIGHT | {"said": "“That is right.”"})
    plans.write("safety", part_home="Leave by the front door.", part_money="Own account.")
    page = plans.client.get(f"{plans.url}/safety")
    assert "changes that they have not agreed to yet" in page.text
    plans.agree("safety", FORTNIGHT)
    first = plans.client.get(f"{plans.url}/safety/versions/1")
    assert "Leave by the back door." in first.text
    assert "“That is right.”" in first.text
    assert "Declined" in first.text  # pets: what they declined stays visible
    second = plans.client.get(f"{plans.url}/safety/versions/2")
    assert "<del>back </del><ins>front </ins>" in second.html
    assert "<ins>Own account.</ins>" in second.html
    with plans.desk.place.work() as session, pytest.raises(ProgrammingError):
        session.execute(update(PlanVersion).values(actor="Nobody"))


def test_agreed_through_an_advocate_names_her(plans: Plans) -> None:
    plans.write("safety", part_home="Lock.")
    page = plans.agree("safety", FORTNIGHT | {"how": "advocate"}, status=422)
    assert "Write who spoke for them." in page.text
    page = plans.client.submit({"through": "Her IDVA"}, form="/agree")
    assert "Through somebody who speaks for them (Her IDVA)" in page.text.replace("through", "Through")


def test_two_who_write_at_once_are_told_and_lose_nothing(plans: Plans) -> None:
    other = plans.desk.client(Role.SENIOR)
    other.get(f"{plans.url}/safety/write")
    plans.write("safety", part_home="Lock the door.")
    page = other.submit({"part_home": "Change the lock.", "part_pets": "The dog to Ann."}, form="/write", status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert "Lock the door." in page.text
    fields = next(form["fields"] for form in page.forms if form["action"].endswith("/write"))
    assert fields["part_home"] == ["Change the lock."]
    assert fields["part_pets"] == ["The dog to Ann."]
    assert "The dog to Ann." in other.submit({}, form="/write").text  # seen both, sent again


@pytest.mark.clause("STAR-3.10a")
def test_nothing_for_now_and_a_call_in_a_month_is_a_plan(desk_at: DeskAt) -> None:
    plans = Plans(desk_at("star"))
    plans.write("action", directions=["nothing"], part_reasons="She wants time to think.")
    plans.act(what="Call her in a month.", owner="landlord", day="2026-07-01")
    page = plans.agree("action", AGREED | {"every": "1", "unit": "months", "rhythm_agreed": "y"})
    for words in ("Nothing for now", "She wants time to think.", "Call her in a month.", "Wednesday 1 July 2026"):
        assert words in page.text
    case_why = f"{plans.desk.case_url(plans.case_id)}/why"
    assert f'href="{case_why}">Why this time' in plans.client.get(f"{plans.url}/action").html
    assert "Call her in a month." in plans.client.get(case_why).text


@pytest.mark.clause("NPH-INTRO-5")
def test_any_ways_can_be_chosen_in_any_order_and_a_change_keeps_the_history(desk_at: DeskAt) -> None:
    plans = Plans(desk_at("nph"))
    plans.write("action", directions=["stay", "support"], part_reasons="Her mother lives next door.")
    plans.agree("action", AGREED)
    plans.write("action", directions=["move", "support"], part_reasons="He found her at work.")
    page = plans.agree("action", AGREED)
    assert "Move" in page.text
    page = plans.client.get(f"{plans.url}/action/versions/2")
    assert "<del>Stay</del>" in page.html
    assert "<ins>Move</ins>" in page.html
    assert "Her mother lives next door." in plans.client.get(f"{plans.url}/action/versions/1").text


def test_a_silent_policy_says_so_and_reminds_nobody(desk_at: DeskAt) -> None:
    plans = Plans(desk_at("star"))
    plans.write("safety", part_home="Lock.")
    page = plans.agree("safety", AGREED)
    assert "states no rhythm: nobody will be reminded" in page.text
    assert plans.tasks() == {}
    assert "has not been agreed" not in plans.client.get(plans.url).text  # nor does STAR ask for a plan


def test_an_action_is_ours_theirs_or_a_services_and_ends_with_what_shows_it(plans: Plans) -> None:
    plans.write("action", part_aim="To stay.")
    plans.act(what="Fit a new lock.", owner="landlord", day="2026-06-05")
    plans.act(what="Tell the school.", owner="survivor")
    plans.act(what="Legal advice.", owner="agency", agency="Rights of Women")
    assert plans.tasks() == {}  # nothing is to be done before she has agreed
    plans.agree("action", FORTNIGHT)
    assert plans.tasks()[TaskKind.PLAN_ACTION] == "2026-06-05T16:00:00+00:00"
    for ending, words, says in (
        ("done", "Seen on 2 June.", "Done"),
        ("unable", "The school is closed.", "Tried, and could not be done"),
        ("not_needed", "She has a solicitor.", "Not needed any more"),
    ):
        page = plans.client.get(f"{plans.url}/action")
        plans.client.get(next(link for link in page.links if link.endswith("/end")))
        assert "Write what shows it" in plans.client.submit({"ending": ending}, form="/end", status=422).text
        page = plans.client.submit({"words": words}, form="/end")
        assert says in page.text
        assert words in page.text
    assert TaskKind.PLAN_ACTION not in plans.tasks()


def test_an_action_that_they_decline_stays_in_sight_and_can_come_back(plans: Plans) -> None:
    plans.write("action", part_aim="To stay.")
    page = plans.act(what="Ring the police.", owner="landlord")
    plans.client.get(next(link for link in page.links if link.endswith("/decline")))
    page = plans.client.submit({"words": "“Not now.”"}, form="/decline")
    assert "They declined it" in page.text
    assert "“Not now.”" in page.text
    page = plans.agree("action", FORTNIGHT)
    assert "Ring the police." in plans.client.get(f"{plans.url}/action/versions/1").text
    assert TaskKind.PLAN_ACTION not in plans.tasks()
    plans.client.get(f"{plans.url}/action")
    assert "Not agreed yet" in plans.client.submit({}, form="/again").text


def test_an_action_of_a_service_names_it(plans: Plans) -> None:
    plans.write("action", part_aim="To stay.")
    plans.client.get(f"{plans.url}/action")
    page = plans.client.submit({"what": "Advice", "owner": "agency"}, form="/plans/actions", status=422)
    assert "Name the service that does it." in page.text
    assert "Advice" in page.html


