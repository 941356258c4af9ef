"""Each thing that can stand in the way of a start has a sentence that says what to do."""

import errno
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from click import Command
from sqlalchemy import make_url

from portal.serving import answering, folders, refusals
from portal.serving.answering import port_is_free, servers_answer, web_answers
from portal.serving.processes import environment
from portal.serving.refusals import CannotStartError
from portal.serving.web import web
from portal.serving.work import scheduler, worker
from portal.settings import Settings


def demo(**given: object) -> Settings:
    return Settings(portal_env="demo", **given)  # type: ignore[arg-type]


def test_a_port_that_is_taken_names_the_variable_and_another_port() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotStartError, match=f"PORTAL_PORT={port + 1}"):
            port_is_free(demo(portal_port=port))
    port_is_free(demo(portal_port=port))


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.7"])
def test_a_host_that_is_not_this_machine_is_named(host: str) -> None:
    with pytest.raises(CannotStartError, match=f"PORTAL_HOST={re.escape(host)} is not an address of this machine"):
        port_is_free(demo(portal_host=host))


def test_a_web_server_by_itself_shares_no_port_with_a_stranger(settings: Settings) -> None:
    """Its own workers share the port, and the system would let those of another portal in among them."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        busy = settings.model_copy(update={"portal_port": other.getsockname()[1]})
        done = subprocess.run(
            [sys.executable, "-m", "portal.cli", "web"],
            env=environment(busy),
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    assert done.returncode == 1
    assert "Something else already listens" in done.stderr


def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(CannotStartError) as refused:
        servers_answer(
            demo(database_url="postgresql://owner:canary@127.0.0.1:1/lintel", redis_url="redis://x")
        )
    assert "DATABASE_URL" in str(refused.value)
    assert "nothing listens there" in str(refused.value)
    assert "canary" not in str(refused.value)


@contextmanager
def answering_wrongly() -> Iterator[str]:
    """A place where something listens that speaks of other things."""

    def answer() -> None:
        with other.accept()[0] as caller:
            caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            caller.recv(1000)

    with socket.create_server(("127.0.0.1", 0)) as other:
        thread = Thread(target=answer, daemon=True)
        thread.start()
        yield f"127.0.0.1:{other.getsockname()[1]}"
        thread.join(5)


def test_something_else_where_a_database_or_redis_should_be_is_told_as_that(settings: Settings) -> None:
    for name, address, says in (
        ("database_url", "postgresql://a:b@{}/x", "no PostgreSQL"),
        ("redis_url", "redis://{}/0", "no Redis"),
    ):
        with answering_wrongly() as place, pytest.raises(CannotStartError, match=says):
            servers_answer(settings.model_copy(update={name: address.format(place)}))


def test_a_redis_that_is_silent_is_told_without_the_name_of_an_error(settings: Settings) -> None:
    with pytest.raises(CannotStartError) as refused:
        servers_answer(settings.model_copy(update={"redis_url": "redis://127.0.0.1:1/0"}))
    assert "Redis does not answer at the address in REDIS_URL (nothing listens there)" in str(refused.value)


def test_a_web_server_that_has_given_up_is_not_waited_for() -> None:
    with pytest.raises(CannotStartError, match="ended as it started"):
        web_answers(demo(portal_port=1), runs=lambda: False)


def test_a_web_server_that_is_still_starting_is_not_called_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "FIRST_PAGE", 0.0)
    with pytest.raises(CannotStartError, match="very busy"):
        web_answers(demo(portal_port=1), runs=lambda: True)


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "is full"), (errno.EACCES, "may not write"), (errno.EROFS, "may not write")],
)
def test_a_fault_of_the_machine_becomes_a_sentence(number: int, says: str) -> None:
    found = refusals.explain(OSError(number, "no"), "/some/folder")
    assert says in str(found)
    assert "PORTAL_DATA_DIR" in str(found)


def test_a_fault_of_our_own_is_not_explained_away() -> None:
    assert refusals.explain(OSError(errno.EPIPE, "no"), "/some/folder") is None


def test_a_full_disk_is_told_before_anything_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "ENOUGH_SPACE", 10**18)
    with pytest.raises(CannotStartError, match="is full"):
        folders.prepare(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStartError, match="PORTAL_DATA_DIR"):
        folders.prepare(tmp_path / "file" / "inside")


AT_NO_PORT = "postgresql://portal_app:canary@127.0.0.1:1/lintel"
AWAY = [
    ({"DATABASE_APP_URL": AT_NO_PORT}, "DATABASE_APP_URL (nothing lis"),
    ({"REDIS_URL": "redis://:canary@127.0.0.1:1/0"}, "Redis does not answer at the address in REDIS_URL"),
    ({"DATABASE_APP_URL": "nowhere"}, "Run `portal migrate` first"),
]


def given_to(settings: Settings, wrong: dict[str, str]) -> dict[str, str]:
    """The environment of a process that has the addresses of its own roles and never the owner's, one of them wrong."""
    known = {
        "PORTAL_ENV": "test",
        "DATABASE_APP_URL": settings.app_url,
        "DATABASE_RELAY_URL": settings.relay_url,
        "DATABASE_PLATFORM_URL": settings.platform_url,
        "REDIS_URL": settings.redis_url,
    }
    nowhere = make_url(settings.app_url).set(database="nowhere").render_as_string(hide_password=False)
    return known | {name: nowhere if value == "nowhere" else value for name, value in wrong.items()}


@pytest.mark.parametrize("command", [web, worker, scheduler], ids=["web", "worker", "scheduler"])
@pytest.mark.parametrize(("wrong", "says"), AWAY)
def test_each_process_looks_for_its_servers_before_it_begins(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, command: Command, wrong: dict[str, str], says: str
) -> None:
    for name, value in given_to(settings, wrong).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(CannotStartError) as refused:
        command.main([], standalone_mode=False)
    assert says in str(refused.value)
    assert "canary" not in str(refused.value)


STARTS = [
    *zip(["web", "worker", "scheduler"], AWAY, strict=True),
    ("landlord list", ({"DATABASE_URL": AT_NO_PORT, "DATABASE_APP_URL": AT_NO_PORT}, "DATABASE_URL (nothing lis")),
]


@pytest.mark.parametrize(("command", "away"), STARTS)
def test_a_command_whose_servers_are_away_says_in_a_sentence_what_to_do_and_ends(
    settings: Settings, command: str, away: tuple[dict[str, str], str]
) -> None:
    wrong, says = away
    asked = subprocess.run(
        [sys.executable, "-m", "portal.cli", *command.split()],
        env={"PATH": os.environ["PATH"], **given_to(settings, wrong)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert asked.returncode == 1
    assert says in asked.stderr
    assert len(asked.stderr.splitlines()) == 1
    assert "canary" not in asked.stderr + asked.stdout
