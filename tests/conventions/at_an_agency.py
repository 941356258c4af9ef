"""What an agency wrote beside a case that it has, what it is asked there, and somebody whom it asks in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.agency_roles import AgencyRole
from portal.partners.asked import service as asked
from portal.partners.entries import service as entries
from portal.partners.entries.queries import EntryKind
from portal.partners.entries.service import Written
from portal.partners.grants.models import AgencyGrant
from portal.partners.kept.service import keep
from portal.partners.members import inviting
from portal.partners.members.models import AgencyInvitation
from portal.partners.shared import service as shared
from portal.store.audit import Actor
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import AgencyScope, LandlordScope
from tests.partners_at_hand import a_member

KEPT = {"now": {"danger": "no"}, "them": {"person": "", "address": "NR1", "trace": ""}, "happening": {}, "reach": {}}
"""Somebody whose landlord is not known."""


def at_an_agency(
    database: Database, landlord_id: UUID, agency_id: UUID, grant_id: UUID, officer: Actor, now: datetime
) -> dict[str, UUID]:
    """The offer is taken; the ids of all that has an address."""
    who = a_member(database, agency_id, AgencyRole.WORKER)
    by = Actor(who.account_id, who.name)
    with database.work(AgencyScope(agency_id, who.account_id)) as session:
        shared.answer(session, grant_id, accepts=True, reason="", actor=by, now=now)
    with database.work(AgencyScope(agency_id, who.account_id)) as session:
        written = Written(EntryKind.DOCUMENT, "A letter", now, shown=True, file=b"A letter", ending="txt")
        entry = entries.write(session, grant_id, written, by, now)
        inviting.invite(session, f"{new_id().hex}@agency.example", "New Example", [AgencyRole.WORKER], by, now)
        invitation = session.scalars(select(AgencyInvitation.id)).one()
        kept = keep(session, KEPT, by, now)
    with database.work(LandlordScope(landlord_id)) as session:
        case_id = _case(session, grant_id)
        task = asked.ask(session, case_id, grant_id, "Ring them", now.date(), officer, now)
    return {"entry_id": entry, "asked_id": task, "invitation_id": invitation, "kept_id": kept}


def _case(session: Session, grant_id: UUID) -> UUID:
    return session.scalars(select(AgencyGrant.case_id).where(AgencyGrant.id == grant_id)).one()
