"""An area with its coordinator, agencies that sit there, and cases that landlords refer to it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Flask

from portal.cases import frame
from portal.cases.consents.service import NewConsent, give
from portal.cases.disclosures.service import Wanted as WantedShare
from portal.cases.frame import Reader
from portal.domain.permissions import Role
from portal.domain.risk import Criterion
from portal.domain.sharing import GivenHow, Part, Recipient, RecipientKind, Share
from portal.marac.areas import queries as areas
from portal.marac.areas import service as area_service
from portal.marac.areas.service import Terms
from portal.marac.referrals import deciding, queries, sending, service
from portal.marac.referrals.service import Wanted
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import PublicScope
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.desk import ALWAYS, Desk
from tests.partners.granting import Agency, agency_of
from tests.places import Place, a_place

DAY = timedelta(days=1)
PARTS = frozenset({Part.PERSON, Part.HAPPENED})
TERMS = Terms("Every second Wednesday", 5, "papers@conference.example", "The coordinator, 01632 960800")
BOARD = "/desk/partner/conference"


@dataclass
class Conference:
    """One area of a test's own. Its dates are real ones: the database reads no other clock."""

    app: Flask
    database: Database
    clock: Clock
    agency: Agency
    coordinator: Staff
    id: UUID
    meeting_id: UUID
    now: datetime
    members: list[Agency] = field(default_factory=list)

    def seat(self, kind: RecipientKind = RecipientKind.POLICE) -> Agency:
        """Another agency sits there."""
        member = agency_of(self.database, kind)
        with self.database.work(self.agency.scope(self.coordinator)) as session:
            area_service.seat(session, self.id, member.id, self.by, self.now)
        self.members.append(member)
        return member

    @property
    def by(self) -> Actor:
        """The coordinator, as a landlord's audit names them."""
        return Actor(self.coordinator.account_id, f"{self.coordinator.name}, {self.agency.name}")

    def desk(self, like: str = "havebury") -> Desk:
        """A landlord."""
        return Desk(self.app, self.database, a_place(self.database, like), self.clock)

    def client(self, who: Staff) -> PageClient:
        """A browser in which they are signed in."""
        found = PageClient(self.app)
        found.sign_in(who)
        return found

    def referred(
        self, place: Place, officer: Actor, *, send: bool = True, name: str = "River Canary"
    ) -> tuple[UUID, UUID]:
        """A case of this landlord's, referred on consent: case and referral."""
        report = place.report(self.now, name=name, happening="He waits at the bus stop.", safe_contact=ALWAYS)
        case_id = place.case(report, self.now)
        with place.work() as session:
            body = Recipient(RecipientKind.MARAC, self.agency.name)
            agreed = NewConsent(body, PARTS, "To keep me safe", GivenHow.WORDS, self.now, self.now + 90 * DAY)
            consent = give(session, case_id, agreed, officer, self.now)
            session.flush()
            found = frame.read(session, case_id, Reader(officer, None, self.now))
            share = WantedShare(Share(body, PARTS), "The coordinator", "x", "", consent_id=consent)
            wanted = Wanted(self.id, frozenset({Criterion.JUDGEMENT}), "It gets worse every week.", share)
            conference_id = service.write(session, found, wanted, officer, self.now)
            if send:
                sending.send(session, found, conference_id, 1, officer, self.now)
        return case_id, conference_id

    def listed(self, place: Place, case_id: UUID, conference_id: UUID) -> None:
        """The coordinator puts it on the agenda."""
        with place.work() as session:
            row = queries.one(session, case_id, conference_id)
            assert row
            deciding.list_for(session, case_id, conference_id, row.revision, self.meeting_id, self.by, self.now)

    def row(self) -> areas.AreaRow:
        """The area as everybody reads it."""
        with self.database.work(PublicScope()) as session:
            found = areas.area(session, self.id)
            assert found
            return found


def a_conference(app: Flask, database: Database, clock: Clock) -> Conference:
    """An area with a meeting in ten days, by the real clock."""
    now = clock.at = datetime.now(UTC)
    now -= timedelta(seconds=1)
    agency = agency_of(database, RecipientKind.MARAC)
    coordinator = agency.somebody(name="Casey Example")
    by = Actor(coordinator.account_id, coordinator.name)
    with database.work(agency.scope(coordinator)) as session:
        area_id = area_service.add(session, f"Area {new_id().hex[-8:]}", TERMS, by, now)
        meeting_id = area_service.meet(session, area_id, now + 10 * DAY, now + 5 * DAY, by, now)
    return Conference(app, database, clock, agency, coordinator, area_id, meeting_id, now)


def officer_at(desk: Desk) -> tuple[Staff, Actor]:
    """An officer, and the same as the audit names them."""
    who = desk.somebody(Role.OFFICER)
    return who, Actor(who.account_id, who.name)
