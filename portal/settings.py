"""Settings, read once from the environment: each default is safe in production, or there is none."""

import base64
import binascii
import os
from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url

from portal.domain.contact import not_bland

DEMO_MASTER_KEY = base64.b64encode(b"lintel demo key, never for people"[:32]).decode()
DEMO_SECRET_KEY = "lintel demo secret, never for people"  # noqa: S105 - refused in production
KEY_BYTES = 32
DRIVER = "postgresql+psycopg://"
SHORTEST_SECRET = 32
UNUSABLE = {
    "int_parsing": "write a whole number in digits",
    "bool_parsing": "write true or false",
    "enum": "write {expected}",
    "greater_than_equal": "write {ge} or a greater number",
    "less_than_equal": "write {le} or a smaller number",
}
UNSAID = (
    "PORTAL_ENV says nothing, which means a portal for people. For a demonstration with invented people write "
    "PORTAL_ENV=demo in front of the command; `make run` does that by itself."
)
PROJECT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """The portal cannot start so: one sentence for each fault, naming the variable, never its value."""


class Env(StrEnum):
    """What the portal is run for."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class Settings(BaseSettings):
    """Everything that can be set, by its name in the environment. Handed on explicitly, never read again."""

    model_config = SettingsConfigDict(
        frozen=True, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    portal_env: Env = Env.PRODUCTION
    portal_data_dir: Path = PROJECT / "var"
    portal_landlords_dir: Path = PROJECT / "landlords"
    portal_base_url: str = ""
    portal_host: str = "127.0.0.1"
    portal_port: int = Field(default=8000, ge=1, le=65535)
    portal_web_workers: int = Field(default=2, ge=1, le=64)
    portal_rq_workers: int = Field(default=2, ge=1, le=64)
    portal_rate_limits: bool = True
    portal_largest_file_mb: int = Field(default=15, ge=1, le=100)
    portal_malware_scanner: str = ""
    portal_webhooks_anywhere: bool = False
    portal_proxies: int = Field(default=0, ge=0, le=8)
    portal_master_key: str = Field(default="", repr=False)
    portal_old_master_keys: str = Field(default="", repr=False)
    portal_secret_key: str = Field(default="", repr=False)
    database_url: str = Field(default="", repr=False)
    database_app_url: str = Field(default="", repr=False)
    database_relay_url: str = Field(default="", repr=False)
    database_platform_url: str = Field(default="", repr=False)
    redis_url: str = Field(default="", repr=False)
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_starttls: bool = True
    mail_from: str = "notices@portal.invalid"
    texts_by_mail: str = ""

    @model_validator(mode="after")
    def _fit_to_start(self) -> Self:
        if wrong := self._wrong():
            raise ValueError("\n".join(wrong))
        return self

    def _wrong(self) -> list[str]:
        wrong = [
            f"{name} is not a key: write 32 random bytes as base64 (openssl rand -base64 32)."
            for name, text in self._master_texts()
            if not _is_key(text)
        ]
        wrong += [
            f"{name} is not a PostgreSQL address: write postgresql://user:password@host/database."
            for name in ("DATABASE_URL", "DATABASE_APP_URL", "DATABASE_RELAY_URL", "DATABASE_PLATFORM_URL")
            if (url := getattr(self, name.lower())) and not _driver(url).startswith(DRIVER)
        ]
        if self.redis_url and not self.redis_url.startswith(("redis://", "rediss://", "unix://")):
            wrong.append("REDIS_URL is not a Redis address: write redis://host:6379/0.")
        if self.portal_malware_scanner and not self.portal_malware_scanner.startswith(("tcp://", "unix://")):
            wrong.append(
                "PORTAL_MALWARE_SCANNER is not the address of a clamd: write tcp://host:3310 or unix:///path/to/socket."
            )
        if not_bland(f"{self.mail_from} {self.texts_by_mail}"):
            wrong.append("MAIL_FROM and TEXTS_BY_MAIL are seen on telephones that lie about: write what tells nothing.")
        if self.portal_env is Env.PRODUCTION and not self.portal_proxies:
            wrong.append(
                "PORTAL_PROXIES must say how many reverse proxies stand in front (1, as a rule): "
                "without it everybody seems to come from one address."
            )
        if self.portal_env is Env.PRODUCTION:
            wrong += self._unsafe_in_production()
        return wrong

    def _unsafe_in_production(self) -> list[str]:
        wrong = []
        if DEMO_MASTER_KEY in self.portal_old_master_keys.split():
            wrong.append(
                "PORTAL_OLD_MASTER_KEYS holds the key of the demonstration, which everybody knows: take it away. What "
                "it sealed belongs to a demonstration, and a portal for people starts on a database of its own."
            )
        if not self.portal_master_key or self.portal_master_key == DEMO_MASTER_KEY:
            wrong.append(
                "PORTAL_MASTER_KEY must be your own in production: write 32 random bytes as base64 "
                "(openssl rand -base64 32), and keep a copy: without it nothing can be read again."
            )
        if len(self.portal_secret_key) < SHORTEST_SECRET or self.portal_secret_key == DEMO_SECRET_KEY:
            wrong.append(
                "PORTAL_SECRET_KEY must be your own in production: write 32 random characters or more "
                "(openssl rand -base64 48)."
            )
        if self.portal_webhooks_anywhere:
            wrong.append(
                "PORTAL_WEBHOOKS_ANYWHERE is for tests: in production notices go to no machine inside the network. "
                "Take it away."
            )
        if not self.portal_base_url.startswith("https://") or not urlsplit(self.portal_base_url).hostname:
            wrong.append(
                "PORTAL_BASE_URL must begin with https:// in production: "
                "write the address that people open, such as https://portal.example.org."
            )
        return wrong

    def _master_texts(self) -> list[tuple[str, str]]:
        old = [("PORTAL_OLD_MASTER_KEYS", each) for each in self.portal_old_master_keys.split() if each]
        return [("PORTAL_MASTER_KEY", self.portal_master_key or DEMO_MASTER_KEY), *old]

    @property
    def env(self) -> Env:
        """What the portal is run for."""
        return self.portal_env

    @property
    def demo(self) -> bool:
        """May invented people be put in, and their passwords shown? Never in production."""
        return self.portal_env is Env.DEMO

    @property
    def data_dir(self) -> Path:
        """Where the portal keeps what is its own: the embedded servers, demo mail, benchmarks."""
        return self.portal_data_dir.resolve()

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
    def largest_file(self) -> int:
        """The largest file that a case takes, in bytes."""
        return self.portal_largest_file_mb * 1024 * 1024

    @property
    def limits_url(self) -> str:
        """Redis as the rate limiter's library spells it."""
        return f"redis+{self.redis_url}" if self.redis_url.startswith("unix://") else self.redis_url

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


def read_settings() -> Settings:
    """The settings in force, or every fault at once. A misspelt PORTAL_ name is a fault too."""
    return _read()


def _read(env: Env | None = None) -> Settings:
    wrong = _misspelt(os.environ)
    try:
        settings = Settings(portal_env=env) if env else Settings()
    except ValidationError as refused:
        for error in refused.errors(include_input=False, include_url=False):
            name = "_".join(map(str, error["loc"])).upper()
            text, known = error["msg"].removeprefix("Value error, "), UNUSABLE.get(error["type"])
            instead = known.format(**error["ctx"]) if known and "ctx" in error else known or text
            wrong += [f"{name} is not usable: {instead}."] if name else text.splitlines()
        if not (env or os.environ.get("PORTAL_ENV", "").strip()):
            wrong.append(UNSAID)
        raise SettingsError("\n".join(wrong)) from None
    if wrong:
        raise SettingsError("\n".join(wrong))
    return settings


def demo_settings() -> Settings:
    """The settings of a demonstration, with whatever else the environment says."""
    return _read(Env.DEMO)


def is_called_production() -> bool:
    """Has somebody said that this is production? Where nobody has said anything, the portal starts as if it were."""
    return os.environ.get("PORTAL_ENV", "").strip().lower() == Env.PRODUCTION


def _misspelt(names: Iterable[str]) -> list[str]:
    known = [field.upper() for field in Settings.model_fields]
    unknown = [name for name in names if name.startswith("PORTAL_") and name not in known]
    return [_unknown(name, get_close_matches(name, known, 1)) for name in sorted(unknown)]


def _unknown(name: str, near: list[str]) -> str:
    return f"{name} is not a setting." + (f" Did you mean {near[0]}?" if near else "")


def _driver(url: str) -> str:
    """The same address for psycopg 3, which SQLAlchemy does not choose by itself."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return DRIVER + url.removeprefix(prefix)
    return url


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
