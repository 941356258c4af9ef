"""The command and the page answer a clock alike, because both ask the same function."""

from datetime import UTC, datetime

import pytest

from portal.deadlines.service import Started, reckon
from portal.domain.policy import CONCERN, DISCLOSURE
from portal.domain.reckoning import clock_of
from portal.landlords.clock_answer import ask_clock, events
from portal.landlords.policies import calendar_of
from portal.store.base import new_id
from tests.places import pack

SLUGS = ("dales", "seven-locks", "havebury", "star", "whg", "nph")
STARTS = (
    datetime(2026, 4, 2, 16, 30, tzinfo=UTC),
    datetime(2026, 6, 13, 11, tzinfo=UTC),
    datetime(2026, 10, 24, 23, 59, tzinfo=UTC),
    datetime(2026, 12, 24, 15, tzinfo=UTC),
)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("start", STARTS)
def test_what_the_command_says_is_what_a_reports_clock_is_given(slug: str, start: datetime) -> None:
    policy = pack(slug).policy
    under = Started(new_id(), policy, calendar_of(policy))
    for event in events(policy):
        (clock,), said = reckon(under, [event], start), ask_clock(policy, event, start)
        assert (clock.due_at, clock.stated) == (said.due, said.stated), event
        assert (clock.clock.stop_act, ", ".join(clock.clock.clauses) or None) == (said.stop_act, said.clause), event


@pytest.mark.parametrize("slug", SLUGS)
def test_a_concern_without_a_time_of_its_own_has_that_of_a_disclosure_wherever_it_is_asked(slug: str) -> None:
    policy, silent = pack(slug).policy, pack("whg").policy.clock(CONCERN)
    assert not silent.stated
    clocks = tuple(silent if each.event == CONCERN else each for each in policy.clocks)
    policy, start = policy.model_copy(update={"clocks": clocks}), STARTS[0]
    assert clock_of(policy, CONCERN) == policy.clock(DISCLOSURE)
    assert ask_clock(policy, CONCERN, start).due == ask_clock(policy, DISCLOSURE, start).due
