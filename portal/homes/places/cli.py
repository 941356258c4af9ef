"""`portal postcodes`: load where postcodes lie, so that distances are measured here and asked of nobody."""

import sys
from pathlib import Path

import click

from portal.homes.places.loading import NotPostcodesError, load
from portal.landlords.landlord_cli import Reached, opened
from portal.store.scope import PlatformScope


@click.group()
def postcodes() -> None:
    """Where postcodes lie."""


@postcodes.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def load_file(reached: Reached, file: Path) -> None:
    """Load a CSV file: the ONS Postcode Directory, Code-Point Open, or columns postcode, eastings, northings."""
    with opened(reached) as database, database.work(PlatformScope("postcodes")) as session:
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                taken = load(session, lines)
        except NotPostcodesError as wrong:
            click.echo(str(wrong), err=True)
            sys.exit(1)
    click.echo(f"{taken} postcodes are known.")
