"""Havebury goes to a conference where somebody is heard who lives in a home that it manages for a council."""

import pytest
from flask import Flask

from portal.marac.actions import service as actions
from portal.marac.actions.service import Agreed
from portal.marac.papers.service import About
from portal.store.database import Database
from tests.conftest import Clock
from tests.homes.test_tenancy import holds
from tests.marac.table import DAY, a_conference, officer_at
from tests.sharing_desk import told_others


@pytest.mark.clause("HAV-4.9")
def test_a_resident_of_a_managed_home_is_referred_and_a_meeting_without_attendance_or_reason_shows_as_missed(
    app: Flask, database: Database, clock: Clock
) -> None:
    conference = a_conference(app, database, clock)
    desk = conference.desk("havebury")
    who, by = officer_at(desk)
    case_id, referral = conference.referred(desk.place, by)
    officer = conference.client(who)
    held = holds(desk, officer, case_id, held="survivor", agreement="council").text
    assert "agreement: the council’s, whose home we manage" in held
    conference.listed(desk.place, case_id, referral)
    tasks = officer.get(f"{desk.case_url(case_id)}/tasks").text
    assert "Write down what we know for the meeting" in tasks, "they are invited, and told what to bring"
    url = f"{desk.case_url(case_id)}/conference/{referral}"
    officer.get(f"{url}/research")
    officer.submit({"words": "Two repairs to the door.", "shown": "all", "least": "y"}, form="/research")
    about = About(desk.place.id, case_id, referral)
    with database.work(conference.agency.scope(conference.coordinator)) as session:
        ours = Agreed(None, "Fit a new lock.", (conference.now + 12 * DAY).date(), shown=True)
        made = actions.agree(session, about, ours, conference.by, conference.now)
    with desk.place.work() as session:
        actions.tell_landlord(session, about, made, ours, conference.by, conference.now)
    assert "Fit a new lock." in officer.get(f"{desk.case_url(case_id)}/tasks").text
    conference.clock.at = conference.now + 11 * DAY
    officer = conference.client(who)
    assert "Nobody has said" in officer.get(f"{desk.url}/conference").text, "missed, until somebody says who went"
    officer.get(f"{desk.url}/conference/meetings/{conference.meeting_id}")
    assert "Say why nobody went." in officer.submit({"came": "no"}, status=422).text
    officer.submit({"came": "no", "reason": "The officer was ill; the coordinator had our sheet."})
    assert "Nobody has said" not in officer.get(f"{desk.url}/conference").text
    officer.get(f"{url}/actions/{made}")
    assert "Say what shows that it is done." in officer.submit({"ended": "done"}, form="/actions/", status=422).text
    officer.submit({"ended": "done", "words": "Photographed by the joiner."}, form="/actions/")
    assert "Photographed by the joiner." in officer.get(url).text
    assert {"Two repairs to the door.", "Photographed by the joiner."} <= told_others(desk.place, case_id)
