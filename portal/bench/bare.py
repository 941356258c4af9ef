"""Serves the floor as the portal is served: the same server, the same number of processes and threads."""

import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from portal.serving.web import THREADS

PROCESSES = 2

if __name__ == "__main__":
    Server(
        "portal.bench.floor:application",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=PROCESSES,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
    ).serve()
