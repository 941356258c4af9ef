"""With partner agencies: three landlords in one list, a MARAC to its closed actions, and an end that is one."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from e2e.conftest import OpenDevice
from e2e.live import Live
from e2e.pages.journey_desk import Desk
from portal.domain.agency_roles import AgencyRole
from portal.domain.permissions import Role
from portal.domain.sharing import RecipientKind
from portal.marac.areas.models import MaracMeeting
from portal.marac.referrals.models import MaracReferral
from portal.partners.asked import service as asked
from portal.partners.grants.models import AgencyGrant
from portal.store.audit import Actor
from tests.conftest import PASSWORD, Clock, Staff
from tests.marac.table import Conference, a_conference
from tests.partners.granting import Agency, agency_of, granted, taken
from tests.places import Place

SOON = timedelta(seconds=1)


def place_of(live: Live, slug: str) -> Place:
    """One of the landlords of the running product."""
    return Place(live.database, live.landlords[slug], slug, live.codes[slug])


def officer(live: Live, slug: str) -> Actor:
    """An officer there."""
    return live.staff(slug, Role.OFFICER).actor


def signed_in(device: OpenDevice, who: Staff) -> Page:
    """An office screen at which somebody is signed in."""
    page = device(desk=True, js=True)
    Desk(page).sign_in(who.email, PASSWORD)
    return page


def shared(live: Live, slug: str, agency: Agency, who: Staff, *, ask: str = "") -> tuple[Place, str]:
    """A case of this landlord's that the agency has taken; and what it is asked to do."""
    place, now = place_of(live, slug), datetime.now(UTC) - SOON
    by = officer(live, slug)
    case_id, grant_id = granted(place, agency, by, now)
    taken(agency, who, grant_id)
    if ask:
        with place.work() as session:
            asked.ask(session, case_id, grant_id, ask, now.date() + timedelta(days=1), by, now)
    return place, str(grant_id)


def test_an_advocate_has_the_cases_of_three_landlords_in_one_list(live: Live, device: OpenDevice) -> None:
    """Each says whose it is and until when; how contact is safe comes first; what is asked is taken and done."""
    agency = agency_of(live.database)
    who = agency.somebody(AgencyRole.WORKER)
    slugs = ("havebury", "star", "whg")
    for slug in slugs:
        shared(live, slug, agency, who, ask="Ring them on Monday." if slug == "star" else "")
    page = signed_in(device, who)
    rows = page.locator("section[aria-labelledby=shared] tbody tr")
    expect(rows).to_have_count(len(slugs))
    rows.first.get_by_role("link").click()
    expect(page.locator("main h2").first).to_have_text("Before any contact")
    page.goto("/desk/partner/cases")
    page.get_by_role("link", name="Ring them on Monday.").click()
    page.get_by_label("Done", exact=True).check()
    page.get_by_label("How, or why not").fill("They are well.")
    page.get_by_role("button", name="Keep this").click()
    expect(page.locator(".done")).to_contain_text("What came of it is kept.")
    page.get_by_role("link", name="Read them, or write").click()
    page.get_by_label("A note").check()
    page.get_by_label("In words").fill("They want to keep the job.")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("They want to keep the job.")).to_be_visible()


def held(conference: Conference) -> None:
    """The day of the meeting has come."""
    then = datetime.now(UTC) - timedelta(hours=1)
    with conference.database.work(conference.agency.scope(conference.coordinator)) as session:
        session.execute(
            update(MaracMeeting).where(MaracMeeting.id == conference.meeting_id).values(at=then, closes_at=then)
        )


def test_from_referral_to_closed_actions_with_two_landlords_and_three_agencies(live: Live, device: OpenDevice) -> None:
    """Each finds its own part of one board, and nobody anything of the other landlord's."""
    conference = a_conference(None, live.database, Clock())  # type: ignore[arg-type]
    members = [conference.seat(kind) for kind in (RecipientKind.POLICE, RecipientKind.SUPPORT, RecipientKind.CHILDREN)]
    first, second = (place_of(live, slug) for slug in ("havebury", "nph"))
    staff = live.staff("havebury", Role.SENIOR)
    case_id, referral = conference.referred(first, staff.actor)
    _, other = conference.referred(second, officer(live, "nph"), name="Wren Robin")
    board = signed_in(device, conference.coordinator)
    for each in (referral, other):
        board.goto(f"/desk/partner/conference/cases/{each}")
        board.get_by_label("For which meeting").select_option(index=1)
        board.get_by_role("button", name="Put it there").click()
        expect(board.locator(".done")).to_have_text("It is on the agenda.")
    held(conference)
    for whose in (members[0].name, "Havebury"):
        board.goto(f"/desk/partner/conference/cases/{referral}/actions")
        choices = board.get_by_label("Who does it")
        wanted = next(each for each in choices.locator("option").all_text_contents() if whose in each)
        choices.select_option(label=wanted)
        board.get_by_label("What", exact=True).fill(f"See to it, {whose}.")
        board.get_by_label("The landlord sees that it was agreed").check()
        board.get_by_label("By the end of").fill((datetime.now(UTC) + timedelta(days=4)).date().isoformat())
        board.get_by_role("button", name="Set it").click()
        expect(board.locator(".done")).to_have_text("The action is set.")
    police = signed_in(device, members[0].somebody())
    police.goto("/desk/partner/conference")
    police.get_by_role("link", name=f"See to it, {members[0].name}.").click()
    police.get_by_label("Done", exact=True).check()
    police.get_by_label("What shows that it is done, or why not").fill("Seen at home, all well.")
    police.get_by_label("The coordinator, all who sit there, and the landlord").check()
    police.get_by_role("button", name="Keep this").click()
    expect(police.get_by_text("Seen at home, all well.")).to_be_visible()
    desk = device(desk=True, js=True)
    Desk(desk).sign_in(staff.email)
    desk.goto(f"/desk/havebury/cases/{case_id}/conference/{referral}")
    expect(desk.get_by_text("Seen at home, all well.")).to_be_visible()
    desk.get_by_role("link", name="See to it, Havebury.").click()
    desk.get_by_label("Tried, and it could not be done").check()
    desk.get_by_label("What shows that it is done, or why not").fill("No lock fits this door.")
    desk.get_by_role("button", name="Keep this").click()
    expect(desk.get_by_text("Could not be done")).to_be_visible()
    assert desk.request.get(f"/desk/havebury/cases/{case_id}/conference/{other}").status == 404
    board.goto(f"/desk/partner/conference/cases/{referral}")
    board.get_by_role("button", name="It was heard").click()
    expect(board.locator(".done")).to_have_text("It is marked as heard.")
    expect(board.get_by_text("No lock fits this door.")).to_be_visible()
    with first.work() as session:
        assert session.scalars(select(MaracReferral.state)).all() == ["heard"]


def test_a_grant_that_ends_while_its_page_is_open_shows_nothing_more(live: Live, device: OpenDevice) -> None:
    """Neither by its links nor by what scripts ask for in the background."""
    agency = agency_of(live.database)
    who = agency.somebody(AgencyRole.WORKER)
    place, grant_id = shared(live, "havebury", agency, who)
    page = signed_in(device, who)
    page.goto(f"/desk/partner/cases/{grant_id}")
    part = page.locator("section[aria-labelledby=parts] a").first
    part.click()
    expect(page.locator("#shown")).to_contain_text("River Canary")
    expect(page.locator("main h1")).not_to_have_text(part.inner_text())
    url = part.get_attribute("href")
    assert url
    assert page.request.get(url).status == 200
    with place.work() as session:
        session.execute(update(AgencyGrant).where(AgencyGrant.id == grant_id).values(ended_at=datetime.now(UTC)))
    for headers in ({}, {"HX-Request": "true"}):
        assert page.request.get(url, headers=headers).status == 404
    part.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We cannot find that page")
    expect(page.get_by_text("River Canary")).to_have_count(0)
    page.goto("/desk/partner/cases")
    expect(page.get_by_text("Nothing is shared with you at the moment.")).to_be_visible()
