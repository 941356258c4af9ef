"""`portal ...`: the one command line. Each command is loaded when it is asked for; none waits for the others."""

import os
import sys
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path

import click
import psycopg
from psycopg.errors import DiskFull, UndefinedColumn, UndefinedTable
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal.serving import logs, refusals
from portal.serving.answering import database_reason
from portal.serving.embedded import reached
from portal.serving.refusals import CannotStartError
from portal.settings import Settings, SettingsError, read_settings

WRONG = 1
LONGEST = 300  # letters of a sentence in a list of commands; none is as long
COMMANDS = {
    "accounts": "portal.demo.cli",
    "agency": "portal.partners.cli",
    "audit": "portal.store.cli",
    "backup": "portal.serving.backup.cli",
    "bench": "portal.bench.cli",
    "clauses": "portal.landlords.ledger_cli",
    "clock": "portal.landlords.clock_cli",
    "helplines": "portal.landlords.helplines_cli",
    "keys": "portal.store.cli",
    "landlord": "portal.landlords.landlord_cli",
    "marac": "portal.marac.cli",
    "migrate": "portal.serving.commands",
    "organisation": "portal.people.organisation_cli",
    "operator": "portal.operators.cli",
    "options": "portal.landlords.options_cli",
    "policy": "portal.landlords.cli",
    "postcodes": "portal.homes.places.cli",
    "reset": "portal.serving.commands",
    "run": "portal.serving.commands",
    "scheduler": "portal.serving.work",
    "staff": "portal.people.cli",
    "web": "portal.serving.web",
    "worker": "portal.serving.work",
}
"""In which module each command stands, under its own name."""


class Whole(click.Group):
    """A group whose help says of each command its whole first sentence, and does not break off."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        named = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.get_short_help_str(LONGEST)) for name, each in named if each])


class OnDemand(Whole):
    """A group that knows the names of its commands and imports one when it is called or described."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002, named by click
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002, named by click
        where = COMMANDS.get(cmd_name)
        found: click.Command | None = getattr(import_module(where), cmd_name) if where else None
        if not isinstance(found, click.Group):
            return found
        return Whole(found.name, found.commands, help=found.help, callback=found.callback, params=found.params)


@click.group(cls=OnDemand)
@click.pass_context
def portal(context: click.Context) -> None:
    """Lintel, the portal with which social landlords run domestic abuse casework.

    `portal run` starts everything. What it reads from the environment, and what it refuses to start without, is
    written in docs/running.md.
    """
    logs.configure(as_json=os.environ.get("PORTAL_ENV", "production") == "production")
    context.obj = _database_asked_for  # by commands that need it, when they run


def _database_asked_for() -> AbstractContextManager[Settings]:
    """A command loads its own tables alone; what it writes can point to others, so all have to be known by then."""
    import_module("portal.every_table")
    return reached(read_settings())


def main() -> None:
    """Refusals are told in a sentence; anything else is a fault of ours and keeps its trace."""
    try:
        portal()
    except (CannotStartError, SettingsError) as refusal:
        _tell(refusal)
    except (OperationalError, psycopg.OperationalError) as fault:
        _tell(_of_the_database(fault.orig if isinstance(fault, OperationalError) else fault))
    except (ProgrammingError, UndefinedTable, UndefinedColumn) as fault:
        cause = fault.orig if isinstance(fault, ProgrammingError) else fault
        if not isinstance(cause, (UndefinedTable, UndefinedColumn)):
            raise
        _tell(refusals.not_up_to_date())
    except OSError as fault:
        sentence = refusals.explain(fault, str(Path.cwd()))
        if sentence is None:
            raise
        _tell(sentence)


def _of_the_database(cause: BaseException | None) -> CannotStartError:
    """A disk that fills up while it works is no database that is away."""
    if not isinstance(cause, DiskFull):
        return refusals.no_answer("The database", "DATABASE_URL", database_reason(cause))
    settings = read_settings()
    return refusals.database_full() if settings.database_url else refusals.disk_full(str(settings.data_dir))


def _tell(refusal: Exception) -> None:
    for line in str(refusal).splitlines():
        click.echo(f" ! {line}", err=True)
    sys.exit(WRONG)


if __name__ == "__main__":
    main()
