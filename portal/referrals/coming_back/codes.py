"""The number itself: made at random, and kept as a hash that is slow to make, like a password's.

Nobody says who they are beside the number, so the salt is the landlord's own and the hash can be looked up. A number
has sixteen random digits: with ten wrong tries a minute from one line, guessing one is hopeless.
"""

import re
import secrets

from argon2.low_level import Type, hash_secret_raw
from sqlalchemy.orm import Session

from portal.store.database import cipher_of

DIGITS = 16
TIMES, KIB, LANES, LENGTH = 2, 19_456, 1, 32  # RFC 9106, as OWASP advises for little memory
SALT = 16


def new_number() -> str:
    """Sixteen digits in groups of four."""
    number = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    return " ".join(number[i : i + 4] for i in range(0, DIGITS, 4))


def hashed(session: Session, number: str) -> bytes:
    """What is kept of a number, in whatever digits a keyboard has. It takes as long for what can be no number."""
    digits = "".join(str(int(each)) for each in re.findall(r"\d", number))
    salt = cipher_of(session).token("way back", "salt")[:SALT]
    return hash_secret_raw(digits.encode(), salt, TIMES, KIB, LANES, LENGTH, Type.ID)
