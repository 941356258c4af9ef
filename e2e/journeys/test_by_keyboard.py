"""Asking for help with a keyboard alone, at 400 per cent: all can be reached, and what has the focus can be seen."""

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import OpenDevice

AT_400 = {"width": 320, "height": 400}
MOST = 60
"""Presses of Tab after which somebody would have given up."""
NAME = (
    "() => { const has = document.activeElement; return has.labels?.[0]?.innerText ?? has.innerText ?? ''; }"
)
COVERED = """() => {
  const has = document.activeElement, leave = document.querySelector(".leave");
  if (leave.contains(has)) return false;
  const mine = has.getBoundingClientRect(), bar = leave.getBoundingClientRect();
  return mine.top >= bar.top && mine.bottom <= bar.bottom || mine.bottom <= 0 || mine.top >= innerHeight;
}"""


@pytest.mark.clause("HAV-4.4b")
@pytest.mark.parametrize("js", [False, True], ids=["plain", "scripts"])
def test_it_can_be_done_by_keyboard(device: OpenDevice, js: bool) -> None:
    page = device(js=js)
    page.set_viewport_size(AT_400)
    page.goto("/havebury/")
    press(page, "For me", "Enter")
    choose_first(page)
    press(page, "Continue", "Enter")
    press(page, "I will ring you or come in myself", "Space")
    press(page, "Continue", "Enter")
    press(page, "Go to the end and send", "Enter")
    press(page, "Send", "Enter")
    expect(page.locator("h1")).to_have_text("We have your message")
    press(page, "I want to come back", "Enter", onward=False)
    expect(page.get_by_role("button", name="I have kept the number")).to_be_visible()
    number = page.locator(".receipt").inner_text()
    press(page, "I have kept the number", "Enter")
    expect(page.locator("h1")).to_have_text("Contact us")
    press(page, "Easy to read", "Enter")
    press(page, "Back", "Enter")
    press(page, "A form on paper", "Enter")
    press(page, "Back", "Enter")
    press(page, "I have a number", "Enter")
    press(page, "Your number", "End")
    page.keyboard.type(number)
    press(page, "Continue", "Enter")
    press(page, "Yes. Nobody else can see this", "Space")
    press(page, "Continue", "Enter")
    press(page, "Remind me", "Enter")
    press(page, "By text", "Space")
    press(page, "Send", "Enter")
    expect(page.locator("h1")).to_have_text("What happens now")


def press(page: Page, name: str, key: str, *, onward: bool = True) -> None:
    """Tab to what has this name, and press a key there; nothing on the way hides behind the way out."""
    heading = page.locator("h1").inner_text()
    for _ in range(MOST):
        page.keyboard.press("Tab")
        reached = page.evaluate(NAME).strip()
        assert can_be_seen(page), f"{reached!r} on {heading!r} has the focus and cannot be seen"
        if reached.startswith(name):
            page.keyboard.press(key)
            if key == "Enter" and onward:
                expect(page.locator("h1")).not_to_have_text(heading)
            return
    pytest.fail(f"{name!r} cannot be reached on {heading!r}")


def can_be_seen(page: Page) -> bool:
    """The browser takes a moment to bring what has the focus into view."""
    for _ in range(20):
        if not page.evaluate(COVERED):
            return True
        page.wait_for_timeout(50)
    return False


def choose_first(page: Page) -> None:
    """The first of several answers of which one can be chosen."""
    press(page, "Yes, I am safe for now", "Space")
    expect(page.locator("[type=radio]").first).to_be_checked()
