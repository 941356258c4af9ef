"""Passwords: kept as argon2 hashes, each so costly that a table of them is of little use to a thief."""

import secrets
from base64 import b64encode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION
from argon2.profiles import RFC_9106_LOW_MEMORY

hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
def hashed(password: str) -> str:
    """What is kept of a password."""
    return hasher.hash(password)


def nobodys() -> str:
    """A hash that no password has, and that takes as long to compare: for an address without an account."""
    salt, value = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len)
    )
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${value}"


def matches(kept: str, password: str) -> bool:
    """Whether this is the password; False too where no hash is kept."""
    try:
        return hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
