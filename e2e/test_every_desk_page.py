"""Every officers' page, for every role, over a demonstration full of cases, in each of its states, from all sides."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from werkzeug.routing import MapAdapter

from e2e.checks import Watch, nu, told
from e2e.conftest import OpenDevice
from e2e.live import Live, running
from e2e.pages.journey_desk import Desk
from e2e.places import (
    addresses,
    desk_rules,
    every_desk_page,
    every_page_elsewhere,
    every_partner_page,
    partner_rules,
)
from portal.demo import fill
from portal.demo.partners import PEOPLE
from portal.demo.staff import PASSWORD, STAFF
from portal.domain.permissions import Role
from portal.serving.embedded import EmbeddedServers
from portal.settings import Env

SLUG, OTHER = "havebury", "whg"
SIGNING_IN = [each for each in Role if each is not Role.SUPPORT]
"""Support is nobody's role for long: journeys/test_running_a_landlord.py looks at what it sees."""
EMPTY = (
    "/desk/",
    "/desk/?show=overdue",
    "/desk/search",
    "/desk/{}/reports",
    "/desk/{}/team",
    "/desk/{}/mailbox",
)
FINE = 200
MISTAKES = {
    "tenancy_file.gather": "Keep the words",
    "cases.contact": "Record the contact",
    "cases.choose_officer": "Give the case",
    "closing.close": "Close the case",
    "cases.reopen": "Open it again",
    "cases.repaired": "Record the repair",
    "cases.wait": "Wait",
    "cases.time": "Record this time",
    "looking.why_look": "Go on to the case",
    "advice.advice": "Keep this",
    "support.support": "Keep this",
    "search.search": "Search",
    "register.homes": "Look it up",
    "triage.write_down": "Take the report in",
    "triage.report": "Set it aside",
}
"""Forms that refuse to be sent empty, by the page that they stand on."""


@pytest.fixture(scope="module")
def live(servers: EmbeddedServers) -> Iterator[Live]:
    """A demonstration of this file's own, to which nothing has come in."""
    with running(servers, Env.DEMO) as found:
        yield found


@pytest.fixture(scope="module")
def known(live: Live) -> MapAdapter:
    """The table of addresses."""
    return addresses(live)


@pytest.fixture(scope="module")
def pages(live: Live, known: MapAdapter) -> list[str]:
    """Fills the product with the demonstration; the address of every page that can then be opened."""
    fill(live.settings, datetime.now(UTC))
    return every_desk_page(live, SLUG, known)


@pytest.fixture(scope="module")
def html() -> dict[str, str]:
    """The HTML of all pages that were looked at, by whoever looked."""
    return {}


@pytest.fixture(scope="module")
def opened() -> set[str]:
    """The addresses of all pages that somebody could open."""
    return set()


@pytest.fixture(scope="module")
def opened_there() -> set[str]:
    """The addresses of all pages that somebody at an agency could open."""
    return set()


@pytest.fixture(scope="module")
def kinds() -> set[str]:
    """What the pages were made of that axe has read, whoever opened them."""
    return set()


@pytest.fixture(scope="module")
def painted() -> set[int]:
    """What was seen on the pages that were looked at, and its contrast measured, whoever opened them."""
    return set()


@pytest.fixture(scope="module")
def words() -> set[str]:
    """What stood in the pages that were looked at, whoever opened them."""
    return set()


@pytest.fixture
def watch(
    device: OpenDevice, html: dict[str, str], kinds: set[str], painted: set[int], words: set[str]
) -> Watch:
    """An office desk with scripts, under observation."""
    return Watch(device(desk=True, js=True), pages=html, kinds=kinds, painted=painted, words=words)


def test_before_anything_has_come_in(live: Live, watch: Watch) -> None:
    """Signing in, with a mistake; and lists that say what will come here."""
    manager = live.staff(SLUG, Role.MANAGER)
    desk = Desk(watch.page)
    watch.page.goto("/desk/me")
    watch.look()
    desk.sign_in(manager.email, "not this one")
    expect(watch.page.locator(".govuk-error-summary")).to_be_visible()
    watch.look()
    desk.sign_in(manager.email)
    for path in EMPTY:
        watch.page.goto(path.format(SLUG))
        watch.look()
    assert not watch.faults, told(watch.faults)


@pytest.mark.parametrize("role", SIGNING_IN)
def test_every_page_that_a_role_opens(watch: Watch, pages: list[str], opened: set[str], role: Role) -> None:
    """Each page as this role sees it, or the page that says that it may not, but for what others saw alike."""
    sign_in(watch.page, role)
    refused: set[int] = set()
    for path in pages:
        answer = watch.page.request.get(path)
        if answer.status == FINE:
            opened.add(path)
        else:
            refused.add(answer.status)
        if not watch.knows(answer.text(), path):
            watch.page.goto(path)
            watch.look()
    assert refused <= {403, 404}
    assert not watch.faults, told(watch.faults)


@pytest.mark.parametrize("email", [email for email, _, _, _ in PEOPLE])
def test_every_page_that_somebody_at_an_agency_opens(
    watch: Watch, live: Live, pages: list[str], known: MapAdapter, opened_there: set[str], email: str
) -> None:
    """The pages of workers, of who lets people in, and of the coordinator of the conference."""
    assert pages
    Desk(watch.page).sign_in(email, PASSWORD)
    for path in every_partner_page(live, SLUG, known):
        answer = watch.page.request.get(path)
        assert answer.status in {200, 403, 404}, path
        if answer.status == FINE:
            opened_there.add(path)
            if not watch.knows(answer.text(), path):
                watch.page.goto(path)
                watch.look()
    assert not watch.faults, told(watch.faults)


def test_what_only_another_policy_asks(watch: Watch, live: Live, pages: list[str], known: MapAdapter) -> None:
    """A serious matter, from noting it to the second person."""
    assert pages
    sign_in(watch.page, Role.SENIOR, OTHER)
    for path in every_page_elsewhere(live, OTHER, known):
        answer = watch.page.goto(path)
        assert answer
        assert answer.status == FINE, path
        watch.look()
    assert not watch.faults, told(watch.faults)


def test_every_page_of_an_agency_can_be_opened_by_somebody_there(known: MapAdapter, opened_there: set[str]) -> None:
    found = {known.match(path)[0] for path in opened_there}
    missed = sorted({rule.endpoint for rule in partner_rules(known)} - found)
    assert not missed, f"Nobody could open {', '.join(missed)}."


def test_every_page_can_be_opened_by_somebody(known: MapAdapter, opened: set[str]) -> None:
    """Whoever adds a page finds it here without having told anybody."""
    found = {known.match(path.partition("?")[0])[0] for path in opened}
    missed = sorted({rule.endpoint for rule in desk_rules(known)} - found)
    assert not missed, f"Nobody could open {', '.join(missed)}."


def test_one_list_over_three_landlords(watch: Watch, pages: list[str]) -> None:
    sign_in(watch.page, Role.OFFICER, several=True)
    watch.page.goto("/desk/")
    watch.look()
    watch.page.get_by_role("navigation", name="Narrow the list").get_by_role("link").last.click()
    watch.look()
    assert not watch.faults, told(watch.faults)


@pytest.mark.parametrize(("endpoint", "button"), MISTAKES.items())
def test_mistakes_are_told_beside_the_question(
    watch: Watch, pages: list[str], known: MapAdapter, endpoint: str, button: str
) -> None:
    """Each form sent with nothing in it: refused, and told so at the top and beside what is missing."""
    sign_in(watch.page, Role.SENIOR)
    watch.page.goto(first(pages, known, endpoint))
    empty(watch.page)
    watch.page.get_by_role("button", name=button, exact=True).click()
    expect(watch.page.locator(".govuk-error-summary")).to_be_visible()
    expect(watch.page.locator(".govuk-error-message").first).to_be_visible()
    watch.look()
    assert not watch.faults, told(watch.faults)


def test_what_happens_in_place(watch: Watch, pages: list[str], known: MapAdapter) -> None:
    """What scripts put into a page, and what lies under the pointer: lists, a number or why it stays hidden."""
    page, watch.kinds, watch.painted = watch.page, set(), set()
    sign_in(page, Role.OFFICER)
    page.get_by_role("navigation", name="Narrow the list").get_by_role("link", name="Overdue").click()
    expect(page.get_by_role("navigation").locator("[aria-current=true]").first).to_have_text("Overdue")
    watch.look()
    page.goto(first(pages, known, "cases.case"))
    page.get_by_role("button", name="Add the note").click()
    expect(page.locator(".govuk-error-message")).to_be_visible()
    watch.look()
    page.get_by_role("button", name=re.compile("^Show ")).first.click()
    expect(page.locator(".revealed")).to_be_visible()
    watch.look()
    page.goto("/desk/search")
    page.get_by_label("Reference, name").fill("HAV")
    page.get_by_role("button", name="Search").click()
    watch.look()
    assert not watch.faults, told(watch.faults)


def test_somebody_changed_it_meanwhile(watch: Watch, pages: list[str], known: MapAdapter) -> None:
    page = watch.page
    sign_in(page, Role.OFFICER)
    page.goto(first(pages, known, "closing.close"))
    page.locator("[name=revision]").evaluate("(field) => { field.value = 0; }")
    page.get_by_label("Help is complete").check()
    page.get_by_label("How things stand").fill("Well.")
    page.get_by_label("Standard", exact=True).check()
    page.get_by_label("Yes, we spoke").check()
    page.get_by_label("Why it is closed all the same").fill("Nothing more is wanted.")
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_text("Somebody changed this meanwhile")).to_be_visible()
    expect(page.get_by_label("How things stand")).to_have_value("Well.")
    watch.look()
    assert not watch.faults, told(watch.faults)


def test_the_html_of_all_of_them(html: dict[str, str], tmp_path: Path) -> None:
    """The Nu HTML checker, once over everything."""
    assert len(html) > 45
    wrong = nu(html, tmp_path)
    assert not wrong, "\n".join(wrong)


def empty(page: Page) -> None:
    """Take out of the forms whatever they offer, and open what is folded away."""
    page.locator("main details").evaluate_all("(all) => all.forEach((each) => { each.open = true; })")
    page.locator("main form").evaluate_all(
        "(all) => all.flatMap((each) => [...each.elements]).forEach((each) => {"
        " if (each.type !== 'hidden') { each.checked = false; if (each.type !== 'radio') each.value = ''; } })"
    )


def first(pages: list[str], known: MapAdapter, endpoint: str) -> str:
    """The first address of a kind of page."""
    return next(path for path in pages if known.match(path.partition("?")[0])[0] == endpoint)


def sign_in(page: Page, role: Role, slug: str = SLUG, *, several: bool = False) -> None:
    """As the first of the demonstration's staff with this role, at the landlord looked at or at several."""
    who = next(
        each
        for each in STAFF
        if each.role is role and (len(each.landlords) > 1 if several else slug in each.landlords)
    )
    Desk(page).sign_in(who.email, PASSWORD)
