"""The promise stands in the same transaction as the fact: both, or neither."""

from dataclasses import fields

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.domain.events import EVENTS, CaseAssigned, Event, event_from
from portal.store import outbox
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.outbox import OutboxEvent
from tests.store.conftest import Two
from tests.store.rows import NOW, a_case


def test_the_promise_commits_with_the_fact(database: Database, two: Two) -> None:
    with database.work(two.scope_a) as session:
        case_id = a_case(session)
        outbox.record(session, CaseAssigned(two.a, case_id, new_id()), NOW)
    with database.work(two.scope_a) as session:
        row = session.scalars(select(OutboxEvent)).one()
    assert (row.kind, row.dispatched_at, row.ids["case_id"]) == ("CaseAssigned", None, str(case_id))


def test_no_promise_without_the_fact(database: Database, two: Two) -> None:
    def fail() -> None:
        with database.work(two.scope_a) as session:
            outbox.record(session, CaseAssigned(two.a, a_case(session), new_id()), NOW)
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.work(two.scope_a) as session:
        assert session.scalars(select(Case.id)).all() == []
        assert session.scalars(select(OutboxEvent.id)).all() == []


@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_comes_back_as_it_was_recorded(database: Database, two: Two, kind: str) -> None:
    event: Event = EVENTS[kind](two.a, *(new_id() for _ in fields(EVENTS[kind])[1:]))
    with database.work(two.scope_a) as session:
        outbox.record(session, event, NOW)
    with database.work(two.scope_a) as session:
        row = session.scalars(select(OutboxEvent)).one()
    assert event_from(row.kind, row.ids) == event
