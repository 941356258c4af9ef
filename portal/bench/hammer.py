"""Clients that ask again and again, each on a connection of its own, with as little work of their own as can be."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from portal.domain.errors import PortalError

BUFFER = 65536
TIMEOUT = 20.0
END_OF_HEAD = b"\r\n\r\n"


class WrongAnswerError(PortalError):
    """A page that is measured answered otherwise than it should."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, and how it must be answered: the status, and how often these bytes must stand in the page."""

    request: bytes
    status: int = 200
    holds: bytes = b""
    times: int = 0


@dataclass(slots=True)
class Pulse:
    """What one client has seen."""

    latencies: list[float] = field(default_factory=list)
    fault: Exception | None = None


def get(path: str, cookie: str = "", *, holds: str = "", times: int = 0) -> Visit:
    """A page."""
    return Visit(_head("GET", path, cookie) + b"\r\n", holds=holds.encode(), times=times)


def post(path: str, form: str, cookie: str = "", status: int = 303) -> Visit:
    """A form."""
    body = form.encode()
    head = _head("POST", path, cookie)
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    return Visit(head + body, status)


def hammer(port: int, clients: int, visits: Iterator[Visit], goes_on: Callable[[], bool]) -> list[float]:
    """Visit, one after the other, with so many clients at once, for as long as it goes on and there are visits."""
    pulses = [Pulse() for _ in range(clients)]
    visits_one_by_one = _guarded(visits)
    threads = [
        threading.Thread(target=_client, args=(port, visits_one_by_one, goes_on, pulse), daemon=True)
        for pulse in pulses
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for pulse in pulses:
        if pulse.fault:
            raise pulse.fault
    return [latency for pulse in pulses for latency in pulse.latencies]


def _client(port: int, visits: Callable[[], Visit | None], goes_on: Callable[[], bool], pulse: Pulse) -> None:
    try:
        with socket.create_connection(("127.0.0.1", port), TIMEOUT) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while goes_on() and (visit := visits()):
                began = time.perf_counter()
                _ask(line, visit)
                pulse.latencies.append(time.perf_counter() - began)
    except (OSError, PortalError) as fault:
        pulse.fault = fault


def _ask(line: socket.socket, visit: Visit) -> None:
    line.sendall(visit.request)
    received = b""
    while END_OF_HEAD not in received:
        received += _more(line)
    head, _, body = received.partition(END_OF_HEAD)
    status, length = int(head.split(b" ", 2)[1]), _length(head)
    if status != visit.status:
        raise WrongAnswerError(f"{_first(visit)}: {status} instead of {visit.status}")
    while len(body) < length:
        body += _more(line)
    if visit.times and body.count(visit.holds) < visit.times:
        raise WrongAnswerError(f"{_first(visit)}: the page holds less than it should")


def _first(visit: Visit) -> str:
    return visit.request.split(b"\r\n", 1)[0].decode()


def _more(line: socket.socket) -> bytes:
    received = line.recv(BUFFER)
    if not received:
        raise ConnectionError("The server closed the connection.")
    return received


def _length(head: bytes) -> int:
    for each in head.split(b"\r\n")[1:]:
        name, _, value = each.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def _guarded(visits: Iterator[Visit]) -> Callable[[], Visit | None]:
    lock = threading.Lock()

    def following() -> Visit | None:
        with lock, suppress(StopIteration):
            return next(visits)
        return None

    return following


def _head(method: str, path: str, cookie: str) -> bytes:
    kept = f"Cookie: {cookie}\r\n" if cookie else ""
    number = next(_VISITORS)
    home = f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n{home}{kept}".encode()


_VISITORS = count()  # each comes from an address of its own, so that the limits count and slow nobody down
