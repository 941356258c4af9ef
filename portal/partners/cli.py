"""`portal agency`: the agencies that landlords can make agreements with, and the first of their people."""

from datetime import UTC, datetime
from uuid import UUID

import click
from sqlalchemy import select

from portal.cases.disclosures.words import RECIPIENTS
from portal.domain.agency_roles import AgencyRole
from portal.domain.sharing import RecipientKind
from portal.landlords.landlord_cli import Reached, opened
from portal.partners.agencies import service
from portal.partners.agencies.queries import agencies
from portal.partners.agencies.service import KINDS, AgencyKnownError, NoSuchAgencyError
from portal.partners.members import service as members
from portal.partners.members.queries import agency_of
from portal.people.cli import new_password
from portal.people.models import Account, Membership
from portal.people.staff import add_staff
from portal.store.audit import PORTAL
from portal.store.database import Database
from portal.store.scope import AccountScope, AgencyScope, PlatformScope, PublicScope

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


@agency.command("person")
@NAME
@click.argument("email")
@click.option("--name", "full_name", required=True, help="The name that others see, for a new account.")
@click.option(
    "--role",
    "roles",
    type=click.Choice([each.value for each in AgencyRole]),
    multiple=True,
    required=True,
    help="What they may do; can be given several times.",
)
@click.pass_obj
def person(reached: Reached, name: str, email: str, full_name: str, roles: tuple[str, ...]) -> None:
    """Let EMAIL work for the agency NAME. Its first coordinator begins so, and then sees to the others.

    Asks for a password where there is no account with this address yet; on a pipe, it is the first line.
    """
    with opened(reached) as database:
        agency_id = _agency(database, name)
        account_id = _account(database, email)
        now = datetime.now(UTC)
        if account_id and _works_elsewhere(database, account_id, now):
            raise click.ClickException("They work for a landlord or an agency already: one person, one side.")
        account_id = account_id or add_staff(
            database, email=email, name=full_name, password=new_password(), roles={}, now=now
        )
        with database.work(AgencyScope(agency_id, account_id)) as session:
            members.begin(session, account_id, [AgencyRole(each) for each in roles], PORTAL, now)
    click.echo(f"{email} works for {name} as {', '.join(roles)}, and signs in at /desk/.")


def _agency(database: Database, name: str) -> UUID:
    with database.work(PublicScope()) as session:
        found = next((each.id for each in agencies(session) if each.active and each.name == name), None)
    if found is None:
        raise click.ClickException("There is no such agency. `portal agency list` shows them.")
    return found


def _account(database: Database, email: str) -> UUID | None:
    with database.work(PublicScope()) as session:
        return session.scalar(select(Account.id).where(Account.email == email.strip().lower()))


def _works_elsewhere(database: Database, account_id: UUID, now: datetime) -> bool:
    with database.work(AccountScope(account_id)) as session:
        roles = select(Membership.id).where(Membership.account_id == account_id, Membership.holds(now))
        return session.scalar(roles.limit(1)) is not None or agency_of(session, account_id) is not None


def _set(reached: Reached, name: str, *, there: bool) -> None:
    change = service.come_back if there else service.leave
    with opened(reached) as database, database.work(PlatformScope("an agency leaves or comes back")) as session:
        try:
            change(session, name)
        except NoSuchAgencyError:
            raise click.ClickException("There is no such agency. `portal agency list` shows them.") from None
