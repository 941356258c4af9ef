"""One process of the portal: started, heard, stopped, and started again when it falls over."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals
from threading import Thread

LONGEST_PAUSE = 30.0  # seconds between two starts of a process that keeps falling over
STEADY = 60.0  # seconds of running after which earlier falls are forgotten


@dataclass(slots=True)
class Child:
    """A command that should run for as long as the portal does."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(repr=False)
    ends_with: Signals = SIGTERM
    patience: float = 20.0  # seconds it is given to end by itself
    log: Path | None = None  # where its words go; None is our own output, each line with its name in front
    falls: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _started: float = 0.0
    _again: float = 0.0

    def start(self) -> None:
        """In a session of its own, so that Ctrl-C reaches the supervisor alone, which stops all in good order."""
        self._started = time.monotonic()
        if self.log:
            with self.log.open("ab") as out:
                self._process = self._open(out.fileno())
            return
        self._process = self._open(subprocess.PIPE)
        Thread(target=self._repeat, args=(self._process,), daemon=True).start()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def watch(self, now: float) -> str | None:
        """Called again and again: starts it anew after a pause that doubles with each fall; tells what it did."""
        if self.running:
            return None
        if self._process is not None:
            return self._fell(now, self._process)
        if now < self._again:
            return None
        self.start()
        return f"{self.name} was started again."

    def stop(self) -> None:
        """Ask it to end, then make it; its own children go with it."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.send_signal(self.ends_with)
        with suppress(subprocess.TimeoutExpired):
            process.wait(self.patience)
        self._clear(process)

    def ask_to_stop(self) -> None:
        """The first half of `stop`, for stopping several at once."""
        if self._process is not None and self.running:
            with suppress(ProcessLookupError):
                self._process.send_signal(self.ends_with)

    def _fell(self, now: float, process: subprocess.Popen[bytes]) -> str:
        self._clear(process)
        self._process = None
        self.falls = 1 if now - self._started > STEADY else self.falls + 1
        pause = min(LONGEST_PAUSE, 2.0 ** (self.falls - 1))
        self._again = now + pause
        return f"{self.name} ended unexpectedly ({_ending(process.returncode)}); it starts again in {pause:.0f} s."

    def _open(self, out: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command,
            env=dict(self.env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def _repeat(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdout is None:
            return
        with process.stdout as words:
            for line in words:
                sys.stdout.write(f"{self.name:<10} | {line.decode(errors='replace')}")
                sys.stdout.flush()

    @staticmethod
    def _clear(process: subprocess.Popen[bytes]) -> None:
        """Nothing of its session stays behind."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, SIGKILL)
        process.wait()


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {Signals(-code).name}"
