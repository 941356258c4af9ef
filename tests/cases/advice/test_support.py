"""A service is offered, the answer is kept, and where they agreed somebody asks what came of it."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.needs import service as needs
from portal.cases.support import service as support
from portal.cases.support.models import SupportReferral
from portal.cases.support.service import Offer
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline, Reminder
from portal.domain.permissions import Role
from portal.domain.policy.stated import Origin, Stated
from portal.domain.support import Answer, Body
from portal.store.audit import Actor
from tests.cases.advice.test_advice import lacking
from tests.desk import MONDAY, Desk, DeskAt, london
from tests.places import pack

AGREED = {"body": "specialist", "name": "Larkspur House", "answer": "agreed", "how": "words", "words": "Name, number."}


def tasks(desk: Desk, case_id: UUID) -> dict[str, bool]:
    """What is to be done on a case by its source, and whether it is open."""
    with desk.place.work() as session:
        rows = session.execute(select(Task.source, Task.ended_at).where(Task.case_id == case_id))
        return {source: ended is None for source, ended in rows if source}


@pytest.mark.clause("STAR-3.4")
def test_our_own_team_and_a_service_outside_are_two_things_and_both_are_chased(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(case_id)}/support")
    page = client.submit(AGREED | {"how": "", "words": ""}, form="/support", status=422)
    assert "Choose how they agreed." in page.text
    assert "Larkspur House" in page.html
    client.submit(AGREED, form="/support")
    page = client.submit(AGREED | {"body": "own_team", "name": "Tenancy support"}, form="/support")
    assert "A domestic abuse service outside. They agreed (in words)" in page.text
    assert "Our own team. They agreed" in page.text
    with desk.place.work() as session:
        outside = session.scalars(select(SupportReferral).where(SupportReferral.body == "specialist")).one()
        clock = select(Deadline).join(Task, Task.deadline_id == Deadline.id).where(Task.source_id == outside.id)
        due = session.scalars(clock).one()
        assert due.due_at == outside.chase_at == london(9, 17)
        late = select(Reminder.due_at).where(Reminder.deadline_id == due.id)
        assert max(session.scalars(late)) > due.due_at, "somebody is reminded, and then somebody above them"
    client.get(f"{desk.case_url(case_id)}/support/{outside.id}")
    page = client.submit({"outcome": "helps", "words": "She starts on Friday."}, form="/support/")
    assert "The service helps them. She starts on Friday." in page.text
    with desk.place.work() as session:
        assert session.scalars(clock).one().met_at
    client.get(f"{desk.case_url(case_id)}/support/{outside.id}")
    assert "Somebody else did this meanwhile." in client.submit({"outcome": "helps"}, form="/support/").text


@pytest.mark.clause("STAR-3.17b")
def test_a_need_opens_a_referral_and_is_listed_until_it_is_answered_by_one_or_by_a_reason(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    referred, declined = desk.case(), desk.case()
    client = desk.client(Role.OFFICER)
    for case_id in (referred, declined):
        assert not lacking(desk, case_id)
        client.get(f"{desk.case_url(case_id)}/needs")
        client.submit({"barriers": ["specialist_help"]}, form="/needs")
        assert tasks(desk, case_id)["need specialist_help"]
        assert "STAR 3.17" in client.get(f"{desk.case_url(case_id)}/tasks").text
        assert "A need with neither a referral nor a reason" in lacking(desk, case_id)
    need = {"need": "specialist_help"}
    client.get(f"{desk.case_url(referred)}/support")
    client.submit(AGREED | need, form="/support")
    client.get(f"{desk.case_url(declined)}/support")
    page = client.submit(AGREED | need | {"answer": "declined", "how": "", "words": "Not now."}, form="/support")
    assert "They do not want it. For: a need that a specialist service should see to." in page.text
    for case_id in (referred, declined):
        assert not tasks(desk, case_id)["need specialist_help"]
        assert not lacking(desk, case_id)
    assert tasks(desk, referred)["support"]
    assert "support" not in tasks(desk, declined), "nobody is asked who was never told of them"


@pytest.mark.clause("HAV-4.7e")
def test_beside_a_specialist_service_the_conference_is_offered_and_who_read_the_sentence_so(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    page = client.get(f"{desk.case_url(case_id)}/support")
    assert "A domestic abuse service outside" in page.text
    assert f"{desk.case_url(case_id)}/conference" in page.links
    for text in (page.text, client.get(f"{desk.url}/policy").text):
        assert "Referrals go to a specialist domestic abuse service and" in text
        assert "by the portal, for want of a decision by the landlord:" in text
        assert "To be confirmed by the Assistant Director of Customer and Housing Services" in text


@pytest.mark.clause("NPH-DEALING-5")
def test_every_case_has_its_reference_in_the_other_register_or_is_listed(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    with_one, without = desk.case(), desk.case()
    client = desk.client(Role.OFFICER)
    client.get(f"{desk.case_url(with_one)}/elsewhere")
    assert "Write the reference." in client.submit({}, form="/elsewhere", status=422).text
    page = client.submit({"reference": "RX-20417"}, form="/elsewhere")
    assert "ReACT RX-20417" in page.text
    assert "NPH Dealing with cases, para 2" in page.text
    assert "No reference in the other register" not in lacking(desk, with_one)
    assert "No reference in the other register" in lacking(desk, without)
    decided = Stated[str](value="This record succeeds it", origin=Origin.LANDLORDS_OWN)
    desk.place.sets("nph", instead_of_other_system=decided)
    assert "No reference" not in lacking(desk, desk.case()), "the landlord has decided that this record takes its place"


@pytest.mark.clause("NPH-EMPLOY-4")
def test_an_employee_is_offered_a_service_with_their_answer_on_record_and_no_figure_counts_it(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case(works_here=True)
    manager = desk.client(Role.MANAGER)
    manager.get(f"{desk.case_url(case_id)}/support")
    page = manager.submit(AGREED | {"answer": "declined", "how": "", "words": "She asked her GP."}, form="/support")
    assert "They do not want it" in page.text
    manager.submit(AGREED, form="/support")
    desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/support", status=404)
    for role in (Role.MANAGER, Role.SENIOR, Role.BOARD):
        page = desk.client(role).get(f"{desk.url}/figures")
        shown = page.html.split("Open cases, by risk", 1)[1].split("</table>", 1)[0]
        assert ">1<" not in shown, role


def test_nobody_is_referred_in_two_windows_and_the_words_are_sealed(desk: Desk) -> None:
    case_id = desk.case()
    me = Actor(desk.somebody(Role.OFFICER).account_id, "Robin Example")
    offer = Offer(Body.IDVA, "Larkspur House", Answer.AGREED, "words", "", "Her number.")
    with desk.place.work() as session:
        support.offer(session, case_id, offer, me, MONDAY)
        needs.record(session, case_id, [], ["specialist_help"], "", me, MONDAY)
        support.offer(session, case_id, replace(offer, need="specialist_help"), me, MONDAY)
    with desk.place.work() as session:
        assert not [each for each in session.scalars(select(SupportReferral.sealed)) if b"Larkspur" in each]
    assert not tasks(desk, case_id)["need specialist_help"]
    assert pack("havebury").policy.record.needs_answered.value is None
