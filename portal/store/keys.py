"""A key per landlord, wrapped by a master key; sealing of text and the keyed hashes that search needs.

Below it each report and case has a key of its own: portal.store.record_keys.
"""

import hmac
import json
import os
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.domain.errors import PortalError
from portal.store.base import Base
from portal.store.blanks import Blanks, KeptApartError, in_full

NONCE_BYTES = 12
KEY_BYTES = 32
VERSION_BYTES = 2
RECORD_VERSION = 1
KEY_PLACE = "record_key"
OF_THE_KEY = KEY_PLACE.encode()
TEXT_AT = VERSION_BYTES + NONCE_BYTES
READ_AGAIN_SECONDS = 300
_from_json = json.JSONDecoder().raw_decode  # what was sealed has nothing around it that would have to be skipped
SETTLED_AFTER = timedelta(seconds=3 * READ_AGAIN_SECONDS)


class UnreadableError(PortalError):
    """A sealed value does not open: wrong key, wrong row, or changed bytes."""


class LandlordKey(Base):
    """One version of a landlord's data key, wrapped by the master key. The newest settled one seals; all open.

    A new key settles until every running process has read it: otherwise one would seal what another cannot open.
    """

    __tablename__ = "landlord_key"

    landlord_id: Mapped[UUID] = mapped_column(ForeignKey("landlord.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes]
    master: Mapped[str]
    made_at: Mapped[datetime]


class Box:
    """Seals and opens values with AES-256-GCM, each bound to the place that it stands in."""

    def __init__(self, boxes: dict[int, AESGCM], seals: int) -> None:
        """Take the keys by version, and which of them seals."""
        self._boxes, self._seals = boxes, seals
        self.blanks: Blanks | None = None
        """What this reader must not be shown of it."""

    def seal(self, place: str, row: UUID, value: str) -> bytes:
        """Encrypt text for one column of one row: moved to another row or column it will not open."""
        return self._encrypt(_place(place, row), in_full(value).encode())

    def open(self, place: str, row: UUID, sealed: bytes) -> str:
        """Decrypt what `seal` made for this place; raise UnreadableError for anything else."""
        text = self._decrypt(place, _place(place, row), sealed).decode()
        return self.blanks.text(text) if self.blanks else text

    def seal_bytes(self, place: str, row: UUID, value: bytes) -> bytes:
        """Seal a file."""
        return self._encrypt(_place(place, row), value)

    def open_bytes(self, place: str, row: UUID, sealed: bytes) -> bytes:
        """Open a file; KeptApartError where the reader must not be shown what may stand in it."""
        if self.blanks:
            raise KeptApartError
        return self._decrypt(place, _place(place, row), sealed)

    def seal_json(self, place: str, row: UUID, value: Any) -> bytes:  # noqa: ANN401 - any JSON value
        """Seal a JSON value."""
        return self.seal(place, row, json.dumps(in_full(value), ensure_ascii=False, separators=(",", ":")))

    def open_json(self, place: str, row: UUID, sealed: bytes) -> Any:  # noqa: ANN401 - any JSON value
        """Open a JSON value."""
        value, _ = _from_json(self._decrypt(place, _place(place, row), sealed).decode())
        return self.blanks.value(value) if self.blanks else value

    def _encrypt(self, bound_to: bytes, value: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return self._seals.to_bytes(VERSION_BYTES) + nonce + self._boxes[self._seals].encrypt(nonce, value, bound_to)

    def _decrypt(self, place: str, bound_to: bytes, sealed: bytes) -> bytes:
        box = self._boxes.get(int.from_bytes(sealed[:VERSION_BYTES]))
        if box is None:
            message = f"The key of {place} is not here."
            raise UnreadableError(message)
        try:
            return box.decrypt(sealed[VERSION_BYTES:TEXT_AT], sealed[TEXT_AT:], bound_to)
        except InvalidTag:
            message = f"A value of {place} does not open."
            raise UnreadableError(message) from None


def box_with(key: bytes) -> Box:
    """What seals and opens the values of whatever has one key for its whole life."""
    return Box({RECORD_VERSION: AESGCM(key)}, RECORD_VERSION)


class Cipher(Box):
    """The key of one landlord: seals what belongs to no record, wraps the keys of records, and hashes search words."""

    def __init__(self, keys: dict[int, bytes], seals: int | None = None) -> None:
        """Take the unwrapped keys by version, and which of them seals: the highest, unless said otherwise."""
        super().__init__({version: AESGCM(key) for version, key in keys.items()}, seals or max(keys))
        self._index_key = blake2b(keys[min(keys)], digest_size=32, person=b"lintel-index").digest()

    def wrap(self, record: UUID, key: bytes) -> bytes:
        """Wrap the key of one record for keeping in the database."""
        return self._encrypt(_place(KEY_PLACE, record), key)

    def unwrap(self, record: UUID, wrapped: bytes) -> Box:
        """What seals and opens the values of this record."""
        return box_with(self._decrypt(KEY_PLACE, _place(KEY_PLACE, record), wrapped))

    def open_line(self, place: bytes, record: UUID, wrapped: bytes, sealed: bytes) -> Any:  # noqa: ANN401 - any JSON
        """Open the one JSON value of a record that a list shows: `unwrap` and `open_json` at once, for many of them."""
        row, version = record.bytes, int.from_bytes(wrapped[:VERSION_BYTES])
        try:
            key = self._boxes[version].decrypt(wrapped[VERSION_BYTES:TEXT_AT], wrapped[TEXT_AT:], OF_THE_KEY + row)
            text = AESGCM(key).decrypt(sealed[VERSION_BYTES:TEXT_AT], sealed[TEXT_AT:], place + row)
        except (KeyError, InvalidTag):
            message = f"A value of {place.decode()} does not open."
            raise UnreadableError(message) from None
        return _from_json(text.decode())[0]

    def token(self, kind: str, word: str) -> bytes:
        """A keyed hash of a normalised word, to search by; useless without the landlord's key."""
        return hmac.digest(self._index_key, f"{kind}\0{word}".encode(), "sha256")[:16]


def _place(place: str, row: UUID) -> bytes:
    return place.encode() + row.bytes


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """The master keys by name: `current` wraps, all unwrap, so that they can be changed without a pause."""

    current: str
    keys: dict[str, bytes]

    @classmethod
    def of(cls, keys: dict[str, bytes]) -> "MasterKeys":
        """From the settings, where the first key is the current one."""
        return cls(next(iter(keys)), keys)

    def wrap(self, landlord_id: UUID, key: bytes) -> bytes:
        """Wrap a landlord's key for keeping in the database."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self.keys[self.current]).encrypt(nonce, key, landlord_id.bytes)

    def unwrap(self, landlord_id: UUID, master: str, wrapped: bytes) -> bytes:
        """Unwrap with the master key that wrapped it."""
        if master not in self.keys:
            message = f"Master key {master!r} is not in PORTAL_MASTER_KEY or PORTAL_OLD_MASTER_KEYS."
            raise UnreadableError(message)
        box = AESGCM(self.keys[master])
        try:
            return box.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], landlord_id.bytes)
        except InvalidTag:
            message = f"Master key {master!r} does not open this landlord's key."
            raise UnreadableError(message) from None


class Keyring:
    """Unwrapped ciphers by landlord, kept in this process only, and read again every few minutes."""

    def __init__(self, masters: MasterKeys) -> None:
        """Start empty."""
        self.masters = masters
        self._ciphers: dict[UUID, tuple[Cipher, float]] = {}

    def cipher(self, session: Session, landlord_id: UUID) -> Cipher:
        """This landlord's cipher. Where a key cannot be unwrapped any more, the one at hand goes on serving."""
        found, stale_at = self._ciphers.get(landlord_id, (None, 0.0))
        if found and time.monotonic() < stale_at:
            return found
        try:
            found = self._load(session, landlord_id)
        except UnreadableError:
            if found is None:
                raise
        self._ciphers[landlord_id] = found, time.monotonic() + READ_AGAIN_SECONDS
        return found

    def forget(self, landlord_id: UUID) -> None:
        """Read the keys again at the next use, after a rotation."""
        self._ciphers.pop(landlord_id, None)

    def _load(self, session: Session, landlord_id: UUID) -> Cipher:
        settled = (LandlordKey.made_at < func.now() - SETTLED_AFTER).label("settled")
        rows = session.execute(
            select(LandlordKey.version, LandlordKey.master, LandlordKey.wrapped, settled).where(
                LandlordKey.landlord_id == landlord_id
            )
        ).all()
        if not rows:
            message = "This landlord has no key."
            raise UnreadableError(message)
        keys = {row.version: self.masters.unwrap(landlord_id, row.master, row.wrapped) for row in rows}
        return Cipher(keys, max((row.version for row in rows if row.settled), default=min(keys)))


def add_key(session: Session, masters: MasterKeys, landlord_id: UUID, now: datetime) -> None:
    """Give a landlord its next key; older ones go on opening what they sealed."""
    versions = session.scalars(
        select(LandlordKey.version).where(LandlordKey.landlord_id == landlord_id)
    ).all()
    session.add(
        LandlordKey(
            landlord_id=landlord_id,
            version=max(versions, default=0) + 1,
            wrapped=masters.wrap(landlord_id, os.urandom(KEY_BYTES)),
            master=masters.current,
            made_at=now,
        )
    )


def rewrap_all(session: Session, masters: MasterKeys) -> int:
    """Wrap every landlord key with the current master key; say how many were changed."""
    changed = 0
    for row in session.scalars(
        select(LandlordKey).where(LandlordKey.master != masters.current).with_for_update()
    ):
        row.wrapped = masters.wrap(row.landlord_id, masters.unwrap(row.landlord_id, row.master, row.wrapped))
        row.master = masters.current
        changed += 1
    return changed
