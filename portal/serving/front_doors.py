"""Where to knock: the addresses that the portal answers at, and who may sign in to its demonstration."""

from sqlalchemy import select

from portal.demo.cli import table
from portal.settings import Settings
from portal.store.database import Database
from portal.store.scope import PublicScope
from portal.store.tenancy import Landlord

DESK = "/desk/"


def front_doors(settings: Settings) -> str:
    """One line for each landlord's public pages, and one for the staff's."""
    doors = [(name, f"{settings.base_url}/{slug}/") for slug, name in _landlords(settings)]
    doors.append(("Staff of every landlord", f"{settings.base_url}{DESK}"))
    width = max(len(name) for name, _ in doors)
    lines = [f"   {name:<{width}}  {address}" for name, address in doors]
    accounts = ["", "Sign in there as one of these invented people:", "", table()] if settings.demo else []
    return "\n".join(
        ["", "Lintel is running. Its front doors:", "", *lines, *accounts, "", "Ctrl-C stops it.", ""]
    )


def _landlords(settings: Settings) -> list[tuple[str, str]]:
    database = Database(settings)
    try:
        with database.work(PublicScope()) as session:
            found = session.execute(
                select(Landlord.slug, Landlord.name).where(Landlord.active).order_by(Landlord.name)
            )
            return [(row.slug, row.name) for row in found]
    finally:
        database.dispose()
