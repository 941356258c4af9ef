"""Agencies and agreements of a test's own."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from portal.domain.permissions import Role
from portal.domain.sharing import Part, RecipientKind
from portal.partners.agencies import service as agencies
from portal.partners.agreements import service as agreements
from portal.partners.agreements.service import Terms
from portal.people.staff import add_staff
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import LandlordScope, PlatformScope
from tests.conftest import PASSWORD

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
        return agencies.add(session, name, kind, datetime(2026, 1, 5, 9).astimezone()), name


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
