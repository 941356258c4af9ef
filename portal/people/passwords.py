"""Passwords: kept as argon2 hashes, each so costly that a table of them is of little use to a thief."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
nobodys = hasher.hash(secrets.token_hex(8))
"""Compared with where there is no such account, so that the answer takes as long."""


def hashed(password: str) -> str:
    """What is kept of a password."""
    return hasher.hash(password)


def matches(kept: str, password: str) -> bool:
    """Whether this is the password; False too where no hash is kept."""
    try:
        return hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
