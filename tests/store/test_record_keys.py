"""Each report and case has a key of its own; once that is destroyed nothing of it opens, wherever a copy lies."""

from datetime import UTC, datetime

import pytest

from portal.store.base import new_id
from portal.store.database import Database, cipher_of
from portal.store.keys import UnreadableError
from portal.store.record_keys import ErasedError, RecordKey, box_of, boxes_of, destroy, new_box, opening
from tests.store.conftest import Two

NOW = datetime(2026, 3, 4, tzinfo=UTC)
WORDS = "she can be reached at her sister's"


def test_what_one_record_sealed_another_does_not_open(database: Database, two: Two) -> None:
    one, other = new_id(), new_id()
    with database.work(two.scope_a) as session:
        sealed = new_box(session, one, NOW).seal("x", one, WORDS)
        assert box_of(session, one).open("x", one, sealed) == WORDS
        with pytest.raises(UnreadableError):
            new_box(session, other, NOW).open("x", one, sealed)
        with pytest.raises(UnreadableError):
            cipher_of(session).open("x", one, sealed)


def test_a_copy_of_a_record_is_useless_once_its_key_is_destroyed(
    database: Database, two: Two
) -> None:
    """Whoever restores an old backup has the landlord's key and the sealed row, and nothing to open it with."""
    scope, erased, kept = two.scope_a, new_id(), new_id()
    with database.work(scope) as session:
        copies = {each: new_box(session, each, NOW).seal("x", each, WORDS) for each in (erased, kept)}
    with database.work(scope) as session:
        destroy(session, [erased])
    with database.work(scope) as session:
        assert box_of(session, kept).open("x", kept, copies[kept]) == WORDS
        assert set(boxes_of(session, copies)) == {kept}
        with pytest.raises(ErasedError):
            box_of(session, erased)
        with pytest.raises(UnreadableError):
            cipher_of(session).open("x", erased, copies[erased])


def test_a_list_opens_the_line_of_each_record_and_no_line_that_was_moved(database: Database, two: Two) -> None:
    with database.work(two.scope_a) as session:
        rows = {}
        for name in ("Ash", "Birch"):
            record = new_id()
            sealed = new_box(session, record, NOW).seal_json("line", record, {"name": name})
            rows[record] = session.get_one(RecordKey, (two.a, record)).wrapped, sealed
        opened = opening(session, "line")
        assert [opened(one, key, None, sealed)["name"] for one, (key, sealed) in rows.items()] == ["Ash", "Birch"]
        (one, (key, sealed)), (other, (its_key, its_line)) = rows.items()
        for record, wrapped, line in ((one, key, its_line), (one, its_key, its_line), (other, key, sealed)):
            with pytest.raises(UnreadableError):
                opened(record, wrapped, None, line)
        with pytest.raises(UnreadableError):
            opening(session, "another")(one, key, None, sealed)


def test_a_file_is_sealed_byte_for_byte(database: Database, two: Two) -> None:
    record, row, data = new_id(), new_id(), bytes(range(256)) * 40
    with database.work(two.scope_a) as session:
        box = new_box(session, record, NOW)
        sealed = box.seal_bytes("file", row, data)
        assert data[:32] not in sealed
        assert box.open_bytes("file", row, sealed) == data


def test_another_landlord_does_not_find_the_key(database: Database, two: Two) -> None:
    record = new_id()
    with database.work(two.scope_a) as session:
        new_box(session, record, NOW)
    with database.work(two.scope_b) as session, pytest.raises(ErasedError):
        box_of(session, record)
