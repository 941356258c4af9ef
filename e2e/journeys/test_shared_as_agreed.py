"""A telephone without scripts: a document is added, shared as she agreed, taken back, and then nothing more leaves."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.casework import NUMBER, asks, given
from e2e.conftest import OpenDevice
from e2e.live import Live
from e2e.pages.journey_desk import Desk
from portal.domain.permissions import Role

SLUG = "havebury"
BODY = "Suffolk Police"


@pytest.fixture
def case(live: Live, device: OpenDevice) -> tuple[Page, str]:
    """A phone without JavaScript at which an officer has signed in, and the address of her case."""
    officer = live.staff(SLUG, Role.OFFICER)
    with live.work(SLUG) as session:
        case_id = given(session, live, SLUG, asks("Wren Example"), officer)
    page = device()
    Desk(page).sign_in(officer.email)
    return page, f"/desk/{SLUG}/cases/{case_id}"


def test_shared_as_she_agreed_and_no_longer_when_she_takes_it_back(
    case: tuple[Page, str], tmp_path: Path
) -> None:
    page, url = case
    letter = tmp_path / "Wren and the police.txt"
    letter.write_text("He wrote this.")

    page.goto(f"{url}/documents")
    page.get_by_label("File").set_input_files(letter)
    page.get_by_label("Title").fill("What he wrote")
    page.get_by_label("What it is").select_option("evidence")
    page.get_by_role("button", name="Add the document").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What he wrote")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save it").click()
    assert saved.value.suggested_filename.endswith(".txt")
    assert "Wren" not in saved.value.suggested_filename
    assert Path(saved.value.path()).read_text() == "He wrote this."

    page.goto(f"{url}/consents")
    page.get_by_label("Which body").fill(BODY)
    page.get_by_label("What kind of body").select_option("police")
    page.get_by_label("What for").fill("So that they can act")
    page.get_by_label("What they say is happening").check()
    page.get_by_label("Documents, each chosen by itself").check()
    page.get_by_label("In words").check()
    page.get_by_role("button", name="Record the consent").click()
    expect(page.get_by_text("The consent is recorded.")).to_be_visible()

    page.get_by_role("link", name=f"Share with {BODY}").click()
    page.get_by_label("What they say is happening").check()
    page.get_by_label("Documents, each chosen by itself").check()
    page.get_by_label("What he wrote").check()
    page.get_by_label("Who there").fill("PC Example")
    page.get_by_label("Where it goes").fill("101")
    page.get_by_label("I have checked").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("It is kept, and nothing has left yet.")).to_be_visible()
    shared = page.url.partition("?")[0]
    page.get_by_label("Printed").check()
    page.get_by_role("button", name="Let it leave").click()
    expect(page.get_by_text("It is written down: what left, to whom, and why.")).to_be_visible()
    page.get_by_role("link", name="Open it to print or to show").click()
    expect(page.get_by_text(f"For {BODY}, PC Example").first).to_be_visible()
    assert NUMBER not in page.content()

    page.goto(f"{url}/consents")
    page.get_by_role("link", name="They take it back").click()
    page.get_by_role("button", name="Record that they take it back").click()
    expect(page.get_by_text("Withdrawn")).to_be_visible()
    page.goto(shared)
    expect(page.get_by_text("Nothing may leave now.")).to_be_visible()
    expect(page.get_by_role("button", name="Let it leave")).to_have_count(0)
    page.goto(f"{url}/readers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who has seen your record")
    expect(page.get_by_text("You agreed to this")).to_be_visible()
