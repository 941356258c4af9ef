"""Slowing down guesses at one account's password, without ever keeping out whoever has the right one.

Wrong passwords are counted apart for each place from which they come: a device that has signed in to this account
before, or else the line that it hangs on. So somebody who guesses without end slows down only themselves.
"""

import hmac
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from redis import Redis
from redis.exceptions import RedisError

FREE_TRIES = 4
LONGEST_WAIT = 30
LONGEST_FOR_CODES = 300
"""Only whoever has the password gets to guess at six figures: 288 guesses a day, of a million figures."""
FORGOTTEN_AFTER = 3600


@dataclass(slots=True)
class Throttle:
    """Counts wrong passwords by a keyed hash of the address typed, known or not, and of the place it came from.

    Counts by itself while Redis is away. Without the key, whoever reads Redis cannot try out whose address it is.
    """

    redis: Redis
    secret: str = field(repr=False)
    kind: str = "sign-in"
    longest: int = LONGEST_WAIT
    _own: dict[str, tuple[int, float]] = field(default_factory=dict)

    def wait(self, email: str, place: str, now: datetime) -> int:
        """Seconds until the next try is looked at; 0 for now."""
        tries, last = self._kept(self._key(email, place))
        return max(0, ceil(last + _pause(tries, self.longest) - now.timestamp()))

    def wrong(self, email: str, place: str, now: datetime) -> int:
        """One more wrong password or code; how many there were."""
        key = self._key(email, place)
        tries, last = self._kept(key)[0] + 1, now.timestamp()
        self._own[key] = (tries, last)
        with suppress(RedisError):
            self.redis.set(key, f"{tries} {last}", ex=FORGOTTEN_AFTER)
        return tries

    def right(self, email: str, place: str) -> None:
        """The right password: forget the wrong ones."""
        key = self._key(email, place)
        self._own.pop(key, None)
        try:
            self.redis.delete(key)
        except RedisError:
            return

    def _key(self, email: str, place: str) -> str:
        told = f"{email.strip().lower()} {place}".encode()
        return f"{self.kind} " + hmac.digest(self.secret.encode(), told, "sha256").hex()

    def _kept(self, key: str) -> tuple[int, float]:
        try:
            found = self.redis.get(key)
        except RedisError:
            return self._own.get(key, (0, 0.0))
        if not isinstance(found, bytes):
            return 0, 0.0
        tries, last = found.decode().split()
        return int(tries), float(last)


def _pause(tries: int, longest: int) -> int:
    """1, 2, 4, 8 ... seconds after the first few tries, and never more than the longest."""
    return 0 if tries < FREE_TRIES else min(longest, 1 << min(tries - FREE_TRIES, 10))
