"""The master key, its name, and what is derived from it."""

import base64
import binascii
import hashlib

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SHOWN_KEY = base64.b64encode(b"lintel-demo-key-never-production").decode()
SHOWN_SECRET = "shown-to-everybody-and-refused-in-production"  # noqa: S105 - that is what it is


def decode(text: str) -> bytes:
    """A master key from its base64 form; anything but 32 bytes is refused."""
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError("not 32 bytes in base64")
    return key


def name(key: bytes) -> str:
    """A short name by which a stored row says which master key wrapped it; it does not help to guess the key."""
    return hashlib.sha256(b"lintel master key name" + key).hexdigest()[:8]


def role_password(key: bytes, role: str) -> str:
    """The password of a database role where none was given, so that one secret is enough to start."""
    derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"lintel database role {role}".encode())
    return derived.derive(key).hex()
