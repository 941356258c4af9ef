"""What is made of measured times, and how rows are written for COPY."""

import os
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import UUID

import pytest

from portal.bench.cpu import spent
from portal.bench.figures import TARGETS, Figure, Thing, figure, ratio
from portal.bench.hammer import WrongAnswerError, get, hammer
from portal.bench.sheets import cell
from portal.bench.table import as_json, growth, table


def one(thing: Thing, cpu: float, p50: float = 0.002) -> Figure:
    return figure(thing, 1, [p50] * 100, 1.0, cpu, 0.05)


def test_a_ratio_is_processor_time_against_the_floor_of_the_same_run() -> None:
    figures = [one(Thing.BARE_VIEW, 0.1), one(Thing.MY_WORK, 0.45), one(Thing.NO_OP, 0.2)]
    assert ratio(figures, figures[1]) == pytest.approx(4.5)
    assert ratio(figures, figures[0]) is None
    assert figures[1].cpu == pytest.approx(4.5)


def test_the_table_names_target_and_growth() -> None:
    small = [one(Thing.BARE_VIEW, 0.1), one(Thing.CASE, 0.4, 0.002)]
    large = [one(Thing.BARE_VIEW, 0.1), one(Thing.CASE, 0.4, 0.0022)]
    measured = {10_000: small, 100_000: large}
    assert growth(measured)[Thing.CASE, 1] == pytest.approx(1.1)
    text = table(measured)
    assert "case page" in text
    assert "100,000 against 10,000" in text
    assert [row["target"] for row in as_json(measured)] == [None, TARGETS[Thing.CASE]] * 2


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, r"\N"),
        (True, "True"),
        (b"\x00\xff", r"\\x00ff"),
        ("a\tb\\c\nd", r"a\tb\\c\nd"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02T00:00:00+00:00"),
        ({"a": "b\n"}, r'{"a": "b\\n"}'),
        ([], "[]"),
    ],
)
def test_every_value_is_written_as_copy_reads_it(value: object, written: str) -> None:
    assert cell(value) == written


class Refusing(BaseHTTPRequestHandler):
    """Answers everything with 404."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


def test_a_page_that_answers_wrongly_stops_the_measurement() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(WrongAnswerError):
            hammer(server.server_port, 1, iter([get("/")] * 3), lambda: True)
        server.shutdown()


def test_processor_time_grows_with_work() -> None:
    me = os.getpid()
    before = spent(me)
    sum(number * number for number in range(3_000_000))
    assert spent(me) > before
