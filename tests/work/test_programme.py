"""What follows from events and from time, as data that is complete."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.events import EVENTS
from portal.reactions import REACTIONS
from portal.work.programme import Daily, Every, Programme, Urgency

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def test_every_event_stands_in_the_table() -> None:
    assert {each.__name__ for each in REACTIONS} == set(EVENTS)


def test_no_two_jobs_share_a_name(programme: Programme) -> None:
    names = [each.name for several in programme.reactions.values() for each in several]
    names += [each.name for each in programme.rounds]
    assert len(names) == len(set(names))
    assert all(programme.reaction(each.name) is each for several in REACTIONS.values() for each in several)


def test_a_life_and_what_is_due_wait_behind_nothing(programme: Programme) -> None:
    assert programme.reaction("alert-for-life").urgency is Urgency.NOW
    assert programme.round("send-reminders").urgency is Urgency.NOW
    assert next(iter(Urgency)) is Urgency.NOW


@given(now=MOMENTS, seconds=st.integers(1, 3600))
def test_rounds_come_at_the_same_moments_for_every_scheduler(now: datetime, seconds: int) -> None:
    every = Every(timedelta(seconds=seconds))
    latest = every.latest(now)
    assert latest is not None
    assert latest <= now < latest + every.span
    assert every.latest(latest) == latest


@pytest.mark.parametrize(
    ("now", "latest"),
    [
        (datetime(2026, 7, 1, 6, 59, tzinfo=UTC), None),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), datetime(2026, 7, 1, 7, 0, tzinfo=UTC)),
        (datetime(2026, 1, 5, 7, 59, tzinfo=UTC), None),
        (datetime(2026, 1, 5, 8, 0, tzinfo=UTC), datetime(2026, 1, 5, 8, 0, tzinfo=UTC)),
        (datetime(2026, 1, 5, 19, 59, tzinfo=UTC), datetime(2026, 1, 5, 8, 0, tzinfo=UTC)),
        (datetime(2026, 1, 5, 20, 1, tzinfo=UTC), None),
    ],
)
def test_the_daily_round_is_at_eight_by_london_clocks_and_made_up_for_on_the_same_day(
    now: datetime, latest: datetime | None
) -> None:
    assert Daily(time(8)).latest(now) == latest
