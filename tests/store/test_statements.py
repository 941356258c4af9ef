"""Statements that are written once stand under the same rules as all others: a scope, row security, one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import given as given_any
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import LargeBinary, Uuid, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from portal.cases.models import Case
from portal.settings import Settings
from portal.store import audit
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.line import Line
from portal.store.outbox import OutboxEvent
from portal.store.scope import NoScopeError, PublicScope
from portal.store.statements import HERE, Statement, adding, ask, ask_one, given, pose
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


@contextmanager
def journeys(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many statements go along with each journey to the database."""
    made: list[int] = []
    go = Line._journey
    with monkeypatch.context() as here:
        here.setattr(Line, "_journey", lambda line, posed: made.append(len(posed)) or go(line, posed))
        yield made


def promise(session: Session) -> UUID:
    """Pose a row of the outbox, which nobody waits for."""
    event_id = new_id()
    pose(session, PROMISE, id=event_id, kind="X", ids={}, happened_at=NOW, dispatched_at=None)
    return event_id


def promised(session: Session) -> set[UUID]:
    return {row.id for row in ask(session, PROMISED)}


def test_what_is_posed_makes_one_journey_with_the_first_answer_that_is_wanted(
    database: Database, two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.work(two.scope_a) as session:
        case_id = a_case(session)
    with journeys(monkeypatch) as made, database.work(two.scope_a) as session:
        every, one = pose(session, EVERY_CASE), pose(session, ONE, case_id=case_id)
        assert made == []
        assert [row.id for row in one.rows] == [row.id for row in every.rows] == [case_id]
        assert made == [4]  # the beginning, the scope, and both
        promise(session)
    assert made == [4, 2]  # what nobody waited for goes along with the end


def test_where_nothing_was_asked_nothing_is_sent(
    database: Database, two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    with journeys(monkeypatch) as made, database.work(two.scope_a):
        pass
    assert made == []


def test_what_was_posed_and_is_refused_undoes_all_of_it(settings: Settings, two: Two) -> None:
    database = Database(settings)

    def reach_across() -> None:
        with database.work(two.scope_a) as session:
            promise(session)
            pose(session, NOT_MINE, other=two.b, id=new_id(), ids={})
            promise(session)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reach_across()
    with database.work(two.scope_a) as session:
        assert promised(session) == set()
    database.dispose()


def test_what_was_posed_and_not_sent_is_never_sent_by_whoever_has_the_connection_next(
    settings: Settings, two: Two
) -> None:
    database = Database(settings)

    def fail() -> None:
        with database.work(two.scope_a) as session:
            promise(session)
            raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            fail()
        with database.work(two.scope_b) as session:
            assert promised(session) == set()
    with database.work(two.scope_a) as session:
        assert promised(session) == set()
    database.dispose()


def test_an_answer_that_was_never_fetched_is_a_fault_and_not_an_empty_list(database: Database, two: Two) -> None:
    with database.work(two.scope_a) as session:
        posed = pose(session, EVERY_CASE)
        session.rollback()
        with pytest.raises(psycopg.OperationalError, match="ended"):
            _ = posed.rows


def test_a_savepoint_undoes_what_was_posed_after_it_and_keeps_what_was_posed_before(
    database: Database, two: Two
) -> None:
    with database.work(two.scope_a) as session:
        before = promise(session)
        savepoint = session.begin_nested()
        session.scalars(select(Case.id)).all()
        promise(session)
        savepoint.rollback()
        after = promise(session)
        assert promised(session) == {before, after}


def test_large_values_go_both_ways_in_one_journey(database: Database, two: Two) -> None:
    """More than a socket holds: neither side may wait for the other for ever."""
    large = {"words": "x" * 3_000_000}
    back = Statement(select(OutboxEvent.id, OutboxEvent.ids))
    with database.work(two.scope_a) as session:
        posed = []
        for _ in range(4):
            pose(session, PROMISE, id=new_id(), kind="X", ids=large, happened_at=NOW, dispatched_at=None)
            posed.append(pose(session, back))
        assert [len(each.rows) for each in posed] == [1, 2, 3, 4]
        assert all(row.ids == large for row in posed[-1].rows)
        session.rollback()


WAYS = ("posed", "asked", "session", "look", "look by session", "commit", "rollback")


@hypothesis_settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given_any(ways=st.lists(st.sampled_from(WAYS), max_size=12), kept=st.booleans())
def test_whichever_way_is_taken_everything_is_there_in_its_order(
    database: Database, two: Two, ways: list[str], kept: bool
) -> None:
    with database.work(two.scope_a) as session:
        lasting = promised(session)
    now = set(lasting)
    with database.work(two.scope_a) as session:
        for way in ways:
            match way:
                case "posed":
                    now.add(promise(session))
                case "asked":
                    now.add(event_id := new_id())
                    ask(session, PROMISE, id=event_id, kind="X", ids={}, happened_at=NOW, dispatched_at=None)
                case "session":
                    now.add(event_id := new_id())
                    session.add(OutboxEvent(landlord_id=two.a, id=event_id, kind="X", ids={}, happened_at=NOW))
                case "look":
                    assert promised(session) == now
                case "look by session":
                    assert set(session.scalars(select(OutboxEvent.id))) == now
                case "commit":
                    session.commit()
                    lasting = set(now)
                case "rollback":
                    session.rollback()
                    now = set(lasting)
        if not kept:
            session.rollback()
    with database.work(two.scope_a) as session:
        assert promised(session) == (now if kept else lasting), (ways, kept)


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
