"""Whatever a change makes possible is noticed, so that nobody opens a way to her without somebody's word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.contact import (
    Channel,
    SafeContact,
    SafeTimes,
    Said,
    SomebodyElse,
    Times,
    Vouched,
    Way,
    guard,
    guard_message,
    not_vouched,
    widened,
)
from tests.domain.contact_records import EMAIL, MONDAY_MORNING, PHONE, safe_contacts, said_safe

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
NOW = datetime(2026, 2, 2, 10, tzinfo=UTC)
MORNINGS = SafeTimes(Times.ONLY_THESE, (MONDAY_MORNING,))
MORNINGS_ONLY = replace(said_safe(), times=MORNINGS)


@settings(max_examples=400)
@given(safe_contacts, safe_contacts, st.sampled_from(Channel), moments, st.booleans(), st.booleans())
def test_nothing_that_the_guard_allows_only_from_now_on_goes_unnoticed(
    before: SafeContact, after: SafeContact, channel: Channel, at: datetime, leaving: bool, naming: bool
) -> None:
    manner = {"leaving_message": leaving, "naming_landlord": naming}
    if guard(after, channel, at, **manner).allowed and not guard(before, channel, at, **manner).allowed:
        assert widened(before, after)


@settings(max_examples=400)
@given(safe_contacts, safe_contacts, st.sampled_from(Channel), moments)
def test_nothing_that_software_may_send_only_from_now_on_goes_unnoticed(
    before: SafeContact, after: SafeContact, channel: Channel, at: datetime
) -> None:
    words = "See you then."
    after = replace(after, reminders=frozenset({channel}))
    if guard_message(after, channel, at, words).allowed and not guard_message(before, channel, at, words).allowed:
        assert widened(before, after)


@given(safe_contacts)
def test_what_stays_as_it_is_makes_nothing_possible(safe: SafeContact) -> None:
    assert widened(safe, safe) == ()


@pytest.mark.parametrize(
    "narrower",
    [
        replace(MORNINGS_ONLY, ways=(Way(Channel.CALL, Said.UNSAFE, PHONE),)),
        replace(MORNINGS_ONLY, ways=(Way(Channel.CALL, Said.SAFE, PHONE, risk="He answers."),)),
        replace(MORNINGS_ONLY, times=SafeTimes(Times.ONLY_THESE)),
        replace(MORNINGS_ONLY, leave_message=False, say_who=False),
        replace(MORNINGS_ONLY, never=(EMAIL,)),
    ],
)
def test_making_less_possible_needs_nobodys_word(narrower: SafeContact) -> None:
    assert widened(MORNINGS_ONLY, narrower) == ()


@pytest.mark.parametrize(
    ("wider", "says"),
    [
        ({"ways": (*said_safe().ways, Way(Channel.TEXT, Said.SAFE, PHONE))}, "texting"),
        ({"ways": (Way(Channel.CALL, Said.SAFE, "07700 900999"),)}, "another number or address for calling"),
        ({"times": SafeTimes(Times.ANY_TIME)}, "more hours"),
        ({"leave_message": True}, "leaving a message"),
        ({"say_who": True}, "saying who is calling"),
        ({"withheld_ok": False}, "calling with the number shown"),
        ({"somebody_else": SomebodyElse("Tracey", detail=PHONE)}, "going through somebody else"),
        ({"reminders": frozenset({Channel.TEXT})}, "texting by this software"),
    ],
)
def test_what_becomes_possible_is_said_without_telling_where_it_leads(wider: dict[str, object], says: str) -> None:
    assert widened(MORNINGS_ONLY, replace(MORNINGS_ONLY, **wider)) == (says,)


def test_somebodys_word_has_a_name_a_moment_and_a_way_of_knowing_them() -> None:
    assert set(not_vouched(None, NOW)) == {"who", "said_at", "how"}
    assert set(not_vouched(Vouched(" ", NOW + timedelta(minutes=1), " "), NOW)) == {"who", "said_at", "how"}
    assert not_vouched(Vouched("She did", NOW, "Her code word"), NOW) == {}
