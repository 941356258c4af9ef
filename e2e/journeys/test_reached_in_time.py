"""The main job, for each landlord: somebody asks for help, and what the policy asks for is done in time."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from e2e import casework
from e2e.casework import asks, given
from e2e.conftest import OpenDevice
from e2e.live import Live, Someone, running
from e2e.pages.journey_desk import Desk
from e2e.pages.journey_public import AskForHelp
from portal.domain.calendar import in_london
from portal.domain.contact import SafeTimes, Times, Weekday, Window
from portal.domain.intake import Answers
from portal.domain.lifecycle import Source
from portal.domain.permissions import Role
from portal.domain.policy import DISCLOSURE
from portal.domain.wording import say_deadline, say_moment
from portal.landlords.clock_answer import ClockAnswer, ask_clock
from portal.referrals import service as referrals
from portal.referrals.models import Report
from portal.serving.embedded import EmbeddedServers
from portal.store.audit import PUBLIC

NAME, NUMBER = "Wren Example", "07700 900 417"
HAPPENING = "They take my keys and my phone, and I am afraid to go home."
NEUTRAL = re.compile(r"/[a-z-]+/(contact/(\d+|check|received))?")
UNSAFE = "This is outside the hours that they said are safe."
THREE_HOURS = timedelta(hours=3)

LANDLORDS = [
    pytest.param("dales", False, marks=pytest.mark.clause("AG013-OP1a")),
    pytest.param("seven-locks", True, marks=pytest.mark.clause("AG013-OP1a")),
    pytest.param("havebury", False, marks=pytest.mark.clause("HAV-4.3a")),
    pytest.param("star", True, marks=pytest.mark.clause("STAR-5.1a")),
    pytest.param("whg", False),
    pytest.param("nph", True, marks=pytest.mark.clause("NPH-DEALING-6")),
]


@pytest.fixture(scope="module")
def live(servers: EmbeddedServers) -> Iterator[Live]:
    """A product of this file's own, to which nothing has come in."""
    with running(servers) as found:
        yield found


@pytest.mark.parametrize(("slug", "js"), LANDLORDS)
def test_somebody_asks_for_help_and_is_reached_in_time(
    live: Live, device: OpenDevice, slug: str, js: bool
) -> None:
    """She needs no JavaScript; the officer neither, but half of them have it."""
    officer = live.staff(slug, Role.OFFICER, name="Robin Example", on_duty=True)
    asked_at = datetime.now(UTC)
    her = AskForHelp(device(), slug)
    desk = Desk(device(desk=True, js=js))

    she_asks(her, asked_at)
    promised = what_is_due(live, slug)
    she_is_promised(her, live, slug, promised)
    somebody_else_asks_later(live, slug)
    the_officer_sees_it_first(desk, officer, promised)
    the_officer_makes_it_a_case(desk, officer, promised)
    an_unsafe_hour_is_refused(desk, asked_at - THREE_HOURS)
    trying_is_not_reaching(desk)
    the_act_of_the_policy_meets_the_clock(desk, live, slug)


def she_asks(her: AskForHelp, asked_at: datetime) -> None:
    her.begin()
    her.say_how_safe_now("For now, but maybe not for long")
    assert her.heading == "Who to ring now"
    her.page.get_by_role("link", name="Go on").click()
    her.say_how_to_be_reached("Ring me", NUMBER)
    her.say_safe_from(asked_at)
    her.say_leave_no_message()
    her.tell(HAPPENING)
    her.say_name(NAME)
    her.skip_the_rest()
    her.read_through((NAME, NUMBER, HAPPENING))
    her.send()


def she_is_promised(her: AskForHelp, live: Live, slug: str, promised: ClockAnswer) -> None:
    """What the policy promises, and by when in its own terms; a code; nothing of what she wrote."""
    assert her.heading == "We have your message"
    assert live.policy(slug).clock(DISCLOSURE).promise in her.text
    if promised.due:
        assert say_deadline(promised.due) in her.text
        aims = live.policy(slug).clock(DISCLOSURE).commitment == "aim"
        assert ("That would be by" if aims else "That is by") in her.text
    else:
        assert "Our policy promises no time" in her.text
    assert NAME not in her.text
    assert NUMBER not in her.text
    odd = [
        url for url in her.been_at if not NEUTRAL.fullmatch(url.removeprefix(live.url).removesuffix("/now"))
    ]
    assert not odd, "an address that says too much"


def what_is_due(live: Live, slug: str) -> ClockAnswer:
    """Worked out from the landlord's folder and the moment at which the report came in, and from nothing else."""
    with live.work(slug) as session:
        received_at = session.scalars(select(Report.received_at)).one()
    return ask_clock(live.policy(slug), DISCLOSURE, received_at)


def somebody_else_asks_later(live: Live, slug: str) -> None:
    with live.work(slug) as session:
        referrals.receive(session, Answers(Source.SELF, name="Later Example"), PUBLIC, datetime.now(UTC))


def the_officer_sees_it_first(desk: Desk, officer: Someone, promised: ClockAnswer) -> None:
    desk.sign_in(officer.email)
    expect(desk.page).to_have_title(re.compile("^My work"))
    expect(desk.rows("New reports")).to_have_count(2)
    row = desk.rows("New reports").first
    expect(row).to_contain_text(NAME)
    if promised.due:
        expect(row.locator(".exact")).to_have_text(f"{say_deadline(promised.due)}, {promised.clause}")
    else:
        expect(row.locator(".state")).to_have_text("No time stated")
    row.get_by_role("link", name="Read").click()


def the_officer_makes_it_a_case(desk: Desk, officer: Someone, promised: ClockAnswer) -> None:
    expect(desk.page.locator("main")).to_contain_text(HAPPENING)
    assert NUMBER not in desk.page.content(), "a number before there is a case"
    desk.open_case(officer)
    expect(desk.page.get_by_text("A case has been opened.")).to_be_visible()
    assert NUMBER not in desk.page.content(), "a number before how and when it is safe"
    why = desk.why()
    assert promised.rule.capitalize() in why
    assert promised.clause is None or promised.clause in why
    case = desk.path
    desk.my_work()
    row = desk.rows("Do next" if promised.due else "No target").first
    expect(row).to_contain_text(NAME)
    assert row.get_by_role("rowheader").get_by_role("link").get_attribute("href") == case
    row.get_by_role("rowheader").get_by_role("link").click()


def an_unsafe_hour_is_refused(desk: Desk, at: datetime) -> None:
    """Beside the question, with its reason; nothing typed is lost, nothing is kept, no way round is offered."""
    desk.begin_contact()
    desk.fill_contact("Call", "Reached them", "We spoke for a while.", at)
    desk.record_contact()
    summary = desk.page.locator(".govuk-error-summary")
    expect(summary).to_contain_text(UNSAFE)
    expect(desk.page.get_by_role("group", name="How")).to_contain_text(UNSAFE)
    expect(desk.page.get_by_label("What was said and agreed")).to_have_value("We spoke for a while.")
    expect(desk.page.get_by_label("Reason for going ahead")).to_have_count(0)
    desk.page.locator(".govuk-back-link").click()
    expect(desk.page.locator("#timeline")).not_to_contain_text("We spoke for a while.")


def trying_is_not_reaching(desk: Desk) -> None:
    """Neither a call that nobody answers nor a talk that is not the policy's act stops the clock."""
    for outcome, words in (
        ("No answer", "It rang for a minute."),
        ("Reached them", "They asked me to ring again."),
    ):
        desk.begin_contact()
        desk.fill_contact("Call", outcome, words)
        desk.record_contact()
        expect(desk.page.get_by_text("The contact is recorded.")).to_be_visible()
        expect(desk.page.locator("#timeline")).to_contain_text(words)
        expect(desk.clock.locator(".state")).not_to_have_text(re.compile("Met"))


def the_act_of_the_policy_meets_the_clock(desk: Desk, live: Live, slug: str) -> None:
    desk.begin_contact()
    desk.fill_contact("Call", "Reached them", "We spoke, and we speak again on Friday.")
    desk.tick_what_the_policy_asks_for()
    desk.record_contact()
    expect(desk.page.get_by_text("The contact is recorded.")).to_be_visible()
    expect(desk.clock.locator(".state")).to_have_text("Met")
    expect(desk.page.locator("#timeline")).to_contain_text("This met the clock")
    expect(desk.page.get_by_text("Nothing is due under the policy.")).to_be_visible()
    desk.my_work()
    expect(desk.rows("Do next")).to_have_count(0)
    expect(desk.rows("No target")).to_have_count(0)
    expect(desk.rows("Nothing due")).to_have_count(1)


@pytest.mark.parametrize("js", [False, True])
def test_a_number_stays_hidden_at_an_hour_that_is_not_safe(live: Live, device: OpenDevice, js: bool) -> None:
    """Why, and when it will be safe, stand where the number would be."""
    officer = live.staff("whg", Role.OFFICER, name="Sam Example")
    opens = in_london(datetime.now(UTC) + timedelta(hours=2)).replace(minute=0)
    later = Window(frozenset(Weekday), opens.time(), (opens + timedelta(hours=2)).time())
    with live.work("whg") as session:
        case_id = given(
            session, live, "whg", asks(NAME, times=SafeTimes(Times.ONLY_THESE, (later,))), officer
        )
    desk = Desk(device(desk=True, js=js))
    desk.sign_in(officer.email)
    desk.page.goto(f"/desk/whg/cases/{case_id}")
    desk.page.get_by_role("button", name="Show number (call)").click()
    reach = desk.page.locator("#reach")
    expect(reach.get_by_text("The number stays hidden.")).to_be_visible()
    expect(reach.locator(".revealed")).to_contain_text(UNSAFE)
    expect(reach).to_contain_text(f"Next safe: {say_moment(opens)}")
    expect(reach.get_by_text("A senior officer can go ahead with a reason.")).to_be_visible()
    assert casework.NUMBER not in desk.page.content()
