"""Whoever asks for our policy in Braille, in large type or in another language has it sent, and says nothing of why."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.domain.contact import not_bland
from portal.domain.duties import delivery_label
from portal.domain.permissions import Role
from portal.duties.jobs import tell_of_duty
from portal.duties.models import Duty
from portal.landlords.face import face_of
from portal.messaging.words import Kind
from portal.store.database import Database
from portal.store.outbox import OutboxEvent
from portal.store.scope import PlatformScope
from portal.store.tenancy import Landlord
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, a_desk
from tests.places import pack

WANTED = {"paper": "braille", "name": "A. Canary", "where": "Flat 2\n12 Example Street\nShrewsbury"}


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    desk = a_desk(app, database, clock, "star")
    with database.work(PlatformScope("test")) as session:
        session.get_one(Landlord, desk.place.id).face = face_of(pack("star"))
    return desk


def ask(desk: Desk, *, status: int = 200, **said: str) -> PageClient:
    her = PageClient(desk.app)
    her.get(f"/{desk.place.slug}/formats")
    her.submit(WANTED | said, form="/formats", status=status)
    return her


def kept(desk: Desk) -> list[Duty]:
    with desk.place.work() as session:
        return list(session.scalars(select(Duty).order_by(Duty.opened_at)))


@pytest.mark.clause("STAR-10-5")
def test_a_request_without_an_account_is_a_task_with_an_owner_and_a_label_that_gives_nothing_away(
    desk: Desk,
) -> None:
    owner = desk.place.staff(Role.MANAGER, post="Neighbourhoods Manager")
    her = ask(desk)
    assert "Somebody here has it as a task." in her.page.text
    (duty,) = kept(desk)
    assert duty.owner == owner
    assert duty.clause == "STAR 10"
    assert b"Canary" not in duty.sealed
    officer = desk.client(Role.OFFICER)
    page = officer.get(f"{desk.url}/duties")
    assert "Send something in another form" in page.text
    assert "Braille" in page.text
    label = page.html.partition('<pre class="label">')[2].partition("</pre>")[0]
    assert label == "A. Canary\nFlat 2\n12 Example Street\nShrewsbury"
    assert label == delivery_label(WANTED["name"], WANTED["where"])
    team = (desk.place.slug, "policy", "service")
    assert not_bland(label, team) == ()


@pytest.mark.clause("STAR-10-5")
def test_every_form_of_the_clause_can_be_asked_for_and_large_type_is_there_at_once(desk: Desk) -> None:
    for paper, more in (("braille", {}), ("large_type", {}), ("audio", {}), ("language", {"language": "Polish"})):
        ask(desk, paper=paper, **more)
    assert len(kept(desk)) == 4
    her = PageClient(desk.app)
    her.get(f"/{desk.place.slug}/formats")
    assert f"/{desk.place.slug}/promise?size=large" in her.page.html
    assert 'class="large-type"' in her.get(f"/{desk.place.slug}/promise?size=large").html
    assert 'class="large-type"' not in her.get(f"/{desk.place.slug}/promise").html


def test_what_is_missing_is_said_beside_the_question_and_nothing_is_lost(desk: Desk) -> None:
    her = ask(desk, paper="", where="", status=422)
    for sentence in ("Choose a form.", "Write an address or an email address that is safe for you."):
        assert sentence in her.page.text
    assert "A. Canary" in her.page.html
    assert "Write which language." in ask(desk, paper="language", status=422).page.text
    assert kept(desk) == []


def test_it_is_taken_and_done_and_who_reads_it_is_on_record(desk: Desk) -> None:
    ask(desk)
    robin = desk.somebody(Role.OFFICER, name="Robin Reader")
    client = desk.client(who=robin)
    client.get(f"{desk.url}/duties")
    client.submit(form="/take")
    assert kept(desk)[0].owner == robin.account_id
    (duty,) = kept(desk)
    client.get(f"{desk.url}/duties/{duty.id}/end")
    assert "Write what was done." in client.submit({"about": " "}, form="/end", status=422).text
    page = client.submit({"about": "Sent by post on Monday."}, form="/end")
    assert "Sent by post on Monday." in page.text
    assert "A. Canary" not in page.text, "once it is sent, nobody needs to see for whom"
    client.get(f"{desk.url}/duties/{duty.id}/end", status=404)
    looked = desk.client(Role.MANAGER).get(f"{desk.url}/audit").text
    assert "Opened the tasks beside the cases" in looked


def test_whoever_may_not_work_cases_does_not_see_who_asked(desk: Desk) -> None:
    ask(desk)
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.FRONT_DESK):
        desk.client(role).get(f"{desk.url}/duties", status=403)


def test_whoever_answers_for_it_hears_and_where_nobody_does_those_on_duty(desk: Desk) -> None:
    on_duty = desk.place.staff(Role.OFFICER, on_duty=True)
    desk.place.staff(Role.OFFICER)
    ask(desk)
    (duty,) = kept(desk)
    with desk.place.work() as session:
        assert session.scalars(select(OutboxEvent.kind).where(OutboxEvent.kind == "DutyOpened")).all()
        for _ in range(2):
            tell_of_duty(session, {"duty_id": duty.id}, MONDAY)
    told = [(each.account_id, each.kind, each.link) for each in desk.place.messages()]
    assert told == [(on_duty, Kind.NEW_REPORT, f"{desk.url}/duties")]
