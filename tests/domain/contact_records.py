"""Invented safe-contact records, by hand and by chance."""

from datetime import time

from hypothesis import strategies as st

from portal.domain.contact import (
    Channel,
    SafeContact,
    SafeTimes,
    Said,
    SomebodyElse,
    Times,
    Way,
    Weekday,
    Window,
)

MONDAY_MORNING = Window(frozenset({Weekday.MON}), time(9), time(12))
PHONE = "07700 900123"
EMAIL = "river@example.org"

words = st.text("abcdefgh 0123456789@.", max_size=20)
yes_no = st.sampled_from([None, True, False])
hours = st.builds(
    lambda days, start, length: Window(days, time(start), time((start + length) % 24)),
    st.frozensets(st.sampled_from(Weekday), min_size=1),
    st.integers(0, 23),
    st.integers(1, 23),
)
# Most answers permit, because properties about what is allowed say nothing of records that allow nothing.
often_safe = st.sampled_from([*Said, Said.SAFE, Said.SAFE, Said.SAFE])
often_any_time = st.sampled_from([*Times, Times.ANY_TIME, Times.ANY_TIME])
seldom_risky = st.sampled_from(["", "", "", "", "read by another"])
safe_times = st.builds(SafeTimes, often_any_time, st.lists(hours, max_size=3).map(tuple))


def _way(channel: Channel) -> st.SearchStrategy[Way]:
    detail = st.sampled_from([PHONE, PHONE, EMAIL]) | words
    return st.builds(Way, st.just(channel), often_safe, detail, st.booleans(), seldom_risky)


ways = st.tuples(*map(_way, Channel)).flatmap(lambda each: st.integers(0, 2).map(lambda first: each[first:]))
safe_contacts = st.builds(
    SafeContact,
    ways=ways,
    times=safe_times,
    leave_message=yes_no,
    say_who=yes_no,
    withheld_ok=yes_no,
    code_word=words,
    say_you_are=words,
    somebody_else=st.none() | st.builds(SomebodyElse, words, words, st.sampled_from(Channel), words, yes_no),
    never=st.lists(words | st.sampled_from([PHONE, "post"]), max_size=1).map(tuple),
    language=words,
    interpreter=yes_no,
    notes=words,
    reminders=st.frozensets(st.sampled_from(Channel)),
)


def said_safe(channel: Channel = Channel.CALL, detail: str = PHONE) -> SafeContact:
    """Someone who said that one channel is safe at any time, and nothing else."""
    return SafeContact(ways=(Way(channel, Said.SAFE, detail),), times=SafeTimes(Times.ANY_TIME))
