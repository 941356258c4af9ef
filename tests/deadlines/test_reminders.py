"""Reminders as they are sent: each once, to the right people, and none after the act is done."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.deadlines.hearers import Matter
from portal.deadlines.jobs import send_reminders
from portal.deadlines.models import Deadline
from portal.deadlines.reminders import due_reminders, late_reminders, send
from portal.domain.clock import StopAct
from portal.domain.contact import not_bland
from portal.domain.intake import Danger
from portal.domain.permissions import Role
from portal.messaging.words import Kind, words_of
from portal.referrals.jobs import alert_for_life
from portal.referrals.matters import matters_of
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Database
from tests.places import LONG_AGO, Place, a_place

DUE = datetime(2026, 2, 3, 17, 0, tzinfo=UTC)  # one working day after LONG_AGO, under HS-026 4.3
HOUR = timedelta(hours=1)
go = partial(send_reminders, matters=matters_of)


def told(place: Place) -> list[tuple[UUID, Kind]]:
    return [(each.account_id, Kind(each.kind)) for each in place.messages()]


def test_before_due_the_officer_hears_and_the_link_leads_behind_the_sign_in(place: Place) -> None:
    officer = place.staff(Role.OFFICER)
    case_id = place.case(place.report())
    with place.work() as session:
        cases.assign(session, case_id, officer, "Robin", place.actor(officer), LONG_AGO, "")
    go(place.work, DUE - HOUR)
    (message,) = place.messages()
    assert (message.account_id, message.kind) == (officer, Kind.DUE_SOON)
    assert message.link == f"/desk/{place.slug}/cases/{case_id}"


def test_the_ladder_is_climbed_rung_by_rung(place: Place) -> None:
    officer, senior, manager = place.staff(Role.OFFICER), place.staff(Role.SENIOR), place.staff(Role.MANAGER)
    case_id = place.case(place.report())
    with place.work() as session:
        cases.assign(session, case_id, officer, "Robin", place.actor(officer), LONG_AGO, "")
    for moment in (DUE - 2 * HOUR, DUE, DUE + HOUR / 2, DUE + 2 * HOUR, DUE + 9 * HOUR):
        go(place.work, moment)
    assert told(place) == [
        (officer, Kind.DUE_SOON),
        (officer, Kind.DUE_NOW),
        (senior, Kind.OVERDUE),
        (manager, Kind.OVERDUE),
    ]


@pytest.mark.invariant(8)
def test_a_reminder_is_sent_once_however_often_it_is_asked_for(place: Place) -> None:
    place.staff(Role.OFFICER, on_duty=True)
    place.report()
    go(place.work, DUE)
    once = place.messages()
    with place.work() as session:
        assert send(session, matters_of, DUE) == 0
    go(place.work, DUE)
    assert [each.id for each in place.messages()] == [each.id for each in once]


@pytest.mark.invariant(8)
def test_of_two_workers_that_send_at_the_same_moment_only_one_does(place: Place) -> None:
    """Neither waits for the other, and each reminder is told and recorded once."""
    place.staff(Role.OFFICER, on_duty=True)
    place.report()
    with place.work() as one, place.work() as other:
        sent = send(one, matters_of, DUE)
        one.flush()
        assert send(other, matters_of, DUE) == 0
    with place.work() as session:
        recorded = select(AuditEntry.id).where(AuditEntry.fact == Fact.REMINDER_SENT.value)
        assert len(session.scalars(recorded).all()) == sent > 0


def test_none_goes_out_once_the_act_was_done_by_anybody(place: Place) -> None:
    mine, other = place.staff(Role.OFFICER), place.staff(Role.OFFICER)
    case_id = place.case(place.report())
    with place.work() as session:
        cases.assign(session, case_id, mine, "Robin", place.actor(mine), LONG_AGO, "")
        cases.deadlines.meet(session, case_id, StopAct.RESPONDED, place.actor(other), LONG_AGO, LONG_AGO)
    go(place.work, DUE + 9 * HOUR)
    assert place.messages() == []


def test_a_clock_that_is_being_stopped_at_this_moment_is_left_alone(place: Place) -> None:
    place.staff(Role.OFFICER)
    case_id = place.case(place.report())
    with place.work() as stopping:
        cases.deadlines.meet(stopping, case_id, StopAct.RESPONDED, place.actor(None), LONG_AGO, LONG_AGO)
        stopping.flush()
        with place.work() as session:
            assert due_reminders(session, DUE)
            assert send(session, matters_of, DUE) == 0
    assert place.messages() == []


def test_a_clock_whose_end_is_just_being_written_or_has_been_is_not_reminded_of(place: Place) -> None:
    place.staff(Role.OFFICER)
    place.report()
    with place.work() as ending:
        ending.execute(update(Deadline).values(ended_at=LONG_AGO))
        with place.work() as session:
            assert send(session, matters_of, DUE) == 0
    with place.work() as session:
        assert due_reminders(session, DUE) == []
        assert send(session, matters_of, DUE) == 0
    assert place.messages() == []


def test_somebody_on_several_rungs_at_once_is_told_once_of_the_most_pressing(place: Place) -> None:
    senior = place.staff(Role.SENIOR, on_duty=True)
    place.report()
    go(place.work, DUE + HOUR)
    assert told(place) == [(senior, Kind.OVERDUE)]
    assert [each.rung for each in place.reminders() if each.sent_at] == [
        "before-due",
        "at-due",
        "overdue-senior",
    ]


def test_each_reminder_that_went_out_is_recorded(place: Place) -> None:
    place.staff(Role.OFFICER, on_duty=True)
    report_id = place.report()
    go(place.work, DUE)
    with place.work() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.fact == Fact.REMINDER_SENT)).all()
    assert [(each.subject_id, each.detail) for each in entries] == [
        (report_id, "before-due"),
        (report_id, "at-due"),
    ]


def test_a_threat_to_life_alerts_those_on_duty_and_not_twice(place: Place) -> None:
    duty = place.staff(Role.OFFICER, on_duty=True)
    place.staff(Role.OFFICER)
    report_id = place.report(danger=Danger.LIFE)
    go(place.work, LONG_AGO + timedelta(seconds=9))
    (message,) = place.messages()
    assert (message.account_id, message.kind, message.cause_id) == (duty, Kind.LIFE, report_id)


def test_an_alert_that_was_given_at_once_swallows_no_later_reminder(place: Place) -> None:
    duty = place.staff(Role.OFFICER, on_duty=True)
    report_id = place.report(danger=Danger.LIFE)
    with place.work() as session:
        alert_for_life(session, {"report_id": report_id}, LONG_AGO)
    assert told(place) == [(duty, Kind.LIFE)]
    go(place.work, DUE + 9 * HOUR)
    assert told(place) == [(duty, Kind.LIFE), (duty, Kind.OVERDUE)]


def test_where_nobody_can_act_the_administrators_are_told_where_to_mend_it(place: Place) -> None:
    administrator = place.staff(Role.ADMINISTRATOR)
    place.report()
    go(place.work, DUE)
    (message,) = place.messages()
    assert (message.account_id, message.kind) == (administrator, Kind.UNATTENDED)
    assert message.link == f"/desk/{place.slug}/health"


def test_with_nobody_at_all_the_reminder_waits_and_the_alarm_shows(place: Place) -> None:
    place.report()
    go(place.work, DUE)
    assert place.messages() == []
    with place.work() as session:
        assert late_reminders(session, DUE + HOUR) == 3
    officer = place.staff(Role.OFFICER)
    go(place.work, DUE + HOUR)
    assert {account for account, _ in told(place)} == {officer}


@pytest.mark.parametrize(
    ("like", "post", "sister"),
    [
        pytest.param(
            "dales", "Head of Neighbourhoods", "seven-locks", marks=pytest.mark.clause("AG013-RESP-1")
        ),
        pytest.param("seven-locks", "Head of Housing", "dales", marks=pytest.mark.clause("AG013-RESP-2")),
    ],
)
def test_a_missed_interview_reaches_the_post_that_answers_and_nobody_at_the_sister(
    database: Database, like: str, post: str, sister: str
) -> None:
    here, there = a_place(database, like), a_place(database, sister)
    duty, senior = here.staff(Role.OFFICER, on_duty=True), here.staff(Role.SENIOR)
    head, other_head = here.staff(Role.OFFICER, post=post), here.staff(Role.OFFICER, post="Head of Finance")
    there.staff(Role.MANAGER, post=post, on_duty=True)
    here.report()
    last = here.reminders()[-1].due_at
    for moment in (last - timedelta(minutes=1), last):
        assert head not in {account for account, _ in told(here)}
        go(here.work, moment)
        go(there.work, moment)
    assert (head, Kind.OVERDUE) in told(here)
    assert {account for account, _ in told(here)} == {duty, senior, head}
    assert other_head not in {account for account, _ in told(here)}
    assert told(there) == []


@pytest.mark.clause("STAR-9-4")
def test_when_the_senior_does_not_act_in_time_the_neighbourhood_manager_is_told(database: Database) -> None:
    place = a_place(database, "star")
    senior, manager = place.staff(Role.SENIOR), place.staff(Role.SENIOR, post="Neighbourhood Manager")
    case_id = place.case(place.report())
    with place.work() as session:
        cases.assign(session, case_id, senior, "Robin", place.actor(senior), LONG_AGO, "")
    last = max(each.due_at for each in place.reminders())
    go(place.work, last - timedelta(minutes=1))
    before = {each.id for each in place.messages()}
    go(place.work, last)
    (message,) = [each for each in place.messages() if each.id not in before]
    assert (message.account_id, message.kind) == (manager, Kind.OVERDUE)
    words = words_of(Kind(message.kind), message.code, "/desk/")
    assert not_bland(f"{words.subject} {words.body}", ["River", "Canary"]) == ()


@pytest.mark.invariant(8)
def test_a_faulty_reminder_keeps_no_other_from_going_out(place: Place) -> None:
    place.staff(Role.OFFICER, on_duty=True)
    faulty, sound = place.report(), place.report()

    def matters(session: Session, case_ids: Iterable[UUID], report_ids: Iterable[UUID]) -> dict[UUID, Matter]:
        known = matters_of(session, case_ids, report_ids)
        known.pop(faulty, None)
        return known

    with pytest.raises(KeyError):
        send_reminders(place.work, DUE, matters=matters)
    assert {each.link.rpartition("/")[2] for each in place.messages()} == {str(sound)}
