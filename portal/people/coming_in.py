"""Coming in by an invitation, to a landlord or to an agency: the code is said, and the account is its owner's alone.

Whoever asked this address in before, elsewhere, handed over a code with which the account was opened. It may have been
used by somebody else, who then has its password, a passkey or an app. So nobody comes in anywhere else before the
address itself has been written to: a password by its own post, and with it every key of before is gone.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.people import passwords, resetting, service
from portal.people.handing_over import plain
from portal.people.models import Account, Invitation, StaffSession
from portal.people.proving import factors, rules
from portal.people.proving.happened import Happened, note
from portal.people.proving.rules import Default


class InvitationOverError(PortalError):
    """It was used, taken back, has run out, or never was: nobody is told which."""


class WrongCodeError(PortalError):
    """The code is not that of the invitation."""


class AddressNotShownError(PortalError):
    """Nobody has shown yet that whoever has the account has the address."""


@dataclass(frozen=True, slots=True)
class AskedIn:
    """An invitation as the person reads it who was asked in; `says_code` where the code has proved nothing yet."""

    id: UUID
    place_id: UUID
    place: str
    role_names: tuple[str, ...]
    made_by: str
    says_code: bool
    at_agency: bool = False


def is_shown(session: Session, account_id: UUID) -> bool:
    """Is it known that the account's owner reads its address?"""
    account = session.get_one(Account, account_id)
    return bool(account.shown_at or account.mailed_at)


def accept(
    session: Session, kept: Invitation | None, account_id: UUID, session_id: UUID, code: str, now: datetime
) -> Invitation:
    """Use an invitation up; in the transaction in which whoever says the code begins to work there."""
    if kept is None or kept.account_id != account_id or kept.until_at <= now:
        raise InvitationOverError
    if not kept.opens:
        if not passwords.matches(kept.code_hash or passwords.nobodys(), plain(code)):
            raise WrongCodeError
        _owners_alone(session, account_id, session_id, now)
    kept.used_at = now
    session.flush()
    return kept


def look_at_factors(session: Session, account_id: UUID, default: Default, now: datetime) -> None:
    """A new role may need a second factor: then none of their sign-ins opens anything else before there is one.

    What their organisation vouched for stays: it opens the organisation's landlord, by the organisation's rule.

    Asked in a scope of nobody's, once the role is there.
    """
    if rules.asks(session, account_id, default, now) and not factors.of(session, account_id).any:
        session.execute(
            update(StaffSession)
            .where(
                StaffSession.account_id == account_id,
                StaffSession.revoked_at.is_(None),
                StaffSession.half.is_(False),
                StaffSession.via != service.Via.ORGANISATION.value,
            )
            .values(enrol_due=True)
        )


def _owners_alone(session: Session, account_id: UUID, session_id: UUID, now: datetime) -> None:
    """From now on nobody but the owner of the address has anything that opens the account."""
    account = session.scalars(select(Account).where(Account.id == account_id).with_for_update()).one()
    if account.shown_at:
        return
    if account.mailed_at is None:
        raise AddressNotShownError
    resetting.forget_factors(session, account_id)
    service.revoke_all(session, account_id, now, but=session_id)
    account.shown_at = now
    note(session, account_id, Happened.STARTED_ANEW, "", now)
