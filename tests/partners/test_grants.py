"""How an officer lets an agency read a case: on a decided share, never more than the agreement has, for a time."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.cases.consents.models import ConsentGiven
from portal.cases.tasks.models import Task
from portal.domain.permissions import Role
from portal.domain.sharing import Part
from portal.partners.agreements.models import SharingAgreement
from portal.partners.grants.models import AgencyGrant, SharedKey, SharedSection
from portal.store.audit import Actor, AuditEntry, Fact
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk
from tests.partners.granting import DAY, PARTS, Agency, Shared, a_shared_case, agency_of, shared_case
from tests.partners_at_hand import an_agreement
from tests.places import a_place

FEW = frozenset({Part.PERSON, Part.RISK})


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    """A desk by the real clock: the database reads no other."""
    clock.at = datetime.now(UTC)
    return Desk(app, database, a_place(database, "nph"), clock)


def a_share(desk: Desk, agency: Agency, parts: frozenset[Part] = PARTS) -> tuple[PageClient, str]:
    """An officer on the page about agencies of a case whose share with this agency is decided."""
    officer = desk.somebody(Role.OFFICER)
    by = Actor(officer.account_id, officer.name)
    case_id, _ = shared_case(desk.place, agency, by, desk.clock() - timedelta(seconds=1), parts)
    client = desk.client(who=officer)
    return client, f"{desk.case_url(case_id)}/agencies"


def offer(client: PageClient, url: str, status: int = 200, **said: object) -> str:
    """The officer fills in the form."""
    client.get(next(each for each in client.get(url).links if "/offer/" in each))
    return client.submit({"parts": ["person"]} | said, form="/offer/", status=status).text


def day(days: int) -> str:
    return (datetime.now(UTC) + days * DAY).strftime("%Y-%m-%d")


@pytest.mark.clause("NPH-COMMIT-3")
def test_without_consent_or_exception_nothing_can_be_offered_and_with_it_it_is_offered_and_logged(desk: Desk) -> None:
    agency = agency_of(desk.database)
    an_agreement(desk.database, desk.place.id, agency.id, desk.clock() - DAY)
    officer = desk.client(Role.OFFICER)
    bare = f"{desk.case_url(desk.case(desk.clock()))}/agencies"
    page = officer.get(bare)
    assert "First decide what is shared" in page.text
    assert not [each for each in page.links if "/offer/" in each]
    client, url = a_share(desk, agency)
    assert "The agency reads nothing of it before somebody there has taken it." in offer(client, url)
    assert "Not answered yet" in client.page.text
    with desk.place.work() as session:
        grant = session.scalars(select(AgencyGrant)).one()
        facts = select(AuditEntry.fact).where(AuditEntry.detail == str(grant.id))
        assert session.scalars(facts).all() == [Fact.GRANT_MADE]
        assert grant.consent_id is not None
        assert session.scalars(select(SharedSection.id)).all() == [], "nothing is copied before it is taken"


@pytest.mark.clause("NPH-SHARING-2")
def test_a_share_without_an_agreement_or_with_a_body_that_is_no_agency_is_not_offered(desk: Desk) -> None:
    client, url = a_share(desk, agency_of(desk.database))
    assert not [each for each in client.get(url).links if "/offer/" in each]


def test_never_more_than_the_agreement_has(desk: Desk) -> None:
    agency = agency_of(desk.database)
    an_agreement(desk.database, desk.place.id, agency.id, desk.clock() - DAY, FEW)
    client, url = a_share(desk, agency)
    text = offer(client, url, status=422, parts=["person", "happened"])
    assert "Not offered What they say is happening" in text
    offer(client, url, parts=["person"])
    with desk.place.work() as session:
        assert session.scalars(select(AgencyGrant.parts)).one() == ["person"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"parts": []}, "Choose at least one part."),
        ({"until": "2026-01-01"}, "Choose a day to come, and at most three months from now."),
        ({"until": day(200)}, "Choose a day to come, and at most three months from now."),
        ({"until": day(60)}, "Their consent ends before that day."),
        ({"since": day(9), "until": day(8)}, "It ends after it begins."),
        ({"until": ""}, "Enter the last day."),
    ],
)
def test_what_cannot_be_offered_is_told_beside_the_question(desk: Desk, said: dict[str, object], sentence: str) -> None:
    agency = agency_of(desk.database)
    an_agreement(desk.database, desk.place.id, agency.id, desk.clock() - DAY)
    client, url = a_share(desk, agency)
    assert sentence in offer(client, url, status=422, **said)


@pytest.mark.clause("NPH-SHARING-2")
def test_an_agreement_past_its_review_offers_nothing_new(desk: Desk) -> None:
    agency = agency_of(desk.database)
    an_agreement(desk.database, desk.place.id, agency.id, desk.clock() - DAY)
    client, url = a_share(desk, agency)
    with desk.place.work() as session:
        session.execute(update(SharingAgreement).values(review_on=(desk.clock() - DAY).date()))
    page = client.get(url)
    assert "The agreement with this agency is past the day of its review." in page.text
    assert not [each for each in page.links if "/offer/" in each]


@pytest.fixture
def shared(app: Flask, database: Database, clock: Clock) -> Shared:
    """A case that an agency has taken."""
    return a_shared_case(app, database, clock)


def test_ending_it_destroys_its_copies_and_their_keys(shared: Shared) -> None:
    worker, officer = shared.client(shared.worker), shared.client(shared.officer)
    worker.get(f"{shared.url}/person")
    officer.get(shared.case_url)
    assert "The agency has neither the case nor a count of it any more." in officer.submit({}, form="/end").text
    with shared.desk.place.work() as session:
        assert session.scalars(select(SharedSection.id)).all() == []
        assert session.scalars(select(SharedKey.id)).all() == [shared.grant_id], "the offer's own, for the record"
    assert "Ended" in officer.page.text


def test_two_officers_who_change_the_same_grant_hear_of_each_other(shared: Shared) -> None:
    one, other = shared.client(shared.officer), shared.desk.client(Role.SENIOR)
    for client in (one, other):
        client.get(f"{shared.case_url}/{shared.grant_id}")
    one.submit({"parts": ["person"]}, form=str(shared.grant_id))
    page = other.submit({"parts": ["happened"]}, form=str(shared.grant_id), status=409)
    assert "Somebody changed this meanwhile" in page.text
    assert "They can read now Who they are, without where they live, until" in page.text
    with shared.desk.place.work() as session:
        assert session.scalars(select(AgencyGrant.parts)).one() == ["person"]


def test_it_can_last_longer_and_no_longer_than_the_consent(shared: Shared) -> None:
    officer = shared.client(shared.officer)
    officer.get(f"{shared.case_url}/{shared.grant_id}")
    refused = officer.submit({"until": day(40)}, form=str(shared.grant_id), status=422)
    assert "Their consent ends before that day." in refused.text
    officer.submit({"until": day(25)}, form=str(shared.grant_id))
    with shared.desk.place.work() as session:
        until = session.scalars(select(AgencyGrant.until_at)).one()
        assert datetime.now(UTC) + 24 * DAY < until < session.scalars(select(ConsentGiven.until)).one()


def test_what_the_agreement_loses_every_case_under_it_loses(shared: Shared) -> None:
    worker, manager = shared.client(shared.worker), shared.desk.client(Role.MANAGER)
    worker.get(f"{shared.url}/happened")
    with shared.desk.place.work() as session:
        agreement = session.scalars(select(SharingAgreement.id)).one()
    manager.get(f"{shared.desk.url}/agencies/{agreement}/change")
    manager.submit({"parts": ["person"]}, form="/change")
    worker.get(f"{shared.url}/happened", status=404)
    assert worker.http.get(f"{shared.url}/person").status_code == 200
    manager.get(f"{shared.desk.url}/agencies/{agreement}/end")
    manager.submit({"why": "The service closes."}, form="/end")
    assert worker.http.get(shared.url).status_code == 404
    with shared.desk.place.work() as session:
        assert session.scalars(select(SharedSection.id)).all() == []


def test_an_offer_that_nobody_answers_is_chased_and_the_answer_ends_that(
    app: Flask, database: Database, clock: Clock
) -> None:
    shared = a_shared_case(app, database, clock, take=False)

    def tasks() -> list[tuple[str, str | None]]:
        with shared.desk.place.work() as session:
            found = select(Task).where(Task.source == "grant").order_by(Task.made_at)
            return [(each.kind, each.ending) for each in session.scalars(found)]

    assert tasks() == [("reply-awaited", None)]
    worker = shared.client(shared.worker)
    worker.get(shared.url)
    worker.submit({"answer": "accept"}, form="/answer")
    assert tasks() == [("reply-awaited", "done")]
