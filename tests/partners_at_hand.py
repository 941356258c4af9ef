"""Agencies, their people and agreements of a test's own."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.domain.agency_roles import AgencyRole
from portal.domain.permissions import Role
from portal.domain.sharing import Part, RecipientKind
from portal.partners.agencies import service as agencies
from portal.partners.agreements import service as agreements
from portal.partners.agreements.service import Terms
from portal.partners.members import service as members
from portal.partners.members.models import AgencyMember
from portal.people.staff import add_staff
from portal.store.audit import PORTAL, Actor
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import AgencyScope, LandlordScope, PlatformScope
from tests.conftest import PASSWORD, Staff
from tests.places import LONG_AGO

TERMS = Terms(
    purposes="To keep people safe together",
    parts=frozenset(Part),
    contact="The duty manager",
    address="01632 960555",
    since=date(2026, 1, 5),
    review_on=date(2027, 1, 5),
    owner_id=UUID(int=0),
)


def an_agency(database: Database, kind: RecipientKind = RecipientKind.SUPPORT, name: str = "") -> tuple[UUID, str]:
    """A new agency on the portal: its id and name."""
    name = name or f"Agency {new_id().hex[-8:]}"
    with database.work(PlatformScope("test")) as session:
        return agencies.add(session, name, kind, LONG_AGO), name


def an_agreement(
    database: Database, landlord_id: UUID, agency_id: UUID, now: datetime, parts: frozenset[Part] = frozenset(Part)
) -> UUID:
    """An agreement with this agency, made and looked after by a manager of the landlord's."""
    who = add_staff(
        database,
        email=f"{new_id().hex}@staff.example",
        name="Morgan Example",
        password=PASSWORD,
        roles={landlord_id: [Role.MANAGER]},
        now=now,
    )
    terms = replace(TERMS, parts=parts, owner_id=who, review_on=now.date() + timedelta(days=200))
    with database.work(LandlordScope(landlord_id)) as session:
        return agreements.make(session, agency_id, terms, Actor(who, "Morgan Example"), now)


def a_member(database: Database, agency_id: UUID, *roles: AgencyRole, name: str = "Jo Example") -> Staff:
    """Somebody who works for an agency, and can sign in."""
    email = f"{new_id().hex}@agency.example"
    account_id = add_staff(database, email=email, name=name, password=PASSWORD, roles={}, now=LONG_AGO)
    with database.work(AgencyScope(agency_id, account_id)) as session:
        members.begin(session, account_id, roles, PORTAL, LONG_AGO)
    return Staff(account_id, email, name)


def members_at(database: Database, agency_id: UUID, who: Staff) -> UUID:
    """The id of somebody's part at the agency, as its pages have it."""
    with database.work(AgencyScope(agency_id, who.account_id)) as session:
        holds = AgencyMember.ended_at.is_(None)
        return session.scalars(select(AgencyMember.id).where(AgencyMember.account_id == who.account_id, holds)).one()
