"""Somebody in two cases is recognised by those who may open both, and by nobody else."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.household import service
from portal.cases.household.models import SamePerson
from portal.cases.household.queries import matches
from portal.cases.models import Case, Person, TimelineEntry
from portal.domain.contact import Channel, Said, Way
from portal.domain.permissions import Role
from portal.store.audit import Actor
from tests.desk import ALWAYS, MONDAY, Desk, DeskAt

ME = Actor(None, "Robin Example")
BORN = {"name": "Sam Rowntree", "born": "1988-03-07"}


def with_sam(desk: Desk, number: str, **details: object) -> UUID:
    """A case in which Sam is feared, with a telephone of the survivor's own."""
    safe = replace(ALWAYS, ways=(Way(Channel.CALL, Said.SAFE, number),))
    case_id = desk.case(name=f"Somebody {number[-3:]}", safe_contact=safe)
    with desk.place.work() as session:
        service.add(session, case_id, "other_person", BORN | details, ME, MONDAY)
    return case_id


def matched(desk: Desk, case_id: UUID) -> set[UUID]:
    with desk.place.work() as session:
        return {
            each.other_case_id for each in matches(session, session.get_one(Case, (desk.place.id, case_id)))
        }


def test_a_name_with_a_birthday_in_any_order_or_spelling_of_it_is_recognised(desk: Desk) -> None:
    one = with_sam(desk, "01632 960201")
    two = with_sam(desk, "01632 960202", name="ROWNTREE, Sam")
    with_sam(desk, "01632 960203", born="1988-07-03")
    with_sam(desk, "01632 960204", name="Alex Rowntree")
    with_sam(desk, "01632 960205", born=None)
    assert matched(desk, one) == {two}
    assert matched(desk, two) == {one}


def test_the_same_telephone_is_recognised_and_both_sides_of_a_conflict_are_shown(desk: Desk) -> None:
    helped = desk.case(name="Catherine Ashworth")  # reached at 01632 960123
    feared = with_sam(desk, "01632 960301", phone="+44 1632 960123", born=None)
    officer = desk.client(Role.OFFICER)
    for here, there in ((helped, feared), (feared, helped)):
        page = officer.get(f"{desk.case_url(here)}/household")
        assert "helped in one, feared in the other" in page.text
        assert str(there) in page.html


def test_a_case_about_a_colleague_is_recognised_by_nobody_and_tells_of_nobody(desk: Desk) -> None:
    one = with_sam(desk, "01632 960401")
    hidden = desk.case(name="Perpetua Quill", works_here=True)
    with desk.place.work() as session:
        service.add(session, hidden, "other_person", dict(BORN), ME, MONDAY)
    for role in (Role.OFFICER, Role.SENIOR, Role.MANAGER):
        page = desk.client(role).get(f"{desk.case_url(one)}/household")
        assert "another case" not in page.text, role
    assert "another case" not in desk.client(Role.MANAGER).get(f"{desk.case_url(hidden)}/household").text


def test_another_landlord_recognises_nobody(desk: Desk, desk_at: DeskAt) -> None:
    one = with_sam(desk, "01632 960501")
    with_sam(desk_at("star"), "01632 960502")
    assert matched(desk, one) == set()


def test_an_answer_is_kept_for_both_sides_and_on_neither_timeline(desk: Desk) -> None:
    one, two = with_sam(desk, "01632 960601"), with_sam(desk, "01632 960602")
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(one)}/household")
    page = officer.submit({"answer": "yes"}, form="/same/")
    assert "The same person, said by Robin Example" in page.text
    assert "The same person, said by" in officer.get(f"{desk.case_url(two)}/household").text
    officer.submit({"answer": "no"}, form="/same/")
    assert "Not the same person, said by" in officer.get(f"{desk.case_url(one)}/household").text
    with desk.place.work() as session:
        assert [
            row.same for row in session.scalars(select(SamePerson).order_by(SamePerson.at, SamePerson.id))
        ] == [
            True,
            False,
        ]
        kinds = set(session.scalars(select(TimelineEntry.kind).where(TimelineEntry.case_id.in_([one, two]))))
    assert kinds == {"report", "person_added"}


@pytest.mark.parametrize("answer", ["yes", "perhaps"])
def test_nobody_learns_of_a_person_by_asking_for_a_match_that_is_not_shown(desk: Desk, answer: str) -> None:
    one = with_sam(desk, "01632 960701")
    hidden = desk.case(name="Perpetua Quill", works_here=True)
    with desk.place.work() as session:
        other = service.add(session, hidden, "other_person", dict(BORN), ME, MONDAY)
        mine = session.scalars(
            select(Person.id).where(Person.case_id == one, Person.part == "other_person")
        ).one()
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(one)}/household")
    officer.post(f"{desk.case_url(one)}/household/{mine}/same/{other}", {"answer": answer}, status=404)
    with desk.place.work() as session:
        assert session.scalars(select(SamePerson)).all() == []
