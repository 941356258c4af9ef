"""What an invented agency has of its own: somebody whose landlord it does not know, and somebody whom it asks in."""

from datetime import datetime, timedelta
from uuid import UUID

from portal.demo.agencies import WORKER
from portal.demo.partners import BEACON, PEOPLE
from portal.domain.agency_roles import AgencyRole
from portal.partners.kept.queries import open_ones
from portal.partners.kept.service import Said, keep
from portal.partners.members.inviting import invite
from portal.store.audit import Actor
from portal.store.database import Database
from portal.store.scope import AgencyScope

COORDINATOR = "coordinator@beacon.example"
A_MOMENT_AGO = timedelta(minutes=20)
NOBODYS: Said = {
    "now": {"danger": "unknown"},
    "them": {"person": "Shirin", "address": "Near the station, NS2", "trace": "Flat over a bakery", "age": "29"},
    "happening": {"happening": "Came to the drop-in. Does not know who owns the flat; he has the papers."},
    "reach": {"phone": "07700 900987", "email": "", "safe": [], "times": "Mornings", "never": "Anything in writing"},
    "teller": {
        "call_me": "Leila Haddad", "organisation": BEACON, "phone": "01632 960700", "email": WORKER, "knows": "yes"
    },
}  # fmt: skip


def of_their_own(database: Database, known: dict[str, UUID], accounts: dict[str, UUID], now: datetime) -> None:
    """Both, once, as they were done a moment ago."""
    names = {email: name for email, name, _, _ in PEOPLE}
    at = now - A_MOMENT_AGO
    with database.work(AgencyScope(known[BEACON], accounts[WORKER])) as session:
        if open_ones(session, now):
            return
        keep(session, NOBODYS, Actor(accounts[WORKER], f"{names[WORKER]}, {BEACON}"), at)
    with database.work(AgencyScope(known[BEACON], accounts[COORDINATOR])) as session:
        by = Actor(accounts[COORDINATOR], names[COORDINATOR])
        invite(session, "new.worker@beacon.example", "Tess Moran", [AgencyRole.WORKER], by, at)
