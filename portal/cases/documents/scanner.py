"""Asks a malware scanner, where the landlord has one: clamd's INSTREAM, over TCP or a socket of this machine.

Where a scanner is set and does not answer, nothing is kept: it fails closed. Protocol: clamd(8), command INSTREAM.
"""

import socket
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from portal.domain.errors import PortalError

CHUNK = 64 * 1024
LENGTH_BYTES = 4
PATIENCE = 20.0  # seconds
LONGEST_ANSWER = 4096
CLEAN, FOUND = b"stream: OK", b"FOUND"
DEFAULT_PORT = 3310


class MalwareError(PortalError):
    """The scanner says that the file does harm."""


class ScannerAwayError(PortalError):
    """The scanner did not answer, or not in words that we know."""


class Scanner(Protocol):
    """Something that looks for malware."""

    def check(self, data: bytes) -> None:
        """Return for a clean file; raise MalwareError or ScannerAwayError otherwise."""


@dataclass(frozen=True, slots=True)
class NoScanner:
    """None is set: the content is still checked, cleaned and only ever handed out as a download."""

    def check(self, data: bytes) -> None:
        """Nothing to ask."""


@dataclass(frozen=True, slots=True)
class Clamd:
    """A clamd at tcp://host:port or unix:///path."""

    address: str

    def check(self, data: bytes) -> None:
        """Send the file in pieces and read the one line that comes back."""
        try:
            with closing(self._connect()) as line:
                line.sendall(b"zINSTREAM\0")
                for start in range(0, len(data), CHUNK):
                    piece = data[start : start + CHUNK]
                    line.sendall(len(piece).to_bytes(LENGTH_BYTES) + piece)
                line.sendall(bytes(LENGTH_BYTES))
                answer = self._answer(line)
        except OSError as away:
            raise ScannerAwayError from away
        if answer.endswith(FOUND):
            raise MalwareError
        if answer != CLEAN:
            raise ScannerAwayError

    def _connect(self) -> socket.socket:
        where = urlsplit(self.address)
        if where.scheme == "unix":
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(PATIENCE)
            try:
                line.connect(where.path)
            except OSError:
                line.close()
                raise
            return line
        return socket.create_connection((where.hostname or "", where.port or DEFAULT_PORT), PATIENCE)

    @staticmethod
    def _answer(line: socket.socket) -> bytes:
        answer = b""
        while len(answer) < LONGEST_ANSWER and (more := line.recv(LONGEST_ANSWER)):
            answer += more
            if b"\0" in more:
                break
        return answer.partition(b"\0")[0].strip()


def scanner_at(address: str) -> Scanner:
    """The scanner at this address, or none where none is set."""
    return Clamd(address) if address else NoScanner()
