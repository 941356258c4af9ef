"""Settings, read once from the environment: each default is safe in production, or there is none."""

import base64
import binascii
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url

DEMO_MASTER_KEY = base64.b64encode(b"lintel demo key, never for people"[:32]).decode()
DEMO_SECRET_KEY = "lintel demo secret, never for people"  # noqa: S105 - refused in production
KEY_BYTES = 32
SHORTEST_SECRET = 32


class Env(StrEnum):
    """What the portal is run for."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class Settings(BaseSettings):
    """Everything that can be set, by its name in the environment. Handed on explicitly, never read again."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True, extra="ignore")

    portal_env: Env = Env.PRODUCTION
    portal_data_dir: Path = Path("var")
    portal_base_url: str = ""
    portal_port: int = 8000
    portal_web_workers: int = 2
    portal_rq_workers: int = 2
    portal_rate_limits: bool = True
    portal_master_key: str = ""
    portal_old_master_keys: str = ""
    portal_secret_key: str = ""
    database_url: str = ""
    database_app_url: str = ""
    database_relay_url: str = ""
    database_platform_url: str = ""
    redis_url: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = True
    mail_from: str = "notices@portal.invalid"

    @model_validator(mode="after")
    def _fit_for_production(self) -> Self:
        for says in self._wrong():
            raise ValueError(says)
        return self

    def _wrong(self) -> list[str]:
        wrong = [
            f"{name} is not a key: write 32 random bytes as base64 (openssl rand -base64 32)."
            for name, text in self._master_texts()
            if not _is_key(text)
        ]
        if self.portal_env is not Env.PRODUCTION:
            return wrong
        if not self.portal_master_key or self.portal_master_key == DEMO_MASTER_KEY:
            wrong.append("PORTAL_MASTER_KEY must be your own in production: openssl rand -base64 32.")
        if len(self.portal_secret_key) < SHORTEST_SECRET or self.portal_secret_key == DEMO_SECRET_KEY:
            wrong.append("PORTAL_SECRET_KEY must be your own in production, 32 characters or more.")
        if not self.portal_base_url.startswith("https://"):
            wrong.append("PORTAL_BASE_URL must begin with https:// in production.")
        return wrong

    def _master_texts(self) -> list[tuple[str, str]]:
        old = [("PORTAL_OLD_MASTER_KEYS", each) for each in self.portal_old_master_keys.split() if each]
        return [("PORTAL_MASTER_KEY", self.portal_master_key or DEMO_MASTER_KEY), *old]

    @property
    def env(self) -> Env:
        """What the portal is run for."""
        return self.portal_env

    @property
    def https(self) -> bool:
        """Is the portal reached over HTTPS?"""
        return self.base_url.startswith("https://")

    @property
    def base_url(self) -> str:
        """The address that links in mails begin with."""
        return (self.portal_base_url or f"http://localhost:{self.portal_port}").rstrip("/")

    @property
    def limits(self) -> bool:
        """Are floods slowed down?"""
        return self.portal_rate_limits

    @property
    def secret_key(self) -> str:
        """Signs cookies that hold random ids."""
        return self.portal_secret_key or DEMO_SECRET_KEY

    @property
    def master_keys(self) -> dict[str, bytes]:
        """The master keys by fingerprint, the one that wraps first."""
        keys = [base64.b64decode(text) for _name, text in self._master_texts()]
        return {sha256(key).hexdigest()[:12]: key for key in keys}

    @property
    def owner_url(self) -> str:
        """Where the owner connects, to migrate."""
        return _driver(self.database_url)

    @property
    def app_url(self) -> str:
        """Where web and workers connect."""
        return _driver(self.database_app_url) or self._as_role("portal_app")

    @property
    def relay_url(self) -> str:
        """Where the dispatcher connects."""
        return _driver(self.database_relay_url) or self._as_role("portal_relay")

    @property
    def platform_url(self) -> str:
        """Where platform work connects."""
        return _driver(self.database_platform_url) or self._as_role("portal_platform")

    def _as_role(self, role: str) -> str:
        """The owner's address with another role, whose password is derived from the master key."""
        if not self.owner_url:
            return ""
        key = next(iter(self.master_keys.values()))
        secret = HKDF(SHA256(), 24, salt=None, info=f"database role {role}".encode()).derive(key)
        password = base64.urlsafe_b64encode(secret).decode()
        url = make_url(self.owner_url).set(username=role, password=password)
        return url.render_as_string(hide_password=False)


def _driver(url: str) -> str:
    """The same address for psycopg 3, which SQLAlchemy does not choose by itself."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
