"""Tasks: what somebody has to do on a case stands in line with everything else, and nobody forgets it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.cases import queries
from portal.cases.models import Case
from portal.cases.queries import Wanted
from portal.cases.tasks.models import Task
from portal.cases.tasks.service import Ending, NoSuchTaskError, Proposal, end, propose
from portal.deadlines.models import Deadline, Reminder
from portal.deadlines.queries import clocks
from portal.deadlines.reminders import send
from portal.domain.permissions import Role
from portal.domain.tasks import TASK, TaskKind
from portal.referrals.matters import matters_of
from portal.store.audit import Actor
from portal.work.models import Message
from tests.desk import MONDAY, Desk, london

ME = Actor(None, "Robin Example")
WORDS = "Ask the school who may collect the children"
SOON = MONDAY + timedelta(minutes=30)


def test_a_task_with_a_date_stands_in_line_with_the_clocks(desk: Desk) -> None:
    officer = desk.somebody(Role.OFFICER)
    case_id = desk.case()
    with desk.place.work() as session:
        propose(session, case_id, Proposal(TaskKind.OWN, WORDS, SOON), ME, MONDAY)
        case = session.get_one(Case, (desk.place.id, case_id))
        case.assigned_to = officer.account_id
        assert (case.next_due_at, case.next_event) == (SOON, TASK)
        session.flush()
        [line] = queries.mine(session, officer.account_id, Wanted(), MONDAY, london(3, 0))
        assert (line.due_at, line.event) == (SOON, TASK)
        assert TASK not in [each.event_name for each in clocks(session, case_id=case_id)]


def test_an_ended_task_leaves_the_line_and_stays_readable(desk: Desk) -> None:
    case_id = desk.case()
    with desk.place.work() as session:
        before = session.get_one(Case, (desk.place.id, case_id)).next_event
        task_id = propose(session, case_id, Proposal(TaskKind.OWN, WORDS, SOON), ME, MONDAY)
        end(session, case_id, task_id, Ending.UNABLE, "The school is closed this week.", ME, SOON)
        assert session.get_one(Case, (desk.place.id, case_id)).next_event == before
        clock = session.scalars(select(Deadline).where(Deadline.event == TASK, Deadline.case_id == case_id)).one()
        assert clock.ended_at == SOON
        assert clock.met_at is None, "tried is not done"
        with pytest.raises(NoSuchTaskError):
            end(session, case_id, task_id, Ending.DONE, "", ME, SOON)
    page = desk.client(Role.OFFICER).get(f"{desk.case_url(case_id)}/tasks")
    assert "The school is closed this week." in page.text
    assert "could not be done" in page.text


def test_whoever_was_given_the_task_is_reminded_and_the_mail_says_nothing(desk: Desk) -> None:
    officer, colleague = desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER)
    case_id = desk.case()
    with desk.place.work() as session:
        session.get_one(Case, (desk.place.id, case_id)).assigned_to = officer.account_id
        given = Proposal(TaskKind.OWN, WORDS, SOON, owner=colleague.account_id)
        propose(session, case_id, given, ME, MONDAY)
        session.flush()
        send(session, matters_of, SOON)
        about = select(Message.account_id).join(Reminder, Reminder.id == Message.cause_id).join(
            Deadline, Deadline.id == Reminder.deadline_id
        )
        heard = session.scalars(about.where(Deadline.event == TASK)).all()
        assert set(heard) == {colleague.account_id}


def test_the_same_thing_is_proposed_once(desk: Desk) -> None:
    case_id, plan = desk.case(), uuid4()
    again = Proposal(TaskKind.OWN, WORDS, SOON, source="plan", source_id=plan)
    with desk.place.work() as session:
        first = propose(session, case_id, again, ME, MONDAY)
        session.flush()
        assert propose(session, case_id, again, ME, MONDAY) == first
        session.flush()
        assert len(session.scalars(select(Task).where(Task.case_id == case_id)).all()) == 1


def test_a_task_is_set_and_finished_on_plain_pages(desk: Desk) -> None:
    case_id = desk.case()
    client, url = desk.client(Role.OFFICER), f"{desk.case_url(case_id)}/tasks"
    client.get(url)
    wrong = client.submit({"words": "", "day": "2026-02-04"}, form="/tasks", status=422)
    assert "Say what is to be done." in wrong.text
    page = client.submit({"words": WORDS}, form="/tasks")
    assert WORDS in page.text
    with desk.place.work() as session:
        task = session.scalars(select(Task).where(Task.case_id == case_id)).one()
        due = session.scalars(select(Deadline.due_at).where(Deadline.id == task.deadline_id)).one()
        assert due == datetime(2026, 2, 4, 17, tzinfo=UTC)
    client.get(f"{url}/{task.id}/end")
    done = client.submit({"ending": "done", "words": "Rang the school."}, form="/end")
    assert "Nothing is to be done here" in done.text
    assert "Rang the school." in done.text
