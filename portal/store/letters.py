"""Letters between two landlords that nobody else opens, this database's other readers among them.

Each side of an exchange makes a pair of keys (X25519); the private half is sealed in its own row. A letter is sealed
with a key that only the two halves make (HKDF-SHA256, AES-256-GCM), bound to the thread that it belongs to.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.store.keys import KEY_BYTES, NONCE_BYTES, UnreadableError

LENGTHS = (256, 1024, 4096, 16384, 65536)
"""A letter is filled up to one of these, so that its length tells little."""


def new_pair() -> tuple[bytes, bytes]:
    """A private and a public key."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def seal_to(public: bytes, thread: UUID, words: str) -> bytes:
    """Seal words for whoever holds the other half of this public key."""
    once = X25519PrivateKey.generate()
    key = _key(once.exchange(X25519PublicKey.from_public_bytes(public)), thread)
    nonce, plain = os.urandom(NONCE_BYTES), words.encode()
    length = next(each for each in LENGTHS if each > len(plain) + 4)
    filled = len(plain).to_bytes(4) + plain.ljust(length, b"\0")
    return once.public_key().public_bytes_raw() + nonce + AESGCM(key).encrypt(nonce, filled, thread.bytes)


def open_with(private: bytes, thread: UUID, sealed: bytes) -> str:
    """Open what `seal_to` made for this private key; UnreadableError for anything else."""
    theirs = X25519PublicKey.from_public_bytes(sealed[:KEY_BYTES])
    key = _key(X25519PrivateKey.from_private_bytes(private).exchange(theirs), thread)
    nonce, rest = sealed[KEY_BYTES : KEY_BYTES + NONCE_BYTES], sealed[KEY_BYTES + NONCE_BYTES :]
    try:
        filled = AESGCM(key).decrypt(nonce, rest, thread.bytes)
    except InvalidTag:
        message = "A letter does not open."
        raise UnreadableError(message) from None
    return filled[4 : 4 + int.from_bytes(filled[:4])].decode()


def _key(shared: bytes, thread: UUID) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=thread.bytes, info=b"lintel exchange letter").derive(shared)
