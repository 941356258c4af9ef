"""Notices and health: what the portal told its staff, and whether it is able to."""

from datetime import timedelta

from sqlalchemy import delete, select

from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.store.base import new_id
from portal.store.scope import PublicScope
from portal.work.models import Heartbeat, Message
from portal.work.notices import Notice, leave
from tests.client import PageClient
from tests.desk import MONDAY, Desk

ALARM = "Reminders are not going out."


def alive(desk: Desk, *kinds: str) -> None:
    with desk.database.work(PublicScope()) as session:
        session.execute(delete(Heartbeat))
        for kind in kinds:
            session.add(Heartbeat(id=new_id(), kind=kind, label="here 1", started_at=MONDAY, seen_at=MONDAY))


def test_everybody_reads_her_own_messages_and_no_others(desk: Desk) -> None:
    who, other = desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER)
    with desk.place.work() as session:
        leave(session, [Notice(who.account_id, new_id(), Kind.OVERDUE, "/desk/")], MONDAY)
    page = desk.client(who=who).get(f"{desk.url}/mailbox")
    assert "Something is overdue" in page.text
    assert "/desk/" in page.links
    assert "No notices yet." in desk.client(who=other).get(f"{desk.url}/mailbox").text


def test_the_link_of_a_mail_leads_its_reader_there_and_nobody_else(desk: Desk) -> None:
    who, other, case_id = desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER), desk.case()
    with desk.place.work() as session:
        leave(session, [Notice(who.account_id, case_id, Kind.OVERDUE, f"{desk.url}/cases/{case_id}")], MONDAY)
        message_id = session.scalars(select(Message.id).where(Message.cause_id == case_id)).one()
    client = desk.client(who=who)
    client.get(f"/desk/go/{message_id}")
    assert client.url == desk.case_url(case_id)
    desk.client(who=other).get(f"/desk/go/{message_id}", status=404)
    client.get(f"/desk/go/{new_id()}", status=404)
    stranger = PageClient(desk.app)
    page = stranger.get(f"/desk/go/{message_id}")
    assert page.h1s == ["Sign in"]
    assert str(case_id) not in page.html + stranger.url


def test_silent_workers_are_told_to_those_who_answer_for_them(desk: Desk) -> None:
    manager, officer = desk.somebody(Role.MANAGER), desk.somebody(Role.OFFICER)
    desk.report()
    alive(desk, "worker", "scheduler")
    client = desk.client(who=manager)
    assert ALARM not in client.get("/desk/").text
    assert ALARM not in client.get(f"{desk.url}/health").text
    desk.clock.at = MONDAY + timedelta(minutes=3)
    page = client.get("/desk/")
    assert ALARM in page.text
    assert "tomorrow 17:00" in page.text  # what is due still stands there
    assert "Silent for more than two minutes" in client.get(f"{desk.url}/health").text
    assert ALARM not in desk.client(who=officer).get("/desk/").text


def test_one_kind_of_process_alone_is_not_enough(desk: Desk) -> None:
    alive(desk, "worker")
    client = desk.client(Role.ADMINISTRATOR)
    assert ALARM in client.get("/desk/").text
    assert ALARM in client.get(f"{desk.url}/health").text
    desk.client(Role.OFFICER).get(f"{desk.url}/health", status=403)
