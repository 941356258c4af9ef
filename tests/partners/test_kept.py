"""Somebody is referred: by the same door as from anyone else, or kept at the agency until a landlord is known."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from portal.domain.agency_roles import AgencyRole
from portal.domain.lifecycle import Source
from portal.messaging.words import Kind
from portal.partners.kept.models import KeptReferral
from portal.partners.kept.queries import AFTER_SENDING, open_ones
from portal.partners.reminding.jobs import Of
from portal.partners.reminding.of_kept import KEPT_HERE
from portal.referrals.models import Report
from portal.referrals.service import answers_of
from portal.store.database import Database
from portal.store.scope import LandlordScope, PublicScope
from portal.store.tenancy import Landlord
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.partners.granting import Agency, agency_of

KEEP = "/desk/partner/refer/kept"
HER = "Quenby Unhoused"
SAID = {
    "danger": "soon", "person": HER, "address": "NR1", "happening": "He waits outside.", "their_phone": "07700 900123",
    "never": "Her work", "phone": "01632 960701",
}  # fmt: skip


@pytest.fixture
def agency(database: Database) -> Agency:
    """An agency of the test's own."""
    return agency_of(database)


def signed_in(app: Flask, who: Staff) -> PageClient:
    page = PageClient(app)
    page.sign_in(who)
    return page


def kept(app: Flask, agency: Agency) -> PageClient:
    """Its worker has written somebody down."""
    page = signed_in(app, agency.somebody())
    page.get(KEEP)
    page.submit({}, form=KEEP, status=422)
    assert "by which we can find out whom you mean" in page.page.text
    page.submit(SAID, form=KEEP)
    return page


def reports(database: Database, landlord_id: object) -> int:
    with database.work(LandlordScope(landlord_id)) as session:
        return session.scalar(select(func.count()).select_from(Report)) or 0


def test_where_the_landlord_is_known_it_goes_by_the_same_door_as_from_anyone_else(app: Flask, agency: Agency) -> None:
    page = signed_in(app, agency.somebody()).get("/desk/partner/refer")
    assert "/havebury/" in page.links
    assert "You do not know the landlord" in page.text


def test_where_none_is_known_it_is_kept_and_no_landlord_learns_of_it_until_it_is_sent(
    app: Flask, database: Database, agency: Agency, landlords: dict[str, object]
) -> None:
    before = {slug: reports(database, each) for slug, each in landlords.items()}
    page = kept(app, agency)
    assert "Nobody has this." in page.page.text
    assert "07700 900123" in page.page.text
    assert "National Domestic Abuse Helpline" in page.page.text, "who can help meanwhile"
    assert {slug: reports(database, each) for slug, each in landlords.items()} == before
    with database.work(agency.scope(agency.somebody())) as session:
        assert HER.encode() not in (session.scalars(select(KeptReferral.sealed)).one() or b""), "sealed"
    page.submit({"landlord": "nowhere"}, form="/send", status=422)
    page.submit({"landlord": "havebury"}, form="/send")
    assert page.page.h1s == ["It is sent"]
    with database.work(LandlordScope(landlords["havebury"])) as session:
        report = session.scalars(select(Report).order_by(Report.received_at.desc(), Report.id.desc())).first()
        told = answers_of(session, report)
    assert report.source == Source.SOMEONE_ELSE.value
    assert (told.name, told.danger.value, told.safe_contact.never) == (HER, "soon", ("Her work",))
    assert told.teller.organisation == agency.name
    assert report.next_due_at, "the landlord's own clock has started"
    after = {slug: reports(database, each) for slug, each in landlords.items()}
    assert after == before | {"havebury": before["havebury"] + 1}
    listed = page.get("/desk/partner/refer").text
    assert "Nobody has it" not in listed
    assert "Havebury" in listed


def test_two_who_send_it_send_it_once_and_what_is_over_is_wiped(app: Flask, agency: Agency, database: Database) -> None:
    page, other = kept(app, agency), signed_in(app, agency.somebody())
    other.get(page.url)
    page.submit({"landlord": "havebury"}, form="/send")
    other.submit({"landlord": "star"}, form="/send", status=409)
    assert "Somebody changed this meanwhile" in other.page.text
    assert "has it since" in other.page.text
    other.submit({}, form="/end", status=422)
    other.submit({"ending": "arrived"}, form="/end")
    assert HER not in other.get("/desk/partner/refer").text
    with database.work(agency.scope(agency.somebody())) as session:
        assert session.execute(select(KeptReferral.sealed, KeptReferral.ending)).all() == [(None, "arrived")]


def test_something_more_is_known_and_it_is_written_anew(app: Flask, agency: Agency) -> None:
    page = kept(app, agency)
    url = page.url.partition("?")[0]
    page.get(f"{url}/change")
    assert HER in page.page.html
    page.submit({"address": "2 Example Row, NR1 1AA"}, form="/change")
    assert "2 Example Row" in page.page.text
    stale = {"csrf_token": page.page.forms[0]["fields"]["csrf_token"], "revision": "0"} | SAID
    assert page.http.post(f"{url}/change", data=stale).status_code == 409


def test_only_the_agencys_own_workers_read_it(app: Flask, agency: Agency, database: Database) -> None:
    url = kept(app, agency).url.partition("?")[0]
    other, keeper = agency_of(database), agency.somebody(AgencyRole.COORDINATOR)
    for who in (other.somebody(), keeper):
        signed_in(app, who).get(url, status=404)
    for scope in (other.scope(other.somebody()), agency.scope(keeper), PublicScope()):
        with database.work(scope) as session:
            assert session.scalars(select(KeptReferral.id)).all() == []


def test_its_workers_are_reminded_after_an_hour_and_then_every_day_until_somebody_has_it(
    app: Flask, agency: Agency, database: Database, clock: Clock
) -> None:
    """By one landlord's post alone, and without a word of what it is; what was sent is wiped in the end."""
    page, who = kept(app, agency), agency.somebody()
    with database.work(PublicScope()) as session:
        every = session.scalars(select(Landlord.id).where(Landlord.active).order_by(Landlord.id)).all()
    carrying = []
    for landlord_id in every:
        with database.work(LandlordScope(landlord_id)) as session:
            carrying += [landlord_id] * (agency.id in KEPT_HERE.agencies(session))
    assert carrying == every[:1]
    with database.work(agency.scope(who)) as session:
        made = session.scalars(select(KeptReferral.made_at)).one()

    def waits(after: timedelta) -> list[Kind]:
        with database.work(agency.scope(who)) as session:
            of = Of(every[0], agency.id, made + after)
            return [each.kind for each in KEPT_HERE.waiting(session, of)]

    assert waits(timedelta(minutes=59)) == []
    assert waits(timedelta(hours=1)) == [Kind.DUE_NOW]
    assert waits(timedelta(days=2)) == [Kind.DUE_NOW, Kind.OVERDUE]
    assert "of yours nobody has" in page.get("/desk/partner/cases").text
    page.get(page.page.links[[*page.page.links].index("/desk/partner/refer")])
    with database.work(agency.scope(who)) as session:
        session.execute(update(KeptReferral).values(sent_at=made))
    assert waits(timedelta(days=2)) == []
    assert waits(AFTER_SENDING) == []
    with database.work(agency.scope(who)) as session:
        assert open_ones(session, datetime.now(UTC)) == []
        assert session.scalars(select(KeptReferral.sealed)).all() == [None]
