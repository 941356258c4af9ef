"""`portal accounts`: who can sign in."""

import json

import click

from portal.demo.agencies import PEOPLE
from portal.demo.staff import PASSWORD, STAFF, Member
from portal.domain.permissions import ROLE_NAMES
from portal.settings import SettingsError, is_called_production


@click.command()
@click.option("--demo", is_flag=True, required=True, help="The invented accounts of the demonstration.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def accounts(*, demo: bool, as_json: bool) -> None:  # noqa: ARG001 - asked for, so that nobody expects real ones
    """List the demonstration's accounts: where to sign in as whom, with which password, for which landlords.

    They exist only with PORTAL_ENV=demo, where `portal run` makes them. Real accounts are never listed, and with
    PORTAL_ENV=production none at all.
    """
    if is_called_production():
        raise SettingsError(
            "In production there are no demonstration accounts. For a demonstration write PORTAL_ENV=demo."
        )
    if as_json:
        click.echo(json.dumps([_as_json(member) for member in STAFF], indent=2, ensure_ascii=False))
    else:
        click.echo(table())


def table() -> str:
    """The accounts as a person reads them at the start."""
    width = max(len(member.email) for member in STAFF)
    lines = [f"   Everybody's password is {PASSWORD}", ""]
    lines += [
        f"   {member.email:<{width}}  {ROLE_NAMES[member.role]} at {', '.join(member.landlords)}"
        for member in STAFF
    ]
    lines += [f"   {email:<{width}}  {role.value.capitalize()} at {agency}" for email, _, agency, role in PEOPLE]
    return "\n".join(lines)


def _as_json(member: Member) -> dict[str, object]:
    return {
        "sign_in_address": member.email,
        "password": PASSWORD,
        "name": member.name,
        "roles": [member.role.value],
        "landlords": list(member.landlords),
    }
