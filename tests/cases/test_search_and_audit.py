"""A case is found without a name in any address; whoever looks at a case is written down, and managers can read it."""

import pytest
from sqlalchemy import select

from portal.cases.looked import FACTS
from portal.domain.intake import OtherPerson
from portal.domain.permissions import Permission, Role
from portal.store.audit import AuditEntry, Fact
from tests.desk import ENDED, Desk, DeskAt

TOLD = {"name": "Catherine Ashworth", "address": "12 Mill Lane, Stowmarket IP14 1AA"}


@pytest.mark.parametrize(
    "words",
    [
        *("Katharine", "ashworth", "mill lane", "IP14 1AA", "Cat"),
        *("01632 960123", "+44 1632 960123", "960123", "960 123", "2960 123"),
    ],
)
def test_a_case_is_found_by_name_sound_address_and_number(desk: Desk, words: str) -> None:
    desk.case(**TOLD)
    client = desk.client(Role.OFFICER)
    client.get("/desk/search")
    page = client.submit({"words": words})
    assert "Catherine Ashworth" in page.text
    assert client.url == "/desk/search"


def test_a_search_says_whose_name_it_met(desk: Desk) -> None:
    """Whoever rings a number must not take the name of who does harm for that of the person."""
    told = TOLD | {"other_person": OtherPerson(name="Bartholomew Grimes")}
    desk.case(**told)
    desk.report(**told)
    client = desk.client(Role.OFFICER)
    client.get("/desk/search")
    for words, met in (
        ("Katharine", "their name"),
        ("Ashworth mill", "their name, an address"),
        ("Bartholomew", "the name of the person who does harm"),
        ("Bartholomew Ashworth", "their name, the name of the person who does harm"),
        ("01632 960123", "a number or address for contact"),
        ("960123", "a number or address for contact"),
    ):
        assert client.submit({"words": words}).html.count(f"Found by {met}<") == 2, "the case, and the report"


def test_what_belongs_to_somebody_else_is_not_found(desk: Desk, desk_at: DeskAt) -> None:
    desk_at("star").case(**TOLD)
    client = desk.client(Role.OFFICER)
    client.get("/desk/search")
    assert "Nothing found." in client.submit({"words": "Ashworth"}).text
    client.submit({"words": " "}, status=422)


@pytest.mark.parametrize("words", ["Ashworth", "katharine ashworth", "IP14 1AA", "01632 960123"])
def test_a_report_that_nobody_has_taken_up_yet_is_found_too(desk: Desk, words: str) -> None:
    desk.report(**TOLD)
    client = desk.client(Role.OFFICER)
    client.get("/desk/search")
    page = client.submit({"words": words})
    assert "Reports without a case" in page.text
    assert "Catherine Ashworth" in page.text
    assert "Nothing found." in client.submit({"words": "Postlethwaite"}).text


def test_what_a_colleague_told_of_herself_is_found_by_managers_only(desk: Desk) -> None:
    desk.report(**TOLD, works_here=True)
    for role, finds in ((Role.OFFICER, False), (Role.MANAGER, True)):
        client = desk.client(role)
        client.get("/desk/search")
        assert ("Catherine Ashworth" in client.submit({"words": "Ashworth"}).text) is finds


def test_a_reference_finds_a_closed_case_too(desk: Desk) -> None:
    case_id = desk.case(**TOLD)
    client = desk.client(Role.OFFICER)
    reference = client.get(desk.case_url(case_id)).h1s[0].removeprefix("Case ")
    client.get(f"{desk.case_url(case_id)}/close")
    client.submit({"reason": "helped", "words": "All is well."} | ENDED, form="/close")
    client.get("/desk/search")
    for words in (
        reference,
        reference.split("-")[1].lower(),
        reference.replace("-", " "),
        reference.replace("-", "").lower(),
    ):
        page = client.submit({"words": words})
        assert reference in page.text, words
        assert "Found by the reference" in page.text
    assert "Closed" in page.text


def test_a_manager_sees_who_has_looked_and_officers_do_not(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.somebody(Role.OFFICER, name="Hollis Example")
    client = desk.client(who=officer)
    client.get(desk.case_url(case_id))
    client.get(f"{desk.case_url(case_id)}/looked", status=404)
    page = desk.client(Role.MANAGER).get(f"{desk.case_url(case_id)}/looked")
    assert "Hollis Example Read the case Reading cases" in page.text
    assert "Read the audit" in page.text


def test_an_auditor_reads_what_one_person_did_and_no_case(desk: Desk) -> None:
    case_id = desk.case(name="Marigold")
    officer = desk.somebody(Role.OFFICER, name="Hollis Example")
    worker = desk.client(who=officer)
    worker.get(desk.case_url(case_id))
    worker.get("/desk/search")
    worker.submit({"words": "Marigold"})
    client = desk.client(Role.AUDITOR)
    page = client.get(f"{desk.url}/audit", query_string={"person": str(officer.account_id)})
    assert "Read the case" in page.text
    assert "Searched for a case" in page.text
    assert "Marigold" not in page.html
    assert "Robin Example Read the audit" not in page.text
    client.get(f"{desk.case_url(case_id)}/looked")
    client.get(desk.case_url(case_id), status=404)


def test_the_audit_goes_on_where_it_stopped(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.MANAGER)
    for _ in range(52):
        client.get(desk.case_url(case_id))
    page = client.get(f"{desk.case_url(case_id)}/looked")
    assert page.text.count("Read the case") == 49
    older = client.get(next(link for link in page.links if "before=" in link))
    assert older.text.count("Read the case") == 3


def test_every_fact_has_words_for_whoever_reads_the_audit() -> None:
    assert set(FACTS) == set(Fact)


def test_what_was_written_says_under_which_permission(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    client.get(desk.case_url(case_id))
    client.submit({"words": "She rang."}, form="/notes")
    with desk.place.work() as session:
        added = select(AuditEntry.permission).where(AuditEntry.fact == Fact.CASE_NOTE_ADDED)
        assert session.scalars(added).all() == [Permission.CASE_WORK.value]
