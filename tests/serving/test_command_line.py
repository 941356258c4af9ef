"""The one command line, as somebody meets it who has never seen it."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner
from psycopg.errors import DiskFull
from sqlalchemy.exc import OperationalError

from portal import cli
from portal.cli import portal

WIDEST = 80


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        yield (*path, name)
        if isinstance(found, click.Group):
            yield from _commands(found, (*path, name))


def test_each_command_explains_itself_in_whole_lines() -> None:
    """What it does, then what it takes; no mark of the library, and nothing wider than a screen."""
    for path in ((), *_commands(portal)):
        said = CliRunner().invoke(portal, [*path, "--help"], terminal_width=WIDEST).output
        about = said.split("\n\n")[1].strip()
        assert about, path
        assert not about.startswith(("Options:", "Commands:")), f"{path} does not say what it does"
        assert "\\b" not in said, path
        assert "..." not in said.partition("Commands:")[2], f"{path} breaks off"
        assert max(map(len, said.splitlines())) <= WIDEST, path


@pytest.mark.parametrize(
    ("url", "says"), [("", "PORTAL_DATA_DIR"), ("postgresql://owner:canary@127.0.0.1/lintel", "DATABASE_URL")]
)
def test_a_disk_that_fills_up_while_it_works_is_called_full_and_not_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, says: str
) -> None:
    def works() -> None:
        raise OperationalError("insert", {}, DiskFull("could not extend file"))

    monkeypatch.setenv("PORTAL_ENV", "test")
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(cli, "portal", works)
    with pytest.raises(SystemExit):
        cli.main()
    told = capsys.readouterr().err
    assert "is full" in told
    assert says in told
    assert "does not answer" not in told
    assert "canary" not in told
