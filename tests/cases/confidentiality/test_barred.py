"""A colleague who is related to somebody in a case, or is in it, never learns of it. NPH Employees; HS-026 1.3."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases import assigning
from portal.cases.assigning import Assignment
from portal.cases.confidentiality import service
from portal.cases.confidentiality.service import NobodyLeftError
from portal.cases.meetings import service as meetings
from portal.cases.meetings.queries import of_case
from portal.cases.meetings.service import Booking, Moment
from portal.cases.models import Case
from portal.cases.tasks.models import Task
from portal.cases.tasks.service import Proposal, propose
from portal.domain.intake import YesNo
from portal.domain.meetings import Agreed, Place, Purpose, Venue
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.store.audit import Actor, AuditEntry, Fact
from tests.cases.meetings.test_meetings import VISITS_ARE_SAFE
from tests.desk import MONDAY, Desk, DeskAt

WHY = "She is his sister."


def actor(account_id: UUID | None) -> Actor:
    return Actor(account_id, "Morgan Manager")


@pytest.mark.clause("NPH-EMPLOY-3")
def test_a_barred_colleague_finds_nothing_even_as_a_manager_and_the_bar_is_written_down(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    manager, barred, officer = desk.somebody(Role.MANAGER), desk.somebody(Role.MANAGER), desk.client(Role.OFFICER)
    case_id = desk.case(works_here=True, name="Perpetua Quillfeather")
    officer.get("/desk/search")
    assert "Perpetua" not in officer.submit({"words": "Quillfeather"}).text, "a list of its own"
    client, url = desk.client(who=manager), f"{desk.case_url(case_id)}/confidentiality"
    theirs = desk.client(who=barred)
    theirs.get(desk.case_url(case_id))
    client.get(url)
    page = client.post(f"{url}/bar", {"bar-account_id": str(barred.account_id), "bar-words": WHY})
    assert WHY in page.text
    theirs.get(desk.case_url(case_id), status=404)
    theirs.get("/desk/search")
    assert "Perpetua" not in theirs.submit({"words": "Quillfeather"}).text
    done = select(AuditEntry.detail).where(
        AuditEntry.subject_id == case_id, AuditEntry.fact == Fact.COLLEAGUE_BARRED.value
    )
    with desk.place.work() as session:
        assert session.scalars(done).all() == [str(barred.account_id)]
        reads = select(AuditEntry.id).where(AuditEntry.subject_id == case_id, AuditEntry.fact == Fact.CASE_READ.value)
        assert session.scalars(reads).all()


def test_a_chosen_confidant_sees_a_case_about_a_colleague(desk: Desk) -> None:
    confidant = desk.somebody(Role.OFFICER)
    case_id = desk.case(works_here=True)
    desk.client(who=confidant).get(desk.case_url(case_id), status=404)
    with desk.place.work() as session:
        service.name(session, case_id, confidant.account_id, "Chosen by them.", actor(confidant.account_id), MONDAY)
    desk.client(who=confidant).get(desk.case_url(case_id))
    desk.client(Role.OFFICER).get(desk.case_url(case_id), status=404)


def test_what_a_barred_colleague_had_of_the_case_is_taken_from_them(desk: Desk) -> None:
    officer, manager = desk.somebody(Role.OFFICER), desk.somebody(Role.MANAGER)
    case_id = desk.case()
    with desk.place.work() as session:
        assigning.assign(session, case_id, Assignment(officer.account_id), actor(None), MONDAY)
        propose(session, case_id, Proposal(TaskKind.OWN, "Ring", owner=officer.account_id), actor(None), MONDAY)
        service.bar(session, case_id, officer.account_id, WHY, actor(manager.account_id), MONDAY)
        assert session.scalars(select(Case.assigned_to).where(Case.id == case_id)).one() is None
        assert session.scalars(select(Task.owner).where(Task.case_id == case_id)).all() == [None]


def test_somebody_who_is_barred_meets_them_no_more_and_goes_along_no_more(desk: Desk) -> None:
    barred, other, manager = desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER), desk.somebody(Role.MANAGER)
    case_id = desk.case(safe_contact=VISITS_ARE_SAFE)
    place = Place(Venue.HOME, Agreed.THEMSELVES, safe_for_them=YesNo.YES, safe_for_staff=YesNo.YES)
    with desk.place.work() as session:
        for day, (meets, along) in enumerate(((barred, other), (other, barred)), 1):
            at = Moment(MONDAY + timedelta(days=day))
            booking = Booking(Purpose.TALK, place, at, meets.account_id, second=along.account_id)
            meetings.book(session, case_id, booking, actor(None), MONDAY)
    with desk.place.work() as session:
        service.bar(session, case_id, barred.account_id, WHY, actor(manager.account_id), MONDAY)
    with desk.place.work() as session:
        rows = of_case(session, case_id)
        assert {(each.officer_id, each.second_id) for each in rows} == {
            (None, other.account_id),
            (other.account_id, None),
        }
        assert barred.account_id not in session.scalars(select(Task.owner).where(Task.case_id == case_id)).all()


def test_anybody_can_step_back_and_cannot_come_back_alone(desk: Desk) -> None:
    officer = desk.somebody(Role.OFFICER)
    case_id = desk.case()
    client, url = desk.client(who=officer), f"{desk.case_url(case_id)}/confidentiality"
    client.get(url)
    assert "Tick the box" in client.post(f"{url}/related", {"related-words": "My cousin."}, status=422).text
    sent = {"related-sure": "y", "related-words": "My cousin."}
    assert "You have stepped back" in client.post(f"{url}/related", sent).text
    client.get(url, status=404)


def test_the_last_who_may_know_of_a_restricted_case_cannot_be_barred(desk: Desk) -> None:
    manager = desk.somebody(Role.MANAGER)
    case_id = desk.case()
    with desk.place.work() as session:
        service.restrict(session, case_id, [], WHY, actor(manager.account_id), MONDAY)
        with pytest.raises(NobodyLeftError):
            service.bar(session, case_id, manager.account_id, WHY, actor(manager.account_id), MONDAY)
