"""A case before the conference, with its area, a meeting and a seat."""

from datetime import datetime, timedelta
from uuid import UUID

from portal.cases import frame
from portal.cases.consents.service import NewConsent, give
from portal.cases.disclosures.service import Wanted as WantedShare
from portal.cases.frame import Reader
from portal.domain.agency_roles import AgencyRole
from portal.domain.risk import Criterion
from portal.domain.sharing import GivenHow, Part, Recipient, RecipientKind, Share
from portal.marac.actions import service as actions
from portal.marac.actions.service import Agreed
from portal.marac.areas import queries as areas
from portal.marac.areas import service as area_service
from portal.marac.areas.service import Terms
from portal.marac.minutes import service as minutes
from portal.marac.papers.service import About
from portal.marac.referrals import deciding, sending, service
from portal.marac.referrals.service import Wanted
from portal.store.audit import PORTAL, Actor
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import AgencyScope, LandlordScope
from tests.partners_at_hand import a_member, an_agency

DAY = timedelta(days=1)


def before_the_conference(
    database: Database, landlord_id: UUID, case_id: UUID, officer: Actor, now: datetime
) -> dict[str, UUID]:
    """Referred and listed: the ids of all that has an address."""
    agency_id, name = an_agency(database, RecipientKind.MARAC)
    coordinator = a_member(database, agency_id, AgencyRole.WORKER)
    police, _ = an_agency(database, RecipientKind.POLICE)
    with database.work(AgencyScope(agency_id, coordinator.account_id)) as session:
        terms = Terms("Monthly", 5, "papers@conference.example", "01632 960800")
        area_id = area_service.add(session, f"Area {new_id().hex[-8:]}", terms, PORTAL, now)
        meeting_id = area_service.meet(session, area_id, now + 10 * DAY, now + 5 * DAY, PORTAL, now)
        area_service.seat(session, area_id, police, PORTAL, now)
        row = areas.area(session, area_id)
        assert row
    with database.work(LandlordScope(landlord_id)) as session:
        body, parts = Recipient(RecipientKind.MARAC, name), frozenset({Part.PERSON})
        said = NewConsent(body, parts, "Safety", GivenHow.WORDS, now, now + 30 * DAY)
        consent = give(session, case_id, said, officer, now)
        session.flush()
        found = frame.read(session, case_id, Reader(officer, None, now))
        share = WantedShare(Share(body, parts), "The coordinator", "x", "", consent_id=consent)
        wanted = Wanted(area_id, frozenset({Criterion.JUDGEMENT}), "Worse", share)
        referral = service.write(session, found, wanted, officer, now)
        sending.send(session, found, referral, 1, officer, now)
        deciding.list_for(session, case_id, referral, 2, meeting_id, PORTAL, now)
    about = About(landlord_id, case_id, referral)
    by = Actor(coordinator.account_id, "Casey Example")
    with database.work(AgencyScope(agency_id, coordinator.account_id)) as session:
        agreed = actions.agree(session, about, Agreed(None, "Fit a lock", now.date() + 9 * DAY, True), by, now)
        minutes.write(session, about, meeting_id, "What was said.", by, now, circulated=True)
    return {
        "agreed_id": agreed,
        "conference_id": referral,
        "area_id": area_id,
        "sitting_id": meeting_id,
        "seat_id": row.seats[0].id,
    }
