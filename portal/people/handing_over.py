"""The code that is handed to somebody who is asked in: by a landlord or by an agency, in one way.

It stands in no address, and only its hash is kept. The owner of an account that was made for the invitation chooses a
password with it; an account that was there before, it never opens: somebody else may have handed over a code for that.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import column, delete, func, select, table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.people import passwords
from portal.people.models import Account, AccountCode, Invitation, Membership, StaffInvitation, StaffSession
from portal.store.base import new_id
from portal.store.database import with_eyes_of
from portal.store.scope import AccountScope

CODE_HOLDS = timedelta(days=7)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter that can be taken for another, on paper or by telephone."""
AGENCYS = table("agency_invitation", column("id"), column("account_id"))
AT_AGENCY = table("agency_member", column("account_id"))


def new_code() -> str:
    """A code for paper and telephone."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def plain(code: str) -> str:
    """A code as it is compared, however it was typed."""
    return "".join(each for each in code.lower() if each in LETTERS)


def hand_over(session: Session, kept: Invitation, kept_id: UUID, now: datetime) -> str:
    """A new code. It opens the account only where that was made for this invitation, and is nobody's else meanwhile."""
    code = new_code()
    kept.code_hash, kept.until_at = passwords.hashed(plain(code)), now + CODE_HOLDS
    found = session.scalar(select(Account.id).where(Account.email == kept.email))
    if found is None:
        account = Account(
            id=new_id(), email=kept.email, name=kept.name, password_hash=passwords.nobodys(), demo=False, made_at=now
        )
        session.add(account)
        session.flush()
        kept.account_id, kept.opens = account.id, True
    else:
        kept.opens = kept.opens and kept.account_id == found and _is_nobodys_else(session, found, kept_id)
        kept.account_id = found
    session.add(kept)
    session.flush()
    if kept.opens:
        values = {"code_hash": kept.code_hash, "made_at": now, "ends_at": kept.until_at, "mailed": False}
        adding = insert(AccountCode).values(account_id=kept.account_id, anew=False, **values)
        session.execute(adding.on_conflict_do_update(index_elements=["account_id"], set_=values))
    return code


def withdraw(session: Session, kept: Invitation, now: datetime) -> None:
    """The code opens nothing any more; one that went to the account's own post is its owner's, and stays."""
    kept.ended_at = now
    if kept.opens:
        session.execute(
            delete(AccountCode).where(AccountCode.account_id == kept.account_id, ~AccountCode.mailed)
        )


def _is_nobodys_else(session: Session, account_id: UUID, but: UUID) -> bool:
    """The account has never been signed in to, and no other landlord and no agency has asked its owner in since."""
    account = session.get_one(Account, account_id)
    if account.mailed_at or account.shown_at or session.scalar(
        select(func.count()).select_from(StaffSession).where(StaffSession.account_id == account_id)
    ):
        return False
    with with_eyes_of(session, AccountScope(account_id)) as theirs:
        return not any(
            theirs.scalar(each.limit(1))
            for each in (
                select(Membership.id).where(Membership.account_id == account_id),
                select(AT_AGENCY.c.account_id).where(AT_AGENCY.c.account_id == account_id),
                select(StaffInvitation.id).where(
                    StaffInvitation.account_id == account_id, StaffInvitation.id != but
                ),
                select(AGENCYS.c.id).where(AGENCYS.c.account_id == account_id, AGENCYS.c.id != but),
            )
        )
