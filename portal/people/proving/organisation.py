"""Signing in through a landlord's own organisation: only those who were invited, and only to that landlord.

Whoever runs an organisation's sign-in can say that anybody is anybody. So it opens what is that landlord's and nothing
else: not the same person's work elsewhere, and not their account.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from portal.people.models import Account, Membership
from portal.people.proving.happened import Happened, note
from portal.people.proving.models import SignOn, SignOnOnly, SignOnTie
from portal.people.proving.oidc import Client, OrganisationRefusedError, Vouched
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of

PLACE = "sign_on"
KIND = "organisation"


def offered(session: Session) -> bool:
    """Does this landlord let its people sign in so?"""
    return session.scalar(select(SignOn.id).where(SignOn.landlord_id == scope_of(session).landlord_id)) is not None


def client(session: Session, back: str) -> Client | None:
    """How the portal is known to this landlord's organisation; None where it has none."""
    row = session.scalar(select(SignOn).where(SignOn.landlord_id == scope_of(session).landlord_id))
    if row is None:
        return None
    return Client(row.issuer, row.client_id, cipher_of(session).open(PLACE, row.id, row.sealed), back)


def account_of(session: Session, issuer: str, who: Vouched, device: str, now: datetime) -> UUID:
    """Whose account it is. It is found by the address once, and by the organisation's own name for them ever after.

    OrganisationRefusedError for whoever was not invited here, and for an address that somebody else had before.
    """
    landlord_id = scope_of(session).landlord_id
    subject = cipher_of(session).token(KIND, f"{issuer} {who.subject}")
    tied = session.scalar(
        select(SignOnTie.account_id).where(SignOnTie.landlord_id == landlord_id, SignOnTie.subject == subject)
    )
    found = session.scalar(_works_here(landlord_id, now).where(_is(tied, who.email)))
    if found is None:
        raise OrganisationRefusedError
    if tied is None:
        _tie(session, found, subject, device, now)
    else:
        session.execute(
            update(SignOnTie)
            .where(SignOnTie.landlord_id == landlord_id, SignOnTie.account_id == found)
            .values(seen_at=now)
        )
    return found


def set_up(session: Session, issuer: str, client_id: str, secret: str, actor: Actor, now: datetime) -> None:
    """Let this landlord's people sign in through an organisation. With another issuer, all ties begin anew.

    Whether it is the only way in is said anew as well, once somebody has come in by it.
    """
    landlord_id, row_id = scope_of(session).landlord_id, new_id()
    before = session.scalar(select(SignOn.issuer).where(SignOn.landlord_id == landlord_id))
    if before not in {None, issuer}:
        session.execute(delete(SignOnTie).where(SignOnTie.landlord_id == landlord_id))
    _take_away(session)
    sealed = cipher_of(session).seal(PLACE, row_id, secret)
    session.add(
        SignOn(landlord_id=landlord_id, id=row_id, issuer=issuer, client_id=client_id, sealed=sealed, made_at=now)
    )
    audit.record(session, Fact.SIGN_ON_SET, actor, now)


def end(session: Session, actor: Actor, now: datetime) -> None:
    """Nobody signs in so any more; people who have no password yet ask for one."""
    _take_away(session)
    audit.record(session, Fact.SIGN_ON_ENDED, actor, now)


def untie(session: Session, account_id: UUID, actor: Actor, now: datetime) -> None:
    """Somebody's next sign-in through the organisation is found by their address again."""
    session.execute(delete(SignOnTie).where(SignOnTie.account_id == account_id))
    audit.record(session, Fact.SIGN_ON_UNTIED, actor, now, subject="account", subject_id=account_id)


def _take_away(session: Session) -> None:
    """What insists on a way in does not outlive it."""
    for table in (SignOnOnly, SignOn):
        session.execute(delete(table).where(table.landlord_id == scope_of(session).landlord_id))


def _tie(session: Session, account_id: UUID, subject: bytes, device: str, now: datetime) -> None:
    landlord_id = scope_of(session).landlord_id
    if session.scalar(select(SignOnTie.id).where(SignOnTie.account_id == account_id)):
        raise OrganisationRefusedError
    session.add(
        SignOnTie(
            landlord_id=landlord_id, id=new_id(), account_id=account_id, subject=subject, made_at=now, seen_at=now
        )
    )
    note(session, account_id, Happened.ORGANISATION_TIED, device, now)
    audit.record(session, Fact.SIGN_ON_TIED, audit.PORTAL, now, subject="account", subject_id=account_id)


def _is(tied: UUID | None, email: str) -> ColumnElement[bool]:
    return Account.id == tied if tied else Account.email == email


def _works_here(landlord_id: UUID, now: datetime) -> Select[UUID]:
    return (
        select(Account.id)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Account.active,
            Membership.landlord_id == landlord_id,
            Membership.gives_a_role(now),
        )
    )
