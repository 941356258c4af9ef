"""Showing it: a manager's figures and report, a board member, an auditor's sample and file, three landlords."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from e2e.checks import Watch, told
from e2e.conftest import OpenDevice
from e2e.live import Live, Someone
from e2e.pages.journey_desk import Desk
from portal.cases.contacts import Outcome
from portal.cases.models import Contact
from portal.cases.stages import close
from portal.domain.figures import Quarter, quarters
from portal.domain.intake import Answers
from portal.domain.lifecycle import Source
from portal.domain.permissions import Role
from portal.referrals import service as referrals
from portal.reports.benchmark.jobs import write_benchmark
from portal.store.audit import PUBLIC, Actor
from portal.store.base import new_id

SLUG, OTHERS = "whg", ("star", "nph")
HOUR = timedelta(hours=1)
ME = Actor(None, "Robin Example")


def last_quarter() -> Quarter:
    return quarters(datetime.now(UTC))[1]


def worked(live: Live, slug: str, cases: int, in_time: int, officer: Someone) -> list[UUID]:
    """Cases of the quarter before, reported on a Tuesday morning; so many reached after three hours, and all closed."""
    found = []
    began = last_quarter().begins + timedelta(days=15, hours=10)
    began += timedelta(days=(1 - began.weekday()) % 7)
    with live.work(slug) as session:
        for number in range(cases):
            answers = Answers(source=Source.SELF, name="Wren Example")
            report_id = referrals.receive(session, answers, PUBLIC, began, reached_us_at=began).report_id
            case = referrals.open_case(session, report_id, live.codes[slug], ME, began)
            found.append(case.id)
            session.flush()
            if number < in_time:
                session.add(
                    Contact(landlord_id=live.landlords[slug], id=new_id(), case_id=case.id, at=began + 3 * HOUR,
                            channel="call", recorded_at=began + 3 * HOUR, account_id=officer.account_id,
                            outcome=Outcome.REACHED.value, verdict="safe", sealed=b"")
                )  # fmt: skip
            close(session, case.id, "helped", "Well.", ME, began + timedelta(days=20))
    return found


def signed_in(live: Live, device: OpenDevice, slug: str, role: Role) -> tuple[Page, str]:
    page = device(desk=True, js=True)
    Desk(page).sign_in(live.staff(slug, role).email)
    return page, f"/desk/{slug}"


@pytest.fixture(scope="module")
def three(live: Live) -> Live:
    """Three landlords with twelve cases each: seven, five and all of them reached in time."""
    for slug, in_time in zip((SLUG, *OTHERS), (7, 5, 12), strict=True):
        worked(live, slug, 12, in_time, live.staff(slug, Role.OFFICER))
    return live


def test_a_manager_makes_a_report_that_a_board_member_reads_and_in_which_nobody_is(
    three: Live, device: OpenDevice
) -> None:
    page, desk = signed_in(three, device, SLUG, Role.MANAGER)
    watch = Watch(page)
    page.goto(f"{desk}/figures?quarter={last_quarter()}")
    watch.look()
    page.get_by_role("link", name=re.compile("the cases behind “Closed, and not opened again”")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The cases behind a number")
    watch.look()
    page.goto(f"{desk}/packs")
    page.get_by_role("radio").first.check()
    page.get_by_label("About which quarter").select_option(str(last_quarter()))
    page.get_by_role("button", name="Make the report").click()
    expect(page.get_by_role("link", name="Save it as a PDF that can be read aloud")).to_be_visible(timeout=60_000)
    page.get_by_label("What the figures say").fill("Twelve came to us.")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Your words are kept.")).to_be_visible()
    page.get_by_role("button", name="Send it to").click()
    expect(page.get_by_text("It is sent.")).to_be_visible()
    assert not watch.faults, told(watch.faults)

    page, desk = signed_in(three, device, SLUG, Role.BOARD)
    watch = Watch(page)
    page.goto(f"{desk}/packs")
    page.get_by_role("link", name=last_quarter().say()).first.click()
    watch.look()
    expect(page.get_by_text("Twelve came to us.")).to_be_visible()
    assert "Wren" not in page.content()
    page.goto(f"{desk}/figures?quarter={last_quarter()}")
    watch.look()
    assert page.get_by_role("link", name="the cases behind").count() == 0
    assert not watch.faults, told(watch.faults)


def test_an_auditor_draws_a_sample_recommends_a_change_and_takes_a_marked_file_along(
    three: Live, device: OpenDevice
) -> None:
    page, desk = signed_in(three, device, SLUG, Role.AUDITOR)
    watch = Watch(page)
    page.goto(f"{desk}/findings")
    page.get_by_label("How many closed cases").fill("2")
    page.get_by_label("The next audit is due on").fill("2027-05-01")
    page.get_by_role("button", name="Draw a sample").click()
    page.get_by_role("link", name="Look at").first.click()
    watch.look()
    page.get_by_role("button", name="I have gone through it").click()
    page.goto(f"{desk}/exports")
    watch.look()
    page.get_by_label("Figures in which nobody can be found").check()
    page.get_by_label("Of which time").select_option(str(last_quarter()))
    page.get_by_label("CSV, for any program").check()
    page.get_by_label("For whom").fill("The audit committee")
    page.get_by_label("Why").fill("Yearly audit")
    page.get_by_role("button", name="Ask for it").click()
    link = page.get_by_role("link", name="Save it")
    expect(link).to_be_visible(timeout=60_000)
    with page.expect_download() as saved:
        link.click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text("utf-8-sig"))))
    assert "The audit committee" in rows[1][0]
    assert "Wren" not in str(rows)
    assert not watch.faults, told(watch.faults)


def test_three_landlords_that_take_part_see_where_they_stand_and_no_name(three: Live, device: OpenDevice) -> None:
    for slug in (SLUG, *OTHERS):
        page, desk = signed_in(three, device, slug, Role.MANAGER)
        page.goto(f"{desk}/benchmark")
        page.get_by_label("Whoever answers for our figures here has agreed that we take part").check()
        page.get_by_role("button", name="Take part", exact=True).click()
        expect(page.get_by_text("This landlord takes part.")).to_be_visible()
        write_benchmark(lambda slug=slug: three.work(slug), datetime.now(UTC))
    watch = Watch(page)
    page.goto(f"/desk/nph/benchmark?quarter={last_quarter()}")
    watch.look()
    expect(page.get_by_text("We stand first of 3.").first).to_be_visible()
    for name in ("Walsall", "STAR", "whg"):
        assert name not in page.locator("main").inner_text()
    assert not watch.faults, told(watch.faults)


def test_a_complaint_goes_from_the_officer_to_its_handler_and_is_answered(three: Live, device: OpenDevice) -> None:
    handler, officer = three.staff(SLUG, Role.COMPLAINTS), three.staff(SLUG, Role.OFFICER)
    case_id = worked(three, SLUG, 1, 1, officer)[0]
    page = device(desk=True, js=True)
    Desk(page).sign_in(officer.email)
    watch = Watch(page)
    page.goto(f"/desk/{SLUG}/cases/{case_id}/complaints/add")
    watch.look()
    page.get_by_label("The person whose case it is").check()
    page.get_by_label("What the complaint says").fill("Nobody rang back for a week.")
    page.get_by_label("How an answer reaches them").fill("Through the officer")
    page.get_by_label("When and how contact was tried").check()
    page.get_by_label("Who handles it").select_option(str(handler.account_id))
    page.get_by_role("button", name="Link it").click()
    watch.look()
    assert not watch.faults, told(watch.faults)

    page = device(desk=True, js=True)
    Desk(page).sign_in(handler.email)
    watch = Watch(page)
    page.goto(f"/desk/{SLUG}/complaints")
    watch.look()
    page.get_by_role("link", name=re.compile("^C-")).first.click()
    watch.look()
    page.get_by_role("link", name="They were told that we have it").click()
    page.get_by_label("What we told them").fill("We have it.")
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("link", name="Keep our answer").click()
    watch.look()
    page.get_by_label("Upheld", exact=True).check()
    page.get_by_label("The answer, and what is put right").fill("We are sorry.")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("The answer is kept.")).to_be_visible()
    assert "Wren" not in page.content()
    assert not watch.faults, told(watch.faults)
