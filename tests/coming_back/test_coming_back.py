"""Coming back with the number: chosen, hidden, of no use to a guesser, and never a way to widen contact at once."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import change_safe_contact
from portal.cases.tasks.models import Task
from portal.domain.contact import Channel, SafeContact, Said
from portal.domain.permissions import Role
from portal.landlords.face import face_of
from portal.referrals.coming_back import codes
from portal.referrals.coming_back.models import BackMessage, FeedbackAnswers, WayBack
from portal.referrals.models import Report
from portal.store.audit import AuditEntry
from portal.store.database import Database
from portal.store.outbox import OutboxEvent
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from portal.web import limits
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import Desk, a_desk
from tests.places import pack
from tests.referrals.conftest import REACHED, Visitor
from tests.referrals.test_slowly import slow_app

__all__ = ["slow_app"]

NOON = datetime(2026, 2, 2, 12, 0, tzinfo=UTC)
CANARY = "Peregrine Canary"
Told = tuple[Visitor, str]


@pytest.fixture
def place(app: Flask, database: Database, clock: Clock) -> Desk:
    found = a_desk(app, database, clock, "havebury")
    with database.work(PlatformScope("test")) as session:
        session.execute(update(Landlord).where(Landlord.id == found.place.id).values(face=face_of(pack("havebury"))))
    app.extensions["landlords"]._read_at = -1e9
    clock.at = NOON
    return found


def told(place: Desk, *, choose: bool = True) -> Told:
    """Somebody who has told something, and the number that she was given."""
    her = Visitor(place.app, place.place.slug)
    her.tell(**REACHED | {"In your words": {"happening": CANARY}, "About you": {"call_me": CANARY}})
    page = her.send()
    number = re.search(r"\d{4} \d{4} \d{4} \d{4}", page.text)
    assert number
    if choose:
        her.submit({"action": "back"})
        assert "I have a number" in her.page.text
    her.submit({"action": "done"})
    return her, number[0]


def opened(place: Desk, number: str) -> Visitor:
    """A browser that has come back and is safe."""
    her = entered(place, number)
    her.answer(safe="yes")
    assert her.heading == "What happens now"
    return her


def entered(place: Desk, number: str, *, status: int = 200) -> Visitor:
    her = Visitor(place.app, place.place.slug)
    her.get(f"/{her.slug}/number")
    her.submit({"number": number}, status=status)
    return her


def case_of(place: Desk) -> UUID:
    """Her report has become a case."""
    with place.place.work() as session:
        report_id = session.scalars(select(Report.id).order_by(Report.id.desc())).first()
    assert report_id
    return place.place.case(report_id, now=NOON)


def test_the_number_opens_nothing_unless_she_chose_it(place: Desk) -> None:
    _, number = told(place, choose=False)
    assert "This number opens nothing here." in entered(place, number, status=422).page.text
    _, number = told(place)
    assert entered(place, number).heading == "Before you go on"


def test_of_the_number_there_is_only_a_slow_hash(place: Desk) -> None:
    _, number = told(place)
    with place.place.work() as session:
        kept = session.scalars(select(WayBack)).one()
        assert len(kept.code_hash) == 32
        assert codes.KIB >= 19_000, "as costly as a password"
        for row in session.execute(text("SELECT w::text FROM way_back w")).scalars():
            assert number.replace(" ", "") not in row


def test_nothing_is_shown_before_it_is_safe(place: Desk) -> None:
    _, number = told(place)
    her = entered(place, number)
    for path in ("open", "write", "reach", "how"):
        her.get(f"/{her.slug}/number/{path}")
        assert her.heading == "Before you go on", path
    her.submit({"safe": "no"}, follow=True, status=303)
    assert her.response
    assert her.response.headers["Location"] == "https://www.bbc.co.uk/weather"
    her.get(f"/{her.slug}/number/open", status=410)


@pytest.mark.parametrize("minutes", [10, 30])
def test_it_hides_itself_when_nothing_is_pressed(place: Desk, clock: Clock, minutes: int) -> None:
    _, number = told(place)
    her = opened(place, number)
    assert '<meta http-equiv="refresh" content="600; url=' in her.page.html, "also without JavaScript"
    clock.at = NOON + timedelta(minutes=9)
    her.submit({}, form="/stay")
    assert her.heading == "What happens now", "it can be made longer"
    clock.at += timedelta(minutes=minutes)
    her.get(f"/{her.slug}/number/open", status=410)
    assert her.heading == "This page is closed"


def test_exit_ends_the_visit_on_the_server(place: Desk) -> None:
    _, number = told(place)
    her = opened(place, number)
    with her.http.session_transaction(f"/{her.slug}/") as browser:
        secret = browser["n"]
    her.get(f"/{her.slug}/leave", status=303, follow=False)
    with her.http.session_transaction(f"/{her.slug}/") as browser:
        browser["n"] = secret
    her.get(f"/{her.slug}/number/open", status=410)


def test_a_wrong_number_an_ended_one_and_none_at_all_have_one_answer_and_one_cost(
    place: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ended = told(place)
    with place.place.work() as session:
        session.execute(update(WayBack).values(ended_at=NOON))
    made = []
    slow = codes.hash_secret_raw
    monkeypatch.setattr(codes, "hash_secret_raw", lambda *given: made.append(1) or slow(*given))
    answers = set()
    for number in (ended, "0000 0000 0000 0000", "12", "no digits at all"):
        her = entered(place, number, status=422)
        answers.add(re.sub(r'(nonce|value)="[^"]*"', "", her.page.html))
        assert not re.search(rf'[>"]{number}[<"]', her.page.html)
    assert len(answers) == 1
    assert len(made) == 4, "what can be no number costs as much"


def test_few_tries_are_had_from_one_line_and_nobody_else_waits(place: Desk, slow_app: Flask) -> None:
    _, number = told(place)
    http = slow_app.test_client()
    url = f"/{place.place.slug}/number"
    token = re.search(r'name="csrf_token" value="([^"]+)"', http.get(url).text)
    assert token

    def tried(line: str, given: str) -> int:
        said = {"number": given, "csrf_token": token[1]}
        answer = http.post(url, data=said, environ_base={"REMOTE_ADDR": line}, headers={"X-In-Place": "1"})
        return answer.status_code

    guesses = [tried("192.0.2.7", f"{n:016d}") for n in range(12)]
    assert guesses == [422] * 10 + [429] * 2
    assert tried("192.0.2.7", number) == 429, "not even the right one, so that nothing is learned by trying on"
    assert tried("192.0.2.8", number) == 303, "whoever is on another line does not wait"
    assert limits.NUMBERS == "10 per minute", "a line that never stops tries 14,400 a day of 10**16"


def test_she_sees_how_it_stands_and_not_a_word_of_what_she_told(place: Desk) -> None:
    _, number = told(place)
    waits = opened(place, number).page
    assert "It is on our officers’ list." in waits.text
    assert "The next step is due by Tuesday 3 February 2026" in waits.text
    case_of(place)
    page = opened(place, number).page
    assert "An officer has your message and works on it." in page.text
    for never in (CANARY, "07700"):
        assert never not in waits.html + page.html


def test_what_she_writes_is_a_task_with_a_due_time_and_the_answer_waits_behind_the_number(place: Desk) -> None:
    _, number = told(place)
    case_id = case_of(place)
    her = opened(place, number)
    her.follow("Write to us")
    her.answer(about="more", words="It began again on Sunday.")
    assert "We have it. An officer is told now." in her.page.text
    assert "It began again" not in her.page.html, "her words are not shown to whoever else may have the number"
    officer = place.client(Role.OFFICER)
    url = f"{place.case_url(case_id)}/messages"
    assert "Read what they wrote, and answer" in officer.get("/desk/").text
    page = officer.get(url)
    assert "1 not read yet." in page.text
    assert "It began again on Sunday." in page.text
    officer.submit({}, form="/messages/read")
    assert "not read yet" not in officer.get(url).text
    officer.submit({"words": "Thank you. Shall we talk on Tuesday?"}, form="/messages")
    with place.place.work() as session:
        assert session.scalars(select(Task.ended_at).where(Task.kind == "their-word")).one()
    assert "Thank you. Shall we talk on Tuesday?" in opened(place, number).page.text


def test_what_she_adds_before_anybody_has_taken_it_up_stands_beside_her_report(place: Desk) -> None:
    _, number = told(place)
    her = opened(place, number)
    her.follow("Write to us")
    her.answer(about="more", words="It began again on Sunday.")
    with place.place.work() as session:
        report_id = session.scalars(select(Report.id).order_by(Report.id.desc())).first()
        assert session.scalars(select(OutboxEvent.kind).where(OutboxEvent.kind == "TheyWrote")).one()
    page = place.client(Role.OFFICER).get(f"{place.url}/reports/{report_id}")
    assert "Since then they wrote" in page.text
    assert "It began again on Sunday." in page.text


@pytest.mark.parametrize("words", [f"Dear {CANARY}, ring us.", "The police come at ten.", "We rang 07700 900 123."])
def test_no_officer_writes_what_gives_her_away(place: Desk, words: str) -> None:
    told(place)
    case_id = case_of(place)
    officer = place.client(Role.OFFICER)
    officer.get(f"{place.case_url(case_id)}/messages")
    page = officer.submit({"words": words}, form="/messages", status=422)
    assert "The words" in page.text
    assert words.split(",", maxsplit=1)[0] in page.html.replace("&#39;", "'"), "what was typed is kept"
    with place.place.work() as session:
        assert session.scalars(select(BackMessage)).all() == []


def test_less_contact_counts_at_once_and_an_officer_looks_at_it_soon(place: Desk) -> None:
    _, number = told(place)
    case_id = case_of(place)
    her = opened(place, number)
    her.follow("Reach me less")
    her.answer(status=422)
    her.get(f"/{her.slug}/number/reach")
    her.answer(stop=["call"], never="The blue phone")
    with place.place.work() as session:
        safe = cases.safe_contact(session, session.get_one(Case, (place.place.id, case_id)))
        assert safe.way(Channel.CALL).said is Said.UNSAFE
        assert safe.never == ("The blue phone",)
        task = session.scalars(select(Task).where(Task.kind == "their-word")).one()
        assert task.deadline_id, "it climbs the ladder until somebody has looked"


def test_more_contact_is_only_asked_for(place: Desk) -> None:
    """He could have the number: then he would have us ring him."""
    _, number = told(place)
    case_id = case_of(place)
    with place.place.work() as session:
        before = cases.safe_contact(session, session.get_one(Case, (place.place.id, case_id)))
    her = opened(place, number)
    her.follow("Write to us")
    her.answer(about="other_contact", words="Ring me on 07700 900 999 at any time.")
    with place.place.work() as session:
        assert cases.safe_contact(session, session.get_one(Case, (place.place.id, case_id))) == before
    page = place.client(Role.OFFICER).get(f"{place.case_url(case_id)}/messages")
    assert "make sure by an old one that it was them" in page.text
    assert "Ring me on 07700 900 999" in page.text


def test_reminders_are_asked_for_and_sent_only_once_an_officer_knows_whose_word_it_was(place: Desk) -> None:
    """He could have the number: then he would learn by them when she is met. No more of them counts at once."""
    _, number = told(place)
    case_id = case_of(place)

    def kept() -> SafeContact:
        with place.place.work() as session:
            return cases.safe_contact(session, session.get_one(Case, (place.place.id, case_id)))

    before = kept()
    her = opened(place, number)
    her.follow("Remind me")
    her.answer(status=422)
    her.answer(by="email")
    assert "An officer is told now." in her.page.text
    assert kept() == before
    page = place.client(Role.OFFICER).get(f"{place.case_url(case_id)}/messages")
    assert "Wants to be reminded of meetings by email." in page.text
    with place.place.work() as session:
        case = session.get_one(Case, (place.place.id, case_id))
        change_safe_contact(session, case, replace(before, reminders=frozenset({Channel.EMAIL})))
    her.get(f"/{her.slug}/number/remind")
    her.answer(by="no_more")
    assert kept().reminders == frozenset()


def test_a_number_that_is_lost_is_made_anew_by_somebody_who_knows_her(place: Desk) -> None:
    _, old = told(place)
    case_id = case_of(place)
    officer = place.client(Role.OFFICER)
    officer.get(f"{place.case_url(case_id)}/messages/number")
    officer.submit({"known_by": ""}, form="/number", status=422)
    page = officer.submit({"known_by": "She said the code word."}, form="/number")
    new = re.search(r"\d{4} \d{4} \d{4} \d{4}", page.text)
    assert new
    assert new[0] not in officer.get(f"{place.case_url(case_id)}/messages/number").text, "shown once"
    assert "opens nothing" in entered(place, old, status=422).page.text
    her = opened(place, new[0])
    officer.get(f"{place.case_url(case_id)}/messages")
    officer.submit({}, form="/messages/end")
    her.get(f"/{her.slug}/number/open", status=410)
    assert "How we knew that it was them: She said the code word." in officer.get(place.case_url(case_id)).text


def test_how_it_went_is_tied_to_nobody(place: Desk) -> None:
    _, number = told(place)
    her = opened(place, number)
    with place.place.work() as session:
        audited = len(session.scalars(select(AuditEntry.id)).all())
    her.follow("Say how it went")
    her.answer(heard="yes", again="not_said")
    with place.place.work() as session:
        row = session.scalars(select(FeedbackAnswers)).one()
        assert row.answers == {"heard": "yes", "again": "not_said"}
        assert (row.month.day, row.id.version) == (1, 4)
        assert len(session.scalars(select(AuditEntry.id)).all()) == audited


def test_coming_back_and_writing_stand_in_the_audit(place: Desk) -> None:
    _, number = told(place)
    case_id = case_of(place)
    her = opened(place, number)
    her.follow("Write to us")
    her.answer(about="readers", words="Who?")
    with place.place.work() as session:
        facts = set(session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == case_id)))
    assert {"way_back.opened", "message.theirs"} <= facts


def test_declining_the_number_afterwards_closes_the_way_back(place: Desk) -> None:
    her = Visitor(place.app, place.place.slug)
    her.tell(**REACHED)
    number = re.search(r"\d{4} \d{4} \d{4} \d{4}", her.send().text)
    assert number
    her.submit({"action": "back"})
    her.submit({"action": "decline"})
    assert "opens nothing" in entered(place, number[0], status=422).page.text
    assert isinstance(her, PageClient)
