"""The people of a case: nothing that was known is lost, children count, and warnings stand on every page."""

from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal.cases.household.models import PersonRevision, StandingEntry
from portal.cases.models import Person
from portal.cases.tasks.models import Task
from portal.domain.cautions import NO_KIN, NO_MEDIATION
from portal.domain.intake import OtherPerson
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.store.audit import AuditEntry, Fact
from portal.store.base import new_id
from tests.client import PageClient
from tests.desk import MONDAY, Desk, DeskAt

SAM = OtherPerson("Sam Rowntree", "ex-husband")


def person_of(desk: Desk, case_id: UUID, part: str) -> UUID:
    with desk.place.work() as session:
        wanted = select(Person.id).where(Person.case_id == case_id, Person.part == part).order_by(Person.id)
        return session.scalars(wanted).first()


def tasks_of(desk: Desk, case_id: UUID) -> list[str]:
    with desk.place.work() as session:
        return list(
            session.scalars(select(Task.kind).where(Task.case_id == case_id, Task.ended_at.is_(None)))
        )


def found_by(client: PageClient, words: str) -> str:
    client.get("/desk/search")
    return client.submit({"words": words}).text


def test_a_changed_name_finds_the_case_the_former_one_does_not_and_stays_readable(desk: Desk) -> None:
    case_id = desk.case(name="Catherine Ashworth")
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/household/{person_of(desk, case_id, 'survivor')}")
    page = officer.submit({"name": "Imogen Larkspur", "pronouns": "she", "born": "1989-05-14"}, form="/household")
    assert "Date of birth 14 May 1989" in page.text
    assert "Until 2 Feb 10:00, when Robin Example changed it" in page.text
    assert "Catherine Ashworth" in page.text, "what stood before"
    assert "Imogen Larkspur" in found_by(officer, "Larkspur")
    assert "Nothing found." in found_by(officer, "Ashworth")


def test_another_name_goes_on_finding_the_case_and_safe_contact_takes_none_away(desk: Desk) -> None:
    case_id = desk.case(name="Catherine Ashworth")
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/household/{person_of(desk, case_id, 'survivor')}")
    officer.submit({"name": "Imogen Larkspur", "aliases": "Catherine Ashworth\nKit"}, form="/household")
    officer.get(f"{desk.case_url(case_id)}/safe-contact")
    officer.submit({}, form="safe-contact")
    for words in ("Larkspur", "Ashworth", "01632 960123"):
        assert "Imogen Larkspur" in found_by(officer, words), words


def test_two_who_change_the_same_person_are_told_and_lose_nothing(desk: Desk) -> None:
    case_id = desk.case(name="Catherine Ashworth", other_person=SAM)
    url = f"{desk.case_url(case_id)}/household/{person_of(desk, case_id, 'other_person')}"
    first, second = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    first.get(url)
    second.get(url)
    first.submit({"staff_risk": "Keeps a large dog."}, form="/household")
    page = second.submit({"words": "Drives a blue van."}, status=409, form="/household")
    assert "Keeps a large dog." in page.text, "how it stands now"
    assert "Drives a blue van." in page.html, "what was typed"
    second.submit({"staff_risk": "Keeps a large dog."}, form="/household")
    page = second.get(f"{desk.case_url(case_id)}/household")
    assert "Keeps a large dog." in page.text
    assert "Drives a blue van." in page.text


def test_former_values_are_sealed_and_cannot_be_rewritten(desk: Desk) -> None:
    case_id = desk.case(name="Catherine Ashworth")
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/household/{person_of(desk, case_id, 'survivor')}")
    officer.submit({"needs": "Large print"}, form="/household")
    with desk.place.work() as session:
        kept = session.scalars(select(PersonRevision).where(PersonRevision.case_id == case_id)).one()
        assert b"Ashworth" not in kept.sealed
        assert kept.number == 1
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == case_id)).all()
        assert Fact.PERSON_CHANGED in facts
    with pytest.raises(DBAPIError), desk.place.work() as session:
        session.execute(update(PersonRevision).values(actor="Somebody"))


@pytest.mark.clause("AG013-OBJ-7")
def test_only_a_conviction_that_a_court_shows_opens_the_managers_decision(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    manager = desk.somebody(Role.MANAGER, name="Morgan Manager")
    case_id = desk.case(other_person=SAM, wish_words="I want to stay here.")
    url = f"{desk.case_url(case_id)}/household/{person_of(desk, case_id, 'other_person')}/standing"
    officer = desk.client(Role.OFFICER)
    officer.get(url)
    officer.submit({"standing": "alleged", "source": "survivor"}, form="/household")
    assert TaskKind.POSSESSION not in tasks_of(desk, case_id)
    officer.get(url)
    page = officer.submit({"standing": "convicted", "source": "survivor"}, status=422, form="/household")
    assert "This source cannot carry it" in page.text
    assert TaskKind.POSSESSION not in tasks_of(desk, case_id)
    evidence = "Northallerton magistrates, 26/1189; certificate in the file"
    shown = officer.submit(
        {"standing": "convicted", "source": "court", "on": "2026-01-19", "evidence": evidence},
        form="/standing",
    )
    assert f"a court, 19 January 2026. {evidence}" in shown.text
    tasks = officer.get(f"{desk.case_url(case_id)}/tasks").text
    assert "A manager’s decision" in tasks
    assert "Morgan Manager" in tasks
    assert "I want to stay here." in tasks
    assert "whether it leaves them safe" in tasks
    with desk.place.work() as session:
        task = session.scalars(
            select(Task).where(Task.case_id == case_id, Task.kind == TaskKind.POSSESSION)
        ).one()
        assert (task.owner, task.clause) == (manager.account_id, "AG/013 Objectives, bullet 7")


def test_the_database_itself_holds_no_conviction_without_source_and_day(desk: Desk) -> None:
    case_id = desk.case(other_person=SAM)
    row = StandingEntry(
        landlord_id=desk.place.id,
        id=new_id(),
        case_id=case_id,
        person_id=person_of(desk, case_id, "other_person"),
        at=MONDAY,
        actor="x",
        standing="convicted",
        source="survivor",
        on_date=None,
        sealed=b"",
    )
    with pytest.raises(IntegrityError), desk.place.work() as session:
        session.add(row)


@pytest.mark.clause("WHG-1.2a")
def test_a_child_who_is_affected_has_support_of_its_own_and_is_no_second_case(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    case_id = desk.case(name="Catherine Ashworth")
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/household/add/child")
    page = officer.submit(
        {
            "name": "Ola", "age": "9", "relationship": "daughter", "lives_there": "yes", "effects": ["hears"],
            "school": "Beechdale Primary, head teacher only", "worker": "Fern, children’s worker",
            "support": "Play sessions on Tuesdays",
        }, form="/household")  # fmt: skip
    for words in (
        "Ola",
        "Hears it",
        "A victim in their own right",
        "Beechdale Primary",
        "Play sessions on Tuesdays",
    ):
        assert words in page.text
    officer.get(f"{desk.case_url(case_id)}/household/add/family")
    assert "Wren" in officer.submit({"name": "Wren", "relationship": "aunt"}, form="/household").text
    assert found_by(officer, "Ola").count("Catherine Ashworth") == 1
    with desk.place.work() as session:
        assert len(session.scalars(select(Person.case_id).distinct()).all()) == 1


@pytest.mark.parametrize("like", ["star", "nph", "dales"])
def test_a_victim_of_fifteen_is_referred_today_and_turned_away_nowhere(desk_at: DeskAt, like: str) -> None:
    desk = desk_at(like)
    case_id = desk.case(age=15, name="Catherine Ashworth")
    assert tasks_of(desk, case_id).count(TaskKind.CHILD_REFERRAL) == 1
    page = desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/household")
    assert "Abuse of a child" in page.text
    older = desk.case(age=16)
    assert TaskKind.CHILD_REFERRAL not in tasks_of(desk, older)


@pytest.mark.parametrize("subtype", ["fgm", "forced-marriage", "honour-based", "trafficking"])
def test_what_is_learnt_later_warns_on_every_page_of_the_case(desk: Desk, subtype: str) -> None:
    case_id = desk.case(name="Catherine Ashworth")
    officer = desk.client(Role.OFFICER)
    assert NO_KIN not in officer.get(desk.case_url(case_id)).text
    officer.get(f"{desk.case_url(case_id)}/household/kinds")
    officer.submit({"subtypes": [subtype], "words": "She told me today."}, form="/household")
    for page in ("", "/household", "/orders", "/safeguarding", "/tasks", "/contact"):
        text = officer.get(desk.case_url(case_id) + page).text
        assert NO_KIN in text, page
        assert NO_MEDIATION in text, page
    assert TaskKind.SPECIALIST in tasks_of(desk, case_id)


def test_a_warning_that_came_with_the_report_is_not_taken_back_by_a_later_record(desk: Desk) -> None:
    case_id = desk.case(subtypes=("forced-marriage",))
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/household/kinds")
    officer.submit({"subtypes": ["stalking"], "words": "Follows her to work."}, form="/household")
    assert NO_KIN in officer.get(desk.case_url(case_id)).text


def test_a_girl_where_mutilation_is_known_of_is_referred_and_a_boy_is_not(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case(subtypes=("fgm",))
    officer = desk.client(Role.OFFICER)
    for name, gender, expected in (("Bo", "male", 0), ("Ola", "female", 1)):
        officer.get(f"{desk.case_url(case_id)}/household/add/child")
        officer.submit({"name": name, "age": "7", "gender": gender}, form="/household")
        assert tasks_of(desk, case_id).count(TaskKind.CHILD_REFERRAL) == expected


def test_a_housemate_outside_the_definition_is_helped_like_anybody(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case(other_person=OtherPerson("Sam Rowntree", "household"))
    page = desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/household")
    assert "STAR 2.1 does not name this tie. It bars nothing" in page.text
    assert "Not personally connected" in page.text
