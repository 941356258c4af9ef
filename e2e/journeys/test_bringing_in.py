"""A landlord moves over: homes, colleagues and open cases come as files, and can be taken back whole."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.checks import Watch, told
from e2e.conftest import OpenDevice
from e2e.live import Live
from e2e.pages.journey_desk import Desk
from portal.domain.permissions import Role
from portal.store.base import new_id

SLUG = "seven-locks"
OFFICE = Path(__file__).resolve().parents[2] / "tests" / "systems" / "office"
LONG = 60_000


def signed_in(live: Live, device: OpenDevice, role: Role) -> tuple[Page, Watch]:
    page = device(desk=True, js=True)
    Desk(page).sign_in(live.staff(SLUG, role).email)
    return page, Watch(page)


def read_in(page: Page, kind: str, name: str, data: bytes) -> None:
    page.goto(f"/desk/{SLUG}/systems/{kind}")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name="Read it in").click()


def take_over(page: Page) -> None:
    page.get_by_role("button", name="Take it over").click()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_cases_come_as_a_file_of_an_office_program_by_somebody_who_never_sees_them(
    live: Live, device: OpenDevice, kind: str
) -> None:
    page, watch = signed_in(live, device, Role.ADMINISTRATOR)
    read_in(page, "cases", f"x.{kind}", (OFFICE / f"cases.{kind}").read_bytes())
    main = page.get_by_role("main")
    expect(main).to_contain_text("The headings were found in line 3")
    expect(page.get_by_role("row", name="Line 4")).to_contain_text("The 0 in front was lost")
    watch.look()
    take_over(page)
    progress = page.get_by_role("progressbar")
    expect(progress.or_(page.get_by_role("button", name="Take all of it back")).first).to_be_visible()
    expect(page.locator("#imports_made")).to_contain_text("3 cases", timeout=LONG)
    watch.look()
    assert "Zoë" not in page.content(), "nothing of any case"
    answer = page.goto(f"/desk/{SLUG}/cases")
    assert answer
    assert answer.status in {403, 404}, "they may bring cases and open none"
    page.goto(f"/desk/{SLUG}/systems/cases")
    page.get_by_role("button", name="Take all of it back").first.click()
    expect(page.locator("#imports_made")).to_contain_text("their words destroyed", timeout=LONG)
    assert not watch.faults, told(watch.faults)


def test_homes_are_brought_in_with_progress_used_before_a_visit_and_taken_back(
    live: Live, device: OpenDevice
) -> None:
    page, watch = signed_in(live, device, Role.ADMINISTRATOR)
    lines = "".join(f"L-{each},{each} Example Street,ZZ1 {each % 9 + 1}AA\n" for each in range(3000))
    read_in(page, "homes", "homes.csv", f"Property Ref,Address,Postcode\n{lines}".encode())
    watch.look()
    take_over(page)
    expect(page.get_by_role("main")).to_contain_text("it begins anew by itself")
    expect(page.locator("#imports_made")).to_contain_text("3000 homes", timeout=LONG)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("3,000 homes stand in the list")
    watch.look()
    page.goto(f"/desk/{SLUG}/before-a-visit")
    page.get_by_label("Address of the visit").fill("l-7")
    page.get_by_label("I go alone").or_(page.get_by_role("radio").first).first.check()
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_role("main")).to_contain_text("This reference stands for 7 Example Street, ZZ1 8AA.")
    watch.look()
    page.goto(f"/desk/{SLUG}/systems/homes")
    page.get_by_role("button", name="Take all of it back").click()
    expect(page.locator("#imports_made")).to_contain_text("Its homes are out of the list", timeout=LONG)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("0 homes stand in the list")
    assert not watch.faults, told(watch.faults)


def test_a_manager_brings_colleagues_in_hands_a_code_over_and_one_of_them_comes_in(
    live: Live, device: OpenDevice
) -> None:
    page, watch = signed_in(live, device, Role.MANAGER)
    email = f"{new_id().hex[:8]}@newcomer.example"
    head = "Name,Email,Role,Course,Level,Completed\n"
    read_in(page, "people", "p.csv", f"{head}Ann Newcomer,{email},Wizard,,,\n".encode())
    expect(page.get_by_role("main")).to_contain_text("No role is called so.")
    watch.look()
    read_in(page, "people", "p.csv", f"{head}Ann Newcomer,{email},Officer,Noticing,Awareness,2/1/2026\n".encode())
    take_over(page)
    expect(page.locator("#imports_made")).to_contain_text("Taken over 1 line", timeout=LONG)
    watch.look()
    page.get_by_role("button", name="Show the codes, once").first.click()
    code = page.locator("code").inner_text()
    watch.look()
    page.goto(f"/desk/{SLUG}/systems/people")
    expect(page.get_by_role("button", name="Show the codes, once")).to_have_count(0)
    theirs = device(desk=True)
    Desk(theirs).come_in_with(email, code)
    theirs.goto(f"/desk/{SLUG}/reports")
    expect(theirs.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name="Take all of it back").first.click()
    expect(page.get_by_role("alert")).to_contain_text("It cannot be taken back any more")
    watch.look()
    assert not watch.faults, told(watch.faults)
