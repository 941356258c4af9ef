"""A command on a leash: it ends when the process that started it ends, however that one ended."""

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from signal import SIGTERM, Signals

from portal.serving.refusals import CannotStartError

EVERYBODY_MAY_READ_AND_ENTER = 0o005


def leashed(command: Sequence[str], ends_with: Signals = SIGTERM) -> list[str]:
    """Where the system has no leash (only Linux does), the supervisor's own stopping has to do."""
    setpriv = shutil.which("setpriv")
    return [setpriv, _on_death(ends_with), "--", *command] if setpriv else list(command)


def leashed_as_nobody(command: Sequence[str], ends_with: Signals, reads: Iterable[Path]) -> list[str]:
    """For PostgreSQL, which refuses to run as root.

    A root's folder is often closed to everybody else. Rather than open it, the process keeps one single
    capability of root's, to pass closed doors, and only where there are some on the way to what it reads.
    """
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise CannotStartError(
            "PostgreSQL refuses to run as root. Run the portal as another user, or install util-linux."
        )
    capabilities = "-all,+dac_override" if any(closed(path) for path in reads) else "-all"
    return [
        setpriv,
        "--reuid=nobody",
        "--regid=nogroup",
        "--clear-groups",
        f"--inh-caps={capabilities}",
        f"--ambient-caps={capabilities}",
        f"--bounding-set={capabilities}",
        "--securebits=+no_setuid_fixup",  # or access(2) would forget the capability
        _on_death(ends_with),
        "--",
        *command,
    ]


def closed(path: Path) -> bool:
    """Whether somebody who owns nothing here could not read this."""
    return any(_mode(each) & 1 == 0 for each in path.parents) or (
        _mode(path) & EVERYBODY_MAY_READ_AND_ENTER != EVERYBODY_MAY_READ_AND_ENTER
    )


def is_root() -> bool:
    return os.geteuid() == 0


def _mode(path: Path) -> int:
    return path.stat().st_mode


def _on_death(ends_with: Signals) -> str:
    return f"--pdeathsig={ends_with.name.removeprefix('SIG')}"
