"""A forgotten password tells nobody who works here, and hands nobody's account to anybody else."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.deadlines.reminders import take_back
from portal.domain.permissions import Role
from portal.messaging.gateway import Letter, StaffLetter
from portal.messaging.mail import mail_of
from portal.people.colleagues import address_of
from portal.people.models import AccountCode
from portal.people.resetting import code_for
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Database
from portal.store.scope import PublicScope
from portal.work.delivery import Postman
from portal.work.models import Message
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.desk import MONDAY, Desk, a_desk
from tests.people.test_second_factor import begun, later, with_app

OWN = "seven green lanterns"


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "havebury")


@dataclass
class Carrier:
    """Keeps what it is given."""

    sent: list[StaffLetter] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        assert isinstance(letter, StaffLetter)
        self.sent.append(letter)

    def close(self) -> None:
        pass


def post(desk: Desk) -> list[StaffLetter]:
    """Deliver what waits at this landlord."""
    carrier = Carrier()
    assert desk.clock.at
    Postman(carrier, "https://portal.example", address_of, take_back, code_for).deliver(desk.place.work, desk.clock.at)
    return carrier.sent


def forgot(desk: Desk, email: str) -> str:
    client = PageClient(desk.app)
    client.get("/desk/sign-in/forgotten")
    return client.submit({"email": email}).text.replace(email, "")


def choose(desk: Desk, email: str, code: str, status: int = 200) -> PageClient:
    client = PageClient(desk.app)
    client.get("/desk/first-password")
    client.submit({"email": email, "code": code, "password": OWN}, status=status)
    return client


def test_the_answer_is_the_same_for_every_address(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    known, unknown = forgot(desk, who.email), forgot(desk, "nobody@staff.example")
    assert known == unknown
    assert "If there is an account" in known


def test_a_code_comes_by_mail_serves_once_and_ends_every_sign_in(desk: Desk, database: Database) -> None:
    who = desk.somebody(Role.OFFICER)
    signed_in = desk.client(who=who)
    for _ in range(3):
        forgot(desk, who.email)
    [letter] = post(desk)
    assert letter.to == who.email
    mail = mail_of(letter, "notices@portal.invalid")
    assert letter.secret in mail.get_content()
    assert letter.secret not in str(mail["Subject"])
    assert letter.link == "https://portal.example/desk/first-password"
    with database.work(PublicScope()) as session:
        kept = session.scalars(select(AccountCode.code_hash).where(AccountCode.account_id == who.account_id)).one()
    assert letter.secret not in kept
    assert kept.startswith("$argon2id$")
    choose(desk, who.email, letter.secret)
    assert signed_in.get("/desk/").h1s == ["Sign in"]
    choose(desk, who.email, letter.secret, status=422)
    client = PageClient(desk.app)
    assert client.sign_in(Staff(who.account_id, who.email, who.name, password=OWN)).h1s == ["My work"]


def test_a_code_is_over_after_half_an_hour(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    forgot(desk, who.email)
    [letter] = post(desk)
    later(desk, minutes=31)
    choose(desk, who.email, letter.secret, status=422)


def test_the_second_factor_stays_when_only_the_password_was_forgotten(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    with_app(desk, who)
    forgot(desk, who.email)
    [letter] = post(desk)
    choose(desk, who.email, letter.secret)
    assert begun(desk, Staff(who.account_id, who.email, "", password=OWN)).page.h1s == ["Your second factor"]


def test_an_administrator_lets_somebody_start_anew_and_sees_no_code(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    with_app(desk, who)
    theirs = desk.client(Role.OFFICER)
    manager = desk.client(Role.MANAGER)
    manager.get(f"{desk.url}/roles/{who.account_id}")
    page = manager.submit(form="/anew")
    [letter] = post(desk)
    assert letter.secret not in page.html
    assert not re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", page.text)
    choose(desk, who.email, letter.secret)
    assert PageClient(desk.app).sign_in(Staff(who.account_id, who.email, "", password=OWN)).h1s == ["My work"]
    assert theirs.get("/desk/").h1s == ["My work"]
    with desk.place.work() as session:
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == who.account_id)).all()
    assert Fact.STARTED_ANEW in facts


def test_nobody_starts_somebody_anew_who_may_do_more_than_they(desk: Desk) -> None:
    manager, administrator = desk.somebody(Role.MANAGER), desk.client(Role.ADMINISTRATOR)
    administrator.get(f"{desk.url}/roles")
    administrator.post(f"{desk.url}/roles/{manager.account_id}/anew")
    assert "only for somebody whose roles you could give" in administrator.page.text
    assert post(desk) == []


def test_a_sign_in_on_a_new_device_is_told_by_mail_without_a_word_about_work(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    desk.clock.at = None
    PageClient(desk.app).sign_in(who)
    desk.clock.at = MONDAY
    assert post(desk) == [], "nobody is told of their very first sign-in"
    own = PageClient(desk.app)
    own.sign_in(who)
    assert [letter.kind for letter in post(desk)] == ["sign_in"]
    later(desk, minutes=1)
    own.submit(form="sign-out")
    own.sign_in(who)
    assert post(desk) == [], "the same device is known"
    later(desk, minutes=1)
    PageClient(desk.app).sign_in(who)
    [letter] = post(desk)
    assert letter.kind == "sign_in"
    assert not letter.secret
    with desk.place.work() as session:
        assert session.scalars(select(Message.link).where(Message.id == letter.message_id)).one() == "/desk/me/sign-in"
    assert "device that was not known" in own.get("/desk/me/sign-in").text


def test_whoever_guesses_codes_with_the_right_password_is_told_of(desk: Desk) -> None:
    who = desk.somebody(Role.OFFICER)
    with_app(desk, who)
    post(desk)
    later(desk, minutes=1)
    client = begun(desk, who)
    for _ in range(4):
        client.submit({"code": "000000"}, status=422)
    assert [letter.kind for letter in post(desk)] == ["sign_in"]
    assert desk.clock.at == MONDAY + timedelta(minutes=1)
