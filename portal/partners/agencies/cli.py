"""`portal agency`: the agencies that landlords can make agreements with."""

from datetime import UTC, datetime

import click

from portal.cases.disclosures.words import RECIPIENTS
from portal.domain.sharing import RecipientKind
from portal.landlords.landlord_cli import Reached, opened
from portal.partners.agencies import service
from portal.partners.agencies.queries import agencies
from portal.partners.agencies.service import KINDS, AgencyKnownError, NoSuchAgencyError
from portal.store.scope import PlatformScope, PublicScope

NAME = click.argument("name")


@click.group()
def agency() -> None:
    """Partner agencies: each is on the portal once, whichever landlords it works with."""


@agency.command("add")
@NAME
@click.option(
    "--kind", type=click.Choice(sorted(each.value for each in KINDS)), required=True, help="What kind of body it is."
)
@click.pass_obj
def add(reached: Reached, name: str, kind: str) -> None:
    """Put the agency NAME on the portal. Every landlord can make an agreement with it, and none is told who has."""
    with opened(reached) as database, database.work(PlatformScope("add an agency")) as session:
        try:
            service.add(session, name, RecipientKind(kind), datetime.now(UTC))
        except AgencyKnownError:
            raise click.ClickException("There is an agency of this name.") from None
    click.echo(f"{name} is on the portal ({RECIPIENTS[RecipientKind(kind)]}).")


@agency.command("end")
@NAME
@click.pass_obj
def end(reached: Reached, name: str) -> None:
    """Take the agency NAME from the portal, at once: none of its people gets in, and nothing new is agreed with it."""
    _set(reached, name, there=False)
    click.echo(f"{name} has left the portal.")


@agency.command("resume")
@NAME
@click.pass_obj
def resume(reached: Reached, name: str) -> None:
    """Let the agency NAME come back: its people get in as before."""
    _set(reached, name, there=True)
    click.echo(f"{name} is on the portal again.")


@agency.command("list")
@click.pass_obj
def list_(reached: Reached) -> None:
    """List the agencies by name."""
    with opened(reached) as database, database.work(PublicScope()) as session:
        for each in agencies(session):
            click.echo(f"{each.name:40} {RECIPIENTS[each.kind]}{'' if each.active else ' (has left)'}")


def _set(reached: Reached, name: str, *, there: bool) -> None:
    change = service.come_back if there else service.leave
    with opened(reached) as database, database.work(PlatformScope("an agency leaves or comes back")) as session:
        try:
            change(session, name)
        except NoSuchAgencyError:
            raise click.ClickException("There is no such agency. `portal agency list` shows them.") from None
