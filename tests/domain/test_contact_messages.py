"""The guard over software: only what the person chose, when they said, in words that give nothing away."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.calendar import LONDON
from portal.domain.contact import (
    Channel,
    SafeContact,
    SafeTimes,
    SomebodyElse,
    Times,
    guard,
    guard_message,
    not_bland,
)
from tests.domain.contact_records import EMAIL, MONDAY_MORNING, safe_contacts, said_safe

MONDAY_TEN = datetime(2026, 6, 15, 10, tzinfo=LONDON)
MONDAY_NIGHT = datetime(2026, 6, 15, 23, tzinfo=LONDON)
BLAND = "You have a new message. Your code is 4821."
CHOSEN = replace(said_safe(Channel.EMAIL, EMAIL), reminders=frozenset({Channel.EMAIL}))

channels = st.sampled_from(Channel)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_bland_message_on_the_chosen_channel_is_allowed() -> None:
    assert guard_message(CHOSEN, Channel.EMAIL, MONDAY_TEN, BLAND).allowed


def test_nothing_is_sent_unless_the_person_chose_it() -> None:
    safe = said_safe(Channel.EMAIL, EMAIL)
    verdict = guard_message(safe, Channel.EMAIL, MONDAY_TEN, BLAND)
    assert verdict.reasons == ("They have not chosen emailing for reminders.",)


@pytest.mark.clause("HAV-4.3c")
def test_nothing_is_sent_outside_safe_hours_or_with_a_telling_word() -> None:
    safe = replace(CHOSEN, times=SafeTimes(Times.ONLY_THESE, (MONDAY_MORNING,)))
    assert guard_message(safe, Channel.EMAIL, MONDAY_TEN, BLAND).allowed
    assert not guard_message(safe, Channel.EMAIL, MONDAY_NIGHT, BLAND).allowed
    for words in (
        "River, you have a message",
        "About 12 Invented Row",
        "Your abuse case",
        "From the Blue Team",
    ):
        secrets = ("River", "12 Invented Row", "Blue Team")
        assert not guard_message(safe, Channel.EMAIL, MONDAY_TEN, words, secrets).allowed


def test_hours_never_stated_send_nothing() -> None:
    safe = replace(CHOSEN, times=SafeTimes())
    assert guard(safe, Channel.EMAIL, MONDAY_TEN).allowed
    verdict = guard_message(safe, Channel.EMAIL, MONDAY_TEN, BLAND)
    assert verdict.reasons == ("They have not said which hours are safe.",)


@pytest.mark.parametrize("channel", [Channel.CALL, Channel.LETTER, Channel.VISIT])
def test_software_neither_calls_nor_visits_nor_posts(channel: Channel) -> None:
    safe = replace(said_safe(channel), reminders=frozenset({channel}))
    verdict = guard_message(safe, channel, MONDAY_TEN, BLAND)
    assert verdict.reasons == ("Software does not call, visit or post.",)


def test_what_the_record_itself_holds_is_secret() -> None:
    safe = replace(
        CHOSEN, code_word="bluebell", somebody_else=SomebodyElse("Sam Brook", detail="07700 900456")
    )
    for words in ("It is Bluebell time", "Sam says hello", "Ring 07700 900456", f"Sent to {EMAIL}"):
        verdict = guard_message(safe, Channel.EMAIL, MONDAY_TEN, words)
        assert verdict.reasons == ("The words hold something personal.",)


def test_a_verdict_on_a_message_repeats_nothing_that_was_said() -> None:
    safe = replace(CHOSEN, notes="canary", code_word="canary")
    verdict = guard_message(safe, Channel.EMAIL, MONDAY_NIGHT, "canary", ("canary",))
    assert verdict.how == ()
    assert "canary" not in " ".join(verdict.reasons)


@given(safe_contacts, channels, moments)
def test_software_may_never_do_what_staff_may_not(safe: SafeContact, channel: Channel, at: datetime) -> None:
    if guard_message(safe, channel, at, BLAND).allowed:
        assert guard(safe, channel, at).allowed
        assert channel in safe.reminders


@pytest.mark.parametrize(
    ("words", "secrets", "bland"),
    [
        (BLAND, (), True),
        ("Domestic matters", (), False),
        ("A NON-VIOLENT word", (), False),
        ("The disabused reader", (), True),
        ("Dear river", ("River",), False),
        ("Drivers wanted", ("River",), True),
        ("12  invented\nrow", ("12 Invented Row",), False),
        (BLAND, ("", " "), True),
    ],
)
def test_bland_words_give_nothing_away(words: str, secrets: tuple[str, ...], bland: bool) -> None:
    assert (not_bland(words, secrets) == ()) is bland
