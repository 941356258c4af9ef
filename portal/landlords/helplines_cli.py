"""`portal helplines`: national lines are kept once for every landlord; whoever runs the portal makes sure of them."""

from datetime import UTC, datetime

import click

from portal.domain.calendar import in_london
from portal.landlords.checked import How, add_line_check, line_checks
from portal.landlords.landlord_cli import Reached, opened
from portal.store.scope import PlatformScope, PublicScope
from portal.store.tenancy import Landlord

HOW = {"rang": How.RANG, "looked-up": How.LOOKED_UP}


@click.group()
def helplines() -> None:
    """The national lines that every landlord shows, and when each was last checked."""


@helplines.command("list")
@click.pass_obj
def list_(reached: Reached) -> None:
    """List the lines with their numbers and the last check of each."""
    with opened(reached) as database, database.work(PublicScope()) as session:
        known, newest = _known(session.query(Landlord).all()), {}
        for each in line_checks(session):
            newest[each.service] = f"{each.how.replace('_', ' ')} {each.checked_on} by {each.checked_by}"
        for service, line in sorted(known.items()):
            click.echo(f"{service:20} {line['number'] or 'no number':16} {newest.get(service, 'not yet checked')}")


@helplines.command("checked")
@click.argument("line")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day on which you checked it; today if left out.")
@click.option("--how", type=click.Choice(sorted(HOW)), required=True, help="Whether you rang it or looked it up.")
@click.option("--by", required=True, help="Your name: it is kept beside the check, and shown to nobody outside.")
@click.pass_obj
def checked(reached: Reached, line: str, on: datetime | None, how: str, by: str) -> None:
    """Say that you made sure of LINE, such as national-helpline. Every landlord's pages show the date at once.

    If the number is wrong, do not use this: mend landlords/national.toml and load the landlords again.
    """
    now = datetime.now(UTC)
    day, today = on.date() if on else in_london(now).date(), in_london(now).date()
    if day > today:
        raise click.ClickException(f"{day} is still to come. Write the day on which you checked it.")
    with opened(reached) as database:
        with database.work(PublicScope()) as session:
            known = _known(session.query(Landlord).all())
        if line not in known:
            raise click.ClickException(f"There is no line {line}. There are: {', '.join(sorted(known))}.")
        with database.work(PlatformScope("check a line")) as session:
            add_line_check(session, line, day, HOW[how], by, now)
    click.echo(f"{known[line]['name']} {known[line]['number']} was checked on {day}.")


def _known(landlords: list[Landlord]) -> dict[str, dict[str, str]]:
    return {line["id"]: line for each in landlords for line in each.face.get("national", ())}
