"""An authenticator app: six figures that change each half minute (RFC 6238), each taken once."""

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

import pyotp
import segno
from sqlalchemy import Delete, delete, select, update
from sqlalchemy.orm import Session

from portal.people.models import StaffSession
from portal.people.proving import recovery
from portal.people.proving.happened import Happened, note
from portal.people.proving.models import Authenticator
from portal.store.account_keys import box_of_account
from portal.store.base import new_id

ISSUER = "Lintel"
STEP = 30
AROUND = (0, -1, 1)
"""This half minute, the one before it and the one after: clocks of telephones are not quite right."""
PLACE = "authenticator"
QUIET_ZONE = 4


@dataclass(frozen=True, slots=True)
class NewApp:
    """What an app needs to be set up, while it is being set up."""

    secret: str
    uri: str

    @property
    def in_groups(self) -> str:
        """The secret for typing, four letters at a time."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))

    @property
    def picture(self) -> str:
        """The same as a picture for a camera, black on white by day and by night."""
        found: str = segno.make(self.uri, error="m").svg_data_uri(
            scale=4, border=QUIET_ZONE, dark="#000", light="#fff", encode_minimal=True
        )
        return found


def begin(session: Session, account_id: UUID, now: datetime) -> None:
    """A new secret, which counts once figures made with it were given. An app that is in use stays so until then."""
    row_id, box = new_id(), box_of_account(session, account_id, now)
    session.execute(_waiting_of(account_id))
    session.add(
        Authenticator(
            account_id=account_id,
            id=row_id,
            sealed=box.seal(PLACE, row_id, pyotp.random_base32()),
            made_at=now,
        )
    )
    session.flush()


def keep(session: Session, account_id: UUID, secret: str, now: datetime) -> None:
    """Give an invented account an app with a secret that is known; once."""
    if session.scalar(select(Authenticator.id).where(Authenticator.account_id == account_id)):
        return
    row_id, box = new_id(), box_of_account(session, account_id, now)
    sealed = box.seal(PLACE, row_id, secret)
    session.add(Authenticator(account_id=account_id, id=row_id, sealed=sealed, made_at=now, confirmed_at=now))


def being_set_up(session: Session, account_id: UUID, email: str, now: datetime) -> NewApp | None:
    """What the app needs; None where nothing is being set up."""
    row = session.scalar(
        select(Authenticator).where(Authenticator.account_id == account_id, Authenticator.confirmed_at.is_(None))
    )
    if row is None:
        return None
    secret = box_of_account(session, account_id, now).open(PLACE, row.id, row.sealed)
    return NewApp(secret, pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER))


def confirm(session: Session, account_id: UUID, code: str, device: str, now: datetime) -> list[str] | None:
    """Begin to count the new app, and give recovery codes with it; None where the figures are not right.

    An app that was in use before stops counting.
    """
    row = session.scalar(
        select(Authenticator)
        .where(Authenticator.account_id == account_id, Authenticator.confirmed_at.is_(None))
        .with_for_update()
    )
    step = _step_of(session, row, code, now) if row else None
    if row is None or step is None:
        return None
    session.execute(
        delete(Authenticator).where(Authenticator.account_id == account_id, Authenticator.id != row.id)
    )
    row.confirmed_at, row.last_step = now, step
    enrolled(session, account_id)
    note(session, account_id, Happened.APP_ADDED, device, now)
    return recovery.make(session, account_id, device, now)


def check(session: Session, account_id: UUID, code: str, now: datetime) -> bool:
    """Are these the figures of this half minute, and not used yet?"""
    row = session.scalar(
        select(Authenticator)
        .where(Authenticator.account_id == account_id, Authenticator.confirmed_at.is_not(None))
        .with_for_update()
    )
    step = _step_of(session, row, code, now) if row else None
    if row is None or step is None:
        return False
    row.last_step = step
    return True


def remove(session: Session, account_id: UUID, device: str, now: datetime) -> None:
    """Take the app away."""
    session.execute(delete(Authenticator).where(Authenticator.account_id == account_id))
    note(session, account_id, Happened.APP_REMOVED, device, now)


def enrolled(session: Session, account_id: UUID) -> None:
    """Whoever was let in only to set up a second factor has one now."""
    session.execute(update(StaffSession).where(StaffSession.account_id == account_id).values(enrol_due=False))


def _waiting_of(account_id: UUID) -> Delete:
    return delete(Authenticator).where(Authenticator.account_id == account_id, Authenticator.confirmed_at.is_(None))


def _step_of(session: Session, row: Authenticator, code: str, now: datetime) -> int | None:
    """The half minute whose figures these are, later than any that was taken; None for none."""
    figures = "".join(code.split())
    if not (figures.isascii() and figures.isdigit()):
        return None
    totp = pyotp.TOTP(box_of_account(session, row.account_id, now).open(PLACE, row.id, row.sealed))
    this = int(now.timestamp()) // STEP
    fits = [this + off for off in AROUND if compare_digest(totp.at((this + off) * STEP), figures)]
    return next((step for step in fits if step > row.last_step), None)
