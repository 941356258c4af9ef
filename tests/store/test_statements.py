"""Statements that are written once stand under the same rules as all others: a scope, row security, one transaction."""

from uuid import UUID

import psycopg
import pytest
from sqlalchemy import LargeBinary, Uuid, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.settings import Settings
from portal.store import audit
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.outbox import OutboxEvent
from portal.store.scope import NoScopeError, PublicScope
from portal.store.statements import HERE, Statement, adding, ask, ask_one, given
from tests.store.conftest import Two
from tests.store.rows import NOW, a_case

EVERY_CASE = Statement(select(Case.id, Case.stage).where(Case.stage == "new"))
THOSE_HERE = Statement(select(Case.id).where(Case.landlord_id == HERE))
ONE = Statement(select(Case.id, Case.headline).where(Case.id == given("case_id", Uuid())))
STAGED = Statement(select(Case.id).where(Case.headline == given("headline", LargeBinary())))
NOT_MINE = Statement(
    insert(OutboxEvent).values(
        landlord_id=given("other", Uuid()),
        id=given("id", Uuid()),
        kind="X",
        ids=given("ids", JSONB()),
        happened_at=NOW,
    )
)
PROMISE = adding(OutboxEvent)
PROMISED = Statement(select(OutboxEvent.id))


def test_a_statement_sees_what_row_security_lets_it_see_and_no_more(database: Database, two: Two) -> None:
    with database.work(two.scope_a) as session:
        mine = a_case(session)
    with database.work(two.scope_b) as session:
        theirs = a_case(session)
        assert [row.id for row in ask(session, EVERY_CASE)] == [theirs]
        assert ask_one(session, ONE, case_id=mine) is None
    with database.work(two.scope_a) as session:
        assert [row.id for row in ask(session, EVERY_CASE)] == [mine]


def test_one_connection_serves_landlords_in_turn_and_each_sees_its_own(settings: Settings, two: Two) -> None:
    database = Database(settings)
    for scope in (two.scope_a, two.scope_b):
        with database.work(scope) as session:
            a_case(session)
    seen: dict[UUID, set[UUID]] = {}
    backends = set()
    for scope in (two.scope_a, two.scope_b) * 3:
        with database.work(scope) as session:
            seen.setdefault(scope.landlord_id, set()).update(row.id for row in ask(session, EVERY_CASE))
            backends.add(session.scalar(text("SELECT pg_backend_pid()")))
    assert len(backends) == 1
    assert [len(ids) for ids in seen.values()] == [1, 1]
    assert seen[two.a].isdisjoint(seen[two.b])
    with database.work(PublicScope()) as session, pytest.raises(psycopg.DataError, match="uuid"):
        ask(session, EVERY_CASE)
    database.dispose()


def test_without_a_scope_nothing_is_sent(database: Database) -> None:
    with Session(database.app) as session, pytest.raises(NoScopeError):
        ask(session, EVERY_CASE)
    with database.work(PublicScope()) as session, pytest.raises(NoScopeError):
        ask(session, THOSE_HERE)


def test_the_scope_is_set_again_after_a_rollback(database: Database, two: Two) -> None:
    with database.work(two.scope_b) as session:
        a_case(session)
    with database.work(two.scope_a) as session:
        ask(session, EVERY_CASE)
        session.rollback()
        assert ask(session, EVERY_CASE) == []


def test_what_is_still_held_back_is_sent_first_and_all_of_it_is_one_transaction(
    database: Database, two: Two
) -> None:
    def fail() -> None:
        with database.work(two.scope_a) as session:
            case_id = a_case(session)
            assert [row.id for row in ask(session, THOSE_HERE)] == [case_id]
            audit.record(session, Fact.CASE_READ, PORTAL, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.work(two.scope_a) as session:
        assert ask(session, THOSE_HERE) == []
        assert session.scalars(select(AuditEntry.id)).all() == []


def test_a_refused_statement_ends_the_unit_of_work_and_not_the_connection(
    settings: Settings, two: Two
) -> None:
    database = Database(settings)
    with database.work(two.scope_a) as session:
        case_id = a_case(session)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), database.work(two.scope_a) as session:
        ask(session, NOT_MINE, other=two.b, id=new_id(), ids={})
    with database.work(two.scope_a) as session:
        assert ask_one(session, ONE, case_id=case_id).id == case_id
    database.dispose()


def test_statements_outlive_what_the_driver_rolls_back(settings: Settings, two: Two) -> None:
    """The driver throws away what it has prepared itself after a rollback; ours must not go with it."""
    database = Database(settings)
    with database.work(two.scope_a) as session:
        ask(session, EVERY_CASE)
        for _ in range(8):  # the driver prepares what it has run five times
            session.scalars(select(Case.id)).all()
        session.rollback()
        assert ask(session, EVERY_CASE) == []
    database.dispose()


@pytest.mark.parametrize("ways", ["line", "session", "line session", "session line"])
@pytest.mark.parametrize("kept", [True, False])
def test_what_is_asked_in_either_way_is_kept_or_undone_together(
    database: Database, two: Two, ways: str, kept: bool
) -> None:
    def by_line() -> None:
        ask(session, PROMISE, id=new_id(), kind="X", ids={}, happened_at=NOW, dispatched_at=None)

    def by_session() -> None:
        session.add(OutboxEvent(landlord_id=two.a, id=new_id(), kind="X", ids={}, happened_at=NOW))
        session.flush()

    with database.work(two.scope_a) as session:
        for way in ways.split():
            {"line": by_line, "session": by_session}[way]()
        if not kept:
            session.rollback()
            assert ask(session, PROMISED) == []  # and what follows is kept
    with database.work(two.scope_a) as session:
        found = session.scalars(select(OutboxEvent)).all()
        assert len(ask(session, PROMISED)) == len(found) == len(ways.split()) * kept


@pytest.mark.parametrize("by_session", [True, False])
@pytest.mark.parametrize("end", ["rollback", "commit"])
def test_after_an_end_a_statement_begins_in_its_scope_again(
    database: Database, two: Two, end: str, by_session: bool
) -> None:
    with database.work(two.scope_b) as session:
        theirs = a_case(session)
    with database.work(two.scope_a) as session:
        mine = a_case(session)
    with database.work(two.scope_a) as session:
        ask(session, EVERY_CASE)
        if by_session:
            session.scalars(select(Case.id)).all()
        getattr(session, end)()
        assert [row.id for row in ask(session, EVERY_CASE)] == session.scalars(select(Case.id)).all() == [mine]
    with database.work(two.scope_b) as session:
        assert [row.id for row in ask(session, EVERY_CASE)] == [theirs]


def test_values_come_back_as_they_went_in(database: Database, two: Two) -> None:
    values = {"id": new_id(), "kind": "X", "ids": {"case_id": "ü", "n": [1, None]}, "happened_at": NOW}
    with database.work(two.scope_a) as session:
        ask(session, PROMISE, **values, dispatched_at=None)
        row = session.scalars(select(OutboxEvent)).one()
        assert {name: getattr(row, name) for name in values} == values
        assert row.dispatched_at is None
        assert row.landlord_id == two.a
        case_id = a_case(session)
        sealed = ask_one(session, ONE, case_id=case_id).headline
        assert isinstance(sealed, bytes)
        assert [row.id for row in ask(session, STAGED, headline=sealed)] == [case_id]


def test_what_never_changes_stands_in_the_statement_so_that_partial_indexes_serve() -> None:
    assert b"cases.stage = 'new'" in EVERY_CASE.sql
    assert b"$" not in EVERY_CASE.sql


def test_a_value_that_is_not_given_is_a_fault_and_not_a_null(database: Database, two: Two) -> None:
    with database.work(two.scope_a) as session, pytest.raises(KeyError):
        ask(session, ONE)


@pytest.mark.parametrize("begun", [False, True])
def test_a_server_that_went_away_costs_one_unit_of_work(settings: Settings, two: Two, begun: bool) -> None:
    database, elsewhere = Database(settings), Database(settings)

    def cut_off() -> None:
        with database.work(two.scope_a) as session:
            backend = session.scalar(text("SELECT pg_backend_pid()"))
            if not begun:
                session.commit()
            with elsewhere.app.begin() as other:
                other.execute(text("SELECT pg_terminate_backend(:it, 5000)"), {"it": backend})
            ask(session, EVERY_CASE)

    with pytest.raises(psycopg.OperationalError, match="closed"):
        cut_off()
    with database.work(two.scope_a) as session:
        assert ask(session, EVERY_CASE) == []
    database.dispose()
    elsewhere.dispose()
