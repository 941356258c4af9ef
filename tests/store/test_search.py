"""Search without opening anything: by name, start, sound, number, address; and nothing across landlords."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from sqlalchemy import select

from portal.store.database import Database
from portal.store.search import (
    SearchToken,
    address_keys,
    email_keys,
    find,
    index,
    name_keys,
    phone_keys,
    sound,
    words,
)
from tests.store.conftest import Two
from tests.store.rows import a_case

NAMES = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)


def indexed(database: Database, two: Two, **what: str) -> UUID:
    """A case of landlord A that can be found by these words."""
    by = {"name": name_keys, "address": address_keys, "phone": phone_keys, "email": email_keys}
    with database.work(two.scope_a) as session:
        case_id = a_case(session)
        index(session, case_id, {key for kind, text in what.items() for key in by[kind](text)})
    return case_id


def search(database: Database, two: Two, query: str) -> list[UUID]:
    with database.work(two.scope_a) as session:
        return find(session, query)


@pytest.mark.parametrize(
    ("stored", "query"),
    [
        ("Katharine O’Brien", "katharine"),
        ("Katharine O’Brien", "O'BRIEN Katharine"),
        ("Katharine O’Brien", "Catherine obrien"),
        ("Katharine O’Brien", "kat"),
        ("Zoë Müller", "zoe muller"),
        ("Philippa", "Filipa"),
        ("Muhammad", "Mohamed"),
        ("Wright", "Right"),
        ("Zosia", "Sosia"),
        ("Łucja", "łucja"),
        ("فاطمة", "فاطمة"),
    ],
)
def test_a_name_is_found_however_it_is_written(database: Database, two: Two, stored: str, query: str) -> None:
    assert search(database, two, query) == []
    assert indexed(database, two, name=stored) in search(database, two, query)


@pytest.mark.parametrize("query", ["Margaret", "ka", "Katharine Smith", "ine", ""])
def test_other_names_are_not_found(database: Database, two: Two, query: str) -> None:
    indexed(database, two, name="Katharine O’Brien")
    assert search(database, two, query) == []


@pytest.mark.parametrize("name", ["Birtwistle", "Featherstonehaugh", "Ada"])
def test_a_name_stays_found_while_it_is_typed(database: Database, two: Two, name: str) -> None:
    """Whoever has found it by its first letters does not lose it by its next ones."""
    case_id = indexed(database, two, name=name)
    for typed in range(3, len(name) + 1):
        assert search(database, two, name[:typed]) == [case_id], name[:typed]


WRITTEN = ["07700900123", "07700 900 123", "+44 7700 900123", "0044 (0)7700-900123", "(07700) 900123"]


@pytest.mark.parametrize("stored", WRITTEN)
@pytest.mark.parametrize("query", WRITTEN)
def test_a_number_is_found_however_it_is_written(
    database: Database, two: Two, stored: str, query: str
) -> None:
    case_id = indexed(database, two, phone=stored)
    assert search(database, two, query) == [case_id]
    assert search(database, two, "07700 900124") == []


@pytest.mark.parametrize("stored", ["3 Elm Row, Barfield ZZ9 4XY", "3 Elm Row, Barfield, zz94xy"])
@pytest.mark.parametrize("query", ["ZZ9 4XY", "zz94xy", "elm row", "Barfield ZZ9 4XY", "zz9"])
def test_an_address_is_found_by_its_words_and_postcode(
    database: Database, two: Two, stored: str, query: str
) -> None:
    case_id = indexed(database, two, address=stored)
    assert search(database, two, query) == [case_id]


def test_an_email_address_is_found_as_a_whole(database: Database, two: Two) -> None:
    case_id = indexed(database, two, email="Sam.Example@mail.example")
    assert search(database, two, " sam.example@MAIL.example ") == [case_id]
    assert search(database, two, "sam@mail.example") == []
    assert search(database, two, "sam") == []


def test_all_words_must_be_of_one_case(database: Database, two: Two) -> None:
    one = indexed(database, two, name="Ada Lake", address="1 Elm Row")
    other = indexed(database, two, name="Ada Field", address="2 Oak Row")
    assert set(search(database, two, "ada row")) == {one, other}
    assert search(database, two, "ada oak") == [other]
    assert search(database, two, "lake oak") == []


def test_what_a_case_was_found_by_before_is_forgotten(database: Database, two: Two) -> None:
    case_id = indexed(database, two, name="Ada")
    with database.work(two.scope_a) as session:
        index(session, case_id, name_keys("Bea"))
    assert search(database, two, "ada") == []
    assert search(database, two, "bea") == [case_id]


@given(name=NAMES)
@how(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_nothing_is_found_across_landlords(database: Database, two: Two, name: str) -> None:
    case_id = indexed(database, two, name=name)
    with database.work(two.scope_b) as session:
        assert find(session, name) == []
    assert not words(name) or case_id in search(database, two, name)


def test_the_index_holds_no_word(database: Database, two: Two) -> None:
    indexed(database, two, name="Katharine", email="kat@mail.example")
    with database.work(two.scope_a) as session:
        tokens = session.scalars(select(SearchToken.token)).all()
    assert tokens
    assert all(len(token) == 16 and b"kat" not in token.lower() for token in tokens)


@given(st.text())
def test_any_text_has_words_and_a_sound(text: str) -> None:
    for word in words(text):
        assert word == word.casefold()
        sound(word)
    assert words(" ".join(words(text))) == words(text)


@given(st.text(max_size=20))
def test_how_much_is_typed_never_breaks_a_key(text: str) -> None:
    assert all(
        key for _kind, key in name_keys(text) | address_keys(text) | phone_keys(text) | email_keys(text)
    )
