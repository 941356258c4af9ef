"""Somebody whom a landlord has asked in, and who has not come."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.permissions import Role, permissions_of
from portal.people.administering import Part
from portal.people.inviting import invite
from portal.people.models import StaffInvitation
from portal.store.audit import Actor
from portal.store.base import new_id

AS_OFFICER = Part((Role.OFFICER,), None, on_duty=False)


def asked_in(session: Session, by: Actor, now: datetime) -> UUID:
    """The id of the invitation."""
    email, held = f"{new_id()}@staff.example", permissions_of(frozenset({Role.MANAGER}))
    invite(session, email, "x", AS_OFFICER, by, held, now)
    return session.scalars(select(StaffInvitation.id).where(StaffInvitation.email == email)).one()
