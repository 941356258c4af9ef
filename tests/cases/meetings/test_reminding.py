"""A reminder of a meeting goes to whoever asked for it: once, at a safe hour, by her way; to nobody else, ever."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases import service as cases
from portal.cases.meetings.models import Meeting
from portal.cases.meetings.service import Booking, Moment, book, move
from portal.cases.models import TimelineEntry
from portal.cases.reminded.jobs import remind_them
from portal.domain.contact import Channel, SafeContact, SafeTimes, Said, Times, Way, Weekday, Window
from portal.domain.intake import YesNo
from portal.domain.meetings import Agreed, Place, Purpose, Venue
from portal.domain.permissions import Role
from portal.messaging.gateway import GatewayAwayError
from portal.messaging.local_outbox import LocalOutbox, NoCarrier, sent_mails
from portal.store.audit import Actor, AuditEntry, Fact
from portal.web.reminding import says
from tests.desk import MONDAY, THEIR_WORD, Desk, DeskAt, london

EMAIL = "river@example.org"
SENDER = "post@portal.example"
MORNINGS = SafeTimes(Times.ONLY_THESE, (Window(frozenset(Weekday), time(9), time(12)),))
ASKED = SafeContact(
    ways=(Way(Channel.EMAIL, Said.SAFE, EMAIL), Way(Channel.CALL, Said.SAFE, "07700 900123")),
    times=MORNINGS,
    reminders=frozenset({Channel.EMAIL}),
    language="Polish",
)
MEETING = london(5, 11)  # a Thursday


@pytest.fixture
def desk(with_face: DeskAt) -> Desk:
    return with_face("whg")


def booked(desk: Desk, safe: SafeContact = ASKED, at: datetime = MEETING) -> UUID:
    case_id = desk.case(safe_contact=safe, name="River Example")
    place = Place(Venue.OFFICE, Agreed.THEMSELVES, "main", "", YesNo.UNKNOWN, YesNo.UNKNOWN)
    who = desk.place.staff(Role.OFFICER)
    with desk.place.work() as session:
        book(
            session,
            case_id,
            Booking(Purpose.INTERVIEW, place, Moment(at)),
            Actor(who, "Robin Example"),
            MONDAY,
        )
    return case_id


def turn(desk: Desk, folder: Path, *moments: datetime) -> list[tuple[str, str, str, str]]:
    """The worker comes round at these moments; what has gone out by then."""
    for now in moments:
        remind_them(desk.place.work, now, gateway=LocalOutbox(folder, SENDER), says=says)
    return [(each.sender, each.to, each.subject, each.text) for each in sent_mails(folder)]


def on_timeline(desk: Desk, case_id: UUID) -> list[str]:
    with desk.place.work() as session:
        rows = select(TimelineEntry.facts).where(
            TimelineEntry.case_id == case_id, TimelineEntry.kind == "their_reminder"
        )
        return [each["by"] for each in session.scalars(rows)]


def test_it_goes_once_a_day_before_at_a_safe_hour_in_her_language_and_says_a_day_and_a_time(
    desk: Desk, tmp_path: Path
) -> None:
    case_id = booked(desk)
    assert turn(desk, tmp_path, london(3, 10), london(4, 10, 55), london(4, 13), london(5, 8)) == []
    says = "Przypomnienie: czwartek, 5 lutego 2026, 11:00"
    assert turn(desk, tmp_path, london(5, 9, 5), london(5, 9, 10)) == [(SENDER, EMAIL, says, says)]
    assert on_timeline(desk, case_id) == ["email"]
    with desk.place.work() as session:
        assert session.scalars(
            select(AuditEntry.detail).where(AuditEntry.fact == Fact.THEY_WERE_REMINDED)
        ).all() == ["email"]
    page = desk.client(Role.OFFICER).get(desk.case_url(case_id))
    assert "Reminder of a meeting, as they asked: sent by email" in page.text


@pytest.mark.parametrize(
    "safe",
    [
        pytest.param(replace(ASKED, reminders=frozenset()), id="she did not ask"),
        pytest.param(
            replace(ASKED, reminders=frozenset({Channel.TEXT})), id="by a way that she did not call safe"
        ),
        pytest.param(replace(ASKED, times=SafeTimes()), id="no hours said"),
        pytest.param(replace(ASKED, never=(EMAIL,)), id="what never to use"),
        pytest.param(
            replace(ASKED, ways=(Way(Channel.EMAIL, Said.SAFE, EMAIL, risk="He reads it"),)), id="a risk"
        ),
        pytest.param(replace(ASKED, code_word="Przypomnienie"), id="her code word would stand in it"),
        pytest.param(
            replace(ASKED, ways=(Way(Channel.EMAIL, Said.SAFE, f"{EMAIL}, him@example.org"),)), id="two"
        ),
    ],
)
def test_nothing_goes_otherwise_and_it_is_said_once_where_she_had_asked(
    desk: Desk, tmp_path: Path, safe: SafeContact
) -> None:
    case_id = booked(desk, safe)
    every_hour = [london(3, 12) + timedelta(hours=each) for each in range(50)]
    assert turn(desk, tmp_path, *every_hour) == []
    assert on_timeline(desk, case_id) == ([""] if safe.reminders else [])


def test_of_a_meeting_that_was_moved_or_agreed_a_moment_ago_nobody_is_reminded(
    desk: Desk, tmp_path: Path
) -> None:
    case_id = booked(desk)
    who = desk.place.staff(Role.OFFICER)
    with desk.place.work() as session:
        (first,) = session.scalars(select(Meeting).where(Meeting.case_id == case_id))
        move(
            session,
            case_id,
            first.id,
            first.revision,
            Moment(london(6, 11)),
            Actor(who, "Robin Example"),
            london(5, 9),
        )
    assert turn(desk, tmp_path, london(5, 9, 5), london(5, 10, 30)) == []
    ((_, to, subject, _),) = turn(desk, tmp_path, london(5, 11, 30), london(6, 9))
    assert to == EMAIL
    assert "6 lutego" in subject


def test_while_the_carrier_is_away_it_waits(desk: Desk, tmp_path: Path) -> None:
    case_id = booked(desk)
    with pytest.raises(GatewayAwayError):
        remind_them(desk.place.work, london(5, 9, 5), gateway=NoCarrier(), says=says)
    assert on_timeline(desk, case_id) == []
    assert len(turn(desk, tmp_path, london(5, 9, 10))) == 1


def test_an_officer_writes_it_down_on_her_word_and_only_by_a_way_that_is_safe(desk: Desk) -> None:
    case_id = desk.case(safe_contact=replace(ASKED, reminders=frozenset()))
    client = desk.client(Role.OFFICER)
    page = f"{desk.case_url(case_id)}/safe-contact"
    client.get(page)
    assert "Only by a way that they say is safe." in client.submit({"reminders": ["text"]}, status=422).text
    assert "Possible from now on" not in client.submit({"reminders": ["email"]}, status=422).text, (
        "nobody's word"
    )
    client.submit({"reminders": ["email"]} | THEIR_WORD)
    with desk.place.work() as session:
        kept = cases.safe_contact(session, cases.get(session, case_id))
    assert kept.reminders == {Channel.EMAIL}
    assert 'value="email" checked' in client.get(page).html
