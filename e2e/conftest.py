"""The whole product, running: servers, web, workers, scheduler, a real SMTP server, and a browser."""

import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from portal.domain.permissions import Role
from portal.people.staff import add_staff
from portal.serving.embedded import EmbeddedServers
from portal.serving.processes import processes
from portal.serving.progress import Progress
from portal.serving.start import prepare
from portal.serving.supervisor import Supervisor
from portal.settings import Settings
from portal.store.database import Database
from portal.store.scope import PublicScope
from portal.store.tenancy import Landlord
from tests.databases import empty_database

PASSWORD = "correct horse battery staple"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


class Letters:
    """Mails that a real SMTP server took."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, Message]] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content or b"")))
        return "250 taken"

    def to(self, address: str) -> list[Message]:
        """Every mail to an address so far."""
        return [message for to, message in self.taken if to == address]

    def wait_for(self, address: str, count: int = 1, seconds: float = 30) -> list[Message]:
        """Wait until an address has so many mails."""
        until = time.monotonic() + seconds
        while len(self.to(address)) < count:
            assert time.monotonic() < until, f"{len(self.to(address))} of {count} mails came in {seconds} s"
            time.sleep(0.2)
        return self.to(address)


@dataclass
class Someone:
    """An invented member of staff who can sign in."""

    account_id: UUID
    email: str
    name: str
    password: str = PASSWORD


@dataclass
class Live:
    """The running product."""

    url: str
    settings: Settings
    database: Database
    letters: Letters
    landlords: dict[str, UUID] = field(default_factory=dict)

    def staff(self, name: str = "Robin Example", *, on_duty: bool = False, post: str | None = None,
              offers: tuple[str, ...] = (), **roles: list[Role]) -> Someone:  # fmt: skip
        """Give somebody an account: `live.staff(havebury=[Role.OFFICER])`."""
        email = f"{uuid4().hex[:10]}@staff.example"
        account_id = add_staff(
            self.database,
            email=email,
            name=name,
            password=PASSWORD,
            roles={self.landlords[slug.replace("_", "-")]: held for slug, held in roles.items()},
            offers=offers,
            post=post,
            on_duty=on_duty,
            now=datetime.now(UTC),
        )
        return Someone(account_id, email, name)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def live() -> Iterator[Live]:
    """Everything started as `portal run` starts it, on ports of its own, with mails going to a real SMTP server."""
    folder = Path(tempfile.mkdtemp(prefix="lintel-e2e-"))
    letters = Letters()
    post = Controller(letters, hostname="127.0.0.1", port=_free_port())
    post.start()
    progress = Progress()
    with EmbeddedServers(folder) as servers, empty_database(servers) as empty:
        settings = Settings(
            portal_env="test",
            portal_port=_free_port(),
            portal_data_dir=folder,
            portal_rate_limits=False,
            portal_rq_workers=1,
            portal_web_workers=1,
            database_url=empty.database_url,
            redis_url=empty.redis_url,
            smtp_host="127.0.0.1",
            smtp_port=post.port,
            smtp_starttls=False,
        )
        prepare(settings, progress, lambda *_: None)
        database = Database(settings)
        os.environ.update(
            PORTAL_PORT=str(settings.portal_port),
            PORTAL_DATA_DIR=str(folder),
            PORTAL_RATE_LIMITS="false",
            PORTAL_WEB_WORKERS="1",
            SMTP_HOST="127.0.0.1",
            SMTP_PORT=str(post.port),
            SMTP_STARTTLS="false",
        )
        with Supervisor(processes(settings), servers.children, progress):
            _wait_for_port(settings.portal_port)
            with database.work(PublicScope()) as session:
                landlords = {row.slug: row.id for row in session.query(Landlord)}
            yield Live(f"http://127.0.0.1:{settings.portal_port}", settings, database, letters, landlords)
        database.dispose()
    post.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _wait_for_port(port: int, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while True:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < until, "the web server did not answer"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium: Debian's where there is one, otherwise Playwright's own."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield browser
    browser.close()


OpenPhone = Callable[..., Page]


@pytest.fixture
def device(chromium: Browser, live: Live) -> Iterator[OpenPhone]:
    """A new device each time: `device()` is a phone without JavaScript, `device(desk=True, js=True)` an office desk."""
    opened: list[BrowserContext] = []

    def make(*, desk: bool = False, js: bool = False, **more: object) -> Page:
        context = chromium.new_context(
            viewport=DESK if desk else PHONE, java_script_enabled=js, base_url=live.url, locale="en-GB",
            timezone_id="Europe/London", **more,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        opened.append(context)
        return context.new_page()

    yield make
    for context in opened:
        context.close()
