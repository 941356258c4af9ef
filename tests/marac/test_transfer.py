"""A case goes to another area's conference whole and at once; the record itself follows when its officer decides."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import frame
from portal.cases.anonymity import service as anonymity
from portal.cases.consents.service import NewConsent, give
from portal.cases.disclosures import queries as log
from portal.cases.disclosures.models import Disclosure
from portal.cases.disclosures.service import Wanted as WantedShare
from portal.cases.disclosures.service import ask
from portal.cases.frame import Reader
from portal.cases.incidents.service import record as record_incident
from portal.cases.incidents.told import Told, ToldBy
from portal.cases.tasks.queries import of_case as tasks_of
from portal.domain.happened import Happened, Known
from portal.domain.marac import Shown
from portal.domain.sharing import GivenHow, Part, Recipient, RecipientKind, Share
from portal.marac.board import queries as board
from portal.marac.papers import service as papers
from portal.marac.papers.service import About
from portal.marac.referrals import queries
from portal.marac.referrals.jobs import copy_without_name
from portal.store.audit import Actor
from portal.store.database import Database
from tests.client import Page
from tests.conftest import Clock, Staff
from tests.desk import Desk
from tests.marac.table import BOARD, DAY, PARTS, a_conference, officer_at

WHY = "They have moved to a town there."


class Two:
    """Two areas, a case before the first, and its officer."""

    def __init__(self, app: Flask, database: Database, clock: Clock) -> None:
        self.here, self.there = a_conference(app, database, clock), a_conference(app, database, clock)
        self.desk: Desk = self.here.desk()
        self.officer, self.by = officer_at(self.desk)
        self.case_id, self.referral = self.here.referred(self.desk.place, self.by)

    def moves(self, status: int = 200) -> Page:
        page = self.here.client(self.here.coordinator)
        page.get(f"{BOARD}/cases/{self.referral}")
        return page.submit({"area": str(self.there.id), "reason": WHY}, form="/move", status=status)

    def found_there(self) -> list[board.BoardRow]:
        with self.there.database.work(self.there.agency.scope(self.there.coordinator)) as session:
            return board.board(session)

    def reads(self, who: Staff | None = None) -> Page:
        return self.there.client(who or self.there.coordinator).get(f"{BOARD}/cases/{self.found_there()[0].id}")


@pytest.fixture
def two(app: Flask, database: Database, clock: Clock) -> Two:
    return Two(app, database, clock)


def researched(two: Two, words: str, shown: Shown) -> None:
    """An agency that sits here writes what it knows."""
    member = two.here.seat()
    who = member.somebody()
    with two.here.database.work(member.scope(who)) as session:
        about, by = About(two.desk.place.id, two.case_id, two.referral), Actor(who.account_id, who.name)
        papers.write(session, about, member.id, words, shown, 0, by, datetime.now(UTC))


def test_the_other_coordinator_finds_it_at_once_with_the_flag_and_the_papers_that_all_had_read(two: Two) -> None:
    two.here.listed(two.desk.place, two.case_id, two.referral)
    researched(two, "Two calls to the old address.", Shown.ALL)
    researched(two, "Only for the coordinator here.", Shown.COORDINATOR)
    assert "The other coordinator has it now" in two.moves().text
    with two.here.database.work(two.here.agency.scope(two.here.coordinator)) as session:
        assert board.board(session) == [], "the first one finds it no more"
    (row,) = two.found_there()
    with two.desk.place.work() as session:
        old = queries.one(session, two.case_id, two.referral)
        assert old
        assert (row.flagged_until, row.criteria) == (old.flagged_until, old.criteria)
        assert queries.flagged_until(session, two.case_id, two.here.now.date()) == old.flagged_until
    page = two.reads()
    for words in (WHY, two.here.row().name, "Two calls to the old address.", "He waits at the bus stop."):
        assert words in page.text
    assert "Only for the coordinator here." not in page.text, "it stays with those to whom it was shown"
    assert "Put it there" in page.html, "it can be listed like any other"


def test_nothing_new_of_the_record_goes_there_before_the_officer_decides_on_a_ground(
    two: Two,
) -> None:
    two.moves()
    with two.desk.place.work() as session:
        at = Happened(Known.UNKNOWN)
        record_incident(
            session, two.case_id, Told(at, datetime.now(UTC), ToldBy.POLICE, "He found the new street."), two.by,
            datetime.now(UTC),
        )  # fmt: skip
    assert "He found the new street." not in two.reads().text
    officer = two.here.client(two.officer)
    here = f"{two.desk.case_url(two.case_id)}/conference/{two.found_there()[0].id}"
    assert "Ask to share with" in officer.get(here).text
    share_id = shares_with(two)
    officer.get(here)
    officer.submit({"share": str(share_id)}, form="/ground")
    assert "He found the new street." in two.reads().text
    assert "Nothing new of the record goes there" not in officer.get(here).text
    with two.desk.place.work() as session:
        ids = session.scalars(select(Disclosure.share_id).where(Disclosure.case_id == two.case_id)).all()
        left = [row for each in set(ids) if each for row in log.left(session, two.case_id, each)]
    assert {each.content.recipient for each in left} == {two.here.agency.name, two.there.agency.name}


def shares_with(two: Two) -> UUID:
    """They agree that it goes to the other coordinator as well."""
    body, now = Recipient(RecipientKind.MARAC, two.there.agency.name), two.there.clock.at
    with two.desk.place.work() as session:
        parts = PARTS | {Part.INCIDENTS}
        agreed = NewConsent(body, parts, "To keep me safe", GivenHow.WORDS, now, now + 90 * DAY)
        consent = give(session, two.case_id, agreed, two.by, now)
        session.flush()
        found = frame.read(session, two.case_id, Reader(two.by, None, now))
        return ask(session, found, WantedShare(Share(body, parts), "x", "x", "", consent_id=consent), two.by, now)


def test_a_name_that_is_taken_out_is_gone_from_the_copy_there(two: Two) -> None:
    two.moves()
    assert "River Canary" in two.reads().text
    with two.desk.place.work() as session:
        anonymity.take_name_out(session, two.case_id, "He has asked for the file.", two.by, datetime.now(UTC))
    with two.desk.place.work() as session:
        copy_without_name(session, {"case_id": two.case_id}, datetime.now(UTC))
    page = two.reads()
    assert "River Canary" not in page.html
    assert "He waits at the bus stop." in page.text


def test_the_officer_hears_of_it_and_a_withdrawn_referral_is_gone_there_too(two: Two) -> None:
    two.moves()
    with two.desk.place.work() as session:
        words = [each.words for each in tasks_of(session, two.case_id)]
    assert any(each.startswith(f"Transferred to {two.there.row().name}") for each in words)
    (row,) = two.found_there()
    officer = two.here.client(two.officer)
    officer.get(f"{two.desk.case_url(two.case_id)}/conference/{row.id}")
    officer.submit({}, form="/withdraw")
    assert two.found_there() == []


def test_a_ground_for_another_body_and_a_page_that_is_old_decide_nothing(two: Two) -> None:
    two.moves()
    (row,) = two.found_there()
    url = f"{two.desk.case_url(two.case_id)}/conference/{row.id}"
    share_id, officer, late = shares_with(two), two.here.client(two.officer), two.here.client(two.officer)
    officer.get(url)
    late.get(url)
    assert "Choose the ground." in officer.submit({"share": str(two.case_id)}, form="/ground", status=422).text
    officer.submit({"share": str(share_id)}, form="/ground")
    assert "Choose the ground." in late.submit({"share": str(share_id)}, form="/ground", status=422).text
