"""Clearing somebody by name to know whose case it is: by a manager, with a reason, for a time, and written down."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text, update

from portal.cases import apart
from portal.cases.anonymity.models import IdentityEntry
from portal.domain.anonymity import INSTEAD
from portal.domain.permissions import Role
from portal.store.audit import AuditEntry, Fact
from portal.store.cleared import IdentityClearance
from portal.store.scope import LandlordScope
from tests.cases.anonymity.test_without_a_name import BETRAYS, HER, found, without_name
from tests.client import PageClient
from tests.conftest import Staff
from tests.desk import Desk


@pytest.fixture
def today(desk: Desk) -> Desk:
    """A desk at the real time: the database looks at its own clock."""
    desk.clock.at = None
    return desk


def last_day(days: int = 7) -> str:
    return (datetime.now(ZoneInfo("Europe/London")).date() + timedelta(days=days)).isoformat()


def cleared(desk: Desk, case_id: UUID, who: Staff, *, status: int = 200, **said: str) -> PageClient:
    """A manager clears somebody on the page, and stands on it."""
    client = desk.client(Role.MANAGER)
    client.get(f"{desk.case_url(case_id)}/identity")
    given = {"account_id": str(who.account_id), "last_day": last_day(), "words": "Goes to court with them."} | said
    client.submit({f"clear-{key}": value for key, value in given.items()}, form="/cleared", status=status)
    return client


@pytest.mark.clause("HAV-4.14b")
def test_somebody_cleared_by_name_knows_whose_case_it_is_and_nobody_beside_them_does(today: Desk) -> None:
    case_id, _ = without_name(today)
    other_id, _ = without_name(today)
    who = today.somebody(Role.OFFICER, name="Kim Cleared")
    client, stranger = today.client(who=who), today.client(Role.OFFICER)
    url = f"{today.case_url(case_id)}/identity"
    before = client.get(url)
    assert "You are not cleared to know whose case this is." in before.text
    assert not [each for each in BETRAYS if each in before.html]
    assert INSTEAD in client.get(today.case_url(case_id)).text
    page = cleared(today, case_id, who).page
    assert "Kim Cleared" in page.text
    assert "Goes to court with them." in page.text
    assert all(each in client.get(url).text for each in HER.values())
    assert "Perpetua says" in client.get(today.case_url(case_id)).text
    assert str(case_id) in found(client, "Quillfeather")
    assert str(other_id) not in found(client, "Quillfeather"), "for one case and no other"
    assert "You are not cleared" in client.get(f"{today.case_url(other_id)}/identity").text
    for path in (url, today.case_url(case_id)):
        assert not [each for each in BETRAYS if each in stranger.get(path).html]
    assert str(case_id) not in found(stranger, "Quillfeather")
    client.get(url)
    assert not [each for each in client.page.forms if "/identity" in each["action"]], "who is cleared changes nothing"


def test_it_is_in_the_audit_who_was_cleared_and_that_they_looked(today: Desk) -> None:
    case_id, _ = without_name(today)
    who = today.somebody(Role.OFFICER)
    cleared(today, case_id, who)
    today.client(who=who).get(f"{today.case_url(case_id)}/identity")
    facts = select(AuditEntry.fact, AuditEntry.permission, AuditEntry.detail).where(
        AuditEntry.subject_id == case_id, AuditEntry.fact.in_([Fact.IDENTITY_CLEARED, Fact.IDENTITY_READ])
    )
    with today.place.work() as session:
        rows = session.execute(facts.order_by(AuditEntry.position)).all()
        kept = session.scalars(select(IdentityClearance)).one()
    assert (Fact.IDENTITY_CLEARED, "identity.read", str(who.account_id)) in rows
    assert (Fact.IDENTITY_READ, "identity.cleared", None) in rows
    assert b"court" not in kept.sealed


@pytest.mark.parametrize("how", ["ended", "over"])
def test_a_clearance_ends_by_itself_or_when_it_is_taken_back(today: Desk, how: str) -> None:
    case_id, _ = without_name(today)
    who = today.somebody(Role.OFFICER)
    manager = cleared(today, case_id, who)
    if how == "ended":
        assert "Say why" in manager.submit({}, form="/end", status=422).text
        field = next(each for each in manager.page.forms if each["action"].endswith("/end"))["fields"]
        name = next(each for each in field if each.endswith("-words"))
        page = manager.submit({name: "The hearing is over."}, form="/end")
        assert "Taken back: The hearing is over." in page.text
    else:
        with today.place.work() as session:
            session.execute(update(IdentityClearance).values(until=datetime.now(ZoneInfo("UTC"))))
    client = today.client(who=who)
    for path in (f"{today.case_url(case_id)}/identity", today.case_url(case_id)):
        assert not [each for each in BETRAYS if each in client.get(path).html]
    assert str(case_id) not in found(client, "Quillfeather")


def test_the_database_itself_looks_for_whom_and_until_when(today: Desk) -> None:
    case_id, _ = without_name(today)
    who, other = today.somebody(Role.OFFICER), today.somebody(Role.OFFICER)
    cleared(today, case_id, who)
    for reader, sees in ((who, 1), (other, 0)):
        with today.database.work(LandlordScope(today.place.id, False, reader.account_id)) as session:
            assert len(session.scalars(select(IdentityEntry.id)).all()) == sees
            assert bool(session.execute(text("SELECT 1 FROM apart_token")).first()) is bool(sees)


def test_two_managers_who_take_it_back_hear_of_each_other(today: Desk) -> None:
    case_id, _ = without_name(today)
    one, other = cleared(today, case_id, today.somebody(Role.OFFICER)), today.client(Role.MANAGER)
    other.get(f"{today.case_url(case_id)}/identity")
    name = next(
        field
        for each in one.page.forms
        if each["action"].endswith("/end")
        for field in each["fields"]
        if "-words" in field
    )
    one.submit({name: "It is over."}, form="/end")
    assert "Somebody changed this meanwhile" in other.submit({name: "Over."}, form="/end", status=409).text


def test_nobody_is_cleared_without_a_reason_for_ever_or_who_may_not_know_of_the_case(today: Desk) -> None:
    case_id, _ = without_name(today)
    who = today.somebody(Role.OFFICER)
    page = cleared(today, case_id, who, status=422, words="", last_day=last_day(91)).page
    assert "Say why they need to know." in page.text
    page = cleared(today, case_id, who, status=422, last_day=last_day(91)).page
    assert "Enter a day from today to 90 days ahead." in page.text
    assert "Goes to court with them." in page.html, "what was typed stays"
    page = cleared(today, case_id, today.somebody(Role.AUDITOR), status=422).page
    assert "Choose somebody from the list" in page.text
    with today.place.work() as session:
        assert session.scalar(select(IdentityClearance.id)) is None
    officer = today.client(who=who)
    answer = officer.http.post(f"{today.case_url(case_id)}/identity/cleared", data={})
    assert answer.status_code in {400, 404}


@pytest.mark.clause("HAV-4.14b")
def test_whoever_is_cleared_for_a_case_reads_the_reports_that_came_to_it(today: Desk) -> None:
    case_id, _ = without_name(today)
    other_id, _ = without_name(today)
    who = today.somebody(Role.OFFICER)
    client, stranger = today.client(who=who), today.client(Role.OFFICER)
    with today.place.work() as session:
        (report,), (other,) = apart.reports_of(session, case_id), apart.reports_of(session, other_id)
    assert "Perpetua" not in client.get(f"{today.url}/reports/{report}").html
    cleared(today, case_id, who)
    assert "Perpetua" in client.get(f"{today.url}/reports/{report}").html
    assert "Perpetua" not in client.get(f"{today.url}/reports/{other}").html
    assert "Perpetua" not in stranger.get(f"{today.url}/reports/{report}").html
