"""The whole product, running as `portal run` starts it, on servers and ports of its own."""

import shutil
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from aiosmtpd.controller import Controller
from sqlalchemy import select
from sqlalchemy.orm import Session

from e2e.letters import Letters
from portal.domain.permissions import Role
from portal.domain.policy import Policy
from portal.landlords.packs import read_pack
from portal.people.staff import add_staff
from portal.serving.answering import web_answers
from portal.serving.embedded import EmbeddedServers
from portal.serving.processes import processes
from portal.serving.progress import Progress
from portal.serving.start import prepare
from portal.serving.supervisor import Supervisor
from portal.settings import Env, Settings
from portal.store.audit import Actor
from portal.store.database import Database
from portal.store.scope import LandlordScope, PublicScope
from portal.store.tenancy import Landlord
from portal.work.models import Message
from tests.databases import fresh_database
from tests.hurry import hurried_servers
from tests.learned import learned

LANDLORDS = ("dales", "seven-locks", "havebury", "star", "whg", "nph")
PASSWORD = "correct horse battery staple"
REDIS_DATABASES = iter(range(16))
"""What one Redis has room for: no two products that run hear each other's bell."""


@dataclass(frozen=True)
class Someone:
    """An invented member of staff who can sign in."""

    account_id: UUID
    email: str
    name: str

    @property
    def actor(self) -> Actor:
        """The same person, where a test acts through a service and not through a page."""
        return Actor(self.account_id, self.name)


@dataclass(frozen=True)
class Live:
    """The running product, and what tests put into it beside its pages."""

    url: str
    settings: Settings
    database: Database
    letters: Letters
    landlords: dict[str, UUID]
    codes: dict[str, str]

    def staff(self, slug: str, *roles: Role, name: str = "Robin Example", on_duty: bool = False,
              offers: Sequence[str] = (), post: str | None = None) -> Someone:  # fmt: skip
        """Give somebody an account at one landlord: `live.staff("havebury", Role.OFFICER)`."""
        email = f"{uuid4().hex[:10]}@staff.example"
        account_id = add_staff(
            self.database,
            email=email,
            name=name,
            password=PASSWORD,
            roles={self.landlords[slug]: roles},
            offers=offers,
            post=post,
            on_duty=on_duty,
            now=datetime.now(UTC),
        )
        learned(self.database, self.landlords[slug], account_id)
        return Someone(account_id, email, name)

    def work(self, slug: str) -> AbstractContextManager[Session]:
        """A unit of work at one landlord."""
        return self.database.work(LandlordScope(self.landlords[slug]))

    def policy(self, slug: str) -> Policy:
        """The landlord's policy, read from its folder and not from the running product."""
        return read_pack(self.settings.portal_landlords_dir / slug).policy


@contextmanager
def servers_of_this_run() -> Iterator[EmbeddedServers]:
    """One PostgreSQL and one Redis, in which each product that runs has a database of its own."""
    folder = Path(tempfile.mkdtemp(prefix="lintel-e2e-"))
    with hurried_servers(folder) as found:
        yield found
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(servers: EmbeddedServers, env: Env = Env.TEST, host: str = "127.0.0.1") -> Iterator[Live]:
    """Tables, landlords, web, scheduler, a worker and a mail server; all gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="lintel-e2e-"))
    letters, progress = Letters(), Progress()
    post = Controller(letters, hostname="127.0.0.1", port=_free_port())
    post.start()
    try:
        with fresh_database(servers, next(REDIS_DATABASES)) as fresh:
            settings = _settings(fresh, folder, post.port, env, host)
            prepare(settings, progress, lambda *_: None)
            database = Database(settings)
            web, *others = processes(settings)
            with Supervisor((web, *others), (), progress) as supervisor:
                supervisor.start(web, *others)
                web_answers(settings, runs=lambda: web.running)
                yield _live(settings, database, letters)
            database.dispose()
    finally:
        post.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _settings(fresh: Settings, folder: Path, smtp_port: int, env: Env, host: str) -> Settings:
    port = _free_port()
    return Settings(
        portal_env=env,
        portal_port=port,
        portal_base_url=f"http://{host}:{port}",
        portal_data_dir=folder,
        portal_rate_limits=False,
        portal_webhooks_anywhere=True,
        portal_rq_workers=1,
        portal_web_workers=1,
        database_url=fresh.database_url,
        redis_url=fresh.redis_url,
        smtp_host="127.0.0.1",
        smtp_port=smtp_port,
        smtp_starttls=False,
    )


def _live(settings: Settings, database: Database, letters: Letters) -> Live:
    with database.work(PublicScope()) as session:
        rows = session.query(Landlord).all()
    letters.leads_to = lambda link: _behind(database, [row.id for row in rows], settings.base_url, link)
    return Live(
        settings.base_url,
        settings,
        database,
        letters,
        {row.slug: row.id for row in rows},
        {row.slug: row.code for row in rows},
    )


def _behind(database: Database, landlords: Sequence[UUID], base_url: str, link: str) -> str:
    """The page behind the link of a mail, as it opens for its reader."""
    message_id = UUID(link.rpartition("/")[2])
    for landlord_id in landlords:
        with database.work(LandlordScope(landlord_id)) as session:
            if path := session.scalar(select(Message.link).where(Message.id == message_id)):
                return f"{base_url}{path}"
    raise LookupError(link)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
