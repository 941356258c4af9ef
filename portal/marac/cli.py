"""`portal marac`: the areas, each coordinated by an agency of the kind "marac"."""

from datetime import UTC, datetime

import click
from sqlalchemy import select

from portal.landlords.landlord_cli import Reached, opened
from portal.marac.areas import service
from portal.marac.areas.queries import areas
from portal.marac.areas.service import AreaRefusedError, Terms
from portal.partners.agencies.models import Agency
from portal.store.audit import PORTAL
from portal.store.scope import NOBODY, AgencyScope, PublicScope


@click.group()
def marac() -> None:
    """MARAC areas: each is on the portal once, whichever landlords and agencies refer there."""


@marac.command("add")
@click.argument("name")
@click.option("--agency", required=True, help="Who coordinates it: an agency of the kind “marac”.")
@click.option("--rhythm", required=True, help="How often it meets, in words.")
@click.option("--deadline-days", type=click.IntRange(0, service.MOST_DAYS), required=True,
              help="How many days before a meeting referrals close.")  # fmt: skip
@click.option("--secure-address", required=True, help="Where papers may be sent safely.")
@click.option("--contact", required=True, help="Whom to ring.")
@click.pass_obj
def add(
    reached: Reached, name: str, agency: str, rhythm: str, deadline_days: int, secure_address: str, contact: str
) -> None:
    """Put the area NAME on the portal. Its coordinator then sees to meetings, seats and numbers."""
    with opened(reached) as database:
        with database.work(PublicScope()) as session:
            agency_id = session.scalar(select(Agency.id).where(Agency.name == agency, Agency.active))
        if agency_id is None:
            raise click.ClickException("There is no such agency. `portal agency list` shows them.")
        terms = Terms(rhythm, deadline_days, secure_address, contact)
        try:
            with database.work(AgencyScope(agency_id, NOBODY)) as session:
                service.add(session, name, terms, PORTAL, datetime.now(UTC))
        except AreaRefusedError as refused:
            raise click.ClickException(str(refused)) from None
    click.echo(f"{name} is on the portal, coordinated by {agency}.")


@marac.command("list")
@click.pass_obj
def list_(reached: Reached) -> None:
    """List the areas by name."""
    with opened(reached) as database, database.work(PublicScope()) as session:
        for each in areas(session):
            click.echo(f"{each.name:40} {each.agency}, {each.rhythm}")
