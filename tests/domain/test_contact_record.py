"""The record of safe contact: stored and read back whole, never read as more than was said."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from portal.domain.contact import (
    Channel,
    ContactVersionError,
    SafeContact,
    SafeTimes,
    Said,
    SomebodyElse,
    Times,
    Way,
)
from tests.domain.contact_records import EMAIL, MONDAY_MORNING, PHONE, safe_contacts, said_safe


@given(safe_contacts)
def test_what_was_stored_is_read_back(safe: SafeContact) -> None:
    assert SafeContact.from_dict(json.loads(json.dumps(safe.to_dict()))) == safe


def test_what_is_missing_was_never_said() -> None:
    assert SafeContact.from_dict({}) == SafeContact()
    assert SafeContact.from_dict({"ways": {"call": {}}}).way(Channel.CALL).said is Said.UNKNOWN
    assert SafeContact.from_dict({"somebody_else": {"name": "Sam"}}).somebody_else == SomebodyElse("Sam")


def test_words_that_are_not_known_permit_nothing() -> None:
    stored = {
        "ways": {"call": {"said": "probably"}, "pigeon": {"said": "safe"}},
        "leave_message": "yes",
        "reminders": ["pigeon"],
    }
    assert SafeContact.from_dict(stored) == SafeContact(ways=(Way(Channel.CALL),))


def test_a_newer_form_is_refused_rather_than_half_read() -> None:
    with pytest.raises(ContactVersionError):
        SafeContact.from_dict(SafeContact().to_dict() | {"version": 2})


def test_two_answers_for_one_channel_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        SafeContact(ways=(Way(Channel.CALL, Said.SAFE), Way(Channel.CALL, Said.UNSAFE)))


def test_finds_the_numbers_and_addresses_to_search_by() -> None:
    safe = SafeContact(
        ways=(
            Way(Channel.CALL, Said.SAFE, PHONE),
            Way(Channel.TEXT, Said.SAFE, PHONE),
            Way(Channel.EMAIL, Said.UNSAFE, EMAIL),
            Way(Channel.LETTER, Said.SAFE, "12 Invented Row"),
        ),
        somebody_else=SomebodyElse("Sam", detail="07700 900456"),
    )
    assert safe.numbers() == (PHONE, "07700 900456")
    assert safe.addresses() == (EMAIL,)


@pytest.mark.parametrize(
    ("safe", "line"),
    [
        (SafeContact(), "No safe way known yet"),
        (replace(said_safe(), leave_message=True), "Call, at any time"),
        (
            SafeContact(
                ways=(
                    Way(Channel.CALL, Said.SAFE, PHONE),
                    Way(Channel.TEXT, Said.SAFE, PHONE),
                    Way(Channel.EMAIL, Said.SAFE, EMAIL, risk="read by another"),
                ),
                times=SafeTimes(Times.ONLY_THESE, (MONDAY_MORNING,)),
            ),
            "Call or text, Mon 09:00 to 12:00; leave no message",
        ),
    ],
)
def test_one_line_for_lists(safe: SafeContact, line: str) -> None:
    assert safe.in_short() == line
