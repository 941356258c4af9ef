"""The audit's chain: entries are sealed in order, and whoever changes or removes one is found out."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, select, text

from portal.store import audit, audit_chain
from portal.store.audit import PORTAL, AuditEntry, AuditSeal, Fact, last_seal
from portal.store.audit_chain import Break, breaks, seal, unsealed
from portal.store.database import Database
from tests.store.conftest import Two
from tests.store.rows import NOW


def record(database: Database, two: Two, how_many: int = 1) -> None:
    with database.work(two.scope_a) as session:
        for _ in range(how_many):
            audit.record(session, Fact.CASE_READ, PORTAL, NOW, subject="case", subject_id=UUID(int=1))


def seal_all(database: Database, two: Two, **how: bool) -> tuple[int, bytes]:
    with database.work(two.scope_a) as session:
        return seal(session, **how)


def found(database: Database, two: Two, published: dict[int, bytes] | None = None) -> list[Break]:
    with database.work(two.scope_a) as session:
        return list(breaks(session, published or {}))


def chain(database: Database, two: Two) -> list[UUID]:
    with database.work(two.scope_a) as session:
        return list(session.scalars(select(AuditSeal.entry_id).order_by(AuditSeal.number)))


@contextmanager
def tampering(owner: Engine) -> Iterator[Connection]:
    """What somebody could do who holds the database itself: constraints and triggers do not stop them."""
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection


@pytest.fixture
def sealed(database: Database, two: Two) -> list[UUID]:
    """Five entries of landlord A, sealed; A's first entry stands first."""
    record(database, two, 5)
    seal_all(database, two)
    return chain(database, two)


def test_entries_are_sealed_in_the_order_in_which_they_came(
    database: Database, two: Two, owner: Engine
) -> None:
    record(database, two, 5)
    with database.work(two.scope_a) as session:
        assert unsealed(session) == 5
        in_order = list(session.scalars(select(AuditEntry.id).order_by(AuditEntry.position)))
    with tampering(owner) as connection:  # as they lie in the table, the first is now the last
        connection.execute(text("UPDATE audit_entry SET actor = actor WHERE id = :id"), {"id": in_order[0]})
    with database.work(two.scope_a) as session:
        for how in ("indexscan", "indexonlyscan", "bitmapscan"):
            session.execute(text(f"SET LOCAL enable_{how} = off"))
        assert seal(session)[0] == 5
    assert chain(database, two) == in_order
    with database.work(two.scope_a) as session:
        assert unsealed(session) == 0
    assert found(database, two) == []


def test_sealing_again_adds_nothing(database: Database, two: Two, sealed: list[UUID]) -> None:
    before = seal_all(database, two)
    assert seal_all(database, two, everything=True) == before
    assert chain(database, two) == sealed


def test_each_landlord_has_a_chain_of_its_own(database: Database, two: Two, sealed: list[UUID]) -> None:
    with database.work(two.scope_b) as session:
        audit.record(session, Fact.CASE_READ, PORTAL, NOW)
        assert last_seal(session)[0] == 0
        assert seal(session)[0] == 1
        assert list(breaks(session)) == []


def test_an_entry_that_commits_late_is_sealed_after_the_younger_one(database: Database, two: Two) -> None:
    with database.work(two.scope_a) as slow:
        audit.record(slow, Fact.CASE_READ, PORTAL, NOW)
        slow.scalars(select(AuditEntry.id)).all()  # by then its entry is in, and not committed
        record(database, two)
        assert seal_all(database, two)[0] == 1
    assert seal_all(database, two)[0] == 2
    with database.work(two.scope_a) as session:
        positions = session.scalars(
            select(AuditEntry.position)
            .join(AuditSeal, AuditSeal.entry_id == AuditEntry.id)
            .order_by(AuditSeal.number)
        ).all()
    assert positions == sorted(positions, reverse=True)
    assert found(database, two) == []


def test_an_entry_later_than_the_window_waits_for_the_whole_search(
    database: Database, two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_chain, "LATE_COMMITS", 2)
    with database.work(two.scope_a) as slow:
        audit.record(slow, Fact.CASE_READ, PORTAL, NOW)
        slow.scalars(select(AuditEntry.id)).all()  # by then its entry is in, and not committed
        record(database, two, 5)
        seal_all(database, two)
    assert seal_all(database, two)[0] == 5
    assert seal_all(database, two, everything=True)[0] == 6
    assert found(database, two) == []


def test_a_backlog_is_sealed_batch_by_batch_from_its_oldest(
    database: Database, two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(database, two)
    seal_all(database, two)
    monkeypatch.setattr(audit_chain, "BATCH", 2)
    monkeypatch.setattr(audit_chain, "LATE_COMMITS", 3)
    record(database, two, 6)
    assert [seal_all(database, two)[0] for _ in range(4)] == [3, 5, 7, 7]
    with database.work(two.scope_a) as session:
        in_order = list(session.scalars(select(AuditEntry.id).order_by(AuditEntry.position)))
    assert chain(database, two) == in_order


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "fact = 'case.written'",
        "actor = 'somebody else'",
        "account_id = gen_random_uuid()",
        "permission = 'case.work'",
        "subject = 'report'",
        "subject_id = gen_random_uuid()",
        "detail = ''",
    ],
)
def test_a_changed_entry_is_found(
    database: Database, two: Two, owner: Engine, sealed: list[UUID], change: str
) -> None:
    with tampering(owner) as connection:
        connection.execute(text(f"UPDATE audit_entry SET {change} WHERE id = :id"), {"id": sealed[2]})
    assert [(each.number, each.entry_id) for each in found(database, two)] == [(3, sealed[2])]
    assert "changed" in found(database, two)[0].says


def test_a_missing_entry_is_found(database: Database, two: Two, owner: Engine, sealed: list[UUID]) -> None:
    with tampering(owner) as connection:
        connection.execute(text("DELETE FROM audit_entry WHERE id = :id"), {"id": sealed[1]})
    assert found(database, two) == [Break(2, sealed[1], "the entry is missing")]


def test_entries_in_another_order_are_found(
    database: Database, two: Two, owner: Engine, sealed: list[UUID]
) -> None:
    place = text("UPDATE audit_seal SET entry_id = :entry WHERE landlord_id = :a AND number = :number")
    unique = "CONSTRAINT uq_audit_seal_landlord_id_entry_id"
    with tampering(owner) as connection:
        connection.execute(text(f"ALTER TABLE audit_seal DROP {unique}"))
        connection.execute(place, {"entry": sealed[2], "a": two.a, "number": 2})
        connection.execute(place, {"entry": sealed[1], "a": two.a, "number": 3})
        connection.execute(text(f"ALTER TABLE audit_seal ADD {unique} UNIQUE (landlord_id, entry_id)"))
    assert [(each.number, each.entry_id) for each in found(database, two)] == [(2, sealed[2]), (3, sealed[1])]


@pytest.mark.parametrize(("gone", "says"), [((3,), "link 3 "), ((1, 2, 3), "links 1 to 3 ")])
def test_missing_seals_are_found(
    database: Database, two: Two, owner: Engine, sealed: list[UUID], gone: tuple[int, ...], says: str
) -> None:
    with tampering(owner) as connection:
        connection.execute(
            text("DELETE FROM audit_seal WHERE landlord_id = :a AND number = ANY(:n)"),
            {"a": two.a, "n": list(gone)},
        )
    (only,) = found(database, two)
    assert (only.number, only.entry_id) == (gone[0], sealed[gone[-1]])
    assert only.says.startswith(says)


def test_an_entry_put_in_afterwards_cannot_take_an_earlier_place(
    database: Database, two: Two, owner: Engine, sealed: list[UUID]
) -> None:
    record(database, two)
    with database.work(two.scope_a) as session:
        newest = session.scalars(select(AuditEntry.id).order_by(AuditEntry.position.desc()).limit(1)).one()
    with tampering(owner) as connection:
        connection.execute(
            text("UPDATE audit_seal SET entry_id = :new WHERE entry_id = :old"),
            {"new": newest, "old": sealed[3]},
        )
    assert [(each.number, each.entry_id) for each in found(database, two)] == [(4, newest)]


def test_a_chain_cut_off_at_its_end_is_found_by_what_was_published(
    database: Database, two: Two, owner: Engine, sealed: list[UUID]
) -> None:
    number, hash_ = seal_all(database, two)
    with tampering(owner) as connection:
        for table, column in (("audit_seal", "entry_id"), ("audit_entry", "id")):
            connection.execute(text(f"DELETE FROM {table} WHERE {column} = :id"), {"id": sealed[-1]})
    assert found(database, two) == []
    assert found(database, two, {number: hash_}) == [Break(5, None, "link 5 was published and is not there")]


def test_a_chain_written_anew_is_found_by_what_was_published(
    database: Database, two: Two, owner: Engine, sealed: list[UUID]
) -> None:
    number, hash_ = seal_all(database, two)
    with tampering(owner) as connection:
        connection.execute(text("DELETE FROM audit_seal WHERE landlord_id = :a"), {"a": two.a})
        connection.execute(text("UPDATE audit_entry SET actor = 'x' WHERE id = :id"), {"id": sealed[0]})
    seal_all(database, two)
    assert found(database, two) == []
    assert [each.says for each in found(database, two, {number: hash_})] == [
        "the link is not the one that was published"
    ]
