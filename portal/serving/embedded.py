"""The servers that the portal brings along, for trying it out and for its tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from portal.serving import folders
from portal.serving.bell import Bell
from portal.serving.child import Child
from portal.serving.postgres import DATABASE, Postgres
from portal.serving.progress import Progress
from portal.serving.refusals import CannotStartError
from portal.settings import Settings


class EmbeddedServers:
    """PostgreSQL and Redis with their data in one folder; they end with the process that started them."""

    def __init__(
        self, folder: Path, *, postgres: bool = True, redis: bool = True, progress: Progress | None = None
    ) -> None:
        self.folder = folder.resolve()
        self.progress = progress
        self._postgres = Postgres(self.folder) if postgres else None
        self._bell = Bell(self.folder) if redis else None
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        folders.prepare(self.folder)
        self._lock = folders.lock(self.folder)
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def children(self) -> tuple[Child, ...]:
        """Their processes, for a supervisor to watch."""
        return tuple(server.child for server in (self._postgres, self._bell) if server)

    def database_url(self, name: str = DATABASE) -> str:
        """The owner's address of a database on this server."""
        return Postgres(self.folder).url(name)

    def redis_url(self, database: int = 0) -> str:
        return Bell(self.folder).url(database)

    def addressed(self, settings: Settings) -> Settings:
        """The settings with these servers' addresses in the places that were left empty."""
        found = {"database_url": self.database_url(), "redis_url": self.redis_url()}
        return settings.model_copy(
            update={name: url for name, url in found.items() if not getattr(settings, name)}
        )

    def stop(self) -> None:
        for child in reversed(self.children):
            child.stop()
        if self._lock:
            self._lock.close()
            self._lock = None

    def _start(self) -> None:
        progress = self.progress
        for name, server in (("PostgreSQL", self._postgres), ("Redis", self._bell)):
            if server and progress:
                with progress.step(f"Starting {name}"):
                    server.start()
            elif server:
                server.start()


def embedded_for(settings: Settings, progress: Progress | None = None) -> EmbeddedServers:
    """Those servers for which the settings name none of the user's own."""
    return EmbeddedServers(
        settings.data_dir,
        postgres=not (settings.database_url or settings.database_app_url),
        redis=not settings.redis_url,
        progress=progress,
    )


@contextmanager
def reached(settings: Settings) -> Iterator[Settings]:
    """Settings whose servers answer, for one command: those of a running portal, or started for the occasion."""
    servers = embedded_for(settings)
    if not servers.children:
        yield settings
    elif folders.locked(settings.data_dir):
        yield servers.addressed(settings)
    else:
        with servers:
            yield servers.addressed(settings)


def running(settings: Settings) -> Settings:
    """Settings for a process that works beside a running portal and starts no server itself."""
    servers = embedded_for(settings)
    if servers.children and not folders.locked(settings.data_dir):
        raise CannotStartError(
            "There is no database or no Redis to work with. Start everything with `portal run`, "
            "or name your own servers in DATABASE_URL and REDIS_URL."
        )
    return servers.addressed(settings)
