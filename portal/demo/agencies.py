"""Invented partner agencies, and what each landlord of the demonstration has agreed with them."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.sharing import Part, RecipientKind
from portal.partners.agencies import service as agencies
from portal.partners.agencies.models import Agency
from portal.partners.agreements import service as agreements
from portal.partners.agreements.service import Terms
from portal.store.audit import Actor
from portal.store.database import Database
from portal.store.scope import PlatformScope

BEACON = "Beacon Domestic Abuse Service"
POLICE = "Northshire Police"
OPTIONS = "Northshire Council, Housing Options"
CHILDREN = "Northshire Children’s Services"
AGENCIES = {
    BEACON: RecipientKind.SUPPORT,
    POLICE: RecipientKind.POLICE,
    OPTIONS: RecipientKind.COUNCIL,
    CHILDREN: RecipientKind.CHILDREN,
}
SAFETY = frozenset({Part.PERSON, Part.HAPPENED, Part.INCIDENTS, Part.ORDERS, Part.RISK, Part.SAFETY_PLAN})
AGREED = {
    BEACON: ("To support somebody and to plan for their safety together.", SAFETY | {Part.CONTACTS}, 400),
    POLICE: ("To prevent and detect crime, and to protect people at high risk.", SAFETY | {Part.ADDRESS}, 60),
    OPTIONS: ("To find somebody a safe home.", frozenset({Part.PERSON, Part.RISK}), -20),
}
"""What for, which parts, and in how many days it is to be reviewed: one soon, one overdue."""
CONTACTS = {
    BEACON: ("The duty advocate", "01632 960700"),
    POLICE: ("Domestic Abuse Unit, the duty sergeant", "101, extension 4400"),
    OPTIONS: ("The housing options manager", "01632 960720"),
}


def add_agencies(database: Database, now: datetime) -> dict[str, UUID]:
    """Put the invented agencies on the portal, once."""
    with database.work(PlatformScope("invented agencies")) as session:
        known = dict(session.execute(select(Agency.name, Agency.id)).all())
        return {name: known.get(name) or agencies.add(session, name, kind, now) for name, kind in AGENCIES.items()}


def agree(session: Session, known: dict[str, UUID], manager: Actor, since: datetime, today: datetime) -> None:
    """What this landlord has agreed, in its manager's hands."""
    begun, day = in_london(since).date(), in_london(today).date()
    for name, (purposes, parts, days) in AGREED.items():
        terms = _terms(name, purposes, parts, begun, day + timedelta(days=days), manager)
        agreements.make(session, known[name], terms, manager, since)


def _terms(
    name: str, purposes: str, parts: frozenset[Part], since: date, review_on: date, manager: Actor
) -> Terms:
    contact, address = CONTACTS[name]
    if manager.account_id is None:
        raise LookupError("Somebody looks after each agreement.")
    return Terms(purposes, parts, contact, address, since, review_on, manager.account_id, "Policy library, Agreements")
