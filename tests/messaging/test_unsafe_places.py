"""No message that she did not choose: by chance and on purpose, software is made to try, and cannot write there.

What may be sent is said a second time here, in other words than the guard's own, and every letter that comes out of
the one door is held against that.
"""

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.domain.calendar import in_london
from portal.domain.contact import Channel, SafeContact, SafeTimes, Said, Times, Way
from portal.domain.contact.bland import TELLING
from portal.messaging.cleared import Cleared, NotClearedError, clear
from portal.messaging.gateway import LetterRefusedError, StaffLetter, only_a_letter
from portal.messaging.mail import mail_of
from portal.messaging.reminding import AHEAD, LATEST, asked_for, reminder
from portal.messaging.words import Kind
from portal.referrals.coming_back.service import _less
from portal.store.base import new_id
from portal.web.reminding import says
from tests.domain.contact_records import EMAIL, PHONE, safe_contacts

HER_NAME, HER_STREET = "Noor Example", "3 Elm Road"
SENT_BY_SOFTWARE = {Channel.TEXT, Channel.EMAIL, Channel.PORTAL_MESSAGE}
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
told = st.sampled_from([HER_NAME, HER_STREET, PHONE, EMAIL, "police", "refuge", "REFUGE", "tomorrow", "at ten"])
sayings = st.lists(told | st.text(max_size=12), max_size=5).map(" ".join)
GENEROUS = SafeContact(
    ways=(Way(Channel.EMAIL, Said.SAFE, EMAIL), Way(Channel.TEXT, Said.SAFE, PHONE)),
    times=SafeTimes(Times.ANY_TIME),
    reminders=frozenset({Channel.EMAIL, Channel.TEXT}),
)


def tried(safe: SafeContact, channel: Channel, at: datetime, words: str) -> Cleared | None:
    """The letter, where there is one."""
    try:
        return clear(safe, channel, at, words, (HER_NAME, HER_STREET))
    except NotClearedError:
        return None


def chosen(safe: SafeContact, channel: Channel, at: datetime) -> bool:
    """Said once more: she asked for it, by a way that she called safe, with her own number, in hours that she named."""
    way = next((each for each in safe.ways if each.channel is channel), None)
    if way is None or way.said is not Said.SAFE or way.risk.strip() or channel not in safe.reminders:
        return False
    if safe.times.said is Times.NEVER_STATED:
        return False
    local = in_london(at)
    hours = safe.times.said is Times.ANY_TIME or any(each.includes(local) for each in safe.times.windows)
    return hours and (channel is Channel.PORTAL_MESSAGE or bool(way.detail.strip()))


@given(safe_contacts, st.sampled_from(Channel), moments, sayings)
@example(GENEROUS, Channel.EMAIL, datetime(2026, 3, 4, 3, tzinfo=UTC), "tomorrow at ten")
def test_whatever_comes_out_was_chosen_by_her_and_says_nothing(
    safe: SafeContact, channel: Channel, at: datetime, words: str
) -> None:
    letter = tried(safe, channel, at, words)
    if letter is None:
        return
    assert channel in SENT_BY_SOFTWARE
    assert chosen(safe, channel, at)
    assert letter.to == safe.way(channel).detail, "nowhere but to what she gave for this way"
    assert letter.to not in safe.never
    assert channel.value not in {each.casefold() for each in safe.never}
    assert not [each for each in (HER_NAME, HER_STREET, PHONE, EMAIL) if each.casefold() in words.casefold()]
    assert not [each for each in TELLING if f" {each}" in f" {words.casefold()}"]


@given(safe_contacts, st.sampled_from(Channel), moments, sayings, st.frozensets(st.sampled_from(Channel), min_size=1))
def test_what_she_forbids_later_is_shut_whatever_stood_before(
    safe: SafeContact, channel: Channel, at: datetime, words: str, stop: frozenset[Channel]
) -> None:
    less = _less(safe, stop, ())
    letter = tried(less, channel, at, words)
    assert channel not in stop or letter is None
    assert letter is None or tried(safe, channel, at, words), "and nothing opens by it"


@given(safe_contacts, st.sampled_from(Channel), moments)
def test_a_place_that_she_says_never_to_use_is_never_used(safe: SafeContact, channel: Channel, at: datetime) -> None:
    place = safe.way(channel).detail
    if len("".join(filter(str.isalnum, place))) >= 6:
        assert tried(_less(safe, frozenset(), (place,)), channel, at, "tomorrow at ten") is None


def by_another_address(letter: Cleared) -> object:
    return replace(letter, to="him@example.org")


def by_other_words(letter: Cleared) -> object:
    return replace(letter, words="Call the refuge")


def by_hand(letter: Cleared) -> object:
    return Cleared(letter.channel, "him@example.org", letter.words, letter.at)


def by_a_false_seal(letter: Cleared) -> object:
    return Cleared(letter.channel, "him@example.org", letter.words, letter.at, made=True)


def by_writing_into_it(letter: Cleared) -> object:
    letter.to = "him@example.org"  # type: ignore[misc]
    return letter


def by_something_like_it(letter: Cleared) -> object:
    return only_a_letter({"to": "him@example.org", "words": letter.words})


@pytest.mark.parametrize(
    "trick",
    [by_another_address, by_other_words, by_hand, by_a_false_seal, by_writing_into_it, by_something_like_it],
)
def test_no_letter_is_turned_round_after_the_guard_has_seen_it(trick: Callable[[Cleared], object]) -> None:
    letter = clear(GENEROUS, Channel.EMAIL, datetime(2026, 3, 4, 12, tzinfo=UTC), "tomorrow at ten")
    with pytest.raises((NotClearedError, AttributeError, TypeError, ValueError)):
        trick(letter)
    assert copy.copy(letter).to == EMAIL


BLAND_SENDER = "post@portal.example"
TEXTS_BY = "texts.example"
before_meetings = st.timedeltas(timedelta(hours=-3), timedelta(hours=48))
languages = st.sampled_from(["", "Polish", "Urdu", "Welsh", "Klingon"])


@given(safe_contacts, moments, before_meetings, languages)
@example(GENEROUS, datetime(2026, 3, 4, 12, tzinfo=UTC), timedelta(hours=20), "Polish")
@example(replace(GENEROUS, ways=(Way(Channel.EMAIL, Said.SAFE, f"{EMAIL}, him@example.org"),)),
         datetime(2026, 3, 4, 12, tzinfo=UTC), timedelta(hours=20), "")  # fmt: skip
def test_a_reminder_goes_only_where_she_asked_for_it_in_her_hours_and_says_a_day_and_a_time(
    safe: SafeContact, now: datetime, before: timedelta, language: str
) -> None:
    meeting_at = now + before
    words = says(meeting_at, language)
    letter = reminder(safe, meeting_at, now, words, (HER_NAME, HER_STREET))
    if letter is None:
        return
    assert LATEST < before <= AHEAD
    assert letter.channel in {Channel.TEXT, Channel.EMAIL}
    assert chosen(safe, letter.channel, now)
    assert letter.to == safe.way(letter.channel).detail
    assert letter.words == words
    assert not [each for each in (HER_NAME, HER_STREET, PHONE, EMAIL) if each.casefold() in words.casefold()]
    try:
        mail = mail_of(letter, BLAND_SENDER, TEXTS_BY)
    except LetterRefusedError:
        return
    (to,) = mail["To"].addresses
    if letter.channel is Channel.EMAIL:
        assert to.addr_spec == safe.way(Channel.EMAIL).detail.strip(), "one address, and the one that she gave"
    else:
        assert to.addr_spec == f"{re.sub(r'[^0-9]', '', safe.way(Channel.TEXT).detail)}@{TEXTS_BY}"
    assert mail["From"] == BLAND_SENDER
    assert {str(mail["Subject"]), mail.get_content().strip()} == {words}
    assert not {"Cc", "Bcc", "Reply-To"} & set(mail.keys())


@given(safe_contacts, moments)
def test_whoever_did_not_ask_for_reminders_gets_none(safe: SafeContact, now: datetime) -> None:
    meeting_at = now + timedelta(hours=5)
    never_asked = replace(safe, reminders=frozenset())
    assert reminder(never_asked, meeting_at, now, says(meeting_at, "")) is None
    assert not asked_for(never_asked)


def test_where_nothing_turns_mails_into_texts_no_text_goes() -> None:
    letter = clear(GENEROUS, Channel.TEXT, datetime(2026, 3, 4, 12, tzinfo=UTC), "tomorrow at ten")
    with pytest.raises(LetterRefusedError):
        mail_of(letter, BLAND_SENDER)


def test_what_is_sent_to_staff_comes_from_a_bland_sender_and_says_nothing() -> None:
    for kind in Kind:
        letter = StaffLetter(new_id(), "robin@staff.example", kind, "K7QXPF", "https://portal.example/x")
        mail = mail_of(letter, "post@portal.example")
        said = f"{mail['From']} {mail['Subject']}".casefold()
        assert not [each for each in TELLING if each in said]
