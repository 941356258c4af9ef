"""A restricted case: for those who are named it is as ever, for everybody else it is not there. whg 1.3."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases import assigning
from portal.cases.assigning import Assignment, CannotBeGivenError, NotNamedError
from portal.cases.confidentiality import service
from portal.cases.jobs import resting
from portal.cases.models import Case
from portal.cases.retention.jobs import warn_of_erasure
from portal.deadlines.hearers import Hearer, who_hears
from portal.domain.intake import Danger
from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.referrals.jobs import alert_for_life, tell_of_their_word
from portal.referrals.matters import matters_of
from portal.referrals.models import Report
from portal.store.audit import Actor, AuditEntry, Fact
from portal.store.base import new_id
from portal.store.scope import LandlordScope
from portal.work.models import Message
from tests.client import PageClient
from tests.conftest import Staff
from tests.desk import MONDAY, NUMBER, Desk, london

WHY = "Her brother works in the repairs team."
CHANGES = re.compile(r'(?<=name="csrf_token" value=")[^"]+|nonce="[^"]+"')
"""What is new on every page."""
TOLD = {"name": "Perpetua Quillfeather", "address": "4 Amber Row, Nowhere NW1 1AA"}


def manager_of(desk: Desk) -> Staff:
    return desk.somebody(Role.MANAGER, name="Morgan Manager")


def restricted(desk: Desk, manager: Staff, *named: Staff, **said: object) -> UUID:
    case_id = desk.case(**(TOLD | said))
    with desk.place.work() as session:
        accounts = [each.account_id for each in named]
        service.restrict(session, case_id, accounts, WHY, Actor(manager.account_id, manager.name), MONDAY)
    return case_id


def test_a_manager_restricts_a_case_on_its_page(desk: Desk) -> None:
    manager, named, other = manager_of(desk), desk.somebody(Role.OFFICER, name="Nia Named"), desk.somebody(Role.SENIOR)
    case_id = desk.case(**TOLD)
    client = desk.client(who=manager)
    url = f"{desk.case_url(case_id)}/confidentiality"
    client.get(url)
    page = client.post(f"{url}/restrict", {"restrict-accounts": str(named.account_id)}, status=422)
    assert f'value="{named.account_id}" checked' in page.html, "what was ticked is kept"
    sent = {"restrict-accounts": str(named.account_id), "restrict-words": WHY}
    page = client.post(f"{url}/restrict", sent)
    assert "Nia Named" in page.text
    assert "Morgan Manager" in page.text
    assert WHY in page.text
    assert "Restricted to those who are named" in client.get(desk.case_url(case_id)).text
    assert WHY not in desk.client(who=named).get(f"{desk.case_url(case_id)}/confidentiality").text
    desk.client(who=other).get(desk.case_url(case_id), status=404)


def answer_to(client: PageClient, words: str) -> str:
    """Everything that the page of a search says to these words, but for the words themselves."""
    client.get("/desk/search")
    page = client.submit({"words": words})
    return CHANGES.sub("", page.html.replace(words, "…"))


def test_for_everybody_else_it_is_in_no_list_no_search_and_no_count(desk: Desk) -> None:
    manager = manager_of(desk)
    case_id = restricted(desk, manager)
    with desk.place.work() as session:
        reference = session.scalars(select(Case.reference).where(Case.id == case_id)).one()
    words = ("Quillfeather", "Perpetua Quillfeather", "Quil", "Amber Row", "NW1 1AA", NUMBER, reference)
    for role in (Role.OFFICER, Role.SENIOR, Role.MANAGER):
        client = desk.client(role)
        for page in ("/desk/", "/desk/?show=all", f"{desk.url}/team" if role is not Role.OFFICER else "/desk/"):
            html = client.get(page).html
            assert not [each for each in ("Quillfeather", reference, str(case_id)) if each in html], page
            assert not re.search(r"Nobody</th><td>[1-9]", html)
        nothing = answer_to(client, "Wolstenholme")
        assert "Nothing" in nothing
        assert {answer_to(client, each) for each in words} == {nothing}, role
    client = desk.client(who=manager)
    assert reference in client.get(f"{desk.url}/team").text
    for each in words:
        assert str(case_id) in answer_to(client, each), each


def test_an_audit_of_what_people_did_leaves_it_out_for_those_who_must_not_know_of_it(desk: Desk) -> None:
    manager, named = manager_of(desk), desk.somebody(Role.OFFICER)
    case_id = restricted(desk, manager, named)
    desk.client(who=named).get(desk.case_url(case_id))
    desk.client(Role.AUDITOR).get(f"{desk.case_url(case_id)}/looked", status=404)
    done = select(AuditEntry.fact).where(AuditEntry.subject_id == case_id)
    with desk.database.work(LandlordScope(desk.place.id, reader=desk.somebody(Role.AUDITOR).account_id)) as session:
        assert session.scalars(done).all() == []
    with desk.database.work(LandlordScope(desk.place.id, reader=manager.account_id)) as session:
        assert {Fact.CASE_RESTRICTED, Fact.READER_NAMED, Fact.CASE_READ} <= set(session.scalars(done))


def test_reminders_of_it_go_only_to_those_who_may_open_it_and_never_to_nobody(desk: Desk) -> None:
    manager, named = manager_of(desk), desk.somebody(Role.OFFICER)
    duty = desk.place.staff(Role.SENIOR, on_duty=True)
    open_to_all, case_id = desk.case(), restricted(desk, manager, named)
    knowing = {manager.account_id, named.account_id}
    with desk.place.work() as session:
        staff = colleagues(session, MONDAY)
        found = matters_of(session, [open_to_all, case_id], [])
        assert duty in who_hears(staff, Hearer.DUTY, found[open_to_all]).accounts
        for hearer in Hearer:
            heard = who_hears(staff, hearer, found[case_id])
            assert heard.accounts, hearer
            assert set(heard.accounts) <= knowing, hearer
        left = [each for each in staff if each.account_id != named.account_id]
        assert who_hears(left, Hearer.OFFICER, found[case_id]).accounts == (manager.account_id,)


def test_what_comes_to_it_and_its_end_are_told_only_to_those_who_may_know_of_it(desk: Desk) -> None:
    """They came back and wrote, told again that a life is in danger, and years later the record is about to end."""
    manager, named = manager_of(desk), desk.somebody(Role.OFFICER)
    desk.place.staff(Role.OFFICER, on_duty=True)
    desk.somebody(Role.MANAGER, name="Another Manager")
    case_id = restricted(desk, manager, named, danger=Danger.LIFE)
    with desk.place.work() as session:
        report = session.scalars(select(Report.id).where(Report.case_id == case_id)).one()
        tell_of_their_word(session, {"report_id": report, "message_id": new_id()}, MONDAY)
        alert_for_life(session, {"report_id": report}, MONDAY)
        case = session.get_one(Case, (desk.place.id, case_id))
        case.stage, case.closed_at, case.keep_until = "closed", MONDAY, london(20, 10).date()
    warn_of_erasure(desk.place.work, MONDAY)
    with desk.place.work() as session:
        of_it = Message.link.contains(str(case_id))
        told = session.execute(select(Message.kind, Message.account_id).where(of_it)).all()
        assert {kind for kind, _ in told} == {Kind.NEW_REPORT, Kind.LIFE, Kind.REVIEW}
        assert {account for _, account in told} <= {manager.account_id, named.account_id}


def test_the_count_of_what_rests_is_told_only_to_those_who_may_know_of_it(desk: Desk) -> None:
    manager = manager_of(desk)
    duty = desk.place.staff(Role.OFFICER, on_duty=True)
    restricted(desk, manager)
    desk.case(works_here=True)
    with desk.place.work() as session:
        staff = colleagues(session, london(27, 10))
        told = [who_hears(staff, Hearer.OFFICER, each.matter).accounts for each in resting(session, london(27, 10))]
    assert told
    assert all(duty not in accounts for accounts in told)


def test_it_is_given_only_to_somebody_who_is_named_and_not_barred(desk: Desk) -> None:
    manager, named = manager_of(desk), desk.somebody(Role.OFFICER)
    other = desk.somebody(Role.OFFICER, name="Otto Other")
    case_id = restricted(desk, manager, named)
    by = Actor(manager.account_id, manager.name)
    with desk.place.work() as session:
        with pytest.raises(NotNamedError):
            assigning.assign(session, case_id, Assignment(other.account_id), by, MONDAY)
        assigning.assign(session, case_id, Assignment(named.account_id), by, MONDAY)
        service.bar(session, case_id, other.account_id, WHY, by, MONDAY)
        with pytest.raises(CannotBeGivenError):
            assigning.assign(session, case_id, Assignment(other.account_id), by, MONDAY)
    client = desk.client(who=manager)
    page = client.get(f"{desk.case_url(case_id)}/assign")
    assert "Otto Other" not in page.text
    assert "only colleagues who are named" in page.text


def test_somebody_named_always_remains_and_the_officer_stays_named(desk: Desk) -> None:
    manager, named = manager_of(desk), desk.somebody(Role.OFFICER, name="Nia Named")
    case_id = restricted(desk, manager, named)
    client = desk.client(who=manager)
    with desk.place.work() as session:
        assigning.assign(session, case_id, Assignment(named.account_id), Actor(manager.account_id, "x"), MONDAY)
    url = f"{desk.case_url(case_id)}/confidentiality"
    ends = re.findall(r"readers/([0-9a-f-]{36})/end", client.get(url).html)
    assert len(ends) == 1, "the officer's own name cannot be taken back"
    client.post(f"{url}/readers/{ends[0]}/end", {f"{ends[0]}-words": "No longer needed."}, follow=False, status=303)
    desk.client(who=manager).get(url, status=404)
    assert desk.client(who=named).get(url)


def test_ending_the_restriction_opens_it_to_everybody_but_the_barred(desk: Desk) -> None:
    manager, other, barred = manager_of(desk), desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER)
    case_id = restricted(desk, manager)
    client, url = desk.client(who=manager), f"{desk.case_url(case_id)}/confidentiality"
    client.get(url)
    client.post(f"{url}/bar", {"bar-account_id": str(barred.account_id), "bar-words": WHY})
    client.post(f"{url}/lift", {"lift-words": "He has left."})
    desk.client(who=other).get(desk.case_url(case_id))
    desk.client(who=barred).get(desk.case_url(case_id), status=404)
