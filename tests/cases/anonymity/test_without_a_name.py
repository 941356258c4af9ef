"""A case without a name: an alias for everybody, whose it is for the cleared, and no trace of it anywhere else."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select, text

from portal.cases import notes, safe_contact, service
from portal.cases.anonymity import service as anonymity
from portal.cases.anonymity.models import IdentityEntry
from portal.cases.anonymity.service import NotOfferedError
from portal.cases.household import service as household
from portal.cases.household.queries import first_of, matches
from portal.cases.models import Case
from portal.domain.anonymity import INSTEAD, alias
from portal.domain.contact import Channel, Said, Way
from portal.domain.permissions import Role
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.scope import LandlordScope
from tests.client import PageClient
from tests.conftest import ROOT
from tests.desk import MONDAY, WORD, Desk, DeskAt

HER = {"name": "Perpetua Quillfeather", "address": "4 Tanglewood Row, Nowhere NW1 1AA"}
NOTE = "Perpetua says that the neighbours of Tanglewood Row have heard it."
BETRAYS = ("Perpetua", "Quillfeather", "Tanglewood", "NW1 1AA")


def of_hers(desk: Desk) -> tuple[UUID, str]:
    """A case of hers with her name in a note, and its reference."""
    case_id = desk.case(**HER, happening="He shouts Perpetua through the door.")
    with desk.place.work() as session:
        notes.add(session, case_id, NOTE, PORTAL, MONDAY)
        return case_id, session.scalars(select(Case.reference).where(Case.id == case_id)).one()


def without_name(desk: Desk) -> tuple[UUID, str]:
    case_id, reference = of_hers(desk)
    with desk.place.work() as session:
        anonymity.take_name_out(session, case_id, "The file is open to him.", PORTAL, MONDAY)
    return case_id, reference


def found(client: PageClient, words: str) -> str:
    client.get("/desk/search")
    return client.submit({"words": words}).html.replace(words, "")


def test_an_officer_takes_the_name_out_on_a_page_that_says_what_follows(desk: Desk) -> None:
    case_id, reference = of_hers(desk)
    officer, url = desk.client(Role.OFFICER), desk.case_url(case_id)
    assert "Take the name out" in officer.get(f"{url}/confidentiality").text
    assert "HS-026 4.14" in officer.get(f"{url}/without-name").text
    page = officer.submit({"words": "He asks for the file."}, form="/without-name", status=422)
    assert "Tick the box" in page.text
    assert "He asks for the file." in page.html
    page = officer.submit({"sure": "y", "words": "He asks for the file."}, form="/without-name")
    assert alias(reference) in page.text
    assert "Name taken out of the case" in page.text
    assert INSTEAD in page.text
    assert not [each for each in BETRAYS if each in page.html]


@pytest.mark.clause("HAV-4.14b")
def test_search_finds_it_for_the_cleared_only_and_each_look_at_whose_it_is_is_written_down(desk: Desk) -> None:
    case_id, reference = without_name(desk)
    words = ("Quillfeather", "Perpetua", "Tanglewood", "NW1 1AA", "01632 960123", "Perpettua")
    for role in (Role.OFFICER, Role.SENIOR):
        client = desk.client(role)
        for each in words:
            assert str(case_id) not in found(client, each), (role, each)
        assert str(case_id) in found(client, reference)
        page = client.get(f"{desk.case_url(case_id)}/identity")
        assert "You are not cleared to know whose case this is." in page.text
        assert not [each for each in BETRAYS if each in page.html]
    manager = desk.somebody(Role.MANAGER)
    client = desk.client(who=manager)
    for each in words:
        page = found(client, each)
        assert str(case_id) in page, each
        assert alias(reference) in page
    page = client.get(f"{desk.case_url(case_id)}/identity")
    assert all(each in page.text for each in HER.values())
    looked = select(AuditEntry.account_id, AuditEntry.permission).where(
        AuditEntry.subject_id == case_id, AuditEntry.fact == Fact.IDENTITY_READ.value
    )
    with desk.place.work() as session:
        assert session.execute(looked).all() == [(manager.account_id, "identity.read")]


def test_the_database_itself_shows_it_to_nobody_else(desk: Desk) -> None:
    without_name(desk)
    reader = desk.somebody(Role.OFFICER).account_id
    for cleared in (False, True):
        with desk.database.work(LandlordScope(desk.place.id, reader=reader, identities=cleared)) as session:
            assert len(session.scalars(select(IdentityEntry.id)).all()) == cleared
            assert bool(session.execute(text("SELECT 1 FROM apart_token")).first()) is cleared
            if not cleared:
                assert session.execute(text("DELETE FROM apart_token")).rowcount == 0


def test_nothing_of_her_stands_in_the_case_and_whoever_writes_on_it_loses_no_word(desk: Desk) -> None:
    case_id, reference = without_name(desk)
    with desk.place.work() as session:
        case = service.get(session, case_id)
        mail = Way(Channel.EMAIL, Said.SAFE, "p.quillfeather@x.example")
        safe = replace(service.safe_contact(session, case), ways=(mail,))
        safe_contact.change(session, case_id, safe, WORD, PORTAL, MONDAY)
    with desk.place.work() as session:
        kept = service.safe_contact(session, service.get(session, case_id))
        assert list(kept.addresses()) == [f"p.{INSTEAD}@x.example"]
        safe_contact.change(session, case_id, replace(kept, code_word="bluebell"), None, PORTAL, MONDAY)
    with desk.database.work(LandlordScope(desk.place.id, identities=True)) as session:
        kept = service.safe_contact(session, service.get(session, case_id))
        assert list(kept.addresses()) == ["p.quillfeather@x.example"]
        people = household.people_told.everybody(session, case_id)
        assert people[0][2]["name"] == alias(reference)
        assert not set(people[0][2]) & {"address", "phone", "email", "born"}


def test_what_is_told_later_of_who_she_is_is_kept_apart_as_well(desk: Desk) -> None:
    case_id, _ = without_name(desk)
    with desk.place.work() as session:
        she = first_of(session, case_id, "survivor")
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/household/{she}")
    officer.submit({"aliases": "Featherstonehaugh"}, form="/household/")
    officer.get(desk.case_url(case_id))
    officer.submit({"words": "Mrs Featherstonehaugh rang."}, form="/notes")
    assert "Featherstonehaugh" not in officer.get(f"{desk.case_url(case_id)}/household").html
    assert "Featherstonehaugh" not in officer.get(desk.case_url(case_id)).html
    assert str(case_id) not in found(officer, "Featherstonehaugh")
    manager = desk.client(Role.MANAGER)
    assert "Featherstonehaugh" in manager.get(f"{desk.case_url(case_id)}/identity").text
    assert "Mrs Featherstonehaugh rang." in manager.get(desk.case_url(case_id)).text
    assert str(case_id) in found(manager, "Featherstonehaugh")


def test_a_later_report_of_hers_finds_no_case_for_an_officer_and_tells_nothing_once_a_manager_has_joined_it(
    desk: Desk,
) -> None:
    case_id, _ = without_name(desk)
    report_id = desk.report(**HER, happening="Perpetua again: he waits in Tanglewood Row.")
    officer, manager = desk.client(Role.OFFICER), desk.client(Role.MANAGER)
    url = f"{desk.url}/reports/{report_id}"
    assert str(case_id) not in officer.get(url).html
    assert str(case_id) in manager.get(url).html
    manager.submit({"case_id": str(case_id)}, form="/join")
    for page in (url, desk.case_url(case_id), f"{desk.url}/reports?state=joined"):
        html = officer.get(page).html
        assert not [each for each in BETRAYS if each in html], page


def test_a_case_is_logged_without_a_name_from_its_first_moment(desk: Desk) -> None:
    report_id = desk.report(**HER, happening="He shouts Perpetua through the door.")
    officer, url = desk.client(Role.OFFICER), f"{desk.url}/reports/{report_id}"
    assert "Perpetua Quillfeather" in officer.get(url).text
    page = officer.submit({"without_name": "y"}, form="/open")
    assert "Without a name" in page.text
    for path in (officer.url, url, f"{desk.url}/reports?state=opened", "/desk/"):
        html = officer.get(path).html
        assert not [each for each in BETRAYS if each in html], path
    assert "Person" not in found(officer, "Quillfeather")


def test_she_is_recognised_elsewhere_by_the_cleared_only(desk: Desk) -> None:
    case_id, _ = of_hers(desk)
    other = desk.case(name="Perpetua Quillfeather")  # with the same telephone
    with desk.place.work() as session:
        anonymity.take_name_out(session, case_id, "", PORTAL, MONDAY)
    for cleared in (False, True):
        scope = LandlordScope(desk.place.id, reader=desk.somebody(Role.OFFICER).account_id, identities=cleared)
        with desk.database.work(scope) as session:
            for here, there in ((case_id, other), (other, case_id)):
                seen = {each.other_case_id for each in matches(session, service.get(session, here))}
                assert seen == ({there} if cleared else set())


def test_a_manager_puts_the_name_in_again(desk: Desk) -> None:
    case_id, _ = without_name(desk)
    manager, officer = desk.client(Role.MANAGER), desk.client(Role.OFFICER)
    manager.get(f"{desk.case_url(case_id)}/identity")
    assert "Say why" in manager.submit({}, form="/name", status=422).text
    manager.submit({"in-words": "She asked for it."}, form="/name")
    page = officer.get(desk.case_url(case_id))
    assert "Perpetua Quillfeather" in page.text
    assert NOTE in page.text
    assert str(case_id) in found(officer, "Quillfeather")
    manager.get(f"{desk.case_url(case_id)}/identity", status=404)


def test_no_list_opens_a_record_past_what_is_taken_out_of_it() -> None:
    """A key that is unwrapped by hand shows the words that tell: lists go through the record's own box.

    An agency's copies have keys of their own: what is not to be shown is not in them.
    """
    sources = [each for each in (ROOT / "portal").rglob("*.py") if not {"store", "bench"} & set(each.parts)]
    assert len(sources) > 300
    by_hand = {str(each.relative_to(ROOT)) for each in sources if ".unwrap(" in each.read_text()}
    assert by_hand == {"portal/partners/grants/keys.py"}


def test_only_where_the_policy_says_so(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case(**HER)
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/without-name", status=404)
    assert "Take the name out" not in officer.get(f"{desk.case_url(case_id)}/confidentiality").text
    report_id = desk.report(**HER)
    officer.get(f"{desk.url}/reports/{report_id}")
    page = officer.post(f"{desk.url}/reports/{report_id}/open", {"without_name": "y"}, status=422)
    assert "no cases without a name" in page.text
    with desk.place.work() as session, pytest.raises(NotOfferedError):
        anonymity.take_name_out(session, case_id, "", PORTAL, MONDAY)
