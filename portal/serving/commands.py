"""The commands that start everything, prepare the database, and throw a demonstration away."""

import sys

import click

from portal.demo import fill
from portal.serving import folders, refusals, start
from portal.serving.embedded import reached
from portal.serving.progress import Progress
from portal.serving.refusals import CannotStartError
from portal.settings import Settings, read_settings


@click.command()
def run() -> None:
    """Start everything: servers, web, workers, scheduler.

    PostgreSQL and Redis are brought along unless DATABASE_URL and REDIS_URL name your own. With PORTAL_ENV=demo
    the database is filled with invented people. Prints where to open it; PORTAL_PORT chooses another port than 8000.
    Ctrl-C stops all that was started and keeps the data.
    """
    settings = read_settings()
    start.run(settings, Progress(), fill)


@click.command()
def migrate() -> None:
    """Bring the database's tables and roles up to date, and load the landlords' folders.

    Needs DATABASE_URL of a role that may create roles. Safe to run again.
    """
    with reached(read_settings()) as settings:
        start.prepare(settings, Progress(), fill)


@click.command()
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
