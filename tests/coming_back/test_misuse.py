"""Somebody else has the number, has told something himself, or sits on the same line; and she has a bad phone."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.cases import service as cases
from portal.cases.models import Case
from portal.domain.contact import Channel, Said
from portal.domain.permissions import Role
from portal.referrals import service as referrals
from portal.referrals.coming_back import visits
from portal.referrals.coming_back.models import BackMessage, BackVisit, WayBack
from portal.referrals.models import Report
from portal.store.base import new_id
from tests.coming_back.test_coming_back import NOON, case_of, entered, opened, place, told
from tests.conftest import Clock
from tests.desk import Desk, a_desk
from tests.referrals.conftest import Visitor
from tests.referrals.test_slowly import slow_app

__all__ = ["place", "slow_app"]


def test_whoever_told_us_about_somebody_else_cannot_come_back(place: Desk) -> None:
    """It could be the one who does harm, and her case would tell him how far it is."""
    him = Visitor(place.app, place.place.slug)
    him.tell("someone", **{"Who it is about": {"person": "Peregrine Canary"}})
    page = him.send()
    assert "I want to come back" not in page.text
    him.submit({"action": "back"})
    with place.place.work() as session:
        assert session.scalars(select(WayBack)).all() == []


def test_what_joined_a_case_shows_nothing_of_it(place: Desk) -> None:
    """He could have told something in her name."""
    told(place)
    case_id = case_of(place)
    _, his = told(place)
    with place.place.work() as session:
        session.execute(update(Case).values(stage="active"))
        report_id = session.scalars(select(Report.id).where(Report.case_id.is_(None))).one()
        referrals.join_case(session, report_id, case_id, place.place.actor(None), NOON, newer_contact=False)
    page = opened(place, his).page
    assert "An officer has your message and works on it." in page.text, "not that they are in touch with her"
    officer = place.client(Role.OFFICER)
    officer.get(f"{place.case_url(case_id)}/messages")
    officer.submit({"words": "Thank you. Shall we talk on Tuesday?"}, form="/messages")
    assert "Tuesday" not in opened(place, his).page.text.replace("Tuesday 3", "")
    with place.place.work() as session:
        assert len(session.scalars(select(BackMessage)).all()) == 1


def test_of_an_erased_case_the_number_opens_nothing_and_goes(place: Desk) -> None:
    _, number = told(place)
    case_of(place)
    her = opened(place, number)
    with place.place.work() as session:
        session.execute(update(Case).values(stage="closed", keep_until=NOON.date() - timedelta(days=1)))
        session.execute(update(Case).values(erased_at=NOON))
    her.get(f"/{her.slug}/number/open", status=410)
    assert "opens nothing" in entered(place, number, status=422).page.text
    with place.place.work() as session:
        visits.purge(session, NOON)
        assert session.scalars(select(WayBack)).all() == []
        assert session.scalars(select(BackVisit)).all() == []


def test_the_number_opens_nothing_at_another_landlord(place: Desk, app: Flask, database: object, clock: Clock) -> None:
    _, number = told(place)
    her = opened(place, number)
    with her.http.session_transaction(f"/{her.slug}/") as browser:
        secret = browser["n"]
    other = a_desk(app, database, clock, "havebury")
    clock.at = NOON
    app.extensions["landlords"]._read_at = -1e9
    him = Visitor(app, other.place.slug)
    him.get(f"/{him.slug}/number")
    him.submit({"number": number}, status=422)
    with him.http.session_transaction(f"/{him.slug}/") as browser:
        browser["n"] = secret
    him.get(f"/{him.slug}/number/open", status=410)


def test_less_contact_counts_before_anybody_has_taken_it_up(place: Desk) -> None:
    _, number = told(place)
    her = opened(place, number)
    her.follow("Reach me less")
    her.answer(stop=["call"], never="The blue phone")
    case_id = case_of(place)
    with place.place.work() as session:
        safe = cases.safe_contact(session, session.get_one(Case, (place.place.id, case_id)))
        assert safe.way(Channel.CALL).said is Said.UNSAFE
        assert "The blue phone" in safe.never


def test_what_she_wrote_slowly_is_not_lost_and_shows_nothing(place: Desk, clock: Clock) -> None:
    _, number = told(place)
    her = opened(place, number)
    her.follow("Write to us")
    clock.at = NOON + timedelta(minutes=25)
    her.answer(about="more", status=422)
    her.answer(about="more", words="It took me long.", status=410)
    assert her.heading == "This page is closed"
    assert "We have what you wrote." in her.page.text
    with place.place.work() as session:
        assert len(session.scalars(select(BackMessage)).all()) == 1
    her.get(f"/{her.slug}/number/open", status=410)


def test_half_an_hour_after_the_last_press_nothing_can_be_written_either(place: Desk, clock: Clock) -> None:
    _, number = told(place)
    her = opened(place, number)
    her.follow("Write to us")
    clock.at = NOON + timedelta(minutes=41)
    her.answer(about="more", words="It took me long.", status=410)
    assert "We have what you wrote." not in her.page.text
    with place.place.work() as session:
        visits.purge(session, clock.at)
        assert session.scalars(select(BackVisit)).all() == []


def test_a_number_in_the_digits_of_her_keyboard_is_the_same_number(place: Desk) -> None:
    _, number = told(place)
    assert entered(place, number.translate({48 + n: 0x6F0 + n for n in range(10)})).heading == "Before you go on"


def test_a_new_visit_in_this_browser_ends_the_one_before(place: Desk) -> None:
    _, number = told(place)
    her = opened(place, number)
    her.get(f"/{her.slug}/number")
    her.submit({"number": number})
    with place.place.work() as session:
        assert len(session.scalars(select(BackVisit)).all()) == 1


def test_a_right_number_takes_no_tries_from_a_line_that_many_share(place: Desk, slow_app: Flask) -> None:
    _, number = told(place)
    http = slow_app.test_client()
    url = f"/{place.place.slug}/number"
    token = re.search(r'name="csrf_token" value="([^"]+)"', http.get(url).text)
    assert token
    tried = [http.post(url, data={"number": number, "csrf_token": token[1]}).status_code for _ in range(14)]
    assert tried == [303] * 14


@pytest.mark.parametrize("path", ["write", "reach"])
def test_too_many_presses_from_a_line_lose_nothing_that_she_wrote(
    place: Desk, slow_app: Flask, path: str
) -> None:
    _, number = told(place)
    her = Visitor(slow_app, place.place.slug)
    her.get(f"/{her.slug}/number")
    her.submit({"number": number})
    her.answer(safe="yes")
    her.get(f"/{her.slug}/number/{path}")
    said = {"write": {"about": "more", "words": "Kept as typed"}, "reach": {"never": "Kept as typed"}}[path]
    token = her.page.forms[0]["fields"]["csrf_token"]
    for _ in range(25):
        her.http.post(f"/{her.slug}/number/{path}", data={"csrf_token": token})
    her.answer(status=429, **said)
    assert "Kept as typed" in her.page.html
    assert "Please wait twenty seconds." in her.page.text


def test_too_many_presses_of_a_button_ask_to_wait_and_say_nothing_of_numbers(place: Desk, slow_app: Flask) -> None:
    _, number = told(place)
    her = Visitor(slow_app, place.place.slug)
    her.get(f"/{her.slug}/number")
    her.submit({"number": number})
    her.answer(safe="yes")
    token = her.page.forms[0]["fields"]["csrf_token"]
    said, at_once = {"csrf_token": token}, {"X-In-Place": "1"}
    answers = [her.http.post(f"/{her.slug}/number/stay", data=said, headers=at_once) for _ in range(25)]
    assert answers[-1].status_code == 429
    assert "Please wait a moment" in answers[-1].text
    assert "numbers were tried" not in answers[-1].text


def test_what_she_writes_when_we_thought_it_was_finished_opens_the_case_again(place: Desk) -> None:
    _, number = told(place)
    case_id = case_of(place)
    with place.place.work() as session:
        session.execute(update(Case).values(stage="closed"))
    her = opened(place, number)
    assert "If you need us again, write to us here." in her.page.text
    her.follow("Write to us")
    her.answer(about="more", words="It began again on Sunday.")
    officer = place.client(Role.OFFICER)
    assert "Read what they wrote, and answer" in officer.get("/desk/").text
    assert "It began again on Sunday." in officer.get(f"{place.case_url(case_id)}/messages").text


def test_whoever_ends_the_number_of_a_case_that_is_not_there_changes_nothing(place: Desk) -> None:
    told(place)
    case_id = case_of(place)
    officer = place.client(Role.OFFICER)
    officer.get(f"{place.case_url(case_id)}/messages")
    token = officer.page.forms[-1]["fields"]["csrf_token"]
    url = f"{place.case_url(new_id())}/messages/end"
    assert officer.http.post(url, data={"csrf_token": token}).status_code == 404
