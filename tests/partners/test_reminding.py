"""An agency's workers hear by mail that something waits, once for each stage of it, and never a word of what it is."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.deadlines.reminders import take_back
from portal.domain.agency_roles import AgencyRole
from portal.domain.contact.bland import not_bland
from portal.domain.permissions import Role
from portal.marac.waiting import AT_THE_CONFERENCE
from portal.messaging.gateway import Letter, StaffLetter
from portal.messaging.words import words_of
from portal.partners.asked.service import ask
from portal.partners.members import service as members
from portal.partners.reminding.jobs import remind_agencies
from portal.partners.reminding.of_shared import IN_SHARED_CASES
from portal.people.resetting import code_for
from portal.reactions import rounds, where_to_write
from portal.settings import Settings
from portal.store.audit import PORTAL, Actor
from portal.store.database import Database
from portal.work.delivery import Postman
from portal.work.models import Message
from tests.client import PageClient
from tests.conftest import Clock
from tests.partners.granting import Shared, a_shared_case, agency_of, taken
from tests.partners_at_hand import members_at
from tests.places import Place, a_place

REMIND = remind_agencies((IN_SHARED_CASES, AT_THE_CONFERENCE))
BASE = "https://portal.example"


class Carrier:
    """A gateway that keeps what it is given."""

    def __init__(self) -> None:
        self.sent: list[StaffLetter] = []

    def send(self, letter: Letter) -> None:
        assert isinstance(letter, StaffLetter)
        self.sent.append(letter)

    def close(self) -> None:
        pass


def postman(carrier: Carrier) -> Postman:
    """As the portal has it, with this gateway."""
    return Postman(carrier, BASE, where_to_write, take_back, code_for)


@pytest.fixture
def offered(app: Flask, database: Database, clock: Clock) -> Shared:
    return a_shared_case(app, database, clock, take=False)


def told(place: Place, who: UUID) -> list[str]:
    """The kinds of what was left for one person at a landlord."""
    with place.work() as session:
        return sorted(session.scalars(select(Message.kind).where(Message.account_id == who)))


def round_at(place: Place, later: timedelta = timedelta()) -> None:
    """Two rounds: the second one tells nothing twice."""
    for _ in range(2):
        REMIND(place.work, datetime.now(UTC) + later)


def asked(shared: Shared, due_on: date) -> UUID:
    by = Actor(shared.officer.account_id, shared.officer.name)
    with shared.desk.place.work() as session:
        words = "Ring her at the shelter, and ask about the injunction."
        return ask(session, shared.case_id, shared.grant_id, words, due_on, by, datetime.now(UTC))


def test_an_offer_is_told_to_each_worker_once_and_again_when_nobody_has_answered(offered: Shared) -> None:
    place, second = offered.desk.place, offered.agency.somebody()
    keeper = offered.agency.somebody(AgencyRole.COORDINATOR)
    round_at(place)
    for who in (offered.worker, second):
        assert told(place, who.account_id) == ["new_report"]
    assert told(place, keeper.account_id) == [], "who sees no case hears of none"
    round_at(place, timedelta(days=2, minutes=1))
    assert told(place, offered.worker.account_id) == ["new_report", "overdue"]


def test_once_it_is_answered_or_ended_nobody_is_told_any_more(offered: Shared) -> None:
    taken(offered.agency, offered.worker, offered.grant_id)
    round_at(offered.desk.place, timedelta(days=3))
    assert told(offered.desk.place, offered.worker.account_id) == []


def test_what_an_agency_is_asked_is_told_at_once_near_its_day_on_it_and_after_it(
    app: Flask, database: Database, clock: Clock
) -> None:
    shared = a_shared_case(app, database, clock)
    today = datetime.now(UTC).date()
    asked(shared, today + timedelta(days=5))
    round_at(shared.desk.place)
    assert told(shared.desk.place, shared.worker.account_id) == ["assigned"]
    for days, kinds in ((4, {"due_soon"}), (5, {"due_now"}), (6, {"overdue"})):
        round_at(shared.desk.place, timedelta(days=days))
        assert kinds <= set(told(shared.desk.place, shared.worker.account_id)), days


def test_what_comes_in_together_is_one_mail_and_each_thing_is_told_once(
    app: Flask, database: Database, clock: Clock
) -> None:
    shared = a_shared_case(app, database, clock)
    for _ in range(3):
        asked(shared, datetime.now(UTC).date() + timedelta(days=5))
    round_at(shared.desk.place)
    assert told(shared.desk.place, shared.worker.account_id) == ["assigned"] * 3
    carrier = Carrier()
    for _ in range(2):
        postman(carrier).deliver(shared.desk.place.work, datetime.now(UTC))
        round_at(shared.desk.place)
    assert [each.to for each in carrier.sent] == [shared.worker.email]


def test_the_mail_says_nothing_and_its_link_leads_to_the_list_behind_the_sign_in(offered: Shared) -> None:
    place, carrier = offered.desk.place, Carrier()
    round_at(place)
    postman(carrier).deliver(place.work, datetime.now(UTC))
    letter = next(each for each in carrier.sent if each.to == offered.worker.email)
    assert letter.link.startswith(f"{BASE}/desk/go/")
    words = words_of(letter.kind, letter.code, letter.link)
    secrets = [
        "River",
        "Canary",
        place.slug,
        offered.agency.name,
        str(offered.case_id),
        str(offered.grant_id),
    ]
    assert not_bland(f"{words.subject} {words.body}", secrets) == ()
    path = letter.link.removeprefix(BASE)
    stranger = PageClient(offered.app)
    assert stranger.get(path).h1s == ["Sign in"]
    worker = offered.client(offered.worker)
    worker.get(path)
    assert worker.url == "/desk/partner/cases"
    offered.client(offered.desk.somebody(Role.OFFICER)).get(path, status=404)


def test_nobody_is_written_to_who_does_not_work_there_any_more(offered: Shared) -> None:
    place, carrier = offered.desk.place, Carrier()
    round_at(place)
    member = members_at(offered.agency.database, offered.agency.id, offered.worker)
    with offered.agency.database.work(offered.agency.scope(offered.worker)) as session:
        members.end(session, member, PORTAL, datetime.now(UTC))
    postman(carrier).deliver(place.work, datetime.now(UTC))
    assert offered.worker.email not in {each.to for each in carrier.sent}


def test_another_landlords_round_tells_nothing_of_it_and_has_no_row_of_it(
    offered: Shared, database: Database
) -> None:
    other = a_place(database, "star")
    round_at(offered.desk.place)
    round_at(other)
    with other.work() as session:
        assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_the_round_is_made_again_and_again(settings: Settings) -> None:
    assert "remind-agencies" in {each.name for each in rounds(settings)}


def test_an_agency_with_which_nothing_is_shared_hears_nothing(offered: Shared, database: Database) -> None:
    stranger = agency_of(database).somebody()
    round_at(offered.desk.place)
    assert told(offered.desk.place, stranger.account_id) == []
