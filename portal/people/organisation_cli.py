"""`portal organisation`: let a landlord's people sign in through their own organisation."""

import sys
from datetime import UTC, datetime
from urllib.parse import urlsplit

import click

from portal.landlords.landlord_cli import Reached, opened
from portal.people.cli import EMAIL, LANDLORD, known, landlord_id_of
from portal.people.proving import only
from portal.people.proving import organisation as ties
from portal.people.proving.oidc import LOOPBACK
from portal.store.audit import PORTAL
from portal.store.scope import LandlordScope


@click.group()
def organisation() -> None:
    """Signing in through a landlord's own organisation (OpenID Connect)."""


@organisation.command("set")
@LANDLORD
@click.argument("issuer")
@click.argument("client_id")
@click.pass_obj
def set_(reached: Reached, landlord: str, issuer: str, client_id: str) -> None:
    """Let the people of LANDLORD sign in at ISSUER, which knows the portal as CLIENT_ID.

    Asks for the client secret; on a pipe, it is the first line. The address to give to the organisation is
    /desk/organisation/LANDLORD/back under the address of the portal.
    """
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise click.BadParameter("it begins with https://.", param_hint="ISSUER")
    secret = _secret()
    with opened(reached) as database:
        scope = LandlordScope(landlord_id_of(database, landlord))
        with database.work(scope) as session:
            ties.set_up(session, issuer, client_id, secret, PORTAL, datetime.now(UTC))
    click.echo(f"People of {landlord} can sign in through their organisation, once they were invited.")


@organisation.command("end")
@LANDLORD
@click.pass_obj
def end(reached: Reached, landlord: str) -> None:
    """Nobody at LANDLORD signs in through an organisation any more."""
    with opened(reached) as database, database.work(LandlordScope(landlord_id_of(database, landlord))) as session:
        ties.end(session, PORTAL, datetime.now(UTC))
    click.echo(f"People of {landlord} sign in with a password or a passkey.")


@organisation.command("any-way")
@LANDLORD
@click.pass_obj
def any_way(reached: Reached, landlord: str) -> None:
    """Let the people of LANDLORD in by any way of theirs again: for when it had let them in through this alone."""
    with opened(reached) as database, database.work(LandlordScope(landlord_id_of(database, landlord))) as session:
        only.relent(session, PORTAL, datetime.now(UTC))
    click.echo(f"People of {landlord} come in by any way of theirs again.")


@organisation.command("untie")
@LANDLORD
@EMAIL
@click.pass_obj
def untie(reached: Reached, landlord: str, email: str) -> None:
    """Forget who EMAIL is at the organisation of LANDLORD: for somebody who got a new account there."""
    with opened(reached) as database:
        landlord_id, account_id = landlord_id_of(database, landlord), known(database, email)
        with database.work(LandlordScope(landlord_id)) as session:
            ties.untie(session, account_id, PORTAL, datetime.now(UTC))
    click.echo(f"{email} is found by their address at their next sign-in through the organisation.")


def _secret() -> str:
    given: str = click.prompt("The client secret", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not given.strip():
        raise click.ClickException("There was no client secret.")
    return given.strip()
