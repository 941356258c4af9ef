"""The processes that are measured: the portal's own web server and worker, and the floor on the same server."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection

from portal.bench.floor import ADDRESS
from portal.bench.scratch import Scratch, free_port
from portal.serving.child import Child
from portal.serving.leash import leashed
from portal.serving.processes import environment
from portal.serving.refusals import CannotStartError

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Running:
    """A process with its port; a worker has none."""

    pid: int
    port: int


@contextmanager
def portal_web(here: Scratch) -> Iterator[Running]:
    """The portal as it runs in production: two processes, as `portal web` starts them."""
    with _started(here, "web", ["-m", "portal.cli", "web"], here.settings.portal_port) as found:
        yield found


@contextmanager
def bare_web(here: Scratch) -> Iterator[Running]:
    """The floor, on the same server with the same options."""
    port = free_port()
    plain = here.settings.app_url.replace("postgresql+psycopg://", "postgresql://")
    with _started(here, "floor", ["-m", "portal.bench.bare", str(port)], port, {ADDRESS: plain}) as found:
        yield found


@contextmanager
def worker(here: Scratch) -> Iterator[Running]:
    """One worker."""
    with _started(here, "worker", ["-m", "portal.cli", "worker"], 0) as found:
        yield found


@contextmanager
def _started(
    here: Scratch, name: str, command: list[str], port: int, more: dict[str, str] | None = None
) -> Iterator[Running]:
    env = environment(here.settings) | (more or {})
    log = here.folder / f"{name}.log"
    child = Child(name=name, command=leashed([sys.executable, *command]), env=env, log=log)
    child.start()
    try:
        if port:
            _until(lambda: _answers(port), child)
        yield Running(child.pid or 0, port)
    finally:
        child.stop()


def _until(ready: Callable[[], bool], child: Child) -> None:
    end = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > end or not child.running:
            said = child.log.read_text(errors="replace")[-1000:] if child.log else ""
            raise CannotStartError(f"The process to be measured ({child.name}) does not answer. {said}")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except OSError:
        return False
    else:
        return True
    finally:
        connection.close()
