"""The page of figures: exact for whoever may open the cases, and nobody to be found in it for everybody else."""

import re

import pytest
from sqlalchemy import select, update

from portal.cases.household.service import add as add_person
from portal.cases.models import Case
from portal.cases.service import refresh_next
from portal.cases.tasks.service import Proposal, propose
from portal.deadlines.models import Deadline
from portal.domain.figures import Quarter, released
from portal.domain.lifecycle import Source
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.domain.wording import say_moment
from portal.equality.service import keep as keep_answers
from portal.people.staff import add_staff
from portal.referrals.coming_back.service import say_how_it_went
from portal.reports.packs.contents import contents
from portal.reports.performance import published
from portal.reports.performance.jobs import keep_figures
from portal.reports.performance.published import RULES, learned
from portal.store.audit import Actor, AuditEntry, Fact
from portal.store.base import new_id
from tests.client import Page
from tests.conftest import PASSWORD, Staff
from tests.desk import Desk, DeskAt, london
from tests.reports.golden import NOW, golden

QUARTER = "quarter=2026-1"
OVER = NOW.replace(month=4)
"""The quarter is over, and boards may ask for it."""


def numbers(page: Page, key: str) -> list[str]:
    """What the table of one figure shows, line by line."""
    part = page.html.split(f'id="f-{key}"')[1].split("</section>")[0]
    cells = re.findall(r"<td>(.*?)</td>", part, re.DOTALL)
    return [re.sub(r"<span.*?</span>|<[^>]+>|\s+", " ", each).strip() for each in cells]


def looked(desk: Desk, fact: Fact) -> list[str | None]:
    with desk.place.work() as session:
        return list(session.scalars(select(AuditEntry.detail).where(AuditEntry.fact == fact)))


@pytest.mark.clause("STAR-9-5")
def test_the_page_is_counted_anew_after_a_late_contact_and_each_number_opens_its_cases(
    desk_at: DeskAt,
) -> None:
    """The contact aim of STAR 5.1, the repairs, the outcomes and what is open stand on it, each with its list."""
    desk = desk_at("star")
    case_id = desk.case(london(2, 10))
    desk.clock.at = NOW
    client = desk.client(Role.MANAGER)
    page = client.get(f"{desk.url}/figures?{QUARTER}")
    for title in ("Clocks started by a report by the person", "Clocks started by damage that leaves somebody unsafe",
                  "Cases closed, by outcome", "Open cases, by what the record lacks"):  # fmt: skip
        assert title in page.text
    late, overdue = 3, 7
    assert numbers(page, "clock-disclosure")[late * 3] == "0"
    assert numbers(page, "clock-disclosure")[overdue * 3].startswith("1")
    with desk.place.work() as session:
        session.execute(
            update(Deadline)
            .where(Deadline.case_id == case_id)
            .values(met_at=london(26, 10), ended_at=london(26, 10))
        )
    page = client.get(f"{desk.url}/figures?{QUARTER}")
    assert numbers(page, "clock-disclosure")[late * 3].startswith("1")
    link = next(each for each in page.links if "of=clock-disclosure&cell=late" in each)
    listed = client.get(link)
    with desk.place.work() as session:
        assert session.get_one(Case, (desk.place.id, case_id)).reference in listed.text
    assert looked(desk, Fact.FIGURE_LISTED) == ["clock-disclosure late 2026-1"]


@pytest.mark.clause("WHG-1.2b")
def test_board_and_auditor_see_no_small_number_no_name_and_no_list(desk: Desk) -> None:
    golden(desk)
    desk.clock.at = OVER
    for role in (Role.BOARD, Role.AUDITOR):
        client = desk.client(role)
        page = client.get(f"{desk.url}/figures?{QUARTER}")
        shown = {
            each for key in ("reports", "closed", "closed-risk", "open-risk", "concerns") for each in numbers(page, key)
        }
        assert shown <= {"under 5", "–", "kept back", "5"}, shown
        assert not [each for each in page.links if "/behind" in each]
        assert "Robin Example" not in page.html.split("<main")[1].split("</main>")[0]
        client.get(f"{desk.url}/figures/behind?of=closed&cell=helped", status=403)
    assert looked(desk, Fact.FIGURES_READ) == ["2026-1", "2026-1"]


def test_a_restricted_case_and_one_about_a_colleague_show_in_no_figure_of_theirs(desk: Desk) -> None:
    """Twelve cases and two that few may know of: the board is told 10, and not 15."""
    cases = [desk.case(london(2, 10)) for _ in range(14)]
    desk.clock.at = OVER
    board = desk.client(Role.BOARD)
    assert numbers(board.get(f"{desk.url}/figures?{QUARTER}"), "opened")[0] == "15"
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.id == cases[0]).values(restricted=True))
        session.execute(update(Case).where(Case.id == cases[1]).values(route="staff"))
    assert numbers(board.get(f"{desk.url}/figures?{QUARTER}"), "opened")[0] == "10"


def test_what_a_board_was_once_told_of_a_quarter_never_moves_and_the_running_quarter_is_not_told(desk: Desk) -> None:
    """Fourteen cases, then eight: what is published goes on saying 15. A watcher of numbers learns nothing."""
    cases = [desk.case(london(2, 10)) for _ in range(14)]
    desk.clock.at = NOW
    page = desk.client(Role.BOARD).get(f"{desk.url}/figures?{QUARTER}")
    assert "January to March 2026" not in page.text, "not even where it is asked for"
    assert "January to March 2026" in desk.client(Role.MANAGER).get(f"{desk.url}/figures?{QUARTER}").text
    desk.clock.at = OVER
    for _ in range(2):
        keep_figures(desk.place.work, OVER)
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.id.in_(cases[:6])).values(restricted=True))
    desk.clock.at = OVER.replace(month=5)
    page = desk.client(Role.BOARD).get(f"{desk.url}/figures?{QUARTER}")
    assert numbers(page, "opened")[0] == "15"
    assert f"As of {say_moment(OVER)}" in page.text
    assert numbers(desk.client(Role.SENIOR).get(f"{desk.url}/figures?{QUARTER}"), "opened")[0].startswith("8")
    with desk.place.work() as session:
        before, told = published.of(session, Quarter(2026, 1), OVER), published.of(session, Quarter(2025, 4), OVER)
    assert before.figures["opened"].all == "13 to 25"
    assert told.as_of == OVER, "the quarter before is kept in the same night"


@pytest.mark.clause("STAR-2-END-5")
def test_waiting_times_are_reported_and_a_new_disclosure_stands_first(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id, mine = desk.case(london(2, 10)), desk.somebody(Role.MANAGER)
    with desk.place.work() as session:
        week_old = Proposal(TaskKind.OWN, "Ring the school", london(20, 9))
        propose(session, case_id, week_old, Actor(None, "Robin Example"), london(19, 10))
    desk.clock.at = NOW
    fresh = desk.report(NOW, name="Just Now")
    with desk.place.work() as session:
        session.execute(
            update(Deadline)
            .where(Deadline.case_id.is_not(None), Deadline.event == "disclosure")
            .values(met_at=london(2, 13), ended_at=london(2, 13))
        )
        session.flush()
        case = session.get_one(Case, (desk.place.id, case_id))
        case.stage, case.assigned_to = "active", mine.account_id
        refresh_next(session, case)
    client = desk.client(who=mine)
    assert "half of them within: 3 hours" in client.get(f"{desk.url}/figures?{QUARTER}").text
    page = client.get("/desk/")
    assert f"cases/{case_id}" in page.html, "the task is there"
    first = page.html.index(str(fresh))
    others = [page.html.index(each) for each in re.findall(r"cases/[0-9a-f-]{36}", page.html)]
    assert all(first < each for each in others)


@pytest.mark.clause("STAR-3.1")
def test_an_incident_that_staff_noticed_has_a_clock_and_its_median_beside_that_of_disclosures(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("star")
    for source, hours in ((Source.SELF, 12), (Source.CONCERN_CARD, 15)):
        case_id = desk.case(london(2, 10), source=source)
        with desk.place.work() as session:
            kept = session.scalars(select(Deadline).where(Deadline.case_id == case_id)).one()
            assert kept.event == ("disclosure" if source is Source.SELF else "concern")
            assert kept.due_at is not None
            kept.met_at = kept.ended_at = london(2, 10).replace(day=2 + hours // 24, hour=(10 + hours) % 24)
            if kept.met_at < kept.started_at:
                kept.met_at = kept.ended_at = kept.met_at.replace(day=3)
    desk.clock.at = NOW
    page = desk.client(Role.MANAGER).get(f"{desk.url}/figures?{QUARTER}")
    disclosed, noticed = (page.html.split(f'id="f-clock-{each}"')[1] for each in ("disclosure", "concern"))
    assert "<strong>12 hours</strong>" in disclosed.split("</section>")[0]
    assert "<strong>15 hours</strong>" in noticed.split("</section>")[0]


def test_a_quarter_that_never_was_and_a_figure_that_is_none_are_answered_plainly(desk: Desk) -> None:
    client = desk.client(Role.MANAGER)
    assert "January to March 2026" in client.get(f"{desk.url}/figures?quarter=1999-7").text
    client.get(f"{desk.url}/figures/behind?of=nothing", status=404)


@pytest.mark.clause("HAV-6.1d")
def test_how_many_cases_needed_no_reopening_is_shown_as_an_aspiration(desk: Desk) -> None:
    """Of five opened, three are open, one was closed and one was closed and opened again."""
    golden(desk)
    page = desk.client(Role.MANAGER).get(f"{desk.url}/figures?{QUARTER}")
    opened = page.html.split('id="f-opened"')[1].split("</section>")[0]
    assert "need not be opened again is an aspiration, not a promise" in opened
    assert numbers(page, "opened")[7] == "20%"
    assert "Late" in page.text or "Done late" in page.text
    assert "Joined a case that there was already" in page.text


@pytest.mark.clause("HAV-6.1")
def test_figures_count_everybody_who_is_supported_and_not_tenants_only(desk: Desk) -> None:
    """Five survivors, two of their children; the public page lists the four standards, see tests/clauses."""
    golden(desk)
    page = desk.client(Role.MANAGER).get(f"{desk.url}/figures?{QUARTER}")
    people = page.html.split('id="f-people"')[1].split("</section>")[0]
    assert "Others in their households" in people
    assert numbers(page, "people")[:7:3] == ["5", "1", "1"]


@pytest.mark.clause("NPH-DEF-4")
def test_a_child_who_heard_it_is_a_victim_of_their_own_and_counted_so_that_nobody_is_found(
    desk_at: DeskAt,
) -> None:
    """Two such children are not told to a board; twelve are, rounded."""
    desk = desk_at("nph")
    case_id = desk.case(london(2, 10))
    desk.clock.at = OVER
    board, manager = desk.client(Role.BOARD), desk.client(Role.MANAGER)
    url = f"{desk.url}/figures?{QUARTER}"
    for added, (exact, told) in {2: ("2", "under 5"), 10: ("12", "10")}.items():
        with desk.place.work() as session:
            for _ in range(added):
                child = {"name": "Little Example", "effects": ["hears"]}
                add_person(session, case_id, "child", child, Actor(None, "Robin Example"), NOW)
        assert numbers(manager.get(url), "people")[3] == exact
        page = board.get(url).html.split('id="f-people"')[1].split("</section>")[0]
        assert told in page
    people = desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/household").text
    assert "Little Example" in people


@pytest.mark.clause("STAR-3.18b")
def test_reports_are_counted_by_the_language_of_the_pages_so_that_nobody_is_found(desk_at: DeskAt) -> None:
    """Two on Polish pages are told to who opens cases and to no board; that pages can be used so, see e2e."""
    desk = desk_at("star")
    for _ in range(12):
        desk.report(london(3, 10))
    for _ in range(2):
        desk.report(london(4, 10), written_in="pl")
    desk.clock.at = OVER
    url = f"{desk.url}/figures?{QUARTER}"
    assert numbers(desk.client(Role.MANAGER).get(url), "reports-language")[:6:3] == ["12", "2"]
    told = numbers(desk.client(Role.BOARD).get(url), "reports-language")[::3]
    assert "2" not in told
    assert "12" not in told, "nor what is left of all"


def test_answers_about_themselves_are_shown_of_quarters_that_are_over_and_never_as_they_were_counted(
    desk: Desk,
) -> None:
    """Fourteen women and two men answered: not even a manager is told of the two, nor of anybody this quarter."""
    with desk.place.work() as session:
        for number in range(16):
            keep_answers(session, {"sex": "female" if number < 14 else "male"}, london(2, 10))
    desk.clock.at = NOW
    client = desk.client(Role.MANAGER)
    assert numbers(client.get(f"{desk.url}/figures?{QUARTER}"), "equality-sex")[0] == "under 5", (
        "not over yet"
    )
    desk.clock.at = NOW.replace(month=4)
    client = desk.client(Role.MANAGER)
    page = client.get(f"{desk.url}/figures?{QUARTER}")
    assert numbers(page, "equality-sex")[::3][:2] == ["15", "under 5"]
    assert "of=equality" not in page.html
    client.get(f"{desk.url}/figures/behind?of=equality-sex&cell=female", status=404)


def test_figures_and_the_list_behind_are_narrowed_to_a_post_or_to_somebody(desk: Desk) -> None:
    """Of three cases two are one officer’s and one a colleague’s of the same post; a board has no such choice."""
    cases = [desk.case(london(2, 10)) for _ in range(3)]
    one, other = (desk.place.staff(Role.OFFICER, post="Housing Officer") for _ in range(2))
    with desk.place.work() as session:
        for case_id, account_id in zip(cases, (one, one, other), strict=True):
            session.execute(update(Case).where(Case.id == case_id).values(assigned_to=account_id))
    desk.clock.at = OVER
    client = desk.client(Role.MANAGER)
    for whose, number in ((str(one), "2"), ("housing-officer", "3"), ("", "3"), ("nobody-here", "3")):
        page = client.get(f"{desk.url}/figures?{QUARTER}&whose={whose}")
        assert numbers(page, "opened")[0].startswith(number), whose
    link = next(
        each for each in client.get(f"{desk.url}/figures?{QUARTER}&whose={one}").links if "of=opened" in each
    )
    assert client.get(link).html.count("/cases/") == 2
    board = desk.client(Role.BOARD).get(f"{desk.url}/figures?{QUARTER}&whose={one}")
    assert 'name="whose"' not in board.html
    assert numbers(board, "opened")[0] == "under 5"


def test_what_they_say_is_shown_with_the_figures_once_the_quarter_is_over_and_of_too_few_nothing(
    desk: Desk,
) -> None:
    """Twelve were listened to and three were not; this quarter’s answers are not there before it is over."""
    with desk.place.work() as session:
        for number in range(15):
            say_how_it_went(session, {"heard": "yes" if number < 12 else "no"}, london(2, 10))
    desk.clock.at = NOW
    assert (
        numbers(desk.client(Role.MANAGER).get(f"{desk.url}/figures?{QUARTER}"), "feedback-heard")[0]
        == "under 5"
    )
    desk.clock.at = NOW.replace(month=4)
    for role in (Role.MANAGER, Role.BOARD):
        page = desk.client(role).get(f"{desk.url}/figures?{QUARTER}")
        assert numbers(page, "feedback-heard")[::3][:3] == ["10", "under 5", "under 5"], role
        assert "of=feedback" not in page.html


def test_figures_of_several_landlords_are_added_up_for_whoever_may_open_the_cases_of_each(
    desk_at: DeskAt,
) -> None:
    """Two cases here and one there are three. Of a landlord where somebody opens no case nothing is added."""
    desk, other = desk_at("star"), desk_at("whg")
    for each, number in ((desk, 2), (other, 1)):
        for _ in range(number):
            each.case(london(2, 10))
    desk.clock.at = NOW

    def manager(there: Role) -> Staff:
        email = f"{new_id().hex}@staff.example"
        roles = {desk.place.id: [Role.MANAGER], other.place.id: [there]}
        return Staff(
            add_staff(desk.database, email=email, name="Both", password=PASSWORD, roles=roles, now=NOW),
            email,
            "Both",
        )

    both = desk.client(who=manager(Role.MANAGER))
    together = next(each for each in both.get(f"{desk.url}/figures?{QUARTER}").links if "of=all" in each)
    page = both.get(together)
    assert numbers(page, "opened")[0] == "3"
    assert numbers(both.get(f"{other.url}/figures?{QUARTER}"), "opened")[0].startswith("1")
    assert "/behind" not in page.html, "the cases behind a number stand with each landlord"
    assert "Kept back" in page.html.split('id="f-equality-sex"')[1].split("</section>")[0]
    for each in (desk, other):
        assert looked(each, Fact.FIGURES_READ).count("2026-1") >= 1
    one = desk.client(who=manager(Role.BOARD))
    page = one.get(f"{desk.url}/figures?{QUARTER}&of=all")
    assert numbers(page, "opened")[0].startswith("2")
    assert "All of them together" not in page.text


def test_how_training_stands_is_published_with_the_other_figures_and_in_the_report_to_a_board(
    desk: Desk,
) -> None:
    """Of seven who work cases six hold it: a board reads about five, and under five of everything else."""
    for number in range(7):
        desk.somebody(Role.OFFICER, trained=number < 6)
    desk.clock.at = NOW
    assert numbers(desk.client(Role.BOARD).get(f"{desk.url}/figures?{QUARTER}"), "training")[::2][:4] == [
        "under 5", "under 5", "under 5", "5",
    ]  # fmt: skip
    manager = desk.client(who=desk.somebody(Role.MANAGER))
    assert numbers(manager.get(f"{desk.url}/figures?{QUARTER}"), "training")[::2] == ["0", "1", "0", "7"]
    with desk.place.work() as session:
        found = released([learned(session, NOW)], RULES)
    told = contents(Quarter(2026, 1), found, {}, RULES)
    (part,) = (each for each in told.parts if each.title == "Training of those who work cases")
    assert {each.says: each.number for each in part.lines}["Holds"] == "5"
