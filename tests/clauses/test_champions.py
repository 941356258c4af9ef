"""HS-026 4.17: a champion in each team, known to staff and customers, who sees no case for being one."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from portal.app import create_app
from portal.domain.permissions import Role
from portal.landlords.linter import warnings
from portal.landlords.packs import read_pack
from portal.settings import Settings
from portal.store.database import Database
from tests.clauses.policy_pages import facts, to_settle
from tests.client import PageClient
from tests.conftest import Clock, StaffMaker
from tests.desk import a_desk
from tests.landlords.packs_at_hand import TODAY, copy_of_packs, spoil

UNNAMED = "{ not_stated = true }"
THREE = (
    ("Estates", "Estates officer", "2026-03"),
    ("Repairs", "Repairs planner", "2026-05-12"),
    ("Lettings", "", ""),
)


def own(value: str) -> str:
    return f'{{ value = "{value}", origin = "landlords_own" }}' if value else UNNAMED


def teams() -> str:
    """Three teams, two champions, as a landlord writes them down."""
    return "".join(
        f'\n[[teams]]\nname = "{name}"\nchampion = {own(post)}\ntrained = {own(on)}\n'
        for name, post, on in THREE
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    found = copy_of_packs(tmp_path)
    spoil(found, "havebury/landlord.toml", "[colours]", f"{teams()}\n[colours]")
    return found


@pytest.fixture
def registered(root: Path, database: Database, settings: Settings) -> Iterator[Flask]:
    """The portal over files in which Havebury has written down its teams."""
    app = create_app(
        settings.model_copy(update={"portal_landlords_dir": root}),
        now=lambda: datetime(2026, 11, 23, 9).astimezone(),
    )
    yield app
    app.extensions["portal"].database.dispose()
    app.extensions["portal"].redis.close()


@pytest.mark.clause("HAV-4.17a")
def test_a_team_without_a_champion_is_a_gap_on_the_register(
    root: Path, registered: Flask, staff: StaffMaker
) -> None:
    client = PageClient(registered)
    client.sign_in(staff(havebury=[Role.MANAGER]))
    page = client.get("/desk/havebury/policy")
    told = facts(page)
    assert told["Estates"] == "Estates officer, trained in March 2026"
    assert told["Repairs"] == "Repairs planner, trained on 12 May 2026"
    assert told["Lettings"] == "no champion yet"
    assert "No trained champion is entered for Lettings." in to_settle(page)
    spoil(root, "havebury/landlord.toml", f"champion = {UNNAMED}", f"champion = {own('Lettings lead')}")
    spoil(root, "havebury/landlord.toml", f"trained = {UNNAMED}", f"trained = {own('2026-09')}")
    assert "team-without-champion" not in {
        each.code for each in warnings(read_pack(root / "havebury"), TODAY)
    }


def test_a_landlord_that_promises_champions_and_names_no_team_is_told() -> None:
    root = Path(__file__).resolve().parents[2] / "landlords"
    told = {each.code: each.says for each in warnings(read_pack(root / "havebury"), TODAY)}
    assert told["team-without-champion"] == "No trained champion is entered for any team."
    assert "team-without-champion" not in {each.code for each in warnings(read_pack(root / "dales"), TODAY)}


@pytest.mark.clause("HAV-4.17b")
def test_staff_and_customers_find_the_champions_who_see_no_case_by_that_title(
    registered: Flask, app: Flask, database: Database, clock: Clock, staff: StaffMaker
) -> None:
    officer = PageClient(registered)
    officer.sign_in(staff(havebury=[Role.OFFICER]))
    assert facts(officer.get("/desk/havebury/policy"))["Estates"].startswith("Estates officer")
    public = PageClient(app).get("/havebury/promise")
    assert "Champion: Champions across the organisation, able to advise staff and customers" in public.text
    assert "/havebury/contact/1" in public.links
    desk = a_desk(app, database, clock, "havebury")
    case_id = desk.case()
    for roles in ((), (Role.ADMINISTRATOR,)):
        champion = desk.somebody(*roles, name="Estates officer")
        client = PageClient(app)
        client.get("/desk/sign-in")
        client.submit({"email": champion.email, "password": champion.password}, follow=False, status=303)
        client.get(desk.case_url(case_id), status=404)
