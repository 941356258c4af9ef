"""Looking changes nothing: a GET writes its audit row, a sign of life of the session, and what this list says."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from portal.domain.permissions import Role
from portal.settings import Settings
from tests.client import PageClient
from tests.conventions.addresses import Address, addresses, filled_in
from tests.conventions.conftest import HERE, Neighbours, statements

WRITES = re.compile(
    r"^(?:WITH .* )?(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|MERGE INTO) (\w+)", re.IGNORECASE
)
LOCKS = re.compile(r"FOR (NO KEY )?(UPDATE|SHARE)", re.IGNORECASE)
EVERYWHERE = {("INSERT INTO", "audit_entry"), ("UPDATE", "staff_session")}
BESIDES: dict[str, tuple[set[tuple[str, str]], str]] = {
    "referrals.leave": (
        {("DELETE FROM", "draft"), ("DELETE FROM", "back_visit")},
        "leaving wipes what was typed, also where a link is all there is",
    ),
    "exports.file": ({("UPDATE", "export")}, "how often a file was saved is counted beside its audit row"),
}


def gets(app: Flask) -> list[Address]:
    return [each for each in addresses(app) if each.method == "GET"]


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "fragment"])
def test_a_get_writes_nothing_but_its_audit_row(
    unguarded: Flask, neighbours: Neighbours, as_role: Callable[..., PageClient], htmx: bool
) -> None:
    client = as_role(*Role).http
    headers = {"HX-Request": "true"} if htmx else {}
    for address in gets(unguarded):
        with statements(unguarded) as sent:
            answer = client.get(filled_in(unguarded, address, HERE, neighbours.here), headers=headers)
        assert answer.status_code < 500, str(address)
        written = {(m[1].upper(), m[2]) for m in map(WRITES.match, sent) if m}
        allowed = EVERYWHERE | BESIDES.get(address.endpoint, (set(), ""))[0]
        assert written <= allowed, f"{address} writes {written - allowed}"
        if address.endpoint not in BESIDES:
            assert not any(LOCKS.search(sql) for sql in sent), f"{address} locks rows"


def test_the_list_of_exceptions_is_in_use(app: Flask) -> None:
    assert set(BESIDES) <= {address.endpoint for address in gets(app)}


@pytest.mark.invariant(2)
def test_reading_a_case_leaves_one_audit_row(
    unguarded: Flask, neighbours: Neighbours, as_role: Callable[..., PageClient]
) -> None:
    client = as_role(Role.OFFICER).http
    for address in gets(unguarded):
        if "case_id" in address.ids:
            with statements(unguarded) as sent:
                answer = client.get(filled_in(unguarded, address, HERE, neighbours.here))
            if answer.status_code == 200:
                rows = [sql for sql in sent if sql.startswith("INSERT INTO audit_entry")]
                assert rows, f"{address} reads a case and leaves no trace"


@contextmanager
def nothing_is_written_down(settings: Settings) -> Iterator[None]:
    """The database takes no row of the audit meanwhile."""
    engine = create_engine(settings.owner_url)
    refuse = "CREATE FUNCTION refuse_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no audit''; END'"
    put_on = "CREATE TRIGGER refuse BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_audit()"
    try:
        with engine.begin() as owner:
            for each in (refuse, put_on):
                owner.execute(text(each))
        yield
    finally:
        with engine.begin() as owner:
            owner.execute(text("DROP FUNCTION IF EXISTS refuse_audit() CASCADE"))
        engine.dispose()


@pytest.mark.invariant(2)
def test_nothing_of_a_case_is_shown_printed_or_saved_where_that_cannot_be_written_down(
    unguarded: Flask, neighbours: Neighbours, as_role: Callable[..., PageClient], settings: Settings
) -> None:
    """The row stands in the transaction of the reading: without the one there is not the other. Once for each part."""
    client = as_role(Role.OFFICER).http
    of_a_case = [filled_in(unguarded, each, HERE, neighbours.here) for each in gets(unguarded) if "case_id" in each.ids]
    parts = {url.split("?")[0].split("/")[5:6][0] if url.count("/") > 4 else "": url for url in of_a_case}
    opened = [url for url in parts.values() if client.get(url).status_code == 200]
    assert len(opened) > 20
    with nothing_is_written_down(settings):
        answers = {url: client.get(url) for url in opened}
    for url, answer in answers.items():
        assert answer.status_code == 500, url
    assert {client.get(url).status_code for url in opened} == {200}
