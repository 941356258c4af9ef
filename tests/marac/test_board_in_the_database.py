"""One board for each area over all landlords: what the database lets each side find of it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.cases.consents import service as consents
from portal.domain.agency_roles import AgencyRole
from portal.domain.sharing import RecipientKind
from portal.marac.areas import service as area_service
from portal.marac.areas.service import NoSuchAreaError
from portal.marac.board import queries as board
from portal.marac.referrals import service
from portal.marac.referrals.models import MaracReferral
from portal.partners.grants.models import SharedKey
from portal.store.database import Database
from portal.store.scope import AgencyScope, LandlordScope
from tests.conftest import Clock, Staff
from tests.marac.table import Conference, a_conference, officer_at
from tests.partners.granting import Agency, agency_of


@pytest.fixture
def conference(app: Flask, database: Database, clock: Clock) -> Conference:
    """An area of the test's own."""
    return a_conference(app, database, clock)


def found_by(conference: Conference, agency: Agency, who: Staff) -> set[object]:
    """What this person finds, whatever they ask for: no query here says whose it is."""
    with conference.database.work(AgencyScope(agency.id, who.account_id)) as session:
        rows = set(session.scalars(select(MaracReferral.id)))
        assert set(session.scalars(select(SharedKey.id))) == rows
        return rows


def test_a_coordinator_finds_what_was_sent_there_and_a_landlord_only_its_own(conference: Conference) -> None:
    desks = [conference.desk("havebury"), conference.desk("nph")]
    sent = [conference.referred(each.place, officer_at(each)[1])[1] for each in desks]
    _, unsent = conference.referred(desks[0].place, officer_at(desks[0])[1], send=False)
    assert found_by(conference, conference.agency, conference.coordinator) == set(sent)
    for desk, own in zip(desks, ({sent[0], unsent}, {sent[1]}), strict=True):
        with conference.database.work(LandlordScope(desk.place.id)) as session:
            assert set(session.scalars(select(MaracReferral.id))) == own


def test_who_sits_there_finds_a_case_from_when_it_is_listed_until_it_is_shown_no_more(conference: Conference) -> None:
    police, other = conference.seat(), agency_of(conference.database)
    desk = conference.desk()
    case_id, referral = conference.referred(desk.place, officer_at(desk)[1])
    worker, stranger = police.somebody(), other.somebody()
    assert found_by(conference, police, worker) == set()
    conference.listed(desk.place, case_id, referral)
    assert found_by(conference, police, worker) == {referral}
    assert found_by(conference, other, stranger) == set()
    with desk.place.work() as session:
        session.execute(update(MaracReferral).values(shown_until=datetime.now(UTC)))
    assert found_by(conference, police, worker) == set()
    assert found_by(conference, conference.agency, conference.coordinator) == {referral}


def test_only_workers_find_anything_and_nobody_whose_seat_or_work_there_has_ended(conference: Conference) -> None:
    police, desk = conference.seat(), conference.desk()
    case_id, referral = conference.referred(desk.place, officer_at(desk)[1])
    conference.listed(desk.place, case_id, referral)
    assert found_by(conference, police, police.somebody(AgencyRole.COORDINATOR)) == set()
    assert found_by(conference, police, conference.coordinator) == set()
    worker = police.somebody()
    assert found_by(conference, police, worker) == {referral}
    seat = next(each.id for each in conference.row().seats if each.agency_id == police.id)
    with conference.database.work(conference.agency.scope(conference.coordinator)) as session:
        area_service.unseat(session, conference.id, seat, datetime.now(UTC))
    assert found_by(conference, police, worker) == set()


def test_a_withdrawn_referral_is_nowhere_and_a_withdrawn_consent_withdraws_it(conference: Conference) -> None:
    desk = conference.desk()
    _, officer = officer_at(desk)
    case_id, referral = conference.referred(desk.place, officer)
    other_case, other = conference.referred(desk.place, officer, name="Wren Robin")
    with desk.place.work() as session:
        service.withdraw(session, case_id, referral, 2, officer, datetime.now(UTC))
    assert found_by(conference, conference.agency, conference.coordinator) == {other}
    with desk.place.work() as session:
        kept = session.get_one(MaracReferral, (desk.place.id, other))
        consents.withdraw(session, other_case, kept.consent_id, "No more", officer, datetime.now(UTC))
    assert found_by(conference, conference.agency, conference.coordinator) == set()


def test_an_area_is_changed_by_whoever_coordinates_it_and_by_nobody_else(conference: Conference) -> None:
    police = conference.seat()
    with (
        conference.database.work(police.scope(police.somebody())) as session,
        pytest.raises(NoSuchAreaError),
    ):
        area_service.seat(session, conference.id, police.id, conference.by, datetime.now(UTC))
    forged = "UPDATE marac_area SET contact = 'x'"
    for scope in (police.scope(police.somebody()), LandlordScope(conference.desk().place.id)):
        with conference.database.work(scope) as session:
            assert session.connection().exec_driver_sql(forged).rowcount == 0


def test_the_coordinator_reads_the_copy_and_how_contact_is_safe(conference: Conference) -> None:
    desk = conference.desk()
    _, referral = conference.referred(desk.place, officer_at(desk)[1])
    with conference.database.work(conference.agency.scope(conference.coordinator)) as session:
        row = board.one(session, referral)
    assert row
    assert row.mine
    assert row.copy["rules"]
    assert "He waits at the bus stop." in str(row.copy["blocks"])
    assert row.meeting_id is None


def test_bodies_sit_there_and_no_person_can_be_invited(conference: Conference) -> None:
    for kind in (RecipientKind.POLICE, RecipientKind.SUPPORT, RecipientKind.CHILDREN, RecipientKind.HEALTH):
        conference.seat(kind)
    row = conference.row()
    assert {each.kind for each in row.seats} >= {RecipientKind.POLICE, RecipientKind.HEALTH}
    assert row.coming(datetime.now(UTC)) is not None
    assert row.open(datetime.now(UTC) + timedelta(days=6)) is None
