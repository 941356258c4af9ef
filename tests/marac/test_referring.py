"""An officer refers a case: what the form begins with, what it refuses, and what begins at once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.consents.service import NewConsent, give
from portal.cases.disclosures.models import Disclosure
from portal.cases.tasks.models import Task
from portal.domain.marac import AT_ONCE, Lines
from portal.domain.permissions import Role
from portal.domain.sharing import GivenHow, Part, Recipient, RecipientKind
from portal.domain.tasks import TaskKind
from portal.marac.areas import service as area_service
from portal.marac.referrals.models import MaracReferral
from portal.store.database import Database
from tests.cases.assessments.rounds import assessed, train
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk
from tests.marac.table import BOARD, DAY, Conference, a_conference, officer_at

WITHOUT = {
    "ground": "without",
    "no_consent": "They said no, out of fear of him.",
    "exception": "marac-threshold",
    "necessity": "Those who can act have to know. Less would not do.",
    "told": "before",
    "basis": "6-1-e",
    "condition": "sch1-18",
}


@pytest.fixture
def conference(app: Flask, database: Database, clock: Clock) -> Conference:
    """An area of the test's own."""
    return a_conference(app, database, clock)


def at_work(conference: Conference, desk: Desk, yes: int) -> tuple[PageClient, str]:
    """An officer at a case whose assessment has so many answers of yes."""
    who = desk.somebody(Role.OFFICER)
    case_id = desk.case(at=conference.now)
    assessed(desk, case_id, train(desk, who), yes, conference.now)
    return conference.client(who), f"{desk.case_url(case_id)}/conference"


def refer(page: PageClient, url: str, conference: Conference, *, status: int = 200, **more: object) -> None:
    """Fill the form in."""
    page.get(f"{url}/refer")
    said = {"area": str(conference.id), "law": "care-2014"} | more
    said = said if desk_knows_laws(page) else {key: value for key, value in said.items() if key != "law"}
    page.submit(said, form="/refer", status=status)


def desk_knows_laws(page: PageClient) -> bool:
    """A landlord of a test's own has no catalogue on its face."""
    return bool(page.page and "care-2014" in page.page.html)


@pytest.mark.clause("HAV-4.7c")
def test_the_form_begins_with_what_the_record_bears_out_by_the_areas_own_number(conference: Conference) -> None:
    """The area's threshold is 14: a score of 14 opens the referral, 13 does not, and a later change alters neither."""
    desk, day = conference.desk(), conference.now.date()
    with conference.database.work(conference.agency.scope(conference.coordinator)) as session:
        area_service.draw_lines(session, conference.id, Lines(day - 9 * DAY, 14, 3), conference.by, conference.now)
        area_service.draw_lines(session, conference.id, Lines(day + 9 * DAY, 10, 3), conference.by, conference.now)
    who = {yes: at_work(conference, desk, yes) for yes in (14, 13)}

    def ticked() -> dict[int, list[str]]:
        forms = {yes: page.get(f"{url}/refer").forms for yes, (page, url) in who.items()}
        here = {yes: next(each for each in found if "/refer" in each["action"]) for yes, found in forms.items()}
        return {yes: each["fields"]["criteria"] for yes, each in here.items()}

    assert ticked() == {14: ["visible"], 13: []}
    conference.clock.at = conference.now + 10 * DAY
    who = {yes: (PageClient(conference.app), url) for yes, (_, url) in who.items()}
    for page, _ in who.values():
        page.sign_in(desk.somebody(Role.OFFICER))
    assert ticked() == {14: ["visible"], 13: []}
    with desk.place.work() as session:
        asked = session.scalars(select(Task.kind).where(Task.kind == TaskKind.MARAC_REFERRAL.value)).all()
        assert len(asked) == 1


@pytest.mark.clause("HAV-4.8a")
@pytest.mark.clause("NPH-DEALING-9")
def test_without_consent_it_goes_only_with_a_basis_and_the_reason_why_there_is_none(conference: Conference) -> None:
    desk = conference.desk()
    page, url = at_work(conference, desk, 14)
    refer(page, url, conference, status=422, ground="without", exception="marac-threshold")
    assert "Say why there is no consent." in page.page.text
    assert "Choose the lawful basis." in page.page.text
    refer(page, url, conference, status=422, **(WITHOUT | {"law": ""}))
    assert "Name the law that this rests on." in page.page.text
    refer(page, url, conference, **(WITHOUT | {"basis": "6-1-f", "law": ""}))
    assert "It has not left yet" in page.page.text
    assert "Waits for a second person" in page.page.text
    here, share = page.url, next(each for each in page.page.links if "/shares/" in each)
    second = conference.client(desk.somebody(Role.SENIOR))
    second.get(share)
    second.submit({"agrees": "yes", "words": "Seen and agreed."}, form="/decide")
    page.get(here)
    page.submit(form="/send")
    assert "It is referred." in page.page.text
    with desk.place.work() as session:
        left = session.scalars(select(Disclosure)).one()
        assert len(left.sha256) == 64
        kept = session.scalars(select(MaracReferral)).one()
        assert (kept.state, kept.criteria) == ("sent", ["visible"])
        assert kept.flagged_until is not None


def test_what_cannot_wait_for_the_meeting_begins_when_it_is_sent_and_not_before(conference: Conference) -> None:
    desk = conference.desk()
    _, officer = officer_at(desk)
    conference.referred(desk.place, officer, send=False)
    at_once = select(Task).where(Task.kind == TaskKind.AT_ONCE.value)
    with desk.place.work() as session:
        assert session.scalars(at_once).all() == []
    case_id, _ = conference.referred(desk.place, officer)
    with desk.place.work() as session:
        found = session.scalars(at_once).all()
        assert {each.case_id for each in found} == {case_id}
        assert len(found) == len(AT_ONCE)
        assert all(each.deadline_id for each in found)


def test_judgement_alone_may_send_a_case_under_the_threshold_with_its_reason(conference: Conference) -> None:
    desk = conference.desk()
    page, url = at_work(conference, desk, 6)
    refer(page, url, conference, status=422, criteria=["judgement"], **WITHOUT)
    assert "Say on what your judgement rests." in page.page.text
    weighed = WITHOUT | {"basis": "6-1-f", "why": "It gets worse."}
    refer(page, url, conference, status=422, criteria=["judgement"], **weighed)
    assert "Assess the risk first." in page.page.text
    with desk.place.work() as session:
        case_id = session.scalars(select(Task.case_id)).first()
        body = Recipient(RecipientKind.MARAC, conference.agency.name)
        parts = frozenset({Part.PERSON, Part.RISK})
        agreed = NewConsent(body, parts, "Help", GivenHow.WORDS, conference.now, conference.now + 90 * DAY)
        consent = give(session, case_id, agreed, officer_at(desk)[1], conference.now)
    ground = {"ground": str(consent), "parts": ["person", "risk"], "exception": [], "told": [], "basis": []}
    refer(page, url, conference, criteria=["judgement"], why="It gets worse.", **ground)
    page.submit(form="/send")
    assert "It is referred." in page.page.text


def test_consent_for_another_body_is_none_for_this_one(conference: Conference, app: Flask, database: Database,
                                                       clock: Clock) -> None:  # fmt: skip
    other, desk = a_conference(app, database, clock), conference.desk()
    page, url = at_work(conference, desk, 14)
    with desk.place.work() as session:
        case_id = session.scalars(select(Task.case_id)).first()
        body = Recipient(RecipientKind.MARAC, other.agency.name)
        agreed = NewConsent(body, frozenset({Part.PERSON}), "Help", GivenHow.WORDS, other.now, other.now + 9 * DAY)
        consent = give(session, case_id, agreed, officer_at(desk)[1], other.now)
    refer(page, url, conference, status=422, ground=str(consent), parts=["person"])
    assert "Their consent is not for" in page.page.text


@pytest.mark.clause("NPH-DEALING-9")
def test_after_the_deadline_it_is_flagged_as_late(conference: Conference) -> None:
    """Area, its deadline and the criterion are shown with it."""
    desk = conference.desk()
    who, officer = officer_at(desk)
    conference.clock.at = conference.now + timedelta(days=6)
    conference.now = conference.clock.at
    case_id, referral = conference.referred(desk.place, officer)
    page = conference.client(who)
    found = page.get(f"{desk.case_url(case_id)}/conference/{referral}").text
    assert "After the deadline" in found
    assert "Professional judgement" in found
    assert conference.row().name in found


def test_the_officer_hears_when_it_is_listed_or_given_back(conference: Conference) -> None:
    desk = conference.desk()
    _, officer = officer_at(desk)
    (case_id, one), (other_case, other) = (conference.referred(desk.place, officer) for _ in range(2))
    page = conference.client(conference.coordinator)
    page.get(f"{BOARD}/cases/{one}")
    page.submit({"meeting": str(conference.meeting_id)}, form="/list")
    assert "It is on the agenda." in page.page.text
    page.get(f"{BOARD}/cases/{other}")
    page.submit(form="/return", status=422)
    page.submit({"reason": "Another area hears it."}, form="/return")
    with desk.place.work() as session:
        tasks = select(Task.case_id, Task.kind).where(Task.kind.like("conference-%"), Task.kind != TaskKind.AT_ONCE)
        assert set(session.execute(tasks).all()) == {
            (case_id, TaskKind.CONFERENCE_PAPER.value),
            (other_case, TaskKind.CONFERENCE_ANSWER.value),
        }


def test_a_referral_stands_once_at_an_area_and_somebody_else_may_have_sent_it_meanwhile(conference: Conference) -> None:
    desk = conference.desk()
    who, officer = officer_at(desk)
    case_id, referral = conference.referred(desk.place, officer, send=False)
    first, second = conference.client(who), conference.client(who)
    url = f"{desk.case_url(case_id)}/conference/{referral}"
    for each in (first, second):
        each.get(url)
    assert "It is referred." in first.submit(form="/send").text
    assert "It was changed meanwhile." in second.submit(form="/send").text


@pytest.mark.clause("HAV-2.6")
def test_the_register_shows_who_sits_in_an_area_by_kind_and_when_it_meets_next(conference: Conference) -> None:
    """A person can never be invited: only agencies of the portal's list have a seat."""
    kinds = (RecipientKind.SUPPORT, RecipientKind.POLICE, RecipientKind.CHILDREN, RecipientKind.HEALTH)
    seated = [conference.seat(kind).name for kind in kinds]
    desk = conference.desk()
    found = conference.client(desk.somebody(Role.OFFICER)).get(f"{desk.url}/conference").text
    assert all(name in found for name in seated)
    assert "Next:" in found
    page = conference.client(conference.coordinator).get(f"{BOARD}/areas/{conference.id}")
    seats = next(each for each in page.forms if each["action"].endswith("/seats"))
    assert set(seats["fields"]) == {"csrf_token", "agency"}
