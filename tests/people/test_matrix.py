"""Everybody who works here beside each course that their role needs: gaps are listed, told, and end with the course."""

import json
from datetime import date, timedelta

import pytest

from portal.domain.permissions import Role, permissions_of
from portal.domain.policy import Policy
from portal.domain.training import Course, TrainingLevel
from portal.landlords.linter import warnings
from portal.landlords.policies import keep
from portal.messaging.words import Kind
from portal.people.administering import Part, change
from portal.people.matrix import gaps, needs, remind_of_gaps
from portal.people.queries import colleagues
from tests.conftest import Staff
from tests.desk import MONDAY, Desk, DeskAt
from tests.landlords.packs_at_hand import TODAY, pack
from tests.learned import learned

AWARE = Course("Awareness", TrainingLevel.AWARENESS, date(2025, 6, 1), date(2027, 6, 1))
STAFF_VICTIM = "When a member of staff is the victim"


def lacking(desk: Desk) -> dict[str, set[str]]:
    with desk.place.work() as session:
        found = gaps(session, desk.clock.at)
    names = {each.name for each in found}
    return {name: {each.wanted.name for each in found if each.name == name} for name in names}


def recorded(desk: Desk, who: Staff, title: str, level: str = "awareness", **more: str) -> None:
    """The administrator records a course on the page."""
    client = desk.client(Role.ADMINISTRATOR)
    client.get(f"{desk.url}/roles/course")
    said = {"who": str(who.account_id), "title": title, "level": level, "completed_on": "2026-01-12"}
    client.submit(said | more, form="/course")


@pytest.mark.parametrize(
    ("like", "role"),
    [
        pytest.param("star", Role.BOARD, marks=pytest.mark.clause("STAR-3.19a")),
        pytest.param("dales", Role.ADMINISTRATOR, marks=pytest.mark.clause("AG013-OBJ-2")),
        pytest.param("nph", Role.AUDITOR, marks=pytest.mark.clause("NPH-COMMIT-4")),
        pytest.param("whg", Role.FRONT_DESK, marks=pytest.mark.clause("WHG-5.1b")),
    ],
)
def test_an_employee_of_any_team_without_the_awareness_course_is_listed_and_told_until_it_is_recorded(
    desk_at: DeskAt, like: str, role: Role
) -> None:
    desk = desk_at(like)
    new = desk.somebody(role, name="Nell New", trained=False)
    manager = desk.somebody(Role.MANAGER, name="Mo Manager")
    row = desk.client(who=manager).get(f"{desk.url}/training").text.partition("Nell New")[2][:120]
    assert "Awareness" in row
    assert "None on record" in row
    for day in range(2):
        remind_of_gaps(desk.place.work, MONDAY + timedelta(days=day))
    told = [(each.account_id, each.kind) for each in desk.place.messages()]
    assert told.count((new.account_id, Kind.TRAINING)) == 1
    assert (manager.account_id, Kind.TRAINING) in told
    recorded(desk, new, "Awareness", valid_until="2027-01-12")
    assert "Nell New" not in lacking(desk)
    desk.clock.at = MONDAY.replace(year=2027)
    assert lacking(desk)["Nell New"] == {"Awareness"}, "the course ended, and its record is kept"
    with desk.place.work() as session:
        (need,) = [each for each in needs(session, desk.clock.at) if each.name == "Nell New"]
    assert need.course
    assert need.course.completed_on == date(2026, 1, 12)


@pytest.mark.clause("WHG-3.3c")
def test_another_role_needs_other_courses(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    desk.somebody(Role.BOARD, name="Bea Board", trained=False)
    mover = desk.somebody(Role.FRONT_DESK, name="Flo Front", trained=False)
    assert lacking(desk) == {"Flo Front": {"Awareness"}}
    with desk.place.work() as session:
        part = Part((Role.OFFICER,), None, on_duty=False)
        held = permissions_of(frozenset({Role.MANAGER}))
        [stands] = [each for each in colleagues(session, MONDAY) if each.account_id == mover.account_id]
        change(
            session,
            mover.account_id,
            part,
            stands.sign,
            desk.place.actor(desk.somebody(Role.MANAGER).account_id),
            held,
            MONDAY,
        )
    assert lacking(desk)["Flo Front"] == {"Awareness", "Specialist training"}


@pytest.mark.clause("NPH-COMMIT-5")
def test_a_manager_without_the_course_on_staff_who_are_victims_is_listed_though_they_hold_the_other(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    manager = desk.somebody(Role.MANAGER, name="Mo Manager")
    assert lacking(desk)["Mo Manager"] == {STAFF_VICTIM}
    recorded(desk, manager, STAFF_VICTIM)
    assert "Mo Manager" not in lacking(desk)


@pytest.mark.clause("NPH-TRAIN-2", "NPH-CIA-36")
def test_a_support_officer_without_the_advocates_qualification_is_listed_and_its_provider_is_kept(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    officer = desk.somebody(Role.OFFICER, name="Sue Support")
    qualified = "Prevention advocate, trained by Women's Aid"
    assert qualified in lacking(desk)["Sue Support"]
    recorded(desk, officer, "DAPA", "advocate", provider="Women's Aid")
    assert qualified not in lacking(desk)["Sue Support"]
    page = desk.client(Role.MANAGER).get(f"{desk.url}/training")
    assert "DAPA, Women's Aid, completed" in page.text
    told = [each.says for each in warnings(pack("nph"), TODAY) if each.code == "said-in-two-ways"]
    assert any("IDVA" in each or "Independent" in each for each in told)


@pytest.mark.clause("NPH-CIA-37")
def test_an_advocate_past_the_interval_for_development_is_reminded_and_no_interval_is_a_warning(
    desk_at: DeskAt,
) -> None:
    (told,) = [each for each in warnings(pack("nph"), TODAY) if each.code == "course-without-interval"]
    assert "Continuing development of advocates" in told.says
    desk = desk_at("nph")
    body = pack("nph").policy.model_dump(mode="json")
    for each in body["governance"]["training"]["needed"]:
        each["every_months"] = 12
    body["document"]["version"] = {"value": "3", "origin": "landlords_own"}
    with desk.place.work() as session:
        keep(session, Policy.model_validate_json(json.dumps(body)), MONDAY)
    officer = desk.somebody(Role.OFFICER, name="Ada Advocate", trained=False)
    done = Course("Continuing development of advocates", TrainingLevel.ADVOCATE, date(2025, 2, 1))
    learned(desk.database, desk.place.id, officer.account_id, done)
    assert "Continuing development of advocates" in lacking(desk)["Ada Advocate"]
    remind_of_gaps(desk.place.work, MONDAY)
    assert officer.account_id in {
        each.account_id for each in desk.place.messages() if each.kind == Kind.TRAINING
    }


@pytest.mark.clause("NPH-TRAIN-1")
def test_an_officer_without_the_course_is_given_no_case_under_northampton_and_the_manager_is_told(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    desk.somebody(Role.OFFICER, name="Tilly Trained")
    officer = desk.somebody(Role.OFFICER, name="Nell New", trained=False)
    manager, case_id = desk.somebody(Role.MANAGER), desk.case()
    client = desk.client(Role.SENIOR)
    client.get(f"{desk.url}/cases/{case_id}/assign")
    page = client.submit({"account_id": str(officer.account_id)}, form="/assign", status=422)
    assert "NPH Commitment, bullet 5" in page.text
    assert [each.kind for each in desk.place.messages() if each.account_id == manager.account_id] == [
        Kind.TRAINING
    ]
