"""What goes wrong says where it went wrong, and nothing of what it was about."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.app import create_app
from portal.settings import Settings
from portal.store.database import Database
from portal.store.scope import PublicScope
from portal.web.access import anyone
from tests.secrecy.canaries import Canaries
from tests.secrecy.story import heard


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture
def app(settings: Settings, database: Database) -> Iterator[Flask]:
    """An application of the test's own, which can be given a page that fails."""
    found = create_app(settings)
    yield found
    found.extensions["portal"].database.dispose()
    found.extensions["portal"].redis.close()


def failing(app: Flask, words: str) -> None:
    """A page that fails over what somebody wrote."""

    @app.get("/havebury/fails")
    @anyone
    def fails() -> str:
        raise ValueError(words)


@pytest.mark.invariant(4)
def test_a_fault_tells_neither_the_page_nor_the_log_what_it_was_about(app: Flask, canaries: Canaries) -> None:
    failing(app, canaries.word())
    with heard() as words:
        answer = app.test_client().get("/havebury/fails")
    assert answer.status_code == 500
    assert "fails" in words.getvalue()
    assert canaries.found_in(answer.data, words.getvalue()) == set()


@pytest.mark.invariant(4)
def test_nor_does_a_fault_in_telling_of_a_fault(
    app: Flask, canaries: Canaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_names: str, **_context: object) -> str:
        raise ValueError(canaries.word())

    failing(app, canaries.word())
    monkeypatch.setattr("portal.web.errors.render_template", fail)
    with heard() as words:
        answer = app.test_client().get("/havebury/fails")
    assert answer.status_code == 500
    assert canaries.found_in(answer.data, words.getvalue()) == set()


@pytest.mark.invariant(4)
def test_a_refusal_of_the_database_names_no_value(database: Database, canaries: Canaries) -> None:
    word = canaries.word()
    with database.work(PublicScope()) as session:
        with pytest.raises(DBAPIError) as refused:
            session.execute(text("SELECT CAST(:word AS text) || no_such_column"), {"word": word})
        session.rollback()
    assert canaries.found_in(str(refused.value)) == set()
