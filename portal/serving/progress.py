"""Telling whoever waits what is being done, and how long each step took."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TextIO

WIDTH = 60
Step = Callable[[str], AbstractContextManager[None]]
"""What takes the words of a step and lasts as long as it does."""


class Progress:
    """On a terminal a step's line is completed when it ends; in a file each step is one whole line."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stdout

    @contextmanager
    def step(self, says: str) -> Iterator[None]:
        began = time.monotonic()
        if self.out.isatty():
            self._write(f"   {says} ...")
        try:
            yield
        except BaseException:
            self._write(f"\r ! {says:<{WIDTH}} stopped after {time.monotonic() - began:.1f} s\n")
            raise
        self._write(f"{self._start()} + {says:<{WIDTH}} {time.monotonic() - began:5.1f} s\n")

    def say(self, text: str = "") -> None:
        self._write(f"{text}\n")

    def _start(self) -> str:
        return "\r" if self.out.isatty() else ""

    def _write(self, text: str) -> None:
        self.out.write(text)
        self.out.flush()
