"""Delivery: each message once, the most pressing first, again after a failure, and never for nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.deadlines.reminders import take_back
from portal.domain.permissions import Role
from portal.messaging.gateway import GatewayAwayError, Letter, LetterRefusedError, StaffLetter
from portal.messaging.words import Kind
from portal.people.colleagues import address_of
from portal.people.models import Membership
from portal.people.resetting import code_for
from portal.store.base import new_id
from portal.work.delivery import GIVEN_UP_AFTER, REFUSALS, Postman
from portal.work.mailbox import Undelivered, mailbox, mark_read, undelivered
from portal.work.models import Message
from portal.work.notices import Notice, leave
from tests.places import Place

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
BASE = "https://portal.example"


class Carrier:
    """A gateway that fails as it is told."""

    def __init__(self) -> None:
        self.sent: list[StaffLetter] = []
        self.fault: Exception | None = None
        self.crash = False

    def send(self, letter: Letter) -> None:
        if self.fault:
            raise self.fault
        assert isinstance(letter, StaffLetter)
        self.sent.append(letter)
        if self.crash:
            raise SystemExit

    def close(self) -> None:
        pass


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture
def postman(carrier: Carrier) -> Postman:
    return Postman(carrier, BASE, address_of, take_back, code_for)


def left(place: Place, kind: Kind = Kind.DUE_NOW, how_many: int = 1) -> None:
    reader = place.staff(Role.OFFICER)
    with place.work() as session:
        notices = [Notice(reader, new_id(), kind, f"/desk/{place.slug}/cases/x") for _ in range(how_many)]
        leave(session, notices, NOW)


def test_each_message_goes_out_once_with_a_link_that_begins_at_the_portal(
    place: Place, carrier: Carrier, postman: Postman
) -> None:
    left(place, how_many=3)
    for _ in range(2):
        postman.deliver(place.work, NOW)
    assert {each.message_id for each in carrier.sent} == {each.id for each in place.messages()}
    assert len(carrier.sent) == 3
    assert {each.link for each in carrier.sent} == {f"{BASE}/desk/go/{each.message_id}" for each in carrier.sent}
    assert not [each for each in carrier.sent if place.slug in each.link], "a mail names no landlord and no case"
    assert all(each.to.endswith("@staff.example") for each in carrier.sent)


def test_a_life_goes_first(place: Place, carrier: Carrier, postman: Postman) -> None:
    left(place, Kind.DIGEST)
    left(place, Kind.LIFE)
    postman.deliver(place.work, NOW)
    assert [each.kind for each in carrier.sent] == [Kind.LIFE, Kind.DIGEST]


def test_a_crash_between_sending_and_noting_sends_again_under_the_same_id(
    place: Place, carrier: Carrier, postman: Postman
) -> None:
    left(place)
    carrier.crash = True
    with pytest.raises(SystemExit):
        postman.deliver(place.work, NOW)
    carrier.crash = False
    postman.deliver(place.work, NOW)
    assert len({each.message_id for each in carrier.sent}) == 1
    assert len(carrier.sent) == 2


def test_while_the_mail_server_is_away_everything_waits_and_longer_each_time(
    place: Place, carrier: Carrier, postman: Postman
) -> None:
    left(place, how_many=2)
    carrier.fault = GatewayAwayError("ConnectionRefusedError")
    moment, pauses = NOW, []
    for _ in range(10):
        postman.deliver(place.work, moment)
        (retry_at,) = {each.retry_at for each in place.messages()}
        pauses.append((retry_at - moment).total_seconds())
        moment = retry_at
    assert pauses[:4] == [15, 30, 60, 120]
    assert pauses[-1] == 1800
    with place.work() as session:
        assert undelivered(session, moment) == Undelivered(given_up=0, late=2)
    carrier.fault = None
    postman.deliver(place.work, moment)
    assert len(carrier.sent) == 2
    assert all(each.fault is None for each in place.messages())


def test_what_could_not_be_sent_for_days_is_given_up_and_the_alarm_shows(
    place: Place, carrier: Carrier, postman: Postman
) -> None:
    left(place)
    carrier.fault = GatewayAwayError("ConnectionRefusedError")
    postman.deliver(place.work, NOW + GIVEN_UP_AFTER)
    with place.work() as session:
        assert undelivered(session, NOW + GIVEN_UP_AFTER) == Undelivered(given_up=1, late=0)


def test_a_refused_message_holds_up_no_other_and_is_given_up_in_the_end(
    place: Place, carrier: Carrier, postman: Postman
) -> None:
    left(place)
    (refused,) = place.messages()
    send = carrier.send

    def refuse(letter: Letter) -> None:
        if isinstance(letter, StaffLetter) and letter.message_id == refused.id:
            raise LetterRefusedError("refused 550")
        send(letter)

    carrier.send = refuse  # type: ignore[method-assign]
    left(place)
    moment = NOW
    for _ in range(REFUSALS):
        postman.deliver(place.work, moment)
        moment += timedelta(hours=1)
    assert len(carrier.sent) == 1
    (after,) = [each for each in place.messages() if each.id == refused.id]
    assert (after.attempts, after.fault, after.stopped_at is None) == (REFUSALS, "refused 550", False)
    with place.work() as session:
        assert undelivered(session, moment).given_up == 1


def test_nobody_who_has_left_is_written_to(place: Place, carrier: Carrier, postman: Postman) -> None:
    left(place)
    with place.work() as session:
        session.execute(update(Membership).values(ends_at=NOW))
    postman.deliver(place.work, NOW)
    assert carrier.sent == []
    with place.work() as session:
        assert undelivered(session, NOW) == Undelivered(given_up=0, late=0)


@pytest.mark.invariant(8)
def test_what_somebody_is_sending_already_is_passed_over(
    place: Place, carrier: Carrier, postman: Postman
) -> None:
    left(place)
    with place.work() as session:
        session.execute(update(Message).values(count=1))
        postman.deliver(place.work, NOW)
        assert carrier.sent == []
    postman.deliver(place.work, NOW)
    assert len(carrier.sent) == 1


def test_everybody_finds_her_own_messages_in_the_portal(place: Place, postman: Postman) -> None:
    left(place)
    left(place, Kind.LIFE)
    life = next(each for each in place.messages() if each.kind == Kind.LIFE)
    with place.work() as session:
        (mine,) = mailbox(session, life.account_id)
        assert (mine.code, mine.kind, mine.subject) == (life.code, Kind.LIFE, "Please sign in now")
        mark_read(session, life.account_id, NOW)
        (mine,) = mailbox(session, life.account_id)
        assert mine.read_at == NOW
    assert [each.read_at for each in place.messages() if each.id != life.id] == [None]


def test_a_matter_dealt_with_meanwhile_is_not_written_about(
    place: Place, carrier: Carrier, postman: Postman
) -> None:
    left(place)
    stopped: list[datetime] = []

    def withdraw(session: Session, now: datetime) -> None:
        session.execute(update(Message).values(stopped_at=now))
        stopped.append(now)

    replace(postman, take_back=withdraw).deliver(place.work, NOW)
    assert (carrier.sent, stopped) == ([], [NOW])
