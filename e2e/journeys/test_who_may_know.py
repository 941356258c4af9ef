"""A restricted case is not there for an officer who is not named; a case without a name tells nobody whose it is."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from e2e.casework import asks, given
from e2e.checks import Watch, told
from e2e.conftest import OpenDevice
from e2e.live import Live, Someone
from e2e.pages.journey_desk import Desk
from portal.cases.models import Case
from portal.domain.permissions import Role
from portal.work.models import Message

SLUG = "havebury"
DESK = f"/desk/{SLUG}"
NAME = "Ottoline Quillfeather"


@pytest.fixture
def officer(live: Live) -> Someone:
    """Who has the case."""
    return live.staff(SLUG, Role.OFFICER, name="Olive Owner")


@pytest.fixture
def case(live: Live, officer: Someone) -> tuple[UUID, str]:
    """Her case, and its reference."""
    with live.work(SLUG) as session:
        case_id = given(session, live, SLUG, asks(NAME), officer)
        return case_id, session.scalars(select(Case.reference).where(Case.id == case_id)).one()


def signed_in(device: OpenDevice, who: Someone, **how: bool) -> Page:
    page = device(**how)
    Desk(page).sign_in(who.email)
    return page


def search(page: Page, words: str) -> str:
    page.goto("/desk/search")
    page.locator("main").get_by_role("textbox").fill(words)
    page.locator("main").get_by_role("button", name="Search").click()
    page.wait_for_load_state()
    return page.locator("main").inner_text()


def test_a_restricted_case_is_not_there_until_somebody_opens_it_in_an_emergency(
    live: Live, device: OpenDevice, officer: Someone, case: tuple[UUID, str]
) -> None:
    case_id, reference = case
    manager, other = live.staff(SLUG, Role.MANAGER), live.staff(SLUG, Role.SENIOR, name="Sasha Senior")
    page = signed_in(device, manager, desk=True, js=True)
    page.goto(f"{DESK}/cases/{case_id}/confidentiality")
    page.get_by_label("Why it is restricted").fill("A colleague’s family is part of it.")
    page.get_by_role("button", name="Restrict the case").click()
    expect(page.get_by_text("The case is restricted to those who are named.")).to_be_visible()

    theirs = signed_in(device, other)
    theirs.goto(f"{DESK}/cases/{case_id}")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("We cannot find that page")
    for path in ("/desk/", f"{DESK}/team"):
        theirs.goto(path)
        for tell in (NAME, reference, officer.name):
            assert tell not in theirs.locator("main").inner_text(), (path, tell)
    for words in (NAME, reference):
        assert "Nothing" in search(theirs, words)

    theirs.goto("/desk/")
    theirs.get_by_role("link", name="Open it in an emergency").click()
    theirs.get_by_label("Reference of the case").fill(reference)
    theirs.get_by_label("What cannot wait").fill("The school rings: he is at the gate.")
    theirs.get_by_role("button", name="Open it for an hour").click()
    expect(theirs.get_by_text("The case is open to you for an hour.")).to_be_visible()
    expect(theirs.get_by_text(NAME).first).to_be_visible()
    with live.work(SLUG) as session:
        heard = session.scalars(select(Message.account_id).where(Message.kind == "emergency")).all()
    assert {officer.account_id, manager.account_id} <= set(heard)
    assert other.account_id not in heard


def test_a_case_without_a_name_is_known_by_an_alias_and_by_its_name_to_the_cleared_only(
    live: Live, device: OpenDevice, officer: Someone, case: tuple[UUID, str]
) -> None:
    case_id, reference = case
    page = signed_in(device, officer)
    page.goto(f"{DESK}/cases/{case_id}/confidentiality")
    page.get_by_role("link", name="Take the name out of this case").click()
    page.get_by_label("Take the name out of this case").check()
    page.get_by_role("button", name="Take the name out").click()
    expect(page.get_by_text("The name is out of the case.")).to_be_visible()
    alias = f"Person {reference.rpartition('-')[2]}"
    expect(page.get_by_text(alias).first).to_be_visible()
    for path in ("/desk/", f"{DESK}/cases/{case_id}", f"{DESK}/cases/{case_id}/household"):
        page.goto(path)
        assert "Quillfeather" not in page.content(), path
    assert reference not in search(page, "Quillfeather")
    assert alias in search(page, reference)

    cleared = signed_in(device, live.staff(SLUG, Role.MANAGER), desk=True, js=True)
    watch = Watch(cleared)
    assert alias in search(cleared, "Quillfeather")
    cleared.goto(f"{DESK}/cases/{case_id}")
    cleared.get_by_role("link", name="Whose it is").click()
    expect(cleared.get_by_text(NAME).first).to_be_visible()
    watch.look()
    cleared.goto(f"{DESK}/cases/{case_id}/looked")
    expect(cleared.get_by_text("Read whose case it is").first).to_be_visible()
    assert not watch.faults, told(watch.faults)
