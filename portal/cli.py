"""`portal ...`: the one command line."""

import os
import sys
from pathlib import Path

import click

from portal.bench.cli import bench
from portal.demo import fill
from portal.demo.cli import accounts
from portal.landlords.cli import policy
from portal.landlords.clock_cli import clock
from portal.landlords.landlord_cli import landlord
from portal.landlords.ledger_cli import clauses
from portal.people.cli import staff
from portal.reactions import programme
from portal.serving import folders, logs, refusals, start
from portal.serving.embedded import reached, running
from portal.serving.processes import environment
from portal.serving.progress import Progress
from portal.serving.refusals import CannotStartError
from portal.serving.web import serve
from portal.settings import Settings, SettingsError, read_settings
from portal.store.cli import audit, keys
from portal.work.runner import run_worker
from portal.work.schedule import run_scheduler

WRONG = 1


@click.group()
@click.pass_context
def portal(context: click.Context) -> None:
    """Lintel, the portal with which social landlords run domestic abuse casework.

    `portal run` starts everything. What it reads from the environment, and what it refuses to start without, is
    written in docs/running.md.
    """
    logs.configure(as_json=os.environ.get("PORTAL_ENV", "production") == "production")
    context.obj = lambda: reached(read_settings())  # commands that need the database ask for it when they run


@portal.command()
def run() -> None:
    """Start everything: servers, web, workers, scheduler.

    PostgreSQL and Redis are brought along unless DATABASE_URL and REDIS_URL name your own. With PORTAL_ENV=demo
    the database is filled with invented people. Ctrl-C stops all that was started and keeps the data.
    """
    settings = read_settings()
    start.run(settings, Progress(), fill)


@portal.command()
def web() -> None:
    """Serve the pages, and nothing else. `portal run` starts this by itself."""
    settings = running(read_settings())
    os.environ.update(environment(settings))  # its own worker processes read it from there
    serve(settings)


@portal.command()
def worker() -> None:
    """Do the jobs that wait, and nothing else. `portal run` starts two of these by itself.

    As many as you like can run, on as many machines.
    """
    settings = running(read_settings())
    run_worker(settings, programme(settings))


@portal.command()
def scheduler() -> None:
    """Ring for jobs that are due, and nothing else. `portal run` starts this by itself.

    It passes on what has happened to the workers, and starts reminders and rounds when it is time. A second one
    does no harm and takes over when the first falls silent.
    """
    settings = running(read_settings())
    run_scheduler(settings, programme(settings))


@portal.command()
def migrate() -> None:
    """Bring the database's tables and roles up to date, and load the landlords' folders.

    Needs DATABASE_URL of a role that may create roles. Safe to run again.
    """
    with reached(read_settings()) as settings:
        start.prepare(settings, Progress(), fill)


@portal.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(*, yes: bool) -> None:
    """Throw away the embedded servers' data, to begin anew.

    Refuses in production, while a portal is running, and where DATABASE_URL names a server of your own.
    """
    settings = read_settings()
    _may_be_thrown_away(settings)
    if not yes and sys.stdin.isatty():
        click.confirm(f"Throw away the database in {settings.data_dir}?", abort=True)
    gone = folders.throw_away(settings.data_dir)
    click.echo("Thrown away. The next start begins anew." if gone else "There was nothing to throw away.")


def _may_be_thrown_away(settings: Settings) -> None:
    if settings.portal_env == "production":
        raise CannotStartError(
            "In production nothing is thrown away. For a demonstration write PORTAL_ENV=demo."
        )
    if settings.database_url:
        raise CannotStartError("DATABASE_URL names a server of your own; empty that one yourself.")
    if folders.locked(settings.data_dir):
        raise refusals.in_use(str(settings.data_dir))


for command in (accounts, audit, bench, clauses, clock, keys, policy, landlord, staff):
    portal.add_command(command)


def main() -> None:
    """Refusals are told in a sentence; anything else is a fault of ours and keeps its trace."""
    try:
        portal()
    except (CannotStartError, SettingsError) as refusal:
        _tell(refusal)
    except OSError as fault:
        sentence = refusals.explain(fault, str(Path.cwd()))
        if sentence is None:
            raise
        _tell(sentence)


def _tell(refusal: Exception) -> None:
    for line in str(refusal).splitlines():
        click.echo(f" ! {line}", err=True)
    sys.exit(WRONG)


if __name__ == "__main__":
    main()
