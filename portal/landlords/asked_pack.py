"""The policy that somebody names on the command line: from its folder, or as the portal's database holds it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal.domain.errors import PortalError
from portal.domain.policy import Policy
from portal.landlords.faults import PackFaults
from portal.landlords.packs import Pack, pack_folders, read_pack
from portal.landlords.policies import in_force
from portal.settings import PROJECT, Settings, SettingsError
from portal.store.database import Database
from portal.store.scope import LandlordScope, PublicScope
from portal.store.tenancy import Landlord

Reached = Callable[[], AbstractContextManager[Settings]]

landlords_folder = click.option(
    "--landlords",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT / "landlords",
    envvar="PORTAL_LANDLORDS_DIR",
    help="The folder that holds the landlords' folders.",
)
"""The option that says where the folders lie; a command takes it as `root`."""

from_the_database = click.option(
    "--stored", is_flag=True, help="Ask the version that the portal has in force, not the folder."
)
"""The option that passes over the folder; a command takes it as `stored`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A landlord's policy with its name."""

    slug: str
    name: str
    policy: Policy


def asked_policy(
    root: Path, landlord: str, reached: Reached | None, now: datetime, *, stored: bool = False
) -> Asked:
    """The policy of a landlord, from its folder, or without one from the database; faults are told in sentences."""
    known = [folder.name for folder in pack_folders(root)]
    if landlord in known and not stored:
        pack = asked_pack(root, landlord)
        return Asked(landlord, pack.landlord.name, pack.policy)
    found, others, why_not = _look_up(landlord, reached, now, stored=stored)
    if found:
        return found
    if stored and why_not:
        raise click.ClickException(why_not.strip())
    there = ", ".join(dict.fromkeys((*known, *others)))
    raise click.BadParameter(
        f"there is no landlord {landlord!r}; there are {there}.{why_not}", param_hint="LANDLORD"
    )


def asked_pack(root: Path, landlord: str) -> Pack:
    """The pack with this name; what is wrong with the name or the pack is told in sentences."""
    known = [folder.name for folder in pack_folders(root)]
    if landlord not in known:
        raise click.BadParameter(
            f"there is no landlord {landlord!r}; there are {', '.join(known)}.", param_hint="LANDLORD"
        )
    try:
        return read_pack(root / landlord)
    except PackFaults as faults:
        raise click.ClickException(str(faults)) from None


def _look_up(
    slug: str, reached: Reached | None, now: datetime, *, stored: bool
) -> tuple[Asked | None, list[str], str]:
    """What the database holds under this name, whom else it knows, and why it could not be asked, if so.

    Where only the database was meant, what stands in the way is for whoever tells it of any command.
    """
    if reached is None:
        return None, [], ""
    try:
        with reached() as settings:
            database = Database(settings)
            try:
                found, others = _stored(database, slug, now)
            finally:
                database.dispose()
    except (SettingsError, SQLAlchemyError, PortalError) as fault:
        if stored and not isinstance(fault, PortalError):
            raise
        why = str(fault) if isinstance(fault, PortalError) else "it cannot be reached from here."
        return None, [], f" The portal's database was not asked: {why}"
    return found, others, ""


def _stored(database: Database, slug: str, now: datetime) -> tuple[Asked | None, list[str]]:
    with database.work(PublicScope()) as session:
        rows = session.execute(
            select(Landlord.slug, Landlord.id, Landlord.name).order_by(Landlord.slug)
        ).all()
    row = next((each for each in rows if each.slug == slug), None)
    if row is None:
        return None, [each.slug for each in rows]
    with database.work(LandlordScope(row.id)) as session:
        return Asked(row.slug, row.name, in_force(session, now).policy), []
