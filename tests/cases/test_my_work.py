"""My work answers "what now?": everything in the order in which it falls due, and nothing hidden."""

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases import service
from portal.cases.queries import PAGE, CaseLine
from portal.cases.tasks.service import Proposal, propose
from portal.deadlines import service as deadlines
from portal.domain.clock import StopAct
from portal.domain.intake import Danger
from portal.domain.lifecycle import CaseStage
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.people.staff import give_roles
from portal.referrals.worklist import Pile, gather
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.base import new_id
from tests.client import Page
from tests.conftest import Staff
from tests.desk import MONDAY, Desk, DeskAt, london


def give(desk: Desk, case_id: UUID, who: Staff) -> None:
    with desk.place.work() as session:
        service.assign(session, case_id, who.account_id, who.name, PORTAL, MONDAY, "")


def line(name: str, due_at: datetime | None, event: str = "report") -> CaseLine:
    return CaseLine(
        new_id(), name, name, "", CaseStage.NEW, due_at, event, None, None, threat_to_life=False,
        waiting_for=None, waiting_until=None, assigned_to=None, risk_level=None, risk_declined_at=None,
    )  # fmt: skip


def names_in_order(page: Page, *names: str) -> list[str]:
    return sorted(names, key=page.text.index)


def test_what_is_due_first_stands_first(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    for name, day in (("Later", 3), ("Overdue", 1), ("Sooner", 2)):
        give(desk, desk.case(london(day, 9), name=name), who)
    desk.clock.at = london(3, 18)
    page = desk.client(who=who).get("/desk/")
    assert names_in_order(page, "Later", "Overdue", "Sooner") == ["Overdue", "Sooner", "Later"]
    assert "overdue by 1 h" in page.text
    assert "tomorrow 17:00, in 23 h" in page.text


def test_somebody_who_told_a_minute_ago_stands_above_routine_that_is_a_week_late(desk_at: DeskAt) -> None:
    star = desk_at("star")
    who = star.somebody(Role.OFFICER)
    case_id = star.case(name="Routine")
    give(star, case_id, who)
    with star.place.work() as session:
        deadlines.meet(session, case_id, StopAct.CONTACTED, PORTAL, MONDAY, MONDAY)
        late = Proposal(TaskKind.OWN, "Ring the school.", due_at=MONDAY + timedelta(days=1))
        propose(session, case_id, late, PORTAL, MONDAY)
    star.clock.at = MONDAY + timedelta(days=8)
    star.report(star.clock.at - timedelta(minutes=1), name="JustTold")
    page = star.client(who=who).get("/desk/")
    assert names_in_order(page, "Routine", "JustTold") == ["JustTold", "Routine"]
    assert "Overdue tasks 1" in page.text


def test_the_way_down_the_page_names_its_parts_in_their_order(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    for name, day in (("Mine", 1), ("Nobodys", 1), ("Later", 3)):
        case_id = desk.case(london(day, 9), name=name)
        if name != "Nobodys":
            give(desk, case_id, who)
    desk.report(london(3, 9), name="JustTold")
    with desk.place.work() as session:
        task = Proposal(TaskKind.OWN, "Ring the school.", due_at=london(9, 9), owner=who.account_id)
        propose(session, desk.case(london(3, 9), name="Asked"), task, PORTAL, MONDAY)
    desk.clock.at = london(3, 18)
    page = desk.client(who=who).get("/desk/")
    ways = re.findall(r'<li><a href="#([\w-]+)"', page.html)
    assert ways == re.findall(r'<section aria-labelledby="([\w-]+)"', page.html)
    assert {"nobody-late", "overdue", "given", "unassigned"} <= set(ways)


def test_a_row_says_who_what_when_by_which_clause_and_how_to_reach_them(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    give(desk, desk.case(name="Marigold"), who)
    page = desk.client(who=who).get("/desk/")
    for words in ("Marigold", "Respond", "HS-026 4.3", "Tuesday 3 February 2026, 17:00", "Call, at any time"):
        assert words in page.text
    assert "01632" not in page.html


def test_what_is_overdue_and_nobodys_stands_above_what_is_due_later(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    desk.case(london(1, 9), name="Nobodys")
    give(desk, desk.case(london(3, 9), name="Mine"), who)
    desk.clock.at = london(3, 18)
    page = desk.client(who=who).get("/desk/")
    assert names_in_order(page, "Mine", "Nobodys") == ["Nobodys", "Mine"]
    assert "Overdue, and nobody has these 1" in page.text


@pytest.mark.clause("HAV-3.2a-2")
def test_a_report_and_a_case_that_nobody_has_stand_in_the_list_with_their_clocks(desk: Desk) -> None:
    desk.report(name="Unread")
    desk.case(name="Unassigned")
    page = desk.client(Role.OFFICER).get("/desk/")
    assert names_in_order(page, "Unassigned", "Unread") == ["Unread", "Unassigned"]
    assert "New reports 1" in page.text
    assert "Nobody has these 1" in page.text
    assert page.text.count("tomorrow 17:00") == 2


def test_a_threat_to_life_stands_before_all_other_reports_of_all_landlords(desk: Desk, desk_at: DeskAt) -> None:
    untimed = desk_at("dales")  # AG/013 gives a threat to life no time of its own
    who = desk.somebody(Role.OFFICER)
    with untimed.place.work() as session:
        give_roles(session, who.account_id, [Role.OFFICER], PORTAL, MONDAY)
    desk.report(london(1, 9), name="Ordinary")
    untimed.report(london(1, 9), name="Usual")
    untimed.report(name="Danger", danger=Danger.LIFE)
    page = desk.client(who=who).get("/desk/")
    assert names_in_order(page, "Ordinary", "Usual", "Danger")[0] == "Danger"
    assert "Threat to life" in page.text


def test_a_case_without_a_stated_time_is_never_hidden(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    who = desk.somebody(Role.OFFICER)
    give(desk, desk.case(name="Untold"), who)
    page = desk.client(who=who).get("/desk/")
    assert page.text.index("No target") < page.text.index("Untold")
    assert "The policy states no time here" in page.text


def test_a_report_that_was_sent_on_stays_until_its_clock_is_met(desk: Desk) -> None:
    report_id = desk.report(name="Young", age=14)
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.url}/reports/{report_id}")
    client.submit({"whom": "children", "words": "Rang the duty desk."}, form="send-on")
    page = client.get("/desk/")
    assert "Young" in page.text
    assert "Sent on, clock still runs" in page.text


def test_a_report_by_a_colleague_is_seen_by_managers_only(desk: Desk) -> None:
    report_id = desk.report(name="Colleague", works_here=True)
    for role, sees in ((Role.OFFICER, False), (Role.SENIOR, False), (Role.MANAGER, True)):
        client = desk.client(role)
        assert ("Colleague" in client.get("/desk/").text) is sees
        assert ("Colleague" in client.get(f"{desk.url}/reports").text) is sees
        client.get(f"{desk.url}/reports/{report_id}", status=200 if sees else 404)


def test_an_officer_of_two_landlords_has_one_list_and_can_narrow_it(desk: Desk, desk_at: DeskAt) -> None:
    other = desk_at("star")
    who = desk.somebody(Role.OFFICER)
    with other.place.work() as session:
        give_roles(session, who.account_id, [Role.OFFICER], PORTAL, MONDAY)
    desk.report(name="Hyacinth")
    other.report(name="Starflower")
    client = desk.client(who=who)
    page = client.get("/desk/")
    assert "Hyacinth" in page.text
    assert "Starflower" in page.text
    narrowed = client.get("/desk/", query_string={"at": other.place.slug})
    assert "Hyacinth" not in narrowed.text
    assert "Starflower" in narrowed.text


def test_a_long_list_goes_on_where_it_stopped(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    ids = [desk.case(MONDAY + timedelta(minutes=each), name=f"Case{each:03}") for each in range(PAGE + 3)]
    for case_id in ids:
        give(desk, case_id, who)
    client = desk.client(who=who)
    first = client.get("/desk/")
    further = next(link for link in first.links if "after=" in link)
    second = client.get(further)
    seen = [f"Case{each:03}" for each in range(PAGE + 3)]
    assert [name for name in seen if name in first.text] == seen[:PAGE]
    assert [name for name in seen if name in second.text] == seen[PAGE:]


def test_a_page_is_fifty_rows_of_work_and_at_least_half_of_them_are_ones_own(desk: Desk) -> None:
    """However many reports come in, true or false, an officer sees her own most pressing cases beside them."""
    who, beside = desk.somebody(Role.OFFICER), PAGE // 2 + 2
    desk.case(name="Nobodys")
    for each in range(beside):
        give(desk, desk.case(MONDAY + timedelta(minutes=each), name=f"Case{each:03}"), who)
    for few in (4, PAGE // 2 + 1):
        for each in range(few):
            desk.report(name=f"Report{each:03}")
        client = desk.client(who=who)
        first = client.get("/desk/")
        shown = [each for each in range(beside) if f"Case{each:03}" in first.text]
        further = [link for link in first.links if "after=" in link]
        if few == 4:
            assert (len(shown), further) == (beside, []), "4 + 1 + 27 fit on the page"
    assert shown == list(range(PAGE // 2)), "30 reports and a case that nobody has take the other half"
    second = client.get(further[0])
    assert [each for each in range(beside) if f"Case{each:03}" in second.text] == [PAGE // 2, PAGE // 2 + 1]
    assert "Report000" not in second.text


def test_a_case_without_a_stated_time_is_not_pushed_off_the_page_by_another_landlords_cases() -> None:
    quiet = line("Quiet", None, event="report")
    busy = [line(f"Busy{each:03}", MONDAY + timedelta(minutes=each)) for each in range(PAGE + 1)]
    here = Pile(busy, untimed=[], unassigned=[], reports=[], more_reports=False, given=[])
    there = Pile([quiet], untimed=[quiet], unassigned=[], reports=[], more_reports=False, given=[])
    work = gather([("here", here), ("there", there)], MONDAY - timedelta(days=1))
    assert [row.name for _, row in work.due] == [row.name for row in busy[:PAGE]]
    assert work.untimed == [("there", quiet)]
    assert work.more is not None


def test_the_list_can_be_narrowed_and_htmx_gets_that_part_alone(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    give(desk, desk.case(london(1, 9), name="Overdue"), who)
    give(desk, desk.case(london(4, 9), name="NotYet"), who)
    desk.clock.at = london(4, 10)
    client = desk.client(who=who)
    page = client.get("/desk/", query_string={"show": "overdue"})
    assert "Overdue" in page.text
    assert "NotYet" not in page.text
    part = client.http.get("/desk/?show=overdue", headers={"HX-Request": "true"})
    assert part.get_data(as_text=True).lstrip().startswith('<div id="work"')
    assert "HX-Request" in part.headers["Vary"]


def test_opening_the_list_is_written_down_once_for_each_landlord(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    client = desk.client(who=who)
    for _ in range(2):
        client.get("/desk/")
    with desk.place.work() as session:
        mine = (AuditEntry.account_id == who.account_id) & (AuditEntry.fact == Fact.WORKLIST_READ)
        rows = session.execute(select(AuditEntry.fact, AuditEntry.permission).where(mine))
        found = [tuple(row) for row in rows]
    assert found == [(Fact.WORKLIST_READ, "worklist.read")] * 2


def test_the_team_page_shows_who_has_what_overdue_first(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER, name="Hollis Example")
    give(desk, desk.case(london(1, 9), name="Overdue"), who)
    desk.case(london(4, 9), name="NotYet")
    desk.clock.at = london(4, 10)
    page = desk.client(Role.SENIOR).get(f"{desk.url}/team")
    assert names_in_order(page, "Overdue", "NotYet") == ["Overdue", "NotYet"]
    assert "Hollis Example" in page.text
    assert "Nobody" in page.text
    desk.client(Role.OFFICER).get(f"{desk.url}/team", status=403)


def test_what_was_missed_stands_above_new_reports_that_can_still_be_met(desk: Desk) -> None:
    officer = desk.somebody(Role.OFFICER)
    client = desk.client(who=officer)
    case_id = desk.case(name="Missed")
    client.get(f"{desk.case_url(case_id)}/assign")
    client.submit({"account_id": str(officer.account_id)})
    desk.clock.at = london(4, 9)
    desk.report(london(4, 8, 55), name="Fresh")
    client = desk.client(who=officer)

    def order(*names: str) -> list[str]:
        text = client.get("/desk/").text
        return sorted(names, key=text.index)

    assert order("Fresh", "Missed") == ["Missed", "Fresh"]
    desk.report(london(2, 9), name="Forgotten")
    desk.report(london(4, 8, 59), name="Mortal", danger=Danger.LIFE)
    wanted = ["Mortal", "Forgotten", "Missed", "Fresh"]
    assert order(*reversed(wanted)) == wanted
