"""Another home, by four landlords' own rules: on a telephone without scripts, as an officer has it at a door."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from e2e.casework import asks, given
from e2e.conftest import OpenDevice
from e2e.live import Live, Someone
from e2e.pages.case_record import Record
from e2e.pages.journey_desk import Desk
from portal.domain.permissions import Role
from portal.domain.training import Course, TrainingLevel
from portal.people import training

SERIOUS = 16
"""How many questions of the assessment are answered with yes."""
FLAT = {"bedrooms": "2", "kind": "flat", "tenure": "assured"}
BEFORE = FLAT | {
    "home_area": "WS1",
    "no_go": "WS2",
    "needs": "No stairs.",
    "risks": "He waits in the street.",
    "lessened": "A street that he does not know.",
    "lessens": "yes",
    "ours": "Keep the address apart.",
    "theirs": "Tell nobody of the street.",
    "copy": "unsafe",
}
TELLING = {
    "whose": "both", "other": "not_asked", "reasonable": "no", "tells": "yes", "giving": "redacted",
    "reason": "A line tells who rang us.",
}  # fmt: skip
HERS = TELLING | {"whose": "another", "giving": "withheld", "reason": "It is about the sister alone."}
FILE = """2 January 2026: rent paid
5 January 2026: call from the domestic abuse team
12 January 2026: tap in the kitchen mended"""


def case_of(live: Live, slug: str, officer: Someone, name: str) -> str:
    """The address of a case that this officer has."""
    with live.work(slug) as session:
        course = Course("Handling disclosures", TrainingLevel.SPECIALIST, date(2026, 1, 5))
        training.record(session, officer.account_id, course, officer.actor, datetime.now(UTC))
        case_id: UUID = given(session, live, slug, asks(name), officer)
    return f"/desk/{slug}/cases/{case_id}"


def at_hand(live: Live, device: OpenDevice, slug: str, *roles: Role, name: str = "Wren Example") -> Record:
    """A case on the telephone of an officer who has signed in."""
    officer, page = live.staff(slug, *roles), device()
    Desk(page).sign_in(officer.email)
    return Record(page, case_of(live, slug, officer, name), looks=False)


def signed_in(live: Live, device: OpenDevice, slug: str, role: Role) -> Page:
    """Somebody else's telephone."""
    page = device()
    Desk(page).sign_in(live.staff(slug, role).email)
    return page


def assess(record: Record) -> None:
    """Every question is asked; many are answered with yes."""
    record.open("/risk")
    record.page.get_by_role("button", name="Assess the risk").click()
    page = record.page
    radios = page.locator("main input[type=radio]")
    names = dict.fromkeys(radios.evaluate_all("all => all.map((each) => each.name)"))
    for number, name in enumerate(names):
        value = "yes" if number < SERIOUS else "no"
        page.locator(f"input[type=radio][name='{name}'][value='{value}']").check()
    page.get_by_role("button", name="Save and look at the outcome").click()
    page.get_by_label("Nobody visits alone").check()
    page.get_by_label("What staff must know before they go there").fill("A dog that bites.")
    page.get_by_label("Assess again on").fill(str(datetime.now(UTC).date() + timedelta(days=28)))
    page.get_by_role("button", name="Complete the assessment").click()
    expect(page.get_by_text("The assessment is completed.")).to_be_visible()


def answer(record: Record, **said: str) -> None:
    """What is known about the home."""
    record.open("/options/answers")
    record.send("/answers", said, "Keep")


def move(record: Record, page: str, button: str, **said: str) -> None:
    """A form of the move."""
    record.open(f"/move/{page}")
    record.send(f"/{page}", said, button)


def test_whg_goes_from_an_assessment_to_its_single_gold_offer(live: Live, device: OpenDevice) -> None:
    record = at_hand(live, device, "whg", Role.OFFICER)
    assess(record)
    record.open()
    expect(record.page.locator(".head .risk")).to_have_text("High risk")
    answer(record, home="not_safe", wish="move", staying_answered="yes")
    move(record, "prepare", "Keep", **BEFORE)
    move(record, "decide", "Keep the decision", agreed="yes", reason="Not safe any longer.")
    record.shows("Critical need, gold", "whg 2.7", "1 of 1 left")
    home = FLAT | {"postcode": "WS2 9ZZ", "mitigation": "Another town."}
    move(record, "offer", "Keep the offer", **home)
    record.shows("It lies where they said that they must not be. (whg 2.10)")
    move(record, "offer", "Keep the offer", **(home | {"postcode": "ST16 2AA"}))
    record.shows("0 of 1 left", "whg 2.9")
    move(record, "offer", "Keep the offer", **(home | {"postcode": "ST16 2AB", "reason": "Nicer."}))
    record.shows("One offer is made under this policy. (whg 2.9)")


def test_an_nph_panel_refuses_priority_inside_the_borough_and_goes_to_the_council(
    live: Live, device: OpenDevice
) -> None:
    record = at_hand(live, device, "nph", Role.OFFICER)
    answer(record, home="not_safe", wish="move", evidence="yes", agrees_to_temporary="yes", moves_before="2")
    record.open("/options/panel")
    sitting = {
        "managers": "Housing manager, Area manager",
        "against": "Area manager",
        "specialists": "Specialist officer",
        "papers": "The assessment, two police logs.",
        "recommends": "out_of_area",
        "safe_in_area": "no",
        "reasons": "Found at both homes before.",
        "told": "By call, the same day.",
    }
    record.send("/panel", sitting, "Keep")
    record.shows("A home in our own area would keep them at risk. NPH Rehousing Options, para 2")
    record.shows("Voted for it", "Against it")
    record.shows("Move out of Northampton Open")
    record.open("/options/step")
    said = {"option": "temporary", "step": "asked", "body": "West Northamptonshire Council"}
    record.send("/step", said, "Keep this")
    record.shows("Write the reference of Jigsaw, or why there is none.")
    record.send("/step", {"reference": "JIG-4711", "stage": "relief"}, "Keep this")
    record.shows("JIG-4711", "West Northamptonshire Council", "relief duty")
    record.open("/options/step")
    chosen = {"option": "out_of_area", "step": "asked", "body": "Leicester City Council", "words": "They chose it."}
    record.send("/step", chosen, "Keep this")
    record.shows("Leicester City Council")


def test_a_dales_case_is_housed_by_star_through_the_desk(live: Live, device: OpenDevice) -> None:
    record = at_hand(live, device, "dales", Role.OFFICER, name="Wilhelmina Featherstone")
    answer(record, home="not_safe", wish="move", own_homes_serve="no")
    move(record, "prepare", "Keep", **(BEFORE | {"tenure": "secure"}))
    move(record, "decide", "Keep the decision", agreed="yes", reason="Not safe any longer.")
    record.open("/exchange/post")
    need = {"bedrooms": "2", "tenure": "secure", "regions": ["west_midlands", "wales"]}
    record.send("/post", need | {"consent": "By call: whatever is quick."}, "Post it")
    record.shows("The need stands on the desk, without a name.")
    star = signed_in(live, device, "star", Role.MANAGER)
    star.goto("/desk/star/exchange")
    expect(star.locator("main")).to_contain_text("2 bedrooms, secure or firmer")
    for told in ("Featherstone", "Dales", "Invented Row"):
        expect(star.locator("main")).not_to_contain_text(told)
    star.get_by_role("link", name="Offer a home").first.click()
    star.get_by_label("West Midlands").check()
    star.get_by_label("Its address").fill("7 Canary Court, Ludlow")
    star.get_by_role("button", name="Offer it").click()
    record.open("/exchange")
    record.follow("What they say to it")
    record.send("/homes/", {"answer": "yes", "wish": "Yes, at once."}, "Keep this")
    record.shows("the other landlord has not agreed yet")
    star.goto("/desk/star/exchange")
    star.get_by_role("link", name="Answer").first.click()
    star.get_by_label("We agree").check()
    star.get_by_role("button", name="Keep this").click()
    record.open("/exchange")
    record.follow("Hand over what they release")
    record.send("/hand-over", {"parts": ["name", "contact"]}, "Hand it over")
    star.get_by_role("button", name="Open what they released").click()
    expect(star.locator("main")).to_contain_text("Wilhelmina Featherstone")
    expect(star.locator("main")).to_contain_text("Dales")
    expect(star.locator("main")).not_to_contain_text("They frighten me.")
    move(record, "moved", "Keep this", words="With both keys.")
    record.shows("Moved in")
    record.open("/tasks")
    record.shows("Decide whether and how the arrears are divided")


@pytest.mark.parametrize("asker", ["joint_tenant", "acting"])
def test_a_joint_tenants_file_request_gives_nothing_away(live: Live, device: OpenDevice, asker: str) -> None:
    record = at_hand(live, device, "havebury", Role.OFFICER, name="Perpetua Quillfeather")
    record.open("/tenancy-file/add")
    acting = {"acts_for": "Sam Example", "acts_as": "solicitor", "authority_seen": "y"} if asker == "acting" else {}
    record.send("/tenancy-file/add", {"asker": asker, "name": "Darius Example"} | acting, "Keep this")
    url = record.page.url.partition("?")[0]
    for kind, words, decided in (("notes", FILE, TELLING), ("letters", "The sister of Sam wrote.", HERS)):
        record.follow("Gather a paper")
        record.send("/gather", {"kind": kind, "text": words}, "Keep the words")
        record.send("/papers/", decided, "Keep the decision")
    record.shows("Redacted", "Withheld")
    record.send("/first", {"first-sure": "y"}, "Sign first")
    read = record.page.locator("#as-he-reads-it")
    expect(read).to_contain_text("rent paid")
    for telling in ("domestic", "Quillfeather", "HAV-"):
        expect(read).not_to_contain_text(telling)
    senior = signed_in(live, device, "havebury", Role.SENIOR)
    senior.goto(url)
    senior.locator("[name='sign-sure']").check()
    senior.locator("form[action*='/sign'] button").click()
    record.page.goto(url)
    with record.page.expect_download() as found:
        record.page.get_by_role("button", name="Save what is given").click()
    assert found.value.suggested_filename == "tenancy-file.txt"
    words = found.value.path().read_text()
    assert words == "2 January 2026: rent paid\n12 January 2026: tap in the kitchen mended\n"
