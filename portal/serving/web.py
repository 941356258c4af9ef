"""The web server's own process."""

import os
from importlib import import_module

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from portal.serving.answering import port_is_free, servers_answer_to
from portal.serving.data import fit_to_start
from portal.serving.embedded import running
from portal.serving.processes import environment
from portal.settings import Settings, read_settings

APPLICATION = "portal.serving.wsgi"
THREADS = 4  # per worker; a request waits for the database most of its time
GRACE = 10  # seconds for requests under way when it stops


def serve(settings: Settings) -> None:
    """No access log is kept: addresses hold references, and visitors' own addresses are nobody's business."""
    import_module(APPLICATION)  # an application that cannot be loaded is told once, not by each worker for ever
    Server(
        f"{APPLICATION}:application",
        factory=True,
        address=settings.portal_host,
        port=settings.portal_port,
        interface=Interfaces.WSGI,
        workers=settings.portal_web_workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
    ).serve()


@click.command()
def web() -> None:
    """Serve the pages, and nothing else. `portal run` starts this by itself."""
    settings = running(read_settings())
    port_is_free(settings)  # here too: the server's workers share a port, and would share it with a stranger's
    servers_answer_to(settings)
    fit_to_start(settings)  # told once here, and not by each worker for ever
    os.environ.update(environment(settings))  # its own worker processes read it from there
    serve(settings)
