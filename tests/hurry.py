"""What a portal for people must take its time over, and a test need not: passwords, and outliving a power cut."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from argon2 import PasswordHasher

from portal.people import passwords
from portal.serving import postgres
from portal.serving.embedded import EmbeddedServers

LOST_WITH_THE_POWER = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@contextmanager
def hurried_servers(folder: Path) -> Iterator[EmbeddedServers]:
    """A PostgreSQL and a Redis whose data nobody needs once the tests are over."""
    with ExitStack() as stack:
        with patch.dict(postgres.TUNING, LOST_WITH_THE_POWER):
            servers = stack.enter_context(EmbeddedServers(folder))
        yield servers
