"""Sealing: what is sealed opens only with the right key, in the right row and column; keys can be changed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.store.base import new_id
from portal.store.database import Database, cipher_of
from portal.store.keys import (
    KEY_BYTES,
    READ_AGAIN_SECONDS,
    SETTLED_AFTER,
    Cipher,
    Keyring,
    MasterKeys,
    UnreadableError,
    add_key,
    rewrap_all,
)
from portal.store.scope import LandlordScope, PlatformScope
from tests.store.conftest import Two
from tests.store.rows import NOW, a_landlord

ROW, OTHER = UUID(int=7), UUID(int=8)
CIPHER = Cipher({1: bytes(KEY_BYTES)})
NEW = MasterKeys.of({"new": b"n" * KEY_BYTES})


@pytest.fixture
def changed_masters(database: Database) -> Iterator[MasterKeys]:
    """The master keys while they are being changed; what was rewrapped is put back, as other tests need it."""
    old = database.keyring.masters
    both = MasterKeys("new", NEW.keys | old.keys)
    yield both
    with database.work(PlatformScope("test")) as session:
        rewrap_all(session, MasterKeys(old.current, both.keys))


@given(st.text())
def test_what_is_sealed_opens_in_its_place(words: str) -> None:
    sealed = CIPHER.seal("person", ROW, words)
    assert CIPHER.open("person", ROW, sealed) == words
    assert not words or words.encode() not in sealed or len(words) == 1


@given(
    st.recursive(st.none() | st.booleans() | st.integers(0) | st.text(), lambda x: st.lists(x, max_size=3))
)
def test_sealed_json_opens_as_it_was(value: object) -> None:
    assert CIPHER.open_json("x", ROW, CIPHER.seal_json("x", ROW, value)) == value


def test_a_value_moved_to_another_row_or_column_does_not_open() -> None:
    sealed = CIPHER.seal("cases.summary", ROW, "x")
    for place, row in (("cases.summary", OTHER), ("cases.headline", ROW), ("cases.summar", ROW)):
        with pytest.raises(UnreadableError):
            CIPHER.open(place, row, sealed)


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert CIPHER.seal("x", ROW, "same") != CIPHER.seal("x", ROW, "same")


@given(st.integers(min_value=0))
def test_a_changed_byte_is_found(where: int) -> None:
    sealed = bytearray(CIPHER.seal("x", ROW, "words"))
    sealed[where % len(sealed)] ^= 1
    with pytest.raises(UnreadableError):
        CIPHER.open("x", ROW, bytes(sealed))


def test_another_key_does_not_open_it_and_the_refusal_says_nothing() -> None:
    sealed = CIPHER.seal("x", ROW, "Canary")
    with pytest.raises(UnreadableError) as refused:
        Cipher({1: b"k" * KEY_BYTES}).open("x", ROW, sealed)
    assert refused.value.__suppress_context__
    assert "Canary" not in str(refused.value)
    assert str(ROW) not in str(refused.value)


def test_a_landlord_cannot_open_what_another_sealed(database: Database, two: Two) -> None:
    with database.work(two.scope_a) as session:
        sealed = cipher_of(session).seal("x", ROW, "words")
    with database.work(two.scope_b) as session, pytest.raises(UnreadableError):
        cipher_of(session).open("x", ROW, sealed)


def test_search_hashes_differ_by_landlord_and_by_kind(database: Database, two: Two) -> None:
    with database.work(two.scope_a) as a, database.work(two.scope_b) as b:
        tokens = {
            cipher_of(a).token("name", "x"),
            cipher_of(b).token("name", "x"),
            cipher_of(a).token("phone", "x"),
        }
    assert len(tokens) == 3


def test_a_renewed_key_opens_old_values_and_finds_old_words(database: Database, two: Two) -> None:
    with database.work(two.scope_a) as session:
        before = cipher_of(session)
    with database.work(PlatformScope("renew")) as session:
        add_key(session, database.keyring.masters, two.a, NOW)
    sealed = before.seal("x", ROW, "old words")
    with database.work(two.scope_a) as session:
        after = Keyring(database.keyring.masters).cipher(session, two.a)
    assert after.open("x", ROW, sealed) == "old words"
    assert after.token("name", "x") == before.token("name", "x")
    assert after.seal("x", ROW, "new")[:2] == (2).to_bytes(2)
    with pytest.raises(UnreadableError):
        before.open("x", ROW, after.seal("x", ROW, "new"))


def test_a_new_key_does_not_seal_until_every_process_has_read_it(database: Database, two: Two) -> None:
    assert SETTLED_AFTER.total_seconds() > 2 * READ_AGAIN_SECONDS
    with database.work(PlatformScope("renew")) as session:
        add_key(session, database.keyring.masters, two.a, datetime.now(UTC))
    with database.work(two.scope_a) as session:
        cipher = Keyring(database.keyring.masters).cipher(session, two.a)
    assert cipher.seal("x", ROW, "new")[:2] == (1).to_bytes(2)


def test_a_landlords_first_key_seals_at_once(database: Database) -> None:
    landlord_id = a_landlord(database, datetime.now(UTC))
    with database.work(LandlordScope(landlord_id)) as session:
        assert cipher_of(session).seal("x", ROW, "new")[:2] == (1).to_bytes(2)


def test_keys_are_read_again_after_a_while(
    database: Database, two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = Keyring(database.keyring.masters)
    with database.work(two.scope_a) as session:
        first = keyring.cipher(session, two.a)
        assert keyring.cipher(session, two.a) is first
        monkeypatch.setattr("portal.store.keys.time.monotonic", lambda: 1e12)
        assert keyring.cipher(session, two.a) is not first


def test_the_master_key_can_be_changed(database: Database, two: Two, changed_masters: MasterKeys) -> None:
    with database.work(two.scope_a) as session:
        sealed = cipher_of(session).seal("x", ROW, "words")
    with database.work(PlatformScope("rotate")) as session:
        assert rewrap_all(session, changed_masters) >= 2
        assert rewrap_all(session, changed_masters) == 0
    with database.work(two.scope_a) as session:
        assert Keyring(NEW).cipher(session, two.a).open("x", ROW, sealed) == "words"
        with pytest.raises(UnreadableError, match="PORTAL_OLD_MASTER_KEYS"):
            Keyring(database.keyring.masters).cipher(session, two.a)


def test_who_runs_while_the_master_key_is_changed_keeps_what_it_has(
    database: Database, two: Two, changed_masters: MasterKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = Keyring(database.keyring.masters)
    with database.work(two.scope_a) as session:
        kept = keyring.cipher(session, two.a)
    with database.work(PlatformScope("rotate")) as session:
        rewrap_all(session, changed_masters)
    monkeypatch.setattr("portal.store.keys.time.monotonic", lambda: 1e12)
    with database.work(two.scope_a) as session:
        assert keyring.cipher(session, two.a) is kept


def test_a_wrapped_key_does_not_serve_another_landlord() -> None:
    wrapped = NEW.wrap(UUID(int=1), bytes(KEY_BYTES))
    assert NEW.unwrap(UUID(int=1), "new", wrapped) == bytes(KEY_BYTES)
    with pytest.raises(UnreadableError):
        NEW.unwrap(UUID(int=2), "new", wrapped)


def test_a_landlord_without_key_is_refused(database: Database) -> None:
    nobody = new_id()
    with database.work(LandlordScope(nobody)) as session, pytest.raises(UnreadableError):
        cipher_of(session)
