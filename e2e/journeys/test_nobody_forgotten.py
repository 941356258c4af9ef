"""Nobody is forgotten: real workers and a real scheduler send real mails about what nobody has acted on."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from e2e import casework
from e2e.casework import asks, given
from e2e.conftest import OpenDevice
from e2e.letters import LINK, link_of
from e2e.live import LANDLORDS, Live, Someone, running
from e2e.pages.journey_desk import Desk
from portal.cases import contacts
from portal.cases.contacts import Attempt, Outcome
from portal.deadlines.models import Deadline
from portal.domain.clock import StopAct
from portal.domain.contact import Channel
from portal.domain.intake import Danger
from portal.domain.permissions import Role
from portal.domain.policy import DISCLOSURE, THREAT_TO_LIFE
from portal.messaging.words import SUBJECTS, Kind
from portal.reactions import rounds
from portal.referrals import service as referrals
from portal.serving.embedded import EmbeddedServers
from portal.store.audit import PUBLIC
from portal.work.programme import Daily

NAME = "Wren Forgotten"
LONG_AGO = timedelta(days=8)
"""Far enough back that the next working day has passed, whatever the day of the year."""
MORNING = Daily(time(8))
TELLING = re.compile(
    r"abus|violen|domestic|victim|surviv|perpetrat|refuge|threat|harm|danger|police|\b(life|case|report|tenan\w+)\b",
    re.IGNORECASE,
)
TIMED = [slug for slug in LANDLORDS if slug != "whg"]
"""Where the policy states a time for a report; whg's states none, so that nothing of its own falls due."""
YOUNGER_LAW = ("dales", "seven-locks")
"""Where the law has changed since the policy was reviewed, which is told every morning until it has been."""


@dataclass(frozen=True)
class Left:
    """At one landlord a case that nobody has acted on, and beside it one whose clock was met."""

    officer: Someone
    senior: Someone
    manager: Someone
    diligent: Someone
    forgotten: UUID
    acted: UUID


@dataclass(frozen=True)
class Threat:
    """A report that says that a life is in danger, and who was there."""

    report_id: UUID
    at: datetime
    on_duty: Someone
    off_duty: Someone


@pytest.fixture(scope="module")
def live(servers: EmbeddedServers) -> Iterator[Live]:
    """A product of this file's own, so that every mail is about what happens here."""
    with running(servers) as found:
        yield found


@pytest.fixture(scope="module")
def left(live: Live) -> dict[str, Left]:
    """Both cases at every landlord with a time, all made at once, so that their reminders come together.

    Beside them goes what comes every morning, for the scheduler makes up for it by day and not by night.
    """
    found = {slug: leave(live, slug) for slug in TIMED}
    for slug in TIMED:
        for each in rounds(live.settings):
            if each.when == MORNING:
                each.does(lambda slug=slug: live.work(slug), datetime.now(UTC))
    return found


def leave(live: Live, slug: str) -> Left:
    officer, diligent = live.staff(slug, Role.OFFICER), live.staff(slug, Role.OFFICER)
    senior, manager = live.staff(slug, Role.SENIOR), live.staff(slug, Role.MANAGER)
    now = datetime.now(UTC)
    with live.work(slug) as session:
        forgotten = given(session, live, slug, asks(NAME), officer, now - LONG_AGO)
        acted = given(session, live, slug, asks("Robin Reached"), diligent, now - LONG_AGO)
        act = live.policy(slug).clock(DISCLOSURE).stop_act
        attempt = Attempt(Channel.CALL, now, Outcome.REACHED, StopAct(act))
        contacts.record_contact(session, acted, attempt, diligent.actor, now, may_override=False)
    return Left(officer, senior, manager, diligent, forgotten, acted)


@pytest.fixture(scope="module")
def threats(live: Live) -> dict[str, Threat]:
    """A threat to life at every landlord."""
    return {slug: threaten(live, slug) for slug in LANDLORDS}


def threaten(live: Live, slug: str) -> Threat:
    on_duty, off_duty = live.staff(slug, Role.OFFICER, on_duty=True), live.staff(slug, Role.OFFICER)
    now = datetime.now(UTC)
    with live.work(slug) as session:
        received = referrals.receive(session, asks(NAME, danger=Danger.LIFE), PUBLIC, now)
    return Threat(received.report_id, now, on_duty, off_duty)


@pytest.mark.parametrize("slug", TIMED)
def test_all_who_answer_for_it_hear_of_a_case_that_nobody_acts_on(
    live: Live, left: dict[str, Left], slug: str
) -> None:
    """Officer, senior and manager, each once; whoever has acted hears nothing of it."""
    here = left[slug]
    for who in (here.officer, here.senior, here.manager):
        [mail] = live.letters.wait_for(who.email, case_page(live, slug, here.forgotten))
        assert str(mail["Subject"]).startswith(SUBJECTS[Kind.OVERDUE])
    assert not [mail for _, mail in live.letters.taken if str(here.acted) in live.letters.leads_to(link_of(mail))]


def test_the_link_leads_behind_the_sign_in(live: Live, left: dict[str, Left], device: OpenDevice) -> None:
    """Whoever finds the mail learns nothing; whoever it is for comes to the case, and finds the mail's code there."""
    here = left["havebury"]
    [mail] = live.letters.wait_for(here.manager.email, case_page(live, "havebury", here.forgotten))
    desk = Desk(device(desk=True))
    desk.page.goto(link_of(mail))
    expect(desk.page).to_have_title(re.compile("^Sign in"))
    assert NAME not in desk.page.content()
    desk.sign_in(here.manager.email)
    expect(desk.page.locator("main")).to_contain_text(NAME)
    assert desk.path.endswith(str(here.forgotten))
    bar = desk.page.get_by_role("navigation", name="Desk")
    bar.get_by_role("group").filter(has_text="Notices to you").locator("summary").click()
    bar.get_by_role("link", name="Notices to you").click()
    code = code_of(mail)
    expect(desk.page.get_by_role("row").filter(has_text=code)).to_contain_text(SUBJECTS[Kind.OVERDUE])


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param(slug, marks=pytest.mark.clause("HAV-6.1a") if slug == "havebury" else ())
        for slug in LANDLORDS
    ],
)
def test_a_threat_to_life_reaches_the_officer_on_duty_at_once(
    live: Live, threats: dict[str, Threat], slug: str
) -> None:
    """Under every policy, stated time or not; where the policy says at once, due is the very moment."""
    here = threats[slug]
    page = f"{live.url}/desk/{slug}/reports/{here.report_id}"
    mail = live.letters.wait_for(here.on_duty.email, page, seconds=20)[0]
    assert str(mail["Subject"]).startswith(SUBJECTS[Kind.LIFE])
    assert not [
        each for each in live.letters.to(here.off_duty.email) if SUBJECTS[Kind.LIFE] in str(each["Subject"])
    ]
    with live.work(slug) as session:
        clock = session.scalars(
            select(Deadline).where(Deadline.report_id == here.report_id, Deadline.event == THREAT_TO_LIFE)
        ).one()
        assert clock.due_at == (here.at if live.policy(slug).clock(THREAT_TO_LIFE).stated else None)


def test_no_mail_of_any_kind_tells_anything_or_comes_twice(
    live: Live, left: dict[str, Left], threats: dict[str, Threat]
) -> None:
    """Of what is overdue, of a threat to life, of a list that rests, of a policy to be reviewed."""
    for slug, here in left.items():
        live.letters.wait_for(here.manager.email, case_page(live, slug, here.forgotten))
        live.letters.wait_for(here.diligent.email, f"{live.url}/desk/")
        if slug in YOUNGER_LAW:
            live.letters.wait_for(here.manager.email, f"{live.url}/desk/{slug}/policy")
    for slug, here in threats.items():
        live.letters.wait_for(here.on_duty.email, f"{live.url}/desk/{slug}/reports/{here.report_id}")
    for _, mail in live.letters.taken:
        says_nothing(mail, live)
    codes = Counter((to, code_of(mail)) for to, mail in live.letters.taken)
    assert not [each for each, count in codes.items() if count > 1]


def case_page(live: Live, slug: str, case_id: UUID) -> str:
    return f"{live.url}/desk/{slug}/cases/{case_id}"


def code_of(mail: EmailMessage) -> str:
    """By which the portal tells one message from another."""
    return str(mail["Subject"]).rpartition("(")[2].rstrip(")")


def says_nothing(mail: EmailMessage, live: Live) -> None:
    """No name, number, address, content, landlord or telling word, in the headers as little as in the text."""
    headers = "\n".join(f"{name}: {value}" for name, value in mail.items() if name != "To")
    words = LINK.sub("", f"{headers}\n{mail.get_content()}")
    assert not TELLING.search(words), words
    about_her = ("Wren", "Forgotten", "Robin", casework.NUMBER, "Invented", "frighten")
    told = (*about_her, *LANDLORDS, *live.codes.values())
    assert not [each for each in told if re.search(rf"\b{each}\b", words, re.IGNORECASE)], words
