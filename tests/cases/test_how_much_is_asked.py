"""A page asks the database as often for many rows as for few: never once for each row."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from portal.cases import notes, service
from portal.domain.permissions import Role
from portal.store.audit import PORTAL
from portal.store.line import Line
from tests.client import PageClient
from tests.desk import MONDAY, Desk

ASKED_EACH_SECOND = "SELECT md5(string_agg(concat(landlord.id"
"""Whether a landlord has changed is asked once a second for each process, whatever page is opened then."""


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement that goes to the database, whichever way it takes."""
    sent: list[str] = []
    pose = Line.pose
    note = lambda _c, _k, sql, *_rest: sent.append(sql)  # noqa: E731
    with monkeypatch.context() as here:
        here.setattr(Line, "pose", lambda line, one, values: sent.append(one.sql.decode()) or pose(line, one, values))
        event.listen(Engine, "before_cursor_execute", note)
        yield sent
        event.remove(Engine, "before_cursor_execute", note)


def asked_for(client: PageClient, url: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    client.get(url)  # what is read once for each process has been read now
    with counted(monkeypatch) as sent:
        client.get(url)
    return [each for each in sent if not each.startswith(ASKED_EACH_SECOND)]


def test_my_work_asks_as_often_for_many_cases_as_for_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    who = desk.somebody(Role.OFFICER)
    client = desk.client(who=who)

    def more(count: int) -> None:
        for _ in range(count):
            case_id = desk.case()
            with desk.place.work() as session:
                service.assign(session, case_id, who.account_id, who.name, PORTAL, MONDAY, "")
        desk.case()
        desk.report()

    more(1)
    few = asked_for(client, "/desk/", monkeypatch)
    more(5)
    many = asked_for(client, "/desk/", monkeypatch)
    assert many == few
    assert 0 < len(few) <= 8, few


def test_a_case_asks_as_often_with_a_long_story_as_with_a_short_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    few = asked_for(client, desk.case_url(case_id), monkeypatch)
    with desk.place.work() as session:
        for number in range(6):
            notes.add(session, case_id, f"Note {number}", PORTAL, MONDAY + timedelta(minutes=number))
    many = asked_for(client, desk.case_url(case_id), monkeypatch)
    assert many == few
    assert 0 < len(few) <= 14, few  # the last two: whether a meeting is booked, and whether a notice to quit waits


@pytest.mark.parametrize("url", ["my work", "a case"])
def test_a_page_makes_few_journeys_to_the_database(desk: Desk, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Who asks; what the page shows; and the end, with what is written into the audit."""
    case_id, who = desk.case(), desk.somebody(Role.OFFICER)
    with desk.place.work() as session:
        service.assign(session, case_id, who.account_id, who.name, PORTAL, MONDAY, "")
    client, where = desk.client(who=who), "/desk/" if url == "my work" else desk.case_url(case_id)
    client.get(where)
    made: list[int] = []
    go = Line._journey
    monkeypatch.setattr(Line, "_journey", lambda line, posed: made.append(len(posed)) or go(line, posed))
    with counted(monkeypatch) as sent:
        client.get(where)
    looked = any(each.startswith(ASKED_EACH_SECOND) for each in sent)  # whether a landlord has changed
    assert len(made) <= 3 + 2 * looked, (made, sent)
