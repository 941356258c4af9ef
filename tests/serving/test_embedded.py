"""The servers that the portal brings along: quick, private, kept apart, and never left behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from redis import Redis

from portal.serving import folders
from portal.serving.embedded import EmbeddedServers
from portal.serving.refusals import CannotStartError

ROOT = Path(__file__).resolve().parents[2]
HOLDS_SERVERS = """
import sys, time
from pathlib import Path
from portal.serving.embedded import EmbeddedServers
with EmbeddedServers(Path(sys.argv[1])) as servers:
    print(*[child.pid for child in servers.children], flush=True)
    time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Its path is short enough for a socket, which pytest's own is not always."""
    found = Path(tempfile.mkdtemp(prefix="lintel-"))
    yield found
    shutil.rmtree(found, ignore_errors=True)


def descendants(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def ports_of(process: psutil.Process) -> list[object]:
    """None of one that has ended meanwhile, as PostgreSQL's does that served a connection."""
    try:
        return list(process.net_connections(kind="inet"))
    except psutil.NoSuchProcess:
        return []


def test_both_answer_on_sockets_that_nobody_else_can_enter_and_on_no_port(folder: Path) -> None:
    with EmbeddedServers(folder) as servers:
        with psycopg.connect(servers.database_url()) as connection:
            version = connection.execute("SHOW server_version").fetchone()
        assert version
        assert version[0].startswith("18.")
        with Redis.from_url(servers.redis_url(3)) as redis:
            assert redis.ping()
        listening = [
            place
            for child in servers.children
            for process in descendants(child.pid or 0)
            for place in ports_of(process)
        ]
        assert listening == []
        assert folders.sockets(folder).stat().st_mode & 0o077 == 0


def test_a_second_start_is_quick_and_keeps_the_data(folder: Path) -> None:
    with (
        EmbeddedServers(folder) as servers,
        psycopg.connect(servers.database_url(), autocommit=True) as first,
    ):
        first.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    began = time.monotonic()
    with EmbeddedServers(folder) as servers:
        assert time.monotonic() - began < 5
        with psycopg.connect(servers.database_url()) as connection:
            assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_stopping_leaves_no_process(folder: Path) -> None:
    with EmbeddedServers(folder) as servers:
        processes = [each for child in servers.children for each in descendants(child.pid or 0)]
        assert len(processes) > 2
    psutil.wait_procs(processes, timeout=5)
    assert not [each for each in processes if each.is_running()]


def test_a_second_portal_in_the_same_folder_is_refused_with_what_to_do(folder: Path) -> None:
    with EmbeddedServers(folder), pytest.raises(CannotStartError, match="PORTAL_DATA_DIR"):
        EmbeddedServers(folder).__enter__()


@pytest.mark.skipif(not shutil.which("setpriv"), reason="only Linux has a leash for processes")
def test_no_server_outlives_a_portal_that_is_killed(folder: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS_SERVERS, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert holder.stdout
    with holder.stdout as said:
        pids = [int(each) for each in said.readline().split()]
    servers = [each for pid in pids for each in descendants(pid)]
    assert len(servers) > 2
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    gone, left = psutil.wait_procs(servers, timeout=20)
    assert left == []
    assert gone
    with EmbeddedServers(folder) as again:
        psycopg.connect(again.database_url()).close()


def test_a_failing_statement_leaves_nothing_of_its_content_in_the_log(folder: Path) -> None:
    with (
        EmbeddedServers(folder) as servers,
        psycopg.connect(servers.database_url(), autocommit=True) as connection,
    ):
        connection.execute("CREATE TABLE held (name text UNIQUE)")
        connection.execute("INSERT INTO held VALUES (%s)", ["canary"])
        for statement in (
            "INSERT INTO held VALUES ('canary')",
            "SELECT nothing FROM held WHERE name = 'canary'",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
    said = (folder / "postgres.log").read_text()
    assert "ERROR" in said
    assert "canary" not in said


def test_a_folder_too_deep_for_a_socket_still_works(folder: Path) -> None:
    deep = folder / ("deep" * 12) / ("deeper" * 10)
    with EmbeddedServers(deep, redis=False) as servers:
        psycopg.connect(servers.database_url()).close()
        beside = folders.sockets(deep)
    assert beside.parent == Path(tempfile.gettempdir())
    folders.throw_away(deep)
    assert not beside.exists()


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root has folders closed to the user that PostgreSQL runs as"
)
def test_as_root_a_folder_closed_to_all_others_stays_closed(folder: Path) -> None:
    folder.chmod(0o700)
    inside = folder / "var"
    with EmbeddedServers(inside, redis=False) as servers:
        psycopg.connect(servers.database_url()).close()
        assert servers.children[0].pid
        assert psutil.Process(servers.children[0].pid).uids().effective != 0
    assert folder.stat().st_mode & 0o777 == 0o700


def test_throwing_away_spares_what_is_not_ours(folder: Path) -> None:
    (folder / "letter.txt").write_text("keep me")
    with EmbeddedServers(folder, redis=False):
        pass
    assert folders.throw_away(folder)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]
