"""A landlord's case, an agency with workers, and what the one has shared with the other."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from portal.cases import frame
from portal.cases.consents.service import NewConsent, give
from portal.cases.disclosures.service import Wanted as WantedShare
from portal.cases.disclosures.service import ask
from portal.cases.frame import Reader
from portal.domain.agency_roles import AgencyRole
from portal.domain.permissions import Role
from portal.domain.sharing import GivenHow, Part, Recipient, RecipientKind, Share
from portal.partners.grants.service import Wanted, grant
from portal.partners.shared import service as shared
from portal.store.audit import Actor
from portal.store.database import Database
from portal.store.scope import AgencyScope
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.desk import Desk
from tests.partners_at_hand import a_member, an_agency, an_agreement
from tests.places import Place, a_place

DAY = timedelta(days=1)
PARTS = frozenset({Part.PERSON, Part.HAPPENED})
WORDS = "He waits at the bus stop every night."


@dataclass
class Agency:
    """One agency of a test's own."""

    database: Database
    id: UUID
    name: str
    kind: RecipientKind = RecipientKind.SUPPORT

    def somebody(self, *roles: AgencyRole, name: str = "Jo Example") -> Staff:
        """A new person there."""
        return a_member(self.database, self.id, *(roles or (AgencyRole.WORKER,)), name=name)

    def scope(self, who: Staff) -> AgencyScope:
        """What that person's pages work in."""
        return AgencyScope(self.id, who.account_id)


def agency_of(database: Database, kind: RecipientKind = RecipientKind.SUPPORT) -> Agency:
    """An agency on the portal."""
    found, name = an_agency(database, kind)
    return Agency(database, found, name, kind)


def shared_case(
    place: Place, agency: Agency, officer: Actor, now: datetime, parts: frozenset[Part] = PARTS, days: int = 30,
    said: str = WORDS,
) -> tuple[UUID, UUID]:  # fmt: skip
    """A case whose survivor has agreed that these parts go to the agency: case and share."""
    case_id = place.case(place.report(now, name="River Canary", happening=said), now)
    with place.work() as session:
        body = Recipient(agency.kind, agency.name)
        return case_id, share_on_consent(session, case_id, body, officer, now, parts, days)


def share_on_consent(
    session: Session, case_id: UUID, body: Recipient, officer: Actor, now: datetime,
    parts: frozenset[Part] = PARTS, days: int = 30,
) -> UUID:  # fmt: skip
    """She agrees, and an officer asks to share on it."""
    agreed = NewConsent(body, parts, "To keep me safe", GivenHow.WORDS, now, now + days * DAY)
    consent = give(session, case_id, agreed, officer, now)
    session.flush()
    found = frame.read(session, case_id, Reader(officer, None, now))
    wanted = WantedShare(Share(body, parts), "The duty advocate", "01632 960700", "", consent_id=consent)
    return ask(session, found, wanted, officer, now)


def granted(
    place: Place, agency: Agency, officer: Actor, now: datetime, parts: frozenset[Part] = PARTS, days: int = 20,
    agreed: bool = False,
) -> tuple[UUID, UUID]:  # fmt: skip
    """A case that was offered to the agency in the portal: case and grant."""
    if not agreed:
        an_agreement(place.database, place.id, agency.id, now)
    case_id, share_id = shared_case(place, agency, officer, now, parts)
    with place.work() as session:
        wanted = Wanted(parts, now, now + days * DAY)
        return case_id, grant(session, case_id, share_id, wanted, officer, now)


def taken(agency: Agency, who: Staff, grant_id: UUID, *, accepts: bool = True) -> None:
    """Somebody there answers."""
    with agency.database.work(agency.scope(who)) as session:
        actor = Actor(who.account_id, f"{who.name}, {agency.name}")
        reason = "" if accepts else "We support somebody else in this."
        shared.answer(session, grant_id, accepts=accepts, reason=reason, actor=actor, now=datetime.now(UTC))


@dataclass
class Shared:
    """One landlord's case that an agency has taken, an officer and a worker at their pages."""

    app: Flask
    desk: Desk
    agency: Agency
    officer: Staff
    worker: Staff
    case_id: UUID
    grant_id: UUID

    @property
    def url(self) -> str:
        """Where the worker reads it."""
        return f"/desk/partner/cases/{self.grant_id}"

    @property
    def case_url(self) -> str:
        """Where the officer sees to it."""
        return f"{self.desk.case_url(self.case_id)}/agencies"

    def client(self, who: Staff) -> PageClient:
        """A browser in which they are signed in."""
        client = PageClient(self.app)
        client.sign_in(who)
        return client


def a_shared_case(app: Flask, database: Database, clock: Clock, like: str = "havebury", *, take: bool = True,
                  agency: Agency | None = None) -> Shared:  # fmt: skip
    """A case, offered and taken, by the real clock: the database reads no other."""
    now = clock.at = datetime.now(UTC)
    desk = Desk(app, database, a_place(database, like), clock)
    agency = agency or agency_of(database)
    officer, worker = desk.somebody(Role.OFFICER), agency.somebody()
    by = Actor(officer.account_id, officer.name)
    case_id, grant_id = granted(desk.place, agency, by, now - timedelta(seconds=1))
    if take:
        taken(agency, worker, grant_id)
    return Shared(app, desk, agency, officer, worker, case_id, grant_id)

