"""`portal accounts`: who can sign in."""

import json
from collections.abc import Iterator

import click

from portal.demo.partners import PEOPLE
from portal.demo.staff import APP_SECRET, OPERATOR, PASSWORD, STAFF, WITH_APP
from portal.domain.permissions import ROLE_NAMES
from portal.settings import SettingsError, demo_settings, is_called_production

SIGN_IN = "/desk/sign-in"


@click.command()
@click.option("--demo", is_flag=True, required=True, help="The invented accounts of the demonstration.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def accounts(*, demo: bool, as_json: bool) -> None:  # noqa: ARG001 - asked for, so that nobody expects real ones
    """List the demonstration's accounts: where to sign in as whom, with which password, for which landlords.

    They exist only with PORTAL_ENV=demo, where `portal run` makes them. Real accounts are never listed, and with
    PORTAL_ENV=production none at all. Their address is that of PORTAL_BASE_URL or PORTAL_PORT: give this command the
    same as `portal run`.
    """
    if is_called_production():
        raise SettingsError(
            "In production there are no demonstration accounts. For a demonstration write PORTAL_ENV=demo."
        )
    if as_json:
        click.echo(json.dumps(list(_everybody(demo_settings().base_url)), indent=2, ensure_ascii=False))
    else:
        click.echo(table())


def table() -> str:
    """The accounts as a person reads them at the start."""
    width = max(len(member.email) for member in STAFF)
    lines = [f"   Everybody's password is {PASSWORD}", ""]
    lines += [
        f"   {member.email:<{width}}  {ROLE_NAMES[member.role]} at {', '.join(member.landlords)}{_beside(member.email)}"
        for member in STAFF
    ]
    lines += [f"   {email:<{width}}  {role.value.capitalize()} at {agency}" for email, _, agency, role in PEOPLE]
    lines.append(f"   {OPERATOR[0]:<{width}}  Runs the portal")
    return "\n".join(lines)


def _beside(email: str) -> str:
    return f", with an app whose secret is {APP_SECRET}" if email == WITH_APP else ""


def _everybody(base_url: str) -> Iterator[dict[str, object]]:
    """Staff of the landlords, then people of the agencies, who work for no landlord; and who runs the portal."""
    for member in STAFF:
        yield _as_json(base_url, member.email, member.name, member.role, member.landlords)
    for email, name, agency, role in PEOPLE:
        yield _as_json(base_url, email, name, role, ()) | {"agency": agency}
    yield _as_json(base_url, *OPERATOR, "operator", ())


def _as_json(
    base_url: str, email: str, name: str, role: str, landlords: tuple[str, ...]
) -> dict[str, object]:
    return {
        "sign_in_url": f"{base_url}{SIGN_IN}",
        "sign_in_address": email,
        "password": PASSWORD,
        "totp_secret": APP_SECRET if email == WITH_APP else None,
        "name": name,
        "roles": [str(role)],
        "landlords": list(landlords),
        "agency": None,
    }
