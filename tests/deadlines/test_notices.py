"""What follows a report, an assignment and a quiet fortnight: the right people are told, and nobody in vain."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases import contacts, stages
from portal.cases import service as cases
from portal.cases.contacts import Attempt, Outcome
from portal.cases.jobs import send_digests, tell_assignee
from portal.domain.clock import StopAct
from portal.domain.contact import Channel
from portal.domain.intake import Answers, Danger
from portal.domain.lifecycle import Source
from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.referrals import service as referrals
from portal.referrals.jobs import alert_for_child, alert_for_life, tell_of_report
from portal.store.database import Database
from portal.store.outbox import OutboxEvent
from tests.domain.contact_records import said_safe
from tests.places import LONG_AGO, Place, a_place

SOON = LONG_AGO + timedelta(minutes=1)


def told(place: Place) -> list[tuple[UUID, Kind]]:
    return sorted((each.account_id, Kind(each.kind)) for each in place.messages())


def report_came(place: Place, report_id: UUID) -> None:
    with place.work() as session:
        tell_of_report(session, {"report_id": report_id}, SOON)
        alert_for_life(session, {"report_id": report_id}, SOON) if _is_life(place, report_id) else None


def _is_life(place: Place, report_id: UUID) -> bool:
    with place.work() as session:
        return referrals.read(session, report_id).threat_to_life


@pytest.mark.parametrize("like", ["dales", "seven-locks", "havebury", "star", "whg", "nph"])
def test_a_threat_to_life_alerts_those_on_duty_under_every_policy(database: Database, like: str) -> None:
    place = a_place(database, like)
    duty = place.staff(Role.OFFICER, on_duty=True)
    place.staff(Role.OFFICER)
    report_came(place, place.report(danger=Danger.LIFE))
    assert told(place) == [(duty, Kind.LIFE)]


@pytest.mark.parametrize("like", ["dales", "havebury", "star", "whg", "nph"])
def test_somebody_under_16_is_told_of_at_once_and_only_once(database: Database, like: str) -> None:
    place = a_place(database, like)
    duty = place.staff(Role.OFFICER, on_duty=True)
    report_id = place.report(age=15)
    with place.work() as session:
        kinds = set(session.scalars(select(OutboxEvent.kind)))
        tell_of_report(session, {"report_id": report_id}, SOON)
        alert_for_child(session, {"report_id": report_id}, SOON)
    assert "ChildReported" in kinds
    assert told(place) == [(duty, Kind.LIFE)]


def test_at_16_the_ordinary_notice_is_enough(place: Place) -> None:
    place.staff(Role.OFFICER, on_duty=True)
    place.report(age=16)
    with place.work() as session:
        assert "ChildReported" not in set(session.scalars(select(OutboxEvent.kind)))


def test_a_new_report_is_told_to_those_on_duty_with_a_link_to_it(place: Place) -> None:
    duty = place.staff(Role.SENIOR, on_duty=True)
    report_id = place.report()
    report_came(place, report_id)
    (message,) = place.messages()
    assert (message.account_id, message.kind) == (duty, Kind.NEW_REPORT)
    assert message.link == f"/desk/{place.slug}/reports/{report_id}"


def test_whoever_typed_a_report_in_knows_of_it(place: Place) -> None:
    mine, other = (place.staff(Role.OFFICER, on_duty=True) for _ in range(2))
    with place.work() as session:
        answers = Answers(source=Source.STAFF_ENTRY, name="River")
        report_id = referrals.receive(session, answers, place.actor(mine), LONG_AGO).report_id
    report_came(place, report_id)
    assert told(place) == [(other, Kind.NEW_REPORT)]


def test_a_report_that_somebody_has_opened_meanwhile_is_not_told(place: Place) -> None:
    place.staff(Role.OFFICER, on_duty=True)
    report_id = place.report()
    place.case(report_id)
    report_came(place, report_id)
    assert told(place) == []


def test_a_threat_to_life_is_told_until_somebody_has_reached_the_person(place: Place) -> None:
    mine = place.staff(Role.OFFICER)
    place.staff(Role.OFFICER, on_duty=True)
    report_id = place.report(danger=Danger.LIFE, safe_contact=said_safe())
    case_id = place.case(report_id)
    with place.work() as session:
        cases.assign(session, case_id, mine, "Robin", place.actor(mine), LONG_AGO, "")
        alert_for_life(session, {"report_id": report_id}, SOON)
    assert told(place) == [(mine, Kind.LIFE)]
    reached = Attempt(Channel.CALL, LONG_AGO, Outcome.REACHED, StopAct.RESPONDED)
    other = place.report(danger=Danger.LIFE, safe_contact=said_safe())
    with place.work() as session:
        case = referrals.open_case(session, other, place.code, place.actor(mine), LONG_AGO)
        contacts.record_contact(session, case.id, reached, place.actor(mine), SOON, may_override=False)
    with place.work() as session:
        alert_for_life(session, {"report_id": other}, SOON)
    assert len(told(place)) == 1


@pytest.mark.parametrize("like", ["dales", "havebury", "whg"])
def test_a_threat_told_about_a_case_that_runs_alerts_its_officer_however_quickly_it_was_joined(
    database: Database, like: str
) -> None:
    place = a_place(database, like)
    mine = place.staff(Role.OFFICER)
    place.staff(Role.OFFICER, on_duty=True)
    case_id = place.case(place.report(safe_contact=said_safe()))
    talked = Attempt(Channel.CALL, LONG_AGO, Outcome.REACHED, StopAct.INTERVIEWED)
    with place.work() as session:
        cases.assign(session, case_id, mine, "Robin", place.actor(mine), LONG_AGO, "")
        contacts.record_contact(session, case_id, talked, place.actor(mine), SOON, may_override=False)
    again = place.report(at=SOON, danger=Danger.LIFE)
    with place.work() as session:
        referrals.join_case(session, again, case_id, place.actor(None), SOON, newer_contact=False)
    with place.work() as session:
        alert_for_life(session, {"report_id": again}, SOON)
    assert told(place) == [(mine, Kind.LIFE)]


def test_a_threat_to_a_colleagues_life_still_goes_to_managers_once_there_is_a_case(place: Place) -> None:
    place.staff(Role.OFFICER, on_duty=True)
    manager = place.staff(Role.MANAGER)
    report_id = place.report(danger=Danger.LIFE, works_here=True)
    place.case(report_id)
    report_came(place, report_id)
    assert told(place) == [(manager, Kind.LIFE)]


def test_a_colleagues_own_report_is_told_to_managers_only(place: Place) -> None:
    place.staff(Role.OFFICER, on_duty=True)
    manager = place.staff(Role.MANAGER)
    report_came(place, place.report(works_here=True))
    assert told(place) == [(manager, Kind.NEW_REPORT)]


def assigned(place: Place, case_id: UUID, to: UUID, by: UUID) -> None:
    with place.work() as session:
        cases.assign(session, case_id, to, "Robin", place.actor(by), LONG_AGO, "")


def test_an_officer_is_told_of_a_case_given_to_her_once_for_each_time(place: Place) -> None:
    officer, senior = place.staff(Role.OFFICER), place.staff(Role.SENIOR)
    case_id = place.case(place.report())
    assigned(place, case_id, officer, senior)
    for _ in range(2):
        with place.work() as session:
            tell_assignee(session, {"case_id": case_id, "account_id": officer}, SOON)
    (message,) = place.messages()
    assert (message.account_id, message.kind) == (officer, Kind.ASSIGNED)
    assert message.link == f"/desk/{place.slug}/cases/{case_id}"


def test_who_takes_a_case_herself_or_has_lost_it_again_is_not_told(place: Place) -> None:
    officer, senior = place.staff(Role.OFFICER), place.staff(Role.SENIOR)
    mine, lost = place.case(place.report()), place.case(place.report())
    assigned(place, mine, officer, officer)
    assigned(place, lost, officer, senior)
    assigned(place, lost, senior, senior)
    with place.work() as session:
        for case_id in (mine, lost):
            tell_assignee(session, {"case_id": case_id, "account_id": officer}, SOON)
    assert told(place) == []


@pytest.mark.clause("HAV-3.2a-3", "STAR-1.6b")
@pytest.mark.parametrize("like", ["havebury", "star"])
def test_an_open_case_without_a_next_step_reminds_its_officer_once_a_day(
    database: Database, like: str
) -> None:
    place = a_place(database, like)
    officer, duty = place.staff(Role.OFFICER), place.staff(Role.OFFICER, on_duty=True)
    idle, nobodys, busy = (place.case(place.report()) for _ in range(3))
    assigned(place, idle, officer, officer)
    assigned(place, busy, duty, duty)
    with place.work() as session:
        for case_id in (idle, nobodys):
            act = StopAct.RESPONDED if like == "havebury" else StopAct.CONTACTED
            cases.deadlines.meet(session, case_id, act, place.actor(None), LONG_AGO, LONG_AGO)
            cases.refresh_next(session, cases.get(session, case_id))
    for hours in (0, 1, 2):
        send_digests(place.work, LONG_AGO + timedelta(hours=hours))
    assert told(place) == sorted([(officer, Kind.DIGEST), (duty, Kind.DIGEST)])
    assert {each.count for each in place.messages()} == {1}
    send_digests(place.work, LONG_AGO + timedelta(days=1))
    assert len(told(place)) == 4


def test_cases_past_their_waiting_date_or_untouched_for_a_fortnight_are_on_the_daily_list(
    place: Place,
) -> None:
    officer = place.staff(Role.OFFICER)
    waiting, untouched = place.case(place.report()), place.case(place.report())
    for case_id in (waiting, untouched):
        assigned(place, case_id, officer, officer)
    with place.work() as session:
        until = LONG_AGO + timedelta(days=2)
        stages.wait_for(session, waiting, "the council", until, place.actor(officer), LONG_AGO)
    send_digests(place.work, LONG_AGO + timedelta(days=1))
    assert told(place) == []
    send_digests(place.work, LONG_AGO + timedelta(days=3))
    assert [each.count for each in place.messages()] == [1]
    send_digests(place.work, LONG_AGO + timedelta(days=15))
    assert [each.count for each in place.messages()] == [1, 2]


def test_a_day_on_which_nothing_rests_brings_no_message(place: Place) -> None:
    place.staff(Role.OFFICER, on_duty=True)
    place.case(place.report())
    send_digests(place.work, LONG_AGO + timedelta(hours=1))
    assert told(place) == []
