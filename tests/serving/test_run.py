"""`portal run` as people meet it: it comes up, mends itself, and leaves nothing behind however it ends."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
READY = "Ctrl-C stops it."
COMES_UP_WITHIN = 180.0  # seconds, on a very busy machine


class Running:
    """One `portal run`, with a folder and a port of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder = folder
        self.out = (folder / "out").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.cli", "run"],
            env={
                **{
                    name: value
                    for name, value in os.environ.items()
                    if not name.startswith(("PORTAL_", "DATABASE_"))
                },
                "PORTAL_ENV": "test",
                "PORTAL_PORT": str(self.port),
                "PORTAL_DATA_DIR": str(folder / "var"),
                "PORTAL_WEB_WORKERS": "1",
            },
            stdout=self.out,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            start_new_session=True,
        )

    def said(self) -> str:
        return (self.folder / "out").read_text()

    def wait(self, until: Callable[[], object], seconds: float = COMES_UP_WITHIN) -> None:
        limit = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < limit, self.said()
            time.sleep(0.05)

    def wait_until_ready(self) -> None:
        self.wait(lambda: READY in self.said() or self.process.poll() is not None)
        assert READY in self.said(), self.said()

    def everything(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def one(self, command: str) -> psutil.Process:
        return next(each for each in self.everything() if command in {each.cmdline()[-1], each.name()[:5]})

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5).close()
        except urllib.error.HTTPError as answer:
            answer.close()
        except OSError:
            return False
        return True

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(40)
        self.out.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    found = Path(tempfile.mkdtemp(prefix="lintel-"))
    yield found
    shutil.rmtree(found, ignore_errors=True)


@pytest.fixture
def portal(folder: Path) -> Iterator[Running]:
    found = Running(folder)
    try:
        found.wait_until_ready()
        yield found
    finally:
        found.end()


def test_it_serves_all_front_doors_and_ctrl_c_stops_everything(portal: Running) -> None:
    assert portal.answers()
    for door in ("/dales/", "/seven-locks/", "/havebury/", "/star/", "/whg/", "/nph/", "/desk/"):
        assert f"http://localhost:{portal.port}{door}" in portal.said()
    started = portal.everything()
    commands = [each.cmdline()[-1] for each in started]
    assert commands.count("worker") == 2
    assert {"web", "scheduler"} <= set(commands)
    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(40) == 0
    assert "Everything is kept" in portal.said()
    _gone, left = psutil.wait_procs(started, timeout=10)
    assert left == []


def test_nothing_outlives_it_even_when_it_is_killed(portal: Running) -> None:
    started = portal.everything()
    portal.process.kill()
    portal.process.wait()
    _gone, left = psutil.wait_procs(started, timeout=40)
    assert left == []


def test_what_falls_over_is_started_again(portal: Running) -> None:
    for name in ("web", "scheduler", "worker", "redis"):
        portal.one(name).kill()
        portal.wait(_again(portal, name))
    portal.wait(portal.answers)


def _again(portal: Running, name: str) -> Callable[[], object]:
    return lambda: re.search(rf" ! {name}( \d)? was started again", portal.said())


def test_its_data_is_safe_while_it_runs_and_a_second_start_keeps_it(portal: Running) -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "portal.cli", "reset", "--yes"],
        env={**os.environ, "PORTAL_ENV": "test", "PORTAL_DATA_DIR": str(portal.folder / "var")},
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert refused.returncode == 1
    assert "already running" in refused.stderr
    assert "Traceback" not in refused.stderr
    portal.end()
    made = next(portal.folder.rglob("PG_VERSION")).stat().st_mtime_ns
    again = Running(portal.folder)
    again.wait_until_ready()
    assert next(portal.folder.rglob("PG_VERSION")).stat().st_mtime_ns == made, "what is there is kept, not made anew"
    again.end()
