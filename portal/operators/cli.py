"""`portal operator`: who may make and suspend landlords on this portal."""

from datetime import UTC, datetime

import click
from sqlalchemy import select

from portal.landlords.landlord_cli import Reached, opened
from portal.operators.models import PlatformOperator
from portal.people.cli import known, new_password
from portal.people.models import Account, Membership
from portal.people.staff import add_staff
from portal.store.database import Database
from portal.store.scope import AccountScope, PlatformScope, PublicScope

EMAIL = click.argument("email")


@click.group()
def operator() -> None:
    """Who runs this portal: they make and suspend landlords, and can read no case."""


@operator.command("add")
@EMAIL
@click.option("--name", required=True, help="The name that landlords see when support asks to be let in.")
@click.pass_obj
def add(reached: Reached, email: str, name: str) -> None:
    """Let EMAIL make and suspend landlords. Somebody who works for a landlord cannot: use an address of its own.

    Asks for a password where there is no account with this address yet; on a pipe, it is the first line.
    """
    now = datetime.now(UTC)
    with opened(reached) as database:
        with database.work(PublicScope()) as session:
            there = session.scalar(select(Account.id).where(Account.email == email.strip().lower()))
        account_id = there or add_staff(
            database, email=email, name=name, password=new_password(), roles={}, now=now
        )
        with database.work(AccountScope(account_id)) as session:
            if session.scalar(select(Membership.id).where(Membership.holds(now))):
                raise click.ClickException(
                    "They work for a landlord. Whoever runs the portal works for none."
                )
        make_operator(database, account_id, now)
    click.echo(f"{email} runs this portal, and finds the landlords at /desk/platform.")


@operator.command("end")
@EMAIL
@click.pass_obj
def end(reached: Reached, email: str) -> None:
    """EMAIL no longer makes or suspends landlords, from the next page on."""
    with opened(reached) as database:
        account_id = known(database, email)
        with database.work(PlatformScope("an operator leaves")) as session:
            row = session.get(PlatformOperator, account_id)
            if row is None:
                raise click.ClickException("They do not run this portal.")
            row.ended_at = datetime.now(UTC)
    click.echo(f"{email} no longer runs this portal.")


@operator.command("list")
@click.pass_obj
def list_(reached: Reached) -> None:
    """List who runs this portal."""
    rows = (
        select(Account.name, Account.email)
        .join(PlatformOperator, PlatformOperator.account_id == Account.id)
        .where(PlatformOperator.ended_at.is_(None))
        .order_by(Account.name)
    )
    with opened(reached) as database, database.work(PublicScope()) as session:
        for row in session.execute(rows):
            click.echo(f"{row.name:28} {row.email}")


def make_operator(database: Database, account_id: object, now: datetime) -> None:
    """Write it down, or that they are one again."""
    with database.work(PlatformScope("an operator")) as session:
        row = session.get(PlatformOperator, account_id)
        if row is None:
            session.add(PlatformOperator(account_id=account_id, made_at=now))
        else:
            row.ended_at = None
