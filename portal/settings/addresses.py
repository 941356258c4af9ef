"""Where the databases and Redis are, for each of the portal's roles."""

import hashlib
import tempfile
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

LONGEST_SOCKET_FOLDER = 80  # Unix allows 107 bytes for the whole path, and the servers add a file name
DATABASE = "lintel"
OWNER = "portal_owner"


def socket_folder(data_dir: Path) -> Path:
    """Where the embedded servers put their sockets: beside the data, or under the temporary folder if too deep."""
    beside = data_dir / "sockets"
    if len(bytes(beside)) <= LONGEST_SOCKET_FOLDER:
        return beside
    mark = hashlib.sha256(bytes(data_dir)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"lintel-{mark}"


def embedded_database(data_dir: Path) -> str:
    """The owner's address of the embedded server, which can only be reached through its socket."""
    return f"postgresql+psycopg://{OWNER}@/{DATABASE}?host={quote(str(socket_folder(data_dir)), safe='')}"


def embedded_redis(data_dir: Path) -> str:
    return f"unix://{quote(str(socket_folder(data_dir)))}/redis.sock"


def for_limits(redis_url: str) -> str:
    """The same Redis as the rate limiter wants to hear it."""
    return f"redis+{redis_url}" if redis_url.startswith("unix://") else redis_url


def with_driver(url: str) -> str:
    """A PostgreSQL address as people write it, with the driver that the portal uses."""
    _, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}"


def with_role(url: str, role: str, password: str) -> str:
    """The same database, entered as another role."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    # urlunsplit would write an address without a host as `scheme:/path`, which SQLAlchemy does not read
    return urlunsplit(parts._replace(netloc=f"{role}:{quote(password, safe='')}@{place}"))
