"""`portal landlord`: make a landlord usable from its folder, and list those that there are."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select

from portal.landlords.linter import warnings
from portal.landlords.onboarding import add_landlord
from portal.landlords.packs import PackFaults, read_pack
from portal.settings import Settings
from portal.store.database import Database
from portal.store.scope import PublicScope
from portal.store.tenancy import Landlord

Reached = Callable[[], AbstractContextManager[Settings]]


@click.group()
def landlord() -> None:
    """The landlords on this portal."""


@landlord.command("add")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def add(reached: Reached, folder: Path) -> None:
    """Make the landlord that FOLDER describes usable, or bring it up to date.

    FOLDER holds landlord.toml, directory.toml and the policy, as the folders in landlords/ do. A policy that
    has changed becomes a new version; cases keep the version that they were opened under. Nothing is changed
    when the folder has a fault.
    """
    try:
        pack = read_pack(folder)
    except PackFaults as faults:
        raise click.ClickException(str(faults)) from None
    now = datetime.now(UTC)
    with opened(reached) as database:
        add_landlord(database, pack, now)
    found = warnings(pack, now.date())
    click.echo(f"{pack.landlord.name} is ready at /{pack.landlord.slug}/.")
    if found:
        click.echo(f"{len(found)} things in its policy to look at: portal policy check {folder}")


@landlord.command("list")
@click.pass_obj
def list_(reached: Reached) -> None:
    """List the landlords by the name in their address."""
    rows = select(Landlord.slug, Landlord.name, Landlord.active).order_by(Landlord.slug)
    with opened(reached) as database, database.work(PublicScope()) as session:
        for row in session.execute(rows):
            click.echo(f"{row.slug:20} {row.name}{'' if row.active else ' (suspended)'}")


@contextmanager
def opened(reached: Reached) -> Iterator[Database]:
    """The database, with the embedded servers answering where it has no address of its own."""
    with reached() as settings:
        database = Database(settings)
        try:
            yield database
        finally:
            database.dispose()
