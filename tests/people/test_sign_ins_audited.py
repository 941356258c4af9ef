"""What happens with somebody's sign-in stands in the chained audit of each landlord that they work for."""

import pyotp
import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import ProgrammingError

from portal.domain.permissions import Role
from portal.people.proving import second
from portal.people.proving.happened import AUDITED, BY_THEMSELVES, Happened
from portal.people.staff import add_staff
from portal.store.audit import AuditEntry, Fact
from portal.store.audit_chain import breaks, seal
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import AccountScope, PublicScope
from tests.client import PageClient
from tests.conftest import Staff
from tests.desk import MONDAY, Desk, a_desk
from tests.people.test_second_factor import desk, later, with_app

__all__ = ["desk"]


def said(desk: Desk, who: Staff) -> list[tuple[str, str | None]]:
    """What the audit of this landlord says of somebody's sign-in, in order; and it names nobody."""
    with desk.place.work() as session:
        rows = session.execute(
            select(AuditEntry.fact, AuditEntry.detail, AuditEntry.actor, AuditEntry.subject_id)
            .where(AuditEntry.account_id == who.account_id, AuditEntry.fact.like("sign\\_in.%"))
            .order_by(AuditEntry.position)
        ).all()
    assert {row.actor for row in rows} <= {BY_THEMSELVES}
    assert {row.subject_id for row in rows} <= {who.account_id}
    return [(row.fact, row.detail) for row in rows]


def test_signing_in_failing_a_second_factor_and_the_end_stand_at_each_landlord_in_the_chain(
    desk: Desk, database: Database
) -> None:
    other = a_desk(desk.app, database, desk.clock, "star")
    who = desk.somebody(Role.OFFICER, name="Ann Officer")
    add_staff(database, email=who.email, name=who.name, password="", roles={other.place.id: [Role.OFFICER]}, now=MONDAY)
    client = PageClient(desk.app)
    client.get("/desk/sign-in")
    client.submit({"email": who.email, "password": "wrong"}, status=422)
    client.submit({"email": who.email, "password": "wrong again"}, status=422)
    client.submit({"email": who.email, "password": who.password})
    secret, _ = with_app(desk, who, client)
    client.submit(form="sign-out")
    later(desk, minutes=1)
    client.submit({"email": who.email, "password": who.password})
    client.submit({"code": pyotp.TOTP(secret).at(desk.clock())})
    wanted = [
        ("sign_in.failed", "failed"),
        ("sign_in.done", "signed_in password"),
        ("sign_in.ways", "app_added"),
        ("sign_in.ways", "codes_made"),
        ("sign_in.ended", "ended"),
        ("sign_in.done", "signed_in with_app"),
    ]
    assert said(desk, who) == said(other, who) == wanted, "a wrong password is told once in ten minutes"
    with desk.place.work() as session:
        seal(session)
        assert list(breaks(session)) == []
    auditor = desk.client(Role.AUDITOR)
    page = auditor.get(f"{desk.url}/audit?person={who.account_id}")
    assert "Ann Officer" in page.text
    assert "Somebody could not sign in as them" in page.text
    desk.client(Role.OFFICER).get(f"{desk.url}/audit", status=403)


def test_a_sign_in_through_one_organisation_is_told_to_its_landlord_alone_and_a_stranger_to_nobody(
    desk: Desk, database: Database
) -> None:
    other = a_desk(desk.app, database, desk.clock, "star")
    who = desk.somebody(Role.OFFICER)
    add_staff(database, email=who.email, name=who.name, password="", roles={other.place.id: [Role.OFFICER]}, now=MONDAY)
    with database.work(PublicScope()) as session:
        second.by_organisation(session, who.account_id, desk.place.id, None, "Firefox", MONDAY)
    assert said(desk, who) == [("sign_in.done", "signed_in organisation")]
    assert said(other, who) == []
    client = PageClient(desk.app)
    client.get("/desk/sign-in")
    client.submit({"email": "nobody@staff.example", "password": "wrong"}, status=422)
    assert said(desk, who) == [("sign_in.done", "signed_in organisation")]


@pytest.mark.parametrize("fact", [Fact.SIGN_IN_DONE, Fact.CASE_READ])
def test_an_account_writes_of_its_own_sign_in_where_it_works_and_of_nothing_else(
    desk: Desk, database: Database, fact: Fact
) -> None:
    other = a_desk(desk.app, database, desk.clock, "star")
    who = desk.somebody(Role.OFFICER)
    at = other if fact is Fact.SIGN_IN_DONE else desk
    row = {
        "landlord_id": at.place.id, "id": new_id(), "at": MONDAY, "fact": fact.value, "account_id": who.account_id,
        "actor": BY_THEMSELVES,
    }  # fmt: skip
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        database.work(AccountScope(who.account_id)) as session,
    ):
        session.execute(insert(AuditEntry).values(row))


def test_everything_that_can_happen_has_its_fact() -> None:
    assert set(AUDITED) == set(Happened)
