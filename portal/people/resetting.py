"""A new password for whoever forgot it or lost their telephone: a code by mail, made when the mail is written.

It goes to the account's own address and is shown to nobody else, an administrator least of all: they could then come
in as somebody who works for other landlords too. Whether an address has an account is told to nobody.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import Text, cast, delete, func, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.domain.permissions import Permission, Role
from portal.messaging.words import SECRET_HOLDS, Kind
from portal.people import administering, passwords, service
from portal.people.handing_over import new_code, plain
from portal.people.models import Account, AccountCode, Membership, StaffInvitation
from portal.people.proving.happened import Happened, note
from portal.people.proving.models import Authenticator, Passkey, RecoveryCode
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.tenancy import Landlord
from portal.work.notices import Notice, leave

HOLDS = timedelta(minutes=SECRET_HOLDS)
ONE_MAIL_IN = 600
"""Seconds in which an address gets one mail, however often somebody asks."""
PAGE = "/desk/first-password"


def wanted(session: Session, email: str, now: datetime) -> tuple[UUID, UUID] | None:
    """Whose address it is, and the landlord whose post carries the mail; the same work for every address."""
    passwords.hashed(new_code())
    account_id = session.scalar(select(Account.id).where(Account.email == email.strip().lower(), Account.active))
    home = home_of(session, account_id or new_id(), now)
    return (account_id, home) if account_id and home else None


def home_of(session: Session, account_id: UUID, now: datetime) -> UUID | None:
    """The landlord whose post carries what is about an account: one that they work for, or that asks them in.

    It is always the same. People of agencies work for none; any landlord's post will do, for the mail says neither
    whose it is nor why. Whether they still work anywhere is asked when it is delivered. Asked in a scope of nobody's.
    """
    session.execute(select(func.set_config("portal.account_id", cast(account_id, Text), true())))
    own = session.scalar(
        select(Membership.landlord_id)
        .where(
            Membership.account_id == account_id,
            Membership.gives_a_role(now),
        )
        .order_by(Membership.landlord_id)
        .limit(1)
    )
    asked = session.scalar(
        select(StaffInvitation.landlord_id)
        .where(
            StaffInvitation.account_id == account_id,
            StaffInvitation.waits(),
        )
        .order_by(StaffInvitation.landlord_id)
        .limit(1)
    )
    return own or asked or session.scalar(select(Landlord.id).where(Landlord.active).order_by(Landlord.id).limit(1))


def send(session: Session, account_id: UUID, now: datetime) -> None:
    """Leave a mail with a code, one in ten minutes; in the scope of the landlord whose post carries it."""
    cause = uuid5(account_id, f"reset {int(now.timestamp()) // ONE_MAIL_IN}")
    leave(session, [Notice(account_id, cause, Kind.RESET, PAGE)], now)


def start_anew(session: Session, account_id: UUID, actor: Actor, held: frozenset[Permission], now: datetime) -> None:
    """A colleague lost their telephone: every sign-in ends, and a code by mail lets them choose everything anew.

    Only for whoever may give all that the colleague may do; and the code goes to the colleague alone.
    """
    found = administering.colleague(session, account_id, actor, now)
    administering.may_give(tuple(Role(each) for each in found.roles), held)
    allow_anew(session, account_id, actor, now)
    send_anew(session, account_id, now)
    audit.record(session, Fact.STARTED_ANEW, actor, now, subject="account", subject_id=account_id)


def allow_anew(session: Session, account_id: UUID, actor: Actor, now: datetime) -> None:
    """End every sign-in of somebody who is to start anew."""
    service.revoke_all(session, account_id, now)
    note(session, account_id, Happened.ANEW_ALLOWED, "", now, by=actor.account_id)


def send_anew(session: Session, account_id: UUID, now: datetime) -> None:
    """Leave a mail with the code; in the scope of the landlord whose post carries it."""
    leave(session, [Notice(account_id, new_id(), Kind.ANEW, PAGE)], now)


def code_for(session: Session, account_id: UUID, kind: Kind, now: datetime) -> str:
    """A code for the mail that is being written; of an earlier one nothing is left but whether it started all anew."""
    code = new_code()
    values = {
        "code_hash": passwords.hashed(plain(code)),
        "made_at": now,
        "ends_at": now + HOLDS,
        "mailed": True,
    }
    before = session.scalar(
        select(AccountCode.anew).where(AccountCode.account_id == account_id, AccountCode.ends_at > now)
    )
    values["anew"] = kind is Kind.ANEW or bool(before)
    adding = insert(AccountCode).values(account_id=account_id, **values)
    session.execute(adding.on_conflict_do_update(index_elements=["account_id"], set_=values))
    note(session, account_id, Happened.RESET_SENT, "", now)
    return code


def choose_password(session: Session, email: str, code: str, password: str, device: str, now: datetime) -> bool:
    """A password, by the code that its owner was given or sent; the same work whether or not it fits.

    Every sign-in made with an earlier one ends. The second factor goes with it where that was allowed; but never one
    that guards what is another's too: one landlord's word and the post alone would then open another's cases.
    """
    row = session.execute(
        select(AccountCode.account_id, AccountCode.code_hash, AccountCode.ends_at, AccountCode.anew, AccountCode.mailed)
        .join(Account, Account.id == AccountCode.account_id)
        .where(Account.email == email.strip().lower(), Account.active)
    ).first()
    fits = passwords.matches(row.code_hash if row else passwords.nobodys(), plain(code))
    if row is None or not fits or row.ends_at <= now:
        return False
    session.execute(delete(AccountCode).where(AccountCode.account_id == row.account_id))
    service.set_password(session, row.account_id, password, now, mailed=row.mailed)
    anew = row.anew and not works_for_several(session, row.account_id, now)
    if anew:
        forget_factors(session, row.account_id)
        session.execute(update(Account).where(Account.id == row.account_id).values(shown_at=now))
    note(session, row.account_id, Happened.STARTED_ANEW if anew else Happened.PASSWORD_CHANGED, device, now)
    return True


def works_for_several(session: Session, account_id: UUID, now: datetime) -> bool:
    """Do they work for more than one landlord or agency? Asked in a scope of nobody's, and told to no landlord."""
    session.execute(select(func.set_config("portal.account_id", cast(account_id, Text), true())))
    landlords = session.scalars(
        select(Membership.landlord_id).where(
            Membership.account_id == account_id,
            Membership.gives_a_role(now),
        )
    ).all()
    agency = session.scalar(
        select(service.AT_AGENCY.c.agency_id)
        .where(service.AT_AGENCY.c.account_id == account_id, service.AT_AGENCY.c.ended_at.is_(None))
        .limit(1)
    )
    return len(landlords) + (agency is not None) > 1


def forget_factors(session: Session, account_id: UUID) -> None:
    """Neither app, passkey nor code of before serves any more."""
    for table in (Authenticator, Passkey, RecoveryCode):
        session.execute(delete(table).where(table.account_id == account_id))
