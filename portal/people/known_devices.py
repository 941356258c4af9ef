"""Which accounts have signed in on this device before: known by a cookie that names nobody and opens nothing."""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

COOKIE = "k"
LASTS = timedelta(days=90)
MOST_ACCOUNTS = 8


@dataclass(frozen=True, slots=True)
class Device:
    """One browser: its own random name, and the accounts that have signed in there, as keyed hashes."""

    name: str
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownDevices:
    """Reads and writes the cookie. It is signed, so that nobody can pass for a device that is known."""

    secret: str = field(repr=False)

    def read(self, cookie: str | None) -> Device | None:
        """The device that this cookie stands for; None for none, a forged one and one that is too old."""
        try:
            name, *accounts = self._signer.loads(cookie or "", max_age=int(LASTS.total_seconds()))
        except (BadData, TypeError, ValueError):
            return None
        return Device(name, tuple(accounts))

    def knows(self, device: Device | None, email: str) -> bool:
        """Has this account signed in there before?"""
        return device is not None and self._account(email) in device.accounts

    def after_sign_in(self, device: Device | None, email: str) -> str:
        """The cookie after this account has signed in; a device that is passed on forgets its oldest."""
        account = self._account(email)
        others = tuple(each for each in device.accounts if each != account) if device else ()
        name = device.name if device else secrets.token_urlsafe(12)
        return str(self._signer.dumps([name, account, *others[: MOST_ACCOUNTS - 1]]))

    def _account(self, email: str) -> str:
        return hmac.digest(self.secret.encode(), email.strip().lower().encode(), "sha256").hex()[:24]

    @property
    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.secret, salt="known devices")
