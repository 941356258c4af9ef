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


ADD = """Make the landlord that FOLDER describes usable, or bring it up to date. No code is needed.

\b
FOLDER can lie anywhere. Its name is the landlord's name in addresses
(small letters, digits, hyphens). In it:
  landlord.toml    name, colours, contact points, office hours, and
                   what it sets for itself
  directory.toml   local services, each with the day on which somebody
                   last checked it
  policy.toml      the policy, value by value with its clause;
                   not_stated = true where it is silent
  clauses.toml     its clauses, each in a sentence

The quickest way: copy a folder of landlords/ that is like yours, change it, and run `portal policy check FOLDER`
until it has nothing to refuse. A member of a group holds no policy.toml and names the group. What landlords share
(national lines, the catalogue of law, instruments of risk) comes along with the portal; landlords/README.md
explains each file.

\b
Example:
  cp -r landlords/havebury /srv/landlords/meadow
  then set slug and policy to "meadow", and name to "Meadow Homes"
  portal policy check /srv/landlords/meadow
  portal landlord add /srv/landlords/meadow
  portal staff add meadow ann@meadow.example --name "Ann" --role manager

Run again after a change: a policy that has changed becomes a new version, and cases keep the version that they were
opened under. Nothing is changed while the folder has a fault.
"""


@click.group()
def landlord() -> None:
    """The landlords on this portal."""


@landlord.command("add", help=ADD, short_help="Make the landlord that FOLDER describes usable.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def add(reached: Reached, folder: Path) -> None:
    """Make the landlord that FOLDER describes usable, or bring it up to date. No code is needed."""
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
