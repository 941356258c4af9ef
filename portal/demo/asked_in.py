"""Somebody whom each invented landlord has asked in, and who has not come yet."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.permissions import Role, permissions_of
from portal.people.administering import Part
from portal.people.inviting import invite
from portal.store.audit import Actor

NEW = Part((Role.OFFICER,), None, on_duty=False)


def ask_in(session: Session, slug: str, manager: Actor, now: datetime) -> None:
    """A new officer, by the manager, just now."""
    held = permissions_of(frozenset({Role.MANAGER}))
    invite(session, f"new.officer@{slug}.example", "Noor Begum", NEW, manager, held, now)
