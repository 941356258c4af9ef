"""One whole case, by an officer and a senior: from the first contact to its closing by two, and open again."""

from datetime import UTC, datetime, timedelta

from e2e.casework import asks, given
from e2e.checks import told
from e2e.conftest import OpenDevice
from e2e.live import Live
from e2e.pages.case_record import Record
from e2e.pages.journey_desk import Desk
from portal.domain.calendar import in_london
from portal.domain.permissions import Role

SLUG = "havebury"
ITEMS = (*(str(number) for number in range(1, 25)), "A", "B", "C")
BODY = "Harbour Advocates"


def test_one_case_from_first_contact_to_closing_by_two_and_open_again(live: Live, device: OpenDevice) -> None:
    officer, senior = live.staff(SLUG, Role.OFFICER), live.staff(SLUG, Role.SENIOR, name="Sam Senior")
    with live.work(SLUG) as session:
        case_id = given(session, live, SLUG, asks("Wren Example"), officer)
    case = f"/desk/{SLUG}/cases/{case_id}"
    ours, theirs = (Record(device(desk=True, js=True), case) for _ in range(2))
    Desk(ours.page).sign_in(officer.email)
    Desk(theirs.page).sign_in(senior.email)
    reached(ours)
    assess(ours, yes=4)
    plan(ours)
    safeguard(ours)
    share(ours)
    incident(ours)
    assess(ours, yes=14)
    ours.shows("14 of 24 answered yes")
    close(ours, theirs)
    reopen(ours, theirs)
    for each in (ours, theirs):
        assert not each.watch.faults, told(each.watch.faults)


def reached(record: Record) -> None:
    """The first contact, by the way that is safe."""
    record.open()
    record.open("/contact")
    said = {"channel": "call", "outcome": "reached", "words": "“I want to stay here.”"}
    record.send("/contact", said, "Record")
    record.shows("The contact is recorded.", "“I want to stay here.”")


def assess(record: Record, yes: int) -> None:
    """Every item of the instrument, and the outcome."""
    record.open("/risk")
    record.send("/risk", {}, "Assess the risk")
    answers = {f"a_{item}": "yes" if number < yes else "no" for number, item in enumerate(ITEMS)}
    record.send("/risk/", answers, "Save and look at the outcome")
    again = in_london(datetime.now(UTC)).date() + timedelta(days=28)
    record.send("/finish", {"staff_risk": "none_known", "again_on": str(again)}, "Complete the assessment")
    record.shows("The assessment is completed.")


def plan(record: Record) -> None:
    """A safety plan that is agreed with them, and an action of ours."""
    record.open("/plans")
    record.open("/plans/safety/write")
    record.send("/write", {"part_leaving": "By the back door."}, "Keep the draft")
    record.open("/plans/safety/agree")
    record.send(
        "/agree",
        {"agreed": "y", "how": "telephone", "every": "2", "unit": "weeks", "rhythm_agreed": "y"},
        "They agree",
    )
    record.shows("The plan is agreed.", "Version 1")


def safeguard(record: Record) -> None:
    """A concern about a child, referred without their agreement on the policy's own ground."""
    record.open("/safeguarding/children")
    feared = {"group": "child", "person": "somebody-else", "whom": "Ola", "harms": "emotional"}
    record.send("/safeguarding", feared | {"words": "Hears it through the wall."}, "Note")
    record.shows("The concern is noted.")
    record.page.get_by_role("link", name="Record a referral to").first.click()
    record.watch.look()
    sent = {
        "ground": "safeguarding",
        "lawful_basis": "Safeguarding, Data Protection Act 2018 Schedule 1",
        "told": "told",
        "content": "Name, age, what she hears.",
    }
    record.send("/refer", sent, "Record")
    record.shows("The referral is recorded.")
    record.open("/shares")
    record.shows("Safeguarding referral")


def share(record: Record) -> None:
    """They agree that an advocate gets the plan, and it leaves once."""
    record.open("/consents")
    agreed = {
        "agency": BODY,
        "kind": "support",
        "purpose": "So that I need not tell it again",
        "parts": ["safety_plan", "risk"],
        "how": "words",
    }
    record.send("/consents", agreed, "Record the consent")
    record.page.get_by_role("link", name=f"Share with {BODY}").click()
    record.watch.look()
    what = {"parts": "safety_plan", "person": "Jo Penrose", "address": "jo@harbour.example", "checked": "y"}
    record.send("/shares/on/", what, "Go on")
    record.shows("By the back door.")
    record.send("/leave", {"way": "print"}, "Let it leave")
    record.shows("It is written down: what left, to whom, and why.", "By the back door.")


def incident(record: Record) -> None:
    """Something happens, and asks for a fresh look at the risk."""
    record.open("/incidents/new")
    yesterday = in_london(datetime.now(UTC)).date() - timedelta(days=1)
    told_us = {"known": "day", "day": str(yesterday), "what": "“He broke the door.”", "acts": "damage"}
    record.send("/incidents/new", told_us | {"told_by": "survivor"}, "Record the incident")
    record.open("/tasks")
    record.shows("Look at the risk again")


def close(ours: Record, theirs: Record) -> None:
    """The risk that is left is high: the officer asks, and a second person agrees."""
    ours.open("/close")
    ending = {
        "reason": "declined",
        "words": "She wants no more for now.",
        "residual": "high",
        "mitigation": "Her brother has moved in.",
        "told": "spoken",
        "despite": "They asked us to stop.",
    }
    ours.send("/close", ending, "Close the case")
    ours.shows("A second person has to agree before the case is closed.")
    answer = ours.page.goto(f"{ours.case}/close/decision")
    assert answer is not None
    assert answer.status in {403, 404}, "nobody agrees alone"
    theirs.open("/close/decision")
    theirs.shows("She wants no more for now.", "High")
    theirs.send("/decision", {"decision": "agreed", "words": "She knows how to come back."}, "Keep the decision")
    theirs.shows("The case is closed.", "Closed")


def reopen(ours: Record, theirs: Record) -> None:
    """They come back, and everything is still there."""
    theirs.open("/reopen")
    theirs.send("/reopen", {"words": "She rang: he is back."}, "Open")
    theirs.shows("The case is open again.")
    ours.open()
    ours.shows("She rang: he is back.", "Agreed with them", "Risk assessed", "Safeguarding referral", "Shared")
