"""Agencies exist once in the portal, and only whoever runs it puts them there."""

from contextlib import nullcontext

from click.testing import CliRunner, Result

from portal.domain.sharing import RecipientKind
from portal.partners.agencies.queries import agencies
from portal.partners.cli import agency
from portal.settings import Settings
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.scope import PublicScope


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(agency, words, obj=lambda: nullcontext(settings))


def found(database: Database, name: str) -> list[tuple[RecipientKind, bool]]:
    with database.work(PublicScope()) as session:
        return [(each.kind, each.active) for each in agencies(session) if each.name == name]


def test_an_agency_is_put_on_the_portal_once_however_its_name_is_typed(settings: Settings, database: Database) -> None:
    name = f"Beacon {new_id().hex[-8:]}"
    assert run(settings, "add", name, "--kind", "support").exit_code == 0
    again = run(settings, "add", f" {name.upper()}", "--kind", "police")
    assert again.exit_code == 1
    assert "There is an agency of this name." in again.output
    assert found(database, name) == [(RecipientKind.SUPPORT, True)]
    assert f"{name} " in run(settings, "list").output


def test_an_agency_can_leave_and_come_back(settings: Settings, database: Database) -> None:
    name = f"Beacon {new_id().hex[-8:]}"
    run(settings, "add", name, "--kind", "support")
    assert run(settings, "end", name).exit_code == 0
    assert found(database, name) == [(RecipientKind.SUPPORT, False)]
    assert "(has left)" in run(settings, "list").output
    run(settings, "resume", name.lower())
    assert found(database, name) == [(RecipientKind.SUPPORT, True)]
    assert run(settings, "end", "Nobody").exit_code == 1


def test_a_landlord_is_no_agency(settings: Settings) -> None:
    assert run(settings, "add", "Another landlord", "--kind", "landlord").exit_code == 2
