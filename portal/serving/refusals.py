"""Why the portal cannot start or go on, in a sentence that says what to do."""

import errno

from portal.domain.errors import PortalError


class CannotStartError(PortalError):
    """Its text is shown as it is, to whoever started the portal."""


def port_taken(host: str, port: int) -> CannotStartError:
    return CannotStartError(
        f"Something else already listens on {host}, port {port}. Stop it, or choose another port: "
        f"PORTAL_PORT={port + 1}."
    )


def not_this_machine(host: str) -> CannotStartError:
    return CannotStartError(
        f"PORTAL_HOST={host} is not an address of this machine. Write one that is, or leave it out: the portal then "
        "listens on 127.0.0.1."
    )


def in_use(folder: str) -> CannotStartError:
    return CannotStartError(
        f"A portal is already running with its data in {folder}. Stop that one first (Ctrl-C where it runs), "
        "or give this one a folder of its own: PORTAL_DATA_DIR=/another/folder."
    )


def not_writable(folder: str) -> CannotStartError:
    return CannotStartError(
        f"The portal may not write to {folder}. Give this user the right to, "
        "or choose another folder: PORTAL_DATA_DIR=/another/folder."
    )


def disk_full(folder: str) -> CannotStartError:
    return CannotStartError(
        f"The disk that holds {folder} is full. Free some space (half a gigabyte is enough to begin with), "
        "or choose a folder on another disk: PORTAL_DATA_DIR=/another/folder."
    )


def database_full() -> CannotStartError:
    """For a server of the user's own, which keeps its data on a disk that we know nothing of."""
    return CannotStartError(
        "The disk of the database at the address in DATABASE_URL is full. Free some space there and start again; "
        "nothing is lost."
    )


def no_answer(what: str, variable: str, reason: str) -> CannotStartError:
    """For a server of the user's own; the address is not repeated, because it can hold a password."""
    return CannotStartError(
        f"{what} does not answer at the address in {variable} ({reason}). Check that it runs and that the address "
        f"is right, or leave {variable} unset: the portal then brings its own."
    )


def too_slow(seconds: float) -> CannotStartError:
    """For our own web server that is still starting."""
    return CannotStartError(
        f"The web server was still starting after {seconds / 60:.0f} minutes: this machine is very busy. See what else "
        "runs on it, stop what can wait, and start again; nothing is lost."
    )


def not_prepared(variable: str, reason: str) -> CannotStartError:
    """For a role that web, workers or scheduler connect as; its password comes from the master key."""
    return CannotStartError(
        f"The database at the address in {variable} does not let this process in ({reason}). Run `portal migrate` "
        "first, with the same PORTAL_MASTER_KEY: it makes the roles, and their passwords come from that key."
    )


def not_up_to_date() -> CannotStartError:
    return CannotStartError(
        "The tables of this database are not those of this release. Run `portal migrate` first, then start the others."
    )


def explain(fault: OSError, folder: str) -> CannotStartError | None:
    """The sentence for a fault of the machine; None for a fault that is the portal's own."""
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return disk_full(folder)
    if fault.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return not_writable(str(fault.filename or folder))
    return None
