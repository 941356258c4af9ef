"""The door to survivors is shut to everything that the contact guard has not let through."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portal.domain.contact import Channel, SafeContact, SafeTimes, Said, Times, Way
from portal.messaging.cleared import Cleared, NotClearedError, clear
from portal.messaging.gateway import Gateway, LetterRefusedError
from portal.messaging.local_outbox import LocalOutbox, NoCarrier
from portal.messaging.smtp import SmtpGateway
from portal.settings import Settings
from tests.messaging.mail_servers import mail_server

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BLAND = "Your appointment is tomorrow at ten."
RIVER = SafeContact(
    ways=(Way(Channel.EMAIL, Said.SAFE, "river@example.org"),),
    times=SafeTimes(Times.ANY_TIME),
    reminders=frozenset({Channel.EMAIL}),
)


def test_what_the_guard_lets_through_goes_to_the_address_that_she_gave() -> None:
    letter = clear(RIVER, Channel.EMAIL, NOON, BLAND)
    assert (letter.to, letter.words) == ("river@example.org", BLAND)


@pytest.mark.parametrize(
    ("safe", "channel", "words"),
    [
        pytest.param(SafeContact(), Channel.EMAIL, BLAND, id="she said nothing"),
        pytest.param(
            replace(RIVER, reminders=frozenset()), Channel.EMAIL, BLAND, id="she asked for no messages"
        ),
        pytest.param(RIVER, Channel.TEXT, BLAND, id="another channel"),
        pytest.param(RIVER, Channel.EMAIL, "About the abuse you reported", id="telling words"),
        pytest.param(replace(RIVER, times=SafeTimes()), Channel.EMAIL, BLAND, id="no hours said"),
        pytest.param(replace(RIVER, never=("email",)), Channel.EMAIL, BLAND, id="on her list of never"),
    ],
)
def test_what_the_guard_refuses_cannot_be_had(safe: SafeContact, channel: Channel, words: str) -> None:
    with pytest.raises(NotClearedError) as refused:
        clear(safe, channel, NOON, words)
    assert refused.value.reasons


def test_it_cannot_be_made_or_changed_without_the_guard() -> None:
    with pytest.raises(NotClearedError):
        Cleared(Channel.EMAIL, "river@example.org", "anything", NOON)
    with pytest.raises(NotClearedError):
        Cleared(Channel.EMAIL, "river@example.org", "anything", NOON, object())
    letter = clear(RIVER, Channel.EMAIL, NOON, BLAND)
    with pytest.raises((NotClearedError, ValueError)):
        replace(letter, words="anything")
    with pytest.raises(AttributeError):
        letter.words = "anything"  # type: ignore[misc]


@pytest.mark.parametrize(
    "thing",
    ["some words", {"to": "river@example.org"}, RIVER, object()],
    ids=["words", "a dictionary", "the record", "anything"],
)
def test_a_gateway_takes_nothing_that_was_not_cleared(thing: object, settings: Settings) -> None:
    with mail_server() as server:
        gateways: list[Gateway] = [LocalOutbox(), NoCarrier(), SmtpGateway(server.settings(settings))]
        for gateway in gateways:
            with pytest.raises(TypeError):
                gateway.send(thing)  # type: ignore[arg-type]
        assert server.raw == []


def test_what_the_guard_has_cleared_goes_to_one_address_and_nothing_that_could_be_two(settings: Settings) -> None:
    with mail_server() as server:
        gateway = SmtpGateway(server.settings(settings))
        gateway.send(clear(RIVER, Channel.EMAIL, NOON, BLAND))
        assert len(server.raw) == 1
        two = replace(RIVER, ways=(Way(Channel.EMAIL, Said.SAFE, "river@example.org, him@example.org"),))
        with pytest.raises(LetterRefusedError):
            gateway.send(clear(two, Channel.EMAIL, NOON, BLAND))
        gateway.close()
        assert len(server.raw) == 1
