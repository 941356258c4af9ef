"""A second person looks at assessments and plans where the landlord asks for it, and nobody at their own."""

from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.cases import assigning
from portal.cases.approvals.models import Approval
from portal.cases.assigning import Assignment
from portal.cases.confidentiality import service as confidentiality
from portal.cases.models import Case
from portal.cases.tasks.models import Task
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.landlords.face import face_of
from portal.landlords.packs import read_pack
from portal.store.audit import PORTAL, Actor
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from tests.cases.assessments.rounds import assessed, train
from tests.cases.plans.test_plans import FORTNIGHT, Plans
from tests.client import PageClient
from tests.conftest import ROOT, Staff
from tests.desk import MONDAY, Desk, DeskAt


@pytest.fixture
def star(desk_at: DeskAt) -> Desk:
    """A landlord that asks for a second person."""
    desk = desk_at("star")
    face = face_of(read_pack(ROOT / "landlords/star"))
    with desk.database.work(PlatformScope("test")) as session:
        session.execute(update(Landlord).where(Landlord.id == desk.place.id).values(face=face))
    return desk


def assessed_by(desk: Desk, who: Staff) -> tuple[UUID, str]:
    """A case whose risk this colleague has assessed, and its reference."""
    case_id = desk.case(name="Perpetua Quillfeather")
    assessed(desk, case_id, train(desk, who), 3)
    with desk.place.work() as session:
        return case_id, session.scalars(select(Case.reference).where(Case.id == case_id)).one()


def waits(client: PageClient, desk: Desk) -> str:
    return client.get(f"{desk.url}/approvals").text


def test_an_assessment_waits_on_the_page_and_on_my_work_until_another_has_agreed(star: Desk) -> None:
    officer, senior = star.somebody(Role.OFFICER), star.somebody(Role.SENIOR, name="Sasha Senior")
    case_id, reference = assessed_by(star, officer)
    client = star.client(who=senior)
    assert "Waiting for you as the second person" in client.get("/desk/").text
    assert reference in waits(client, star)
    page = client.submit({}, form="/approvals", status=422)
    assert "Choose what you say" in page.text
    page = client.submit({"verdict": "returned"}, form="/approvals", status=422)
    assert "Write what has to be done again" in page.text
    client.submit({"verdict": "agreed"}, form="/approvals")
    assert reference not in waits(client, star)
    assert "Waiting for you" not in client.get("/desk/").text
    assert "Second person: agrees to the risk assessment" in client.get(star.case_url(case_id)).text
    star.client(who=officer).get(f"{star.url}/approvals", status=403)


def test_what_is_given_back_becomes_a_task_for_whoever_made_it(star: Desk) -> None:
    officer = star.somebody(Role.OFFICER)
    case_id, _ = assessed_by(star, officer)
    client = star.client(Role.SENIOR)
    waits(client, star)
    client.submit({"verdict": "returned", "words": "Ask about the weapon again."}, form="/approvals")
    with star.place.work() as session:
        task = select(Task.kind, Task.owner).where(Task.case_id == case_id, Task.kind == TaskKind.GIVEN_BACK.value)
        assert session.execute(task).one() == (TaskKind.GIVEN_BACK.value, officer.account_id)
    assert "Ask about the weapon again." in star.client(who=officer).get("/desk/").text


@pytest.mark.clause("STAR-9-2")
def test_an_officer_opens_what_is_assigned_finds_no_restricted_case_and_approves_nothing_of_their_own(
    star: Desk,
) -> None:
    plans, officer = Plans(star), star.somebody(Role.OFFICER)
    with star.place.work() as session:
        assigning.assign(session, plans.case_id, Assignment(officer.account_id), PORTAL, MONDAY)
    plans.client = star.client(who=officer)
    plans.client.get(star.case_url(plans.case_id))
    hidden, manager = star.case(), star.somebody(Role.MANAGER)
    with star.place.work() as session:
        confidentiality.restrict(session, hidden, [], "x", Actor(manager.account_id, "x"), MONDAY)
    plans.client.get(star.case_url(hidden), status=404)
    plans.write("safety", part_home="Lock the door.")
    plans.agree("safety", FORTNIGHT)
    sent = {"of": "x", "verdict": "agreed"}
    plans.client.post(f"{star.case_url(plans.case_id)}/approvals", sent, status=404)
    with star.place.work() as session:
        assert not session.scalars(select(Approval.id).where(Approval.case_id == plans.case_id)).all()


def test_a_senior_cannot_approve_what_they_made_themselves(star: Desk) -> None:
    plans = Plans(star)
    senior = star.client(Role.SENIOR)
    plans.client = senior
    plans.write("safety", part_home="Lock the door.")
    plans.agree("safety", FORTNIGHT)
    page = senior.get(f"{star.url}/approvals")
    assert "somebody else must look at it" in page.text
    with star.place.work() as session:
        case = session.get_one(Case, (star.place.id, plans.case_id))
        assert case.stage
    other = star.client(Role.SENIOR)
    of = other.get(f"{star.url}/approvals").html.split('name="of" value="')[1][:36]
    page = senior.post(f"{star.case_url(plans.case_id)}/approvals", {"of": of, "verdict": "agreed"}, status=422)
    assert "You made this" in page.text


def test_where_the_landlord_asks_for_nobody_nothing_waits(desk: Desk) -> None:
    _, reference = assessed_by(desk, desk.somebody(Role.OFFICER))
    client = desk.client(Role.SENIOR)
    assert "asks for no second person" in waits(client, desk)
    assert reference not in waits(client, desk)
