"""No scope, no rows: who forgets to say for whom is refused before the database hears of it."""

from uuid import UUID

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.people.models import Membership
from portal.settings import Settings
from portal.store.database import Database, cipher_of, scope_of
from portal.store.scope import AccountScope, LandlordScope, NoScopeError, PlatformScope, PublicScope
from portal.store.tenancy import Landlord
from tests.store.conftest import Two
from tests.store.rows import a_case, an_account


@pytest.mark.invariant(1)
def test_a_session_without_scope_sends_no_sql(database: Database) -> None:
    sent: list[str] = []
    event.listen(database.app, "before_cursor_execute", lambda _c, _k, sql, *_rest: sent.append(sql))
    with Session(database.app) as session, pytest.raises(NoScopeError):
        session.scalars(select(Case)).all()
    assert sent == []


@pytest.mark.parametrize("scope", [PublicScope(), PlatformScope("test"), AccountScope(UUID(int=1))])
def test_only_one_landlords_scope_opens_keys(database: Database, scope: PublicScope) -> None:
    with database.work(scope) as session:
        with pytest.raises(NoScopeError):
            scope_of(session)
        with pytest.raises(NoScopeError):
            cipher_of(session)


def test_an_owned_table_refuses_where_no_landlord_was_chosen(database: Database) -> None:
    with database.work(PublicScope()) as session:
        assert session.scalars(select(Landlord.id)).all() is not None
        with pytest.raises(DBAPIError, match=r"portal\.landlord_id|type uuid"):
            session.scalars(select(Case.id)).all()


@pytest.mark.invariant(1)
def test_a_pooled_connection_forgets_the_scope_that_it_last_had(settings: Settings, two: Two) -> None:
    database = Database(settings)
    with database.work(two.scope_a) as session:
        a_case(session)
        backend = session.scalar(text("SELECT pg_backend_pid()"))
    with database.app.connect() as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) == backend
        assert not connection.scalar(text("SELECT current_setting('portal.landlord_id', true)"))
        with pytest.raises(DBAPIError, match="uuid"):
            connection.execute(text("SELECT * FROM cases"))
    database.dispose()


def test_the_scope_holds_again_after_a_rollback_in_the_same_session(database: Database, two: Two) -> None:
    with database.work(two.scope_b) as session:
        a_case(session)
    with database.work(two.scope_a) as session:
        session.rollback()
        assert session.scalars(select(Case.id)).all() == []


def test_what_fails_leaves_nothing_behind(database: Database, two: Two) -> None:
    def fail() -> None:
        with database.work(two.scope_a) as session:
            a_case(session)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.work(two.scope_a) as session:
        assert session.scalars(select(Case.id)).all() == []


def test_a_person_sees_her_own_memberships_at_every_landlord_and_no_others(
    database: Database, two: Two
) -> None:
    me, other = an_account(database, two.a, two.b), an_account(database, two.a)
    with database.work(AccountScope(me)) as session:
        rows = session.execute(select(Membership.account_id, Membership.landlord_id)).all()
    assert {row.account_id for row in rows} == {me}
    assert {row.landlord_id for row in rows} == {two.a, two.b}
    with database.work(AccountScope(other)) as session:
        assert session.scalars(select(Membership.landlord_id)).all() == [two.a]


def test_a_person_cannot_give_herself_a_role(database: Database, two: Two) -> None:
    me = an_account(database, two.a)
    columns = "(landlord_id, id, account_id, roles, offers, on_duty)"
    for change in (
        "UPDATE membership SET roles = '[\"manager\"]' WHERE account_id = :me",
        "DELETE FROM membership WHERE account_id = :me",
        f"INSERT INTO membership {columns} VALUES (:landlord, gen_random_uuid(), :me, '[]', '[]', false)",
    ):
        with database.work(AccountScope(me)) as session:
            with pytest.raises(DBAPIError):
                session.execute(text(change), {"me": me, "landlord": two.b})
            session.rollback()
    with database.work(LandlordScope(two.a)) as session:
        assert session.scalars(select(Membership.roles)).all() == [["officer"]]


def test_platform_work_names_its_purpose_to_the_database(database: Database) -> None:
    with database.work(PlatformScope("add a landlord")) as session:
        assert session.scalar(text("SHOW application_name")) == "portal platform: add a landlord"
