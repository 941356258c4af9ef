"""That a landlord's people come in only through its organisation: said, changed and taken back by itself.

Nobody is locked out by it. It can be said only by an administrator who has come in that way themselves, and only with
somebody named who comes in past it when the organisation's sign-in is away; whoever works for other landlords too
opens those as before; whoever runs the portal can take it back, and support comes in as it is let in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.permissions import Permission
from portal.people.proving import factors
from portal.people.proving.models import SignOn, SignOnOnly, SignOnTie
from portal.people.queries import Colleague, colleagues
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of


class NotYetError(PortalError):
    """Somebody could be locked out."""


class OnlyChangedError(PortalError):
    """Somebody else changed it since the page was opened."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """Through which a landlord's people can sign in."""

    issuer: str
    client_id: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Comes:
    """A colleague, when the organisation last vouched for them, and whether they can be spared."""

    colleague: Colleague
    seen_at: datetime | None
    factor: bool
    spared: bool

    @property
    def can_be_spared(self) -> bool:
        """Whoever keeps people here and proves more than a password."""
        return self.factor and self.colleague.can(Permission.PEOPLE_ADMIN)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a landlord's people come in."""

    organisation: Organisation | None
    people: list[Comes]
    only_since: datetime | None
    revision: int

    @property
    def can_be_spared(self) -> list[Comes]:
        """Whom an administrator can name for an emergency."""
        return [each for each in self.people if each.can_be_spared]

    @property
    def spared(self) -> list[Comes]:
        """Who comes in past it now."""
        return [each for each in self.people if each.spared and each.can_be_spared]

    def has_come_in(self, account_id: UUID | None) -> bool:
        """Has this person come in through the organisation as it is set now?"""
        return any(each.seen_at and each.colleague.account_id == account_id for each in self.people)


def read(session: Session, actor: Actor, permission: str | None, now: datetime) -> Standing:
    """All of it; that it was read is on record."""
    audit.record(session, Fact.SIGN_INS_READ, actor, now, permission=permission)
    return standing(session, now)


def standing(session: Session, now: datetime) -> Standing:
    """The organisation, whether it is the only way in, and how everybody stands to it."""
    here = scope_of(session).landlord_id
    organisation = session.scalar(select(SignOn).where(SignOn.landlord_id == here))
    only = session.scalar(select(SignOnOnly).where(SignOnOnly.landlord_id == here))
    found = colleagues(session, now)
    have = factors.of_all(session, [each.account_id for each in found])
    seen = dict(
        session.execute(
            select(SignOnTie.account_id, func.max(SignOnTie.seen_at))
            .join(SignOn, (SignOn.landlord_id == here) & (SignOnTie.seen_at >= SignOn.made_at))
            .where(SignOnTie.landlord_id == here)
            .group_by(SignOnTie.account_id)
        ).all()
    )
    spared = set(only.spared) if only else set()
    people = [
        Comes(each, seen.get(each.account_id), have[each.account_id].any, str(each.account_id) in spared)
        for each in found
    ]
    known = (
        Organisation(organisation.issuer, organisation.client_id, organisation.made_at) if organisation else None
    )
    return Standing(known, people, only.since if only else None, only.revision if only else 0)


def insist(session: Session, spared: Iterable[UUID], revision: int, actor: Actor, now: datetime) -> None:
    """From the next page on, everybody here but those who are spared comes in through the organisation."""
    chosen, found = set(spared), standing(session, now)
    if found.organisation is None:
        raise NotYetError("There is no organisation yet through which people could sign in.")
    if not found.has_come_in(actor.account_id):
        raise NotYetError("Come in through the organisation yourself first, so that it is known to work.")
    if not chosen:
        raise NotYetError("Name at least one person who comes in when the organisation’s sign-in is away.")
    if beyond := chosen - {each.colleague.account_id for each in found.can_be_spared}:
        raise NotYetError(f"{len(beyond)} of those named cannot: it takes an administrator with a second factor.")
    row = session.scalar(select(SignOnOnly).where(SignOnOnly.landlord_id == scope_of(session).landlord_id))
    if (row.revision if row else 0) != revision:
        raise OnlyChangedError
    if row is None:
        row = SignOnOnly(landlord_id=scope_of(session).landlord_id, id=new_id(), revision=0, since=now)
        session.add(row)
    row.spared, row.revision, row.changed_by = sorted(map(str, chosen)), revision + 1, actor.account_id
    audit.record(session, Fact.SIGN_ON_ONLY, actor, now, detail=" ".join(row.spared))


def relent(session: Session, actor: Actor, now: datetime) -> None:
    """People come in by any way of theirs again."""
    session.execute(delete(SignOnOnly).where(SignOnOnly.landlord_id == scope_of(session).landlord_id))
    audit.record(session, Fact.SIGN_ON_NOT_ONLY, actor, now)
