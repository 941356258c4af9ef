"""Passkeys (WebAuthn): a key pair on a device, of which we keep the public half. A signature proves both factors."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.domain.errors import PortalError
from portal.people.proving.app import enrolled
from portal.people.proving.happened import Happened, note
from portal.people.proving.models import Challenge, Passkey
from portal.store.account_keys import box_of_account
from portal.store.base import new_id

LASTS = timedelta(minutes=5)
PLACE = "passkey"
NAME = "Lintel"


class PasskeyRefusedError(PortalError):
    """The answer of the browser does not prove what it should, or it came too late."""


@dataclass(frozen=True, slots=True)
class Site:
    """Under which name passkeys are made: the host of the portal's address, and that address itself."""

    host: str
    origin: str

    @classmethod
    def of(cls, base_url: str) -> "Site":
        """From the address that people open."""
        return cls(urlsplit(base_url).hostname or "", base_url)


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """One passkey, as its owner sees it."""

    id: UUID
    name: str
    made_at: datetime
    used_at: datetime | None


def held(session: Session, account_id: UUID, now: datetime) -> list[PasskeyRow]:
    """Somebody's passkeys, the oldest first."""
    rows = session.scalars(select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.made_at)).all()
    if not rows:
        return []
    box = box_of_account(session, account_id, now)
    return [PasskeyRow(row.id, box.open(PLACE, row.id, row.sealed), row.made_at, row.used_at) for row in rows]


def ask_for_new(session: Session, site: Site, account_id: UUID, email: str, name: str, now: datetime) -> str:
    """What the browser needs to make a new key pair, as JSON."""
    known = session.scalars(select(Passkey.credential_id).where(Passkey.account_id == account_id)).all()
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=NAME,
        user_id=sha256(account_id.bytes).digest(),
        user_name=email,
        user_display_name=name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    _remember(session, options.challenge, account_id, now)
    return options_to_json(options)


def add(session: Session, site: Site, account_id: UUID, called: str, answer: str, device: str, now: datetime) -> None:
    """Keep the public half of a new key pair; PasskeyRefusedError where the answer does not hold."""
    challenge = _remembered(session, answer, account_id, now)
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefusedError from None
    if session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id)):
        raise PasskeyRefusedError
    row_id = new_id()
    session.add(
        Passkey(
            id=row_id,
            account_id=account_id,
            credential_id=made.credential_id,
            public_key=made.credential_public_key,
            sign_count=made.sign_count,
            sealed=box_of_account(session, account_id, now).seal(PLACE, row_id, called),
            made_at=now,
        )
    )
    enrolled(session, account_id)
    note(session, account_id, Happened.PASSKEY_ADDED, device, now)


def ask_for_proof(session: Session, site: Site, account_id: UUID | None, now: datetime) -> str:
    """What the browser needs to sign, as JSON. Without an account it says nothing of who has a passkey here."""
    options = generate_authentication_options(rp_id=site.host, user_verification=UserVerificationRequirement.REQUIRED)
    _remember(session, options.challenge, account_id, now)
    return options_to_json(options)


def proven(session: Session, site: Site, answer: str, account_id: UUID | None, now: datetime) -> UUID:
    """Whose passkey has signed; PasskeyRefusedError for a signature that does not hold, or is somebody else's.

    A counter that did not go on is refused too: the key may have been copied.
    """
    challenge = _remembered(session, answer, account_id, now)
    try:
        given = parse_authentication_credential_json(answer)
        row = session.scalar(select(Passkey).where(Passkey.credential_id == given.raw_id).with_for_update())
        if row is None or (account_id and row.account_id != account_id):
            raise PasskeyRefusedError
        signed = verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise PasskeyRefusedError from None
    row.sign_count, row.used_at = signed.new_sign_count, now
    return row.account_id


def remove(session: Session, account_id: UUID, passkey_id: UUID, device: str, now: datetime) -> None:
    """Take one of one's own away."""
    gone = session.execute(
        delete(Passkey).where(Passkey.id == passkey_id, Passkey.account_id == account_id).returning(Passkey.id)
    ).first()
    if gone:
        note(session, account_id, Happened.PASSKEY_REMOVED, device, now)


def _remember(session: Session, challenge: bytes, account_id: UUID | None, now: datetime) -> None:
    """Keep a challenge for a short while; those that nobody answered in time go."""
    session.execute(delete(Challenge).where(Challenge.ends_at < now))
    hashed = sha256(challenge).digest()
    session.add(Challenge(secret_hash=hashed, challenge=challenge, account_id=account_id, ends_at=now + LASTS))


def _remembered(session: Session, answer: str, account_id: UUID | None, now: datetime) -> bytes:
    """The challenge that this answer names, once: it was ours, for this person, and is not over."""
    try:
        told = json.loads(base64url_to_bytes(json.loads(answer)["response"]["clientDataJSON"]))["challenge"]
        hashed = sha256(base64url_to_bytes(told)).digest()
    except (ValueError, KeyError, TypeError):
        raise PasskeyRefusedError from None
    row = session.execute(
        delete(Challenge)
        .where(Challenge.secret_hash == hashed)
        .returning(Challenge.challenge, Challenge.account_id, Challenge.ends_at)
    ).first()
    if row is None or row.account_id != account_id or row.ends_at <= now:
        raise PasskeyRefusedError
    found: bytes = row.challenge
    return found
