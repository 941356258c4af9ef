"""The flag on a pair for twelve months, by any incident, and what a withdrawn consent leaves behind."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.cases.anonymity.service import take_name_out
from portal.cases.assessments import drafts
from portal.cases.consents import service as consents
from portal.cases.household import service as household
from portal.cases.household.queries import first_of
from portal.cases.incidents import service as incidents
from portal.cases.incidents.told import Act, Told, ToldBy
from portal.cases.tasks.models import Task
from portal.cases.tasks.queries import of_case
from portal.domain.happened import Happened, Known
from portal.domain.marac import Lines
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.marac.areas import service as area_service
from portal.marac.board import queries as board
from portal.marac.referrals import jobs, queries
from portal.marac.referrals.lines import look_at_areas
from portal.marac.referrals.models import MaracReferral
from portal.partners.grants import jobs as grant_jobs
from portal.partners.grants.models import AgencyGrant, SharedSection
from portal.store.audit import PORTAL
from portal.store.database import Database
from portal.store.outbox import OutboxEvent
from tests.cases.assessments.rounds import assessed, said, train
from tests.conftest import Clock
from tests.desk import Desk
from tests.marac.table import DAY, Conference, a_conference, officer_at
from tests.partners.granting import agency_of, granted, taken


@pytest.fixture
def conference(app: Flask, database: Database, clock: Clock) -> Conference:
    """An area of the test's own."""
    return a_conference(app, database, clock)


def heard(desk: Desk, referral: UUID, sent_at: datetime) -> None:
    """It was sent then, and heard since."""
    with desk.place.work() as session:
        session.execute(
            update(MaracReferral)
            .where(MaracReferral.id == referral)
            .values(state="heard", sent_at=sent_at, flagged_until=(sent_at + timedelta(days=365)).date())
        )


def incident(desk: Desk, case_id: UUID, day: datetime, *acts: Act) -> None:
    """Something that was done on a day; the job that follows it is done."""
    told = Told(Happened(Known.DAY, day.date()), datetime.now(UTC), ToldBy.SURVIVOR, "He came by.", acts)
    with desk.place.work() as session:
        made = incidents.record(session, case_id, told, PORTAL, datetime.now(UTC))
        session.flush()
        promised = select(OutboxEvent.ids).where(OutboxEvent.kind == "IncidentRecorded")
        assert str(made) in {each["incident_id"] for each in session.scalars(promised)}
        jobs.flag_repeat(session, {"case_id": case_id, "incident_id": made}, datetime.now(UTC))


def asked(desk: Desk) -> set[UUID]:
    """The cases that are to be referred again."""
    with desk.place.work() as session:
        wanted = select(Task.case_id).where(Task.kind == TaskKind.MARAC_REFERRAL.value, Task.ended_at.is_(None))
        return set(session.scalars(wanted))


@pytest.mark.parametrize(("months", "again"), [(11, True), (13, False)])
def test_any_incident_within_twelve_months_brings_the_pair_back(
    conference: Conference, months: int, again: bool
) -> None:
    """Whether or not it is a crime; what comes later does not by itself."""
    desk = conference.desk()
    case_id, referral = conference.referred(desk.place, officer_at(desk)[1])
    heard(desk, referral, conference.now - months * 30.5 * DAY)
    incident(desk, case_id, conference.now)
    assert asked(desk) == ({case_id} if again else set())


def test_a_case_that_reaches_the_areas_own_numbers_is_to_be_referred_though_the_portals_are_not_reached(
    conference: Conference,
) -> None:
    """Fourteen and three by default, and twelve and two in this area: its numbers hold for whoever refers there."""
    desk = conference.desk()
    actor = train(desk, desk.somebody(Role.OFFICER))
    conference.referred(desk.place, officer_at(desk)[1])
    with conference.database.work(conference.agency.scope(conference.coordinator)) as session:
        own = Lines(conference.now.date() - 30 * DAY, 12, 2)
        area_service.draw_lines(session, conference.id, own, conference.by, conference.now)
    few, many, often = desk.case(), desk.case(), desk.case()
    assessed(desk, few, actor, yes=11, now=conference.now)
    assessed(desk, many, actor, yes=12, now=conference.now)
    for _ in range(2):
        incident(desk, often, conference.now)
    for _ in range(2):
        with desk.place.work() as session:
            for case_id in (few, many, often):
                look_at_areas(session, {"case_id": case_id}, datetime.now(UTC))
    assert asked(desk) == {many, often}
    with desk.place.work() as session:
        words = [each.words for each in of_case(session, often) if each.kind == TaskKind.MARAC_REFERRAL]
    assert len(words) == 1
    assert "from 12 answers of yes, or from 2 incidents" in words[0]


@pytest.mark.clause("HAV-4.7c")
def test_whoever_assesses_reads_the_areas_own_numbers_and_later_ones_leave_the_assessment_as_it_was(
    conference: Conference,
) -> None:
    """Twelve of twenty-four is medium by the portal's bands: here it is high, goes to MARAC, and says who drew that."""
    desk = conference.desk()
    who = desk.somebody(Role.OFFICER)
    actor, case_id = train(desk, who), desk.case()
    conference.referred(desk.place, officer_at(desk)[1])
    with conference.database.work(conference.agency.scope(conference.coordinator)) as session:
        today = conference.now.date()
        own, later = Lines(today - 30 * DAY, 12, 2), Lines(today, 20, 10)
        area_service.draw_lines(session, conference.id, own, conference.by, conference.now)
    with desk.place.work() as session:
        sheet = drafts.start(session, case_id, "dash", actor, conference.now)
        drafts.answer(session, case_id, sheet, said(12), actor, conference.now)
    client, name = conference.client(who), conference.row().name
    own_numbers = (
        f"MARAC from 12 ({name}: the area’s own number). "
        f"Escalation from 2 incidents in 12 months ({name}: the area’s own number)"
    )
    outcome = client.get(f"{desk.case_url(case_id)}/risk/{sheet}/finish")
    assert own_numbers in outcome.text
    assert "This goes to MARAC: the count reaches the line of 12" in outcome.text
    again = (conference.now + 90 * DAY).date().isoformat()
    client.submit({"staff_risk": "none_known", "again_on": again}, form="finish")
    assert asked(desk) == {case_id}
    with conference.database.work(conference.agency.scope(conference.coordinator)) as session:
        area_service.draw_lines(session, conference.id, later, conference.by, conference.now)
    read = client.get(f"{desk.case_url(case_id)}/risk/{sheet}")
    assert "High risk" in read.text
    assert f"To MARAC: the count reaches the line of 12 ({name}: the area’s own number)" in read.text


def test_a_case_that_is_before_the_conference_now_is_not_referred_twice(conference: Conference) -> None:
    desk = conference.desk()
    case_id, _ = conference.referred(desk.place, officer_at(desk)[1])
    incident(desk, case_id, conference.now)
    assert asked(desk) == set()


def test_the_flag_is_on_the_pair_so_another_case_about_the_same_two_has_it(conference: Conference) -> None:
    """And a case about the same person with somebody else has not."""
    desk = conference.desk()
    him, another = {"name": "Sam Example", "born": "1980-02-02"}, {"name": "Kim Other", "born": "1970-01-01"}
    her = {"name": "River Canary", "born": "1985-05-05"}
    cases = [conference.referred(desk.place, officer_at(desk)[1]), desk.case(), desk.case()]
    first, referral = cases[0]
    with desk.place.work() as session:
        for case_id, who in ((first, him), (cases[1], him), (cases[2], another)):
            person = first_of(session, case_id, "survivor")
            assert person
            household.change(session, case_id, person, 1, her, PORTAL, conference.now)
            household.add(session, case_id, "other_person", who, PORTAL, conference.now)
    with desk.place.work() as session:
        day = conference.now.date()
        flags = [queries.flagged_until(session, each, day) for each in (first, cases[1], cases[2])]
    assert flags[0] == flags[1] is not None
    assert flags[2] is None
    heard(desk, referral, conference.now - 60 * DAY)
    incident(desk, cases[1], conference.now)
    assert asked(desk) == {cases[1]}


def test_a_withdrawn_consent_leaves_nobody_to_chase_and_no_copy(conference: Conference) -> None:
    desk, agency = conference.desk(), agency_of(conference.database)
    _, officer = officer_at(desk)
    case_id, grant = granted(desk.place, agency, officer, conference.now)
    with desk.place.work() as session:
        chase = select(Task.id).where(Task.kind == TaskKind.REPLY.value, Task.ended_at.is_(None))
        assert len(session.scalars(chase).all()) == 1
        consent = session.get_one(AgencyGrant, (desk.place.id, grant)).consent_id
        consents.withdraw(session, case_id, consent, "No more", officer, datetime.now(UTC))
        promised = session.scalars(select(OutboxEvent.ids).where(OutboxEvent.kind == "ConsentWithdrawn")).one()
        assert promised["consent_id"] == str(consent)
        grant_jobs.forget_withdrawn(session, {"case_id": case_id, "consent_id": consent}, datetime.now(UTC))
        assert session.scalars(chase).all() == []
        assert session.scalars(select(SharedSection.id)).all() == []


def test_an_agency_that_has_the_case_is_not_offered_it_again(conference: Conference) -> None:
    desk, agency = conference.desk(), agency_of(conference.database)
    who, officer = officer_at(desk)
    case_id, grant = granted(desk.place, agency, officer, conference.now)
    taken(agency, agency.somebody(), grant)
    page = conference.client(who).get(f"{desk.case_url(case_id)}/agencies")
    assert "This case is shared with the agency already." in page.text
    assert not [each for each in page.links if "/agencies/offer/" in each]


def test_a_name_that_is_taken_out_is_taken_out_of_the_copies_at_once(conference: Conference) -> None:
    desk = conference.desk()
    _, officer = officer_at(desk)
    case_id, referral = conference.referred(desk.place, officer)
    ids = {"case_id": case_id}

    def copied() -> str:
        with conference.database.work(conference.agency.scope(conference.coordinator)) as session:
            row = board.one(session, referral)
            assert row
            return str(row.copy)

    assert "River Canary" in copied()
    with desk.place.work() as session:
        take_name_out(session, case_id, "x", officer, datetime.now(UTC))
    with desk.place.work() as session:
        promised = session.scalars(select(OutboxEvent.ids).where(OutboxEvent.kind == "NameTakenOut")).one()
        assert promised["case_id"] == str(case_id)
        jobs.copy_without_name(session, ids, datetime.now(UTC))
        grant_jobs.forget_name(session, ids, datetime.now(UTC))
        assert session.scalars(select(SharedSection.id)).all() == []
    assert "River Canary" not in copied()
