"""The malware scanner: a real server that speaks clamd's protocol, and what happens where it is away."""

import socketserver
import threading
from collections.abc import Iterator

import pytest

from portal.cases.documents.scanner import (
    Clamd,
    MalwareError,
    NoScanner,
    ScannerAwayError,
    scanner_at,
)

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"  # cspell:disable-line


class Answers(socketserver.StreamRequestHandler):
    """Reads INSTREAM as clamd does: a length, a piece, and so on until a length of nought."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while size := int.from_bytes(self.rfile.read(4)):
            data += self.rfile.read(size)
        if b"odd" in data:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        else:
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0")


@pytest.fixture
def clamd() -> Iterator[str]:
    """Its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_clean_file_passes_and_one_that_does_harm_is_refused(clamd: str) -> None:
    scanner = scanner_at(clamd)
    assert isinstance(scanner, Clamd)
    scanner.check(b"A letter" * 40_000)
    with pytest.raises(MalwareError):
        scanner.check(b"A" * 100_000 + EICAR)


def test_an_answer_that_we_do_not_know_is_none(clamd: str) -> None:
    with pytest.raises(ScannerAwayError):
        scanner_at(clamd).check(b"odd")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:///no/such/socket"])
def test_a_scanner_that_is_set_and_away_lets_nothing_through(address: str) -> None:
    with pytest.raises(ScannerAwayError):
        scanner_at(address).check(b"A letter")


def test_where_none_is_set_there_is_nothing_to_ask() -> None:
    assert scanner_at("") == NoScanner()
    scanner_at("").check(EICAR)
