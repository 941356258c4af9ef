"""What bodies write for a meeting, what they agree there, and the minutes: whose each is, and who reads it."""

from datetime import UTC, datetime

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from portal.cases.tasks.models import Task
from portal.deadlines.models import Reminder
from portal.domain.calendar import in_london
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.marac.actions.models import MaracAction
from portal.marac.minutes.models import MaracMinutes
from portal.marac.papers.models import MaracPaper
from portal.store.database import Database
from portal.store.scope import LandlordScope
from tests.client import PageClient
from tests.conftest import Clock, Staff
from tests.marac.table import BOARD, DAY, Conference, a_conference, officer_at
from tests.partners.granting import Agency

REFUSED = (DBAPIError, psycopg.Error)
SAID = "He was arrested twice at that address."


class Meeting:
    """A listed case of one landlord, with police and a support service at the table."""

    def __init__(self, conference: Conference, like: str = "havebury") -> None:
        self.conference, self.desk = conference, conference.desk(like)
        self.officer, by = officer_at(self.desk)
        self.case_id, self.id = conference.referred(self.desk.place, by)
        conference.listed(self.desk.place, self.case_id, self.id)
        self.url = f"{self.desk.case_url(self.case_id)}/conference/{self.id}"
        self.board = f"{BOARD}/cases/{self.id}"

    def page(self, who: Staff) -> PageClient:
        """A browser of theirs."""
        return self.conference.client(who)

    def write(self, who: Staff, words: str, shown: str) -> None:
        """Their sheet."""
        page = self.page(who)
        page.get(f"{self.board}/research")
        page.submit({"words": words, "shown": shown, "least": "y"}, form="/research")

    def agree(self, whose: object, words: str, *, shown: bool = True) -> None:
        """The coordinator sets an action."""
        page = self.page(self.conference.coordinator)
        page.get(f"{self.board}/actions")
        due = (in_london(datetime.now(UTC)).date() + 9 * DAY).isoformat()
        page.submit({"whose": str(whose), "words": words, "due_on": due, "shown": ["y"] if shown else []})


@pytest.fixture
def conference(app: Flask, database: Database, clock: Clock) -> Conference:
    """An area of the test's own."""
    return a_conference(app, database, clock)


@pytest.fixture
def meeting(conference: Conference) -> Meeting:
    """With a case on its agenda."""
    return Meeting(conference)


def reads(meeting: Meeting, who: Staff) -> str:
    """What their page of the case says."""
    return meeting.page(who).get(meeting.board).text


def test_what_an_agency_wrote_is_its_own_until_it_shows_it(meeting: Meeting, conference: Conference) -> None:
    police, support = conference.seat(), conference.seat()
    writer, other = police.somebody(), support.somebody()
    expected = {"own": (), "coordinator": ("coordinator",), "all": ("coordinator", "other", "officer")}
    for shown, readers in expected.items():
        meeting.write(writer, SAID, shown)
        assert SAID in reads(meeting, writer)
        found = {
            "coordinator": SAID in reads(meeting, conference.coordinator),
            "other": SAID in reads(meeting, other),
            "officer": SAID in meeting.page(meeting.officer).get(meeting.url).text,
        }
        assert {name for name, sees in found.items() if sees} == set(readers), shown
        with meeting.desk.place.work() as session:
            assert len(session.scalars(select(MaracPaper.id)).all()) == (shown == "all")


@pytest.mark.parametrize("table", ["marac_paper", "marac_action", "marac_minutes"])
def test_no_agency_writes_into_another_bodys_hand(meeting: Meeting, conference: Conference, table: str) -> None:
    police, support = conference.seat(), conference.seat()
    writer, other = police.somebody(), support.somebody()
    meeting.write(writer, SAID, "all")
    meeting.agree(police.id, "Visit her tomorrow.")
    with conference.database.work(support.scope(other)) as session:
        column = {"marac_paper": "shown = 'own'", "marac_action": "ending = 'done'", "marac_minutes": "actor = 'x'"}
        if table == "marac_minutes":
            with pytest.raises(REFUSED):
                session.execute(text(f"UPDATE {table} SET {column[table]}"))
            session.rollback()
        else:
            assert session.execute(text(f"UPDATE {table} SET {column[table]}")).rowcount == 0
    forged = {
        "marac_paper": f"INSERT INTO marac_paper SELECT landlord_id, gen_random_uuid(), case_id, id, NULL, "
        f"'{police.id}', '{other.account_id}', 'x', now(), 'all', 1, '' FROM marac_referral",
        "marac_action": f"INSERT INTO marac_action SELECT landlord_id, gen_random_uuid(), case_id, id, '{support.id}', "
        "now(), true, now(), 'x', NULL, NULL, NULL, '' FROM marac_referral",
        "marac_minutes": "INSERT INTO marac_minutes SELECT landlord_id, gen_random_uuid(), case_id, id, meeting_id, "
        "now(), 'x', true, '' FROM marac_referral",
    }
    with pytest.raises(REFUSED), conference.database.work(support.scope(other)) as session:
        session.execute(text(forged[table]))


@pytest.mark.clause("NPH-DEALING-11")
def test_unable_is_not_not_done_and_each_needs_its_reason(meeting: Meeting, conference: Conference) -> None:
    """An action of the landlord's own is a task of the case: it reminds, and climbs when its day has passed."""
    meeting.agree("landlord", "Fit a lock.")
    with meeting.desk.place.work() as session:
        task = session.scalars(select(Task).where(Task.kind == TaskKind.CONFERENCE_ACTION.value)).one()
        climbs = select(Reminder.rung).where(Reminder.deadline_id == task.deadline_id)
        assert len(set(session.scalars(climbs))) > 1
        action = session.scalars(select(MaracAction.id)).one()
    page = meeting.page(meeting.officer)
    page.get(f"{meeting.url}/actions/{action}")
    page.submit({"ended": "unable"}, status=422)
    assert "Say why not." in page.page.text
    page.submit({"ended": "unable", "words": "Nobody opened the door."})
    assert "Could not be done" in page.page.text
    assert "Nobody opened the door." in reads(meeting, conference.coordinator)
    with meeting.desk.place.work() as session:
        assert session.scalars(select(MaracAction.ending)).all() == ["unable"]
        assert session.get_one(Task, (meeting.desk.place.id, task.id)).ending == "unable"
    police = conference.seat()
    officer = police.somebody()
    meeting.agree(police.id, "Visit her tomorrow.")
    page = meeting.page(officer)
    link = next(each for each in page.get(BOARD).links if "/actions/" in each)
    page.get(link)
    page.submit({"ended": "not_done", "words": "Forgotten.", "shown": "coordinator"})
    assert "Not done" in reads(meeting, conference.coordinator)
    assert "Forgotten." not in meeting.page(meeting.officer).get(meeting.url).text


def test_each_body_finds_its_own_actions_and_the_landlord_an_agencys_only_where_it_is_shown(
    meeting: Meeting, conference: Conference
) -> None:
    police, support = conference.seat(), conference.seat()
    meeting.agree(police.id, "Flag the address.", shown=True)
    meeting.agree(support.id, "Ring every Monday.", shown=False)
    assert "Ring every Monday." not in reads(meeting, police.somebody())
    assert "Flag the address." in reads(meeting, police.somebody())
    assert "Ring every Monday." in reads(meeting, conference.coordinator)
    found = meeting.page(meeting.officer).get(meeting.url).text
    assert "Flag the address." in found
    assert "Ring every Monday." not in found


@pytest.mark.clause("NPH-DEALING-10")
def test_minutes_are_read_by_nobody_outside_their_circle_and_stand_in_no_part_of_the_record(
    meeting: Meeting, conference: Conference
) -> None:
    police = conference.seat()
    page = meeting.page(conference.coordinator)
    page.get(f"{meeting.board}/minutes")
    page.submit({"words": SAID})
    senior, at_police = meeting.desk.somebody(Role.SENIOR), police.somebody()
    for who, url in ((senior, meeting.url), (at_police, meeting.board)):
        meeting.page(who).get(f"{url}/minutes", status=404)
    page.get(f"{meeting.board}/minutes")
    page.submit({"words": SAID, "circulated": "y"})
    assert SAID in meeting.page(senior).get(f"{meeting.url}/minutes").text
    assert SAID in meeting.page(at_police).get(f"{meeting.board}/minutes").text
    meeting.page(meeting.officer).get(f"{meeting.url}/minutes", status=404)
    for scope in (LandlordScope(meeting.desk.place.id), LandlordScope(meeting.desk.place.id, identities=True)):
        with conference.database.work(scope) as session:
            assert session.scalars(select(MaracMinutes.id)).all() == []


@pytest.mark.clause("NPH-DEALING-10")
@pytest.mark.clause("STAR-3.9a")
@pytest.mark.clause("WHG-2.12")
@pytest.mark.parametrize("like", ["havebury", "whg", "star", "nph"])
def test_a_meeting_about_which_nobody_said_who_went_is_listed_until_somebody_does(
    conference: Conference, like: str
) -> None:
    """Whether or not the landlord was invited: a case of its own was there."""
    found = Meeting(conference, like)
    page = found.page(found.officer)
    assert "Was somebody of us there?" not in page.get(f"{found.desk.url}/conference").text
    conference.clock.at = conference.now + 11 * DAY
    page = found.page(found.officer)
    assert "Nobody has said" in page.get(f"{found.desk.url}/conference").text
    page.get(f"{found.desk.url}/conference/meetings/{conference.meeting_id}")
    page.submit({"came": "no"}, status=422)
    page.submit({"came": "yes", "who": "Robin Example, Housing Officer"})
    assert "Nobody has said" not in page.page.text
    agenda = found.page(conference.coordinator).get(f"{BOARD}/meetings/{conference.meeting_id}").text
    assert "Robin Example, Housing Officer" in agenda


def test_two_of_one_agency_who_write_at_the_same_time_lose_nothing(meeting: Meeting, conference: Conference) -> None:
    police: Agency = conference.seat()
    first, second = (meeting.page(police.somebody()) for _ in range(2))
    for each in (first, second):
        each.get(f"{meeting.board}/research")
    first.submit({"words": SAID, "shown": "own", "least": "y"})
    second.submit({"words": "Nothing is known.", "shown": "own", "least": "y"}, status=409)
    assert SAID in second.page.text
    assert "Nothing is known." in second.page.html


def test_a_case_from_referral_to_closed_actions_leaves_each_step_in_the_audit(
    meeting: Meeting, conference: Conference
) -> None:
    meeting.agree("landlord", "Fit a lock.")
    conference.clock.at = conference.now + 11 * DAY
    page = meeting.page(conference.coordinator)
    page.get(meeting.board)
    page.submit(form="/heard")
    assert "It is marked as heard." in page.page.text
    manager = conference.client(meeting.desk.somebody(Role.MANAGER))
    looked = manager.get(f"{meeting.desk.case_url(meeting.case_id)}/looked").text
    assert "Opened the case before MARAC" in looked
