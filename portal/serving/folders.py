"""The folders in which the embedded servers live, and the lock that keeps two portals out of one another's."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO

from portal.serving import refusals

LONGEST_SOCKET_FOLDER = 80  # bytes; Unix allows 107 for the whole path, and each server adds a file name
ENOUGH_SPACE = 300 * 1024 * 1024
PRIVATE = 0o700
OURS = ("postgres", "postgres.log", "redis.log", "sockets", "outbox", "lock")


def prepare(folder: Path) -> None:
    """Make the folder, or say in a sentence why it cannot be used."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise refusals.explain(fault, str(folder)) or refusals.not_writable(str(folder)) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise refusals.not_writable(str(folder))
    if shutil.disk_usage(folder).free < ENOUGH_SPACE:
        raise refusals.disk_full(str(folder))


def sockets(folder: Path) -> Path:
    """Where the servers put their sockets: beside the data, or under the temporary folder if that is too deep."""
    beside = folder.resolve() / "sockets"
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
        return beside
    mark = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"lintel-{mark}"


def private(folder: Path, owner: tuple[int, int] | None = None) -> Path:
    """A folder that one system user can enter; refused where somebody else made it first."""
    folder.mkdir(mode=PRIVATE, exist_ok=True)
    expected = {os.geteuid(), owner[0] if owner else os.geteuid()}
    if folder.is_symlink() or folder.stat().st_uid not in expected:
        raise refusals.not_writable(str(folder))
    folder.chmod(PRIVATE)
    if owner:
        os.chown(folder, *owner)
    return folder


def lock(folder: Path) -> IO[str]:
    """Held for as long as the returned file is open, and let go by the system however this process ends."""
    held = (folder / "lock").open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        raise refusals.in_use(str(folder)) from None
    return held


def locked(folder: Path) -> bool:
    """Whether a portal runs here now."""
    if not (folder / "lock").exists():
        return False
    try:
        lock(folder).close()
    except refusals.CannotStartError:
        return True
    return False


def throw_away(folder: Path) -> bool:
    """Remove what the embedded servers keep here, and nothing that somebody else put beside it."""
    ours = [path for path in (*(folder / name for name in OURS), sockets(folder)) if path.exists()]
    for path in ours:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return bool(ours)
