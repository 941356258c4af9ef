"""Safeguarding: a concern never ends by itself, children and adults have doors of their own, answers are chased."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.models import Case, Person
from portal.cases.safeguarding.models import Concern, Referral
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline, Reminder
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from tests.client import PageClient
from tests.desk import MONDAY, Desk, DeskAt, london

CHILD = {"group": "child", "harms": ["neglect"], "words": "Came to school without a coat again.", "whom": "Ola",
         "person": "somebody-else"}  # fmt: skip
ADULT = CHILD | {
    "group": "adult",
    "harms": ["self_neglect"],
    "words": "Has stopped eating.",
    "whom": "Her mother",
}
CLOSING = {
    "reason": "declined",
    "words": "No more for now.",
    "residual": "standard",
    "told": "spoken",
    "despite": "They asked us to stop.",
}
SENT = {
    "agency": "Children’s services, front door",
    "told": "not_told",
    "why": "He reads her messages.",
    "lawful_basis": "Safeguarding, Data Protection Act 2018 Schedule 1",
    "content": "Name, address, what the school saw.",
}


def noted(
    desk: Desk, client: PageClient, case_id: UUID, said: dict[str, object], door: str = "children"
) -> UUID:
    client.get(f"{desk.case_url(case_id)}/safeguarding/{door}")
    client.submit(said, form="/safeguarding")
    with desk.place.work() as session:
        wanted = select(Concern.id).where(Concern.case_id == case_id).order_by(Concern.noted_at.desc())
        return session.scalars(wanted.order_by(Concern.id.desc())).first()


def referred(
    desk: Desk, client: PageClient, case_id: UUID, concern: UUID, *, status: int = 200, **said: str
) -> str:
    client.get(f"{desk.case_url(case_id)}/safeguarding/{concern}/refer")
    return client.submit(SENT | said, status=status, form="/safeguarding").text


def tasks_of(desk: Desk, case_id: UUID) -> set[str]:
    with desk.place.work() as session:
        return set(session.scalars(select(Task.kind).where(Task.case_id == case_id, Task.ended_at.is_(None))))


def exceptions(desk: Desk) -> str:
    return desk.client(Role.SENIOR).get(f"{desk.url}/safeguarding").text


@pytest.mark.clause("HAV-4.11a")
def test_a_child_at_risk_is_referred_and_the_answer_is_asked_for(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    concern = noted(desk, officer, case_id, CHILD | {"group": "unborn"})
    assert "Concerns on which nobody has acted 1" in exceptions(desk)
    assert TaskKind.CONCERN in tasks_of(desk, case_id)
    page = referred(desk, officer, case_id, concern, ground="safeguarding", reference="CS-4471")
    assert "CS-4471" in page
    assert "He reads her messages." in page
    assert "Concerns on which nobody has acted 0" in exceptions(desk)
    assert TaskKind.CONCERN not in tasks_of(desk, case_id)
    assert TaskKind.REFERRAL_OUTCOME in tasks_of(desk, case_id)
    desk.clock.at = london(6, 10)
    assert "Referrals without an outcome 1" in exceptions(desk)
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/safeguarding/referrals/{referral_of(desk, case_id)}")
    assert (
        "Child protection or safeguarding enquiry"
        in officer.submit({"outcome": "enquiry"}, form="/referrals/").text
    )
    assert "Referrals without an outcome 0" in exceptions(desk)
    assert TaskKind.REFERRAL_OUTCOME not in tasks_of(desk, case_id)


@pytest.mark.clause("HAV-4.11b")
def test_an_adult_goes_through_a_door_of_its_own(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    form = officer.get(f"{desk.case_url(case_id)}/safeguarding/adults").html
    assert 'value="self_neglect"' in form
    assert 'value="child"' not in form
    assert 'value="self_neglect"' not in officer.get(f"{desk.case_url(case_id)}/safeguarding/children").html
    concern = noted(desk, officer, case_id, ADULT, "adults")
    assert "Adult social care" in officer.get(f"{desk.case_url(case_id)}/safeguarding/{concern}/refer").html
    page = referred(
        desk, officer, case_id, concern, ground="safeguarding", agency="Adult social care, Ipswich"
    )
    children, adults = page.split("No concern about a child is noted.")
    assert "Has stopped eating." in adults
    assert "Has stopped eating." not in children
    with desk.place.work() as session:
        assert session.scalars(select(Referral.door).where(Referral.case_id == case_id)).one() == "adults"


@pytest.mark.clause("STAR-4.1c")
@pytest.mark.parametrize("harm", ["emotional", "neglect"])
def test_emotional_harm_or_neglect_alone_lets_a_child_be_referred_without_agreement(
    desk_at: DeskAt, harm: str
) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    concern = noted(desk, officer, case_id, CHILD | {"harms": [harm]})
    page = referred(desk, officer, case_id, concern, ground="harm-to-child-or-adult")
    assert "emotional harm and neglect count (STAR 4.1)" in page
    assert "Safeguarding, Data Protection Act 2018 Schedule 1" in page


@pytest.mark.clause("STAR-4.2b")
def test_a_concern_about_a_child_is_shared_whatever_the_score_and_waits_in_sight_until_then(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    concern = noted(desk, officer, case_id, CHILD)
    assert "Concerns on which nobody has acted 1" in exceptions(desk)
    page = referred(desk, officer, case_id, concern, ground="child-protection")
    assert "There are child protection concerns (STAR 4.2)" in page
    assert "They were not told: He reads her messages." in page
    with desk.place.work() as session:
        chase = session.scalars(select(Referral.chase_at).where(Referral.case_id == case_id)).one()
        assert chase.date().isoformat() == "2026-02-05", "the portal's three working days"


@pytest.mark.clause("WHG-2.4b")
def test_a_case_with_a_concern_about_a_child_cannot_be_closed_and_the_supervisor_hears_of_it(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("whg")
    officer_account, senior = desk.somebody(Role.OFFICER), desk.somebody(Role.SENIOR)
    case_id = desk.case()
    with desk.place.work() as session:
        session.get_one(Case, (desk.place.id, case_id)).assigned_to = officer_account.account_id
    officer = desk.client(who=officer_account)
    concern = noted(desk, officer, case_id, CHILD)
    officer.get(f"{desk.case_url(case_id)}/close")
    page = officer.submit(CLOSING, status=422, form="/close")
    assert "A concern about a child waits" in page.text
    with desk.place.work() as session:
        rungs = session.scalars(
            select(Reminder.recipient).join(Deadline, Reminder.deadline_id == Deadline.id).where(
                Deadline.case_id == case_id, Deadline.stop_act == TaskKind.CONCERN)
        ).all()  # fmt: skip
        assert {"senior", "manager"} & set(rungs), "it climbs to the supervisor"
    desk_senior = desk.client(who=senior)
    desk_senior.get(f"{desk.case_url(case_id)}/safeguarding/{concern}/not")
    refused = desk_senior.submit({"why": "Grandmother has them."}, status=422, form="/safeguarding")
    assert "whg 2.4 says that it is referred" in refused.text
    page = referred(desk, officer, case_id, concern, ground="child-safeguarding")
    assert "They were not told" in page
    officer.get(f"{desk.case_url(case_id)}/close")
    assert (
        "The case is closed."
        in officer.submit(CLOSING, form="/close").text
    )


def test_for_an_adult_somebody_else_may_decide_against_a_referral_with_a_reason(desk_at: DeskAt) -> None:
    """Whg 2.4: what may be reported is reported, or not for a reason that a second person gives."""
    desk = desk_at("whg")
    case_id = desk.case()
    senior = desk.client(who=desk.somebody(Role.SENIOR, name="Sasha Senior"))
    concern = noted(desk, senior, case_id, ADULT, "adults")
    url = f"{desk.case_url(case_id)}/safeguarding/{concern}/not"
    senior.get(url)
    assert (
        "somebody else decides"
        in senior.submit({"why": "She is seen daily."}, status=422, form="/safeguarding").text
    )
    desk.client(Role.OFFICER).get(url, status=404)
    other = desk.client(who=desk.somebody(Role.MANAGER, name="Morgan Manager"))
    other.get(url)
    page = other.submit({"why": "A nurse sees her daily."}, form="/safeguarding")
    assert "Decided by Morgan Manager" in page.text
    assert "A nurse sees her daily." in page.text
    assert TaskKind.CONCERN not in tasks_of(desk, case_id)


@pytest.mark.clause("STAR-3.14")
def test_neglect_that_was_noted_stays_in_sight_and_both_policies_are_named(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    noted(desk, officer, case_id, CHILD)
    noted(desk, officer, case_id, ADULT, "adults")
    assert "Concerns on which nobody has acted 2" in exceptions(desk)
    page = officer.get(f"{desk.case_url(case_id)}/safeguarding").text
    assert "Safeguarding Adults Policy, Safeguarding Children Policy" in " ".join(page.split())
    assert page.count("Nobody has acted yet") == 2


@pytest.mark.clause("NPH-CONFID-4")
def test_a_referral_without_the_agencys_reference_reminds_and_then_climbs(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    concern = noted(desk, officer, case_id, CHILD)
    assert "under the safeguarding policy" in officer.get(f"{desk.case_url(case_id)}/safeguarding").text
    page = referred(desk, officer, case_id, concern, ground="safeguarding-law")
    assert "Not yet given" in page
    with desk.place.work() as session:
        found = session.execute(
            select(Reminder.due_at, Reminder.recipient, Deadline.due_at)
            .join(Deadline, Reminder.deadline_id == Deadline.id)
            .where(Deadline.case_id == case_id, Deadline.stop_act == TaskKind.REFERRAL_OUTCOME)
        ).all()
    assert {recipient for _at, recipient, _due in found} >= {"officer", "senior"}
    assert any(at >= due for at, recipient, due in found if recipient != "officer")
    officer.get(f"{desk.case_url(case_id)}/safeguarding/referrals/{referral_of(desk, case_id)}")
    officer.submit({"reference": "NCC-88"}, form="/referrals/")
    assert TaskKind.REFERRAL_OUTCOME in tasks_of(desk, case_id), "a reference is no outcome yet"


@pytest.mark.clause("NPH-CIA-26")
def test_a_concern_about_an_occupant_opens_the_same_task_as_one_about_a_tenant(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    officer = desk.client(Role.OFFICER)
    found = []
    for relation in ("tenant", "household"):
        case_id = desk.case(relation=relation)
        with desk.place.work() as session:
            person = session.scalars(select(Person.id).where(Person.case_id == case_id)).first()
        noted(desk, officer, case_id, ADULT | {"person": str(person)}, "adults")
        with desk.place.work() as session:
            tasks = session.execute(
                select(Task.kind, Task.clause, Deadline.due_at)
                .join(Deadline, Task.deadline_id == Deadline.id)
                .where(Task.case_id == case_id)
            ).all()
        found.append([tuple(task) for task in tasks])
    assert found[0] == found[1]
    assert found[0][0][:2] == (TaskKind.CONCERN, "NPH Confidentiality and Consent")


def test_a_ground_outside_the_policy_takes_a_senior_and_a_lawful_basis(desk_at: DeskAt) -> None:
    """AG/013 knows agreement only: the law still lets a child be protected, by somebody who may decide."""
    desk = desk_at("dales")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    concern = noted(desk, officer, case_id, CHILD)
    refused = referred(desk, officer, case_id, concern, status=422, ground="other-law")
    assert "takes a senior officer or manager" in refused
    senior = desk.client(Role.SENIOR)
    assert "Name the lawful basis" in referred(
        desk, senior, case_id, concern, status=422, ground="other-law", lawful_basis=""
    )
    assert "Another ground in law" in referred(desk, senior, case_id, concern, ground="other-law")


def test_a_referral_for_somebody_ends_what_was_asked_for_because_of_their_age(desk: Desk) -> None:
    case_id = desk.case(age=15, name="Catherine Ashworth")
    assert TaskKind.CHILD_REFERRAL in tasks_of(desk, case_id)
    officer = desk.client(Role.OFFICER)
    with desk.place.work() as session:
        person = session.scalars(select(Person.id).where(Person.case_id == case_id)).first()
    concern = noted(desk, officer, case_id, CHILD | {"person": str(person)})
    referred(desk, officer, case_id, concern, ground="safeguarding")
    assert TaskKind.CHILD_REFERRAL not in tasks_of(desk, case_id)


def test_at_sixteen_both_ways_are_named(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    noted(desk, officer, case_id, CHILD | {"group": "young_person"})
    page = officer.get(f"{desk.case_url(case_id)}/safeguarding").text
    assert "children’s services safeguard them until they are 18" in page


def test_the_list_of_a_landlord_shows_no_case_about_a_colleague(desk: Desk) -> None:
    case_id = desk.case(works_here=True)
    manager = desk.client(Role.MANAGER)
    noted(desk, manager, case_id, CHILD)
    assert "nobody has acted 0" in exceptions(desk)
    assert "nobody has acted 1" in manager.get(f"{desk.url}/safeguarding").text


def test_a_referral_cannot_be_recorded_before_it_was_made(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    concern = noted(desk, officer, case_id, CHILD)
    tomorrow = (MONDAY + timedelta(days=1)).date().isoformat()
    page = referred(desk, officer, case_id, concern, status=422, ground="safeguarding", day=tomorrow)
    assert "before it was made" in page


def referral_of(desk: Desk, case_id: UUID) -> UUID:
    with desk.place.work() as session:
        return session.scalars(select(Referral.id).where(Referral.case_id == case_id)).one()
