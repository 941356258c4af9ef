"""How much processor time processes have used, read from /proc."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")
PARENT, USER, SYSTEM = 1, 11, 12
"""Places in /proc/<pid>/stat, counted from the state, which stands behind the name in brackets."""


def spent(process: int) -> float:
    """Seconds of processor time that a process and its descendants have used so far."""
    fields = dict(_all())
    wanted: set[int] = set()
    found = {process}
    while found:
        wanted |= found
        found = {pid for pid, each in fields.items() if int(each[PARENT]) in found} - wanted
    return sum(_seconds(fields[pid]) for pid in wanted if pid in fields)


def _all() -> Iterable[tuple[int, list[str]]]:
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                yield int(folder.name), (folder / "stat").read_text().rpartition(")")[2].split()


def _seconds(fields: list[str]) -> float:
    return (int(fields[USER]) + int(fields[SYSTEM])) / TICKS
