"""Every event has its row in the table of reactions, and carries ids only."""

from dataclasses import fields
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import events
from portal.domain.events import EVENTS, Event, event_from
from portal.reactions import REACTIONS


def subclasses() -> set[type[Event]]:
    return {each for each in vars(events).values() if isinstance(each, type) and issubclass(each, Event)} - {
        Event
    }


def test_every_event_is_known_by_its_name() -> None:
    assert set(EVENTS.values()) == subclasses()
    assert all(name == cls.__name__ for name, cls in EVENTS.items())


def test_every_event_has_its_row() -> None:
    assert set(REACTIONS) == subclasses()


def test_reactions_have_names_of_their_own() -> None:
    names = [reaction.name for row in REACTIONS.values() for reaction in row]
    assert len(names) == len(set(names))


@pytest.mark.invariant(4)
@pytest.mark.parametrize("kind", EVENTS)
def test_an_event_has_ids_and_nothing_else(kind: str) -> None:
    assert {field.type for field in fields(EVENTS[kind])} == {UUID}


@pytest.mark.invariant(4)
@given(kind=st.sampled_from(sorted(EVENTS)), ids=st.lists(st.uuids(), min_size=9, max_size=9))
def test_whatever_happens_only_ids_travel(kind: str, ids: list[UUID]) -> None:
    event = EVENTS[kind](*ids[: len(fields(EVENTS[kind]))])
    travels = event.ids()
    assert all(str(UUID(value)) == value for value in travels.values())
    assert event_from(kind, travels) == event
