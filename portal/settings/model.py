"""The settings as the rest of the portal sees them: complete, checked, and unable to change."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


class Environment(StrEnum):
    """What this portal is for: real work, showing, or its own tests."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Mail:
    """The server that carries reminders; without a host, mail stays in the portal's own outbox."""

    host: str | None
    port: int
    user: str | None
    password: str | None = field(repr=False)
    starttls: bool
    sender: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything from the environment. Addresses and keys are kept out of its `repr`, so that no log shows them."""

    env: Environment
    data_dir: Path
    landlords_dir: Path
    host: str
    port: int
    base_url: str
    web_workers: int
    job_workers: int
    limits: bool
    embedded_postgres: bool
    embedded_redis: bool
    mail: Mail
    secret_key: str = field(repr=False)
    master_key_name: str
    master_keys: dict[str, bytes] = field(repr=False)
    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)
    relay_url: str = field(repr=False)
    platform_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    limits_url: str = field(repr=False)

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def demo(self) -> bool:
        """Whether invented people may be put into the database, and their passwords shown."""
        return self.env is Environment.DEMO

    @property
    def production(self) -> bool:
        return self.env is Environment.PRODUCTION
