"""A process falls over, is started again, and goes with all that it started."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from portal.serving.child import Child

PATIENCE = 10


def python(program: str, *, name: str = "some one", **more: object) -> Child:
    return Child(name=name, command=[sys.executable, "-c", program], env=os.environ, **more)  # type: ignore[arg-type]


def wait_until(true: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, "it never came about"
        time.sleep(0.02)


def test_one_that_falls_over_is_started_again_after_a_pause_that_doubles() -> None:
    child = python("raise SystemExit(3)")
    child.start()
    wait_until(lambda: not child.running)
    pauses = []
    for now in (100.0, 200.0, 300.0):
        child._started = now
        news = child.watch(now)
        assert news
        assert "exit code 3" in news
        pauses.append(child._again - now)
        assert child.watch(now + pauses[-1] - 0.1) is None
        assert child.watch(now + pauses[-1]) == "some one was started again."
        wait_until(lambda: not child.running)
    assert pauses == [1.0, 2.0, 4.0]
    child.stop()


def test_the_pause_never_grows_beyond_its_limit_and_old_falls_are_forgotten() -> None:
    child = python("raise SystemExit(1)")
    child.falls = 20
    child.start()
    wait_until(lambda: not child.running)
    news = child.watch(child._started)
    assert news
    assert "in 30 s" in news
    child.start()
    wait_until(lambda: not child.running)
    news = child.watch(child._started + 3600)
    assert news
    assert "in 1 s" in news
    child.stop()


def test_what_it_says_comes_with_its_name(capfd: pytest.CaptureFixture[str]) -> None:
    child = python("print('good morning')", name="worker 1")
    child.start()
    said: list[str] = []

    def heard() -> bool:
        said.append(capfd.readouterr().out)
        return "good morning" in "".join(said)

    wait_until(heard)
    assert "worker 1   | good morning\n" in "".join(said)
    child.stop()


def test_stopping_takes_along_what_it_started_even_where_it_will_not_listen(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = python(
        "import pathlib, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "grandchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(grandchild.pid))\n"
        "time.sleep(600)",
        patience=0.3,
    )
    child.start()
    wait_until(lambda: note.exists() and note.read_text())
    started = [child.pid, int(note.read_text())]
    child.stop()
    wait_until(lambda: not any(psutil.pid_exists(pid) and alive(pid) for pid in started if pid))


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
