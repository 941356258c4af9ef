"""The pack that somebody names on the command line; nothing needs to be running to read it."""

from pathlib import Path

import click

from portal.landlords.faults import PackFaults
from portal.landlords.packs import Pack, pack_folders, read_pack
from portal.settings import PROJECT

landlords_folder = click.option(
    "--landlords",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT / "landlords",
    envvar="PORTAL_LANDLORDS_DIR",
    help="The folder that holds the landlords' folders.",
)
"""The option that says where the folders lie; a command takes it as `root`."""


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
