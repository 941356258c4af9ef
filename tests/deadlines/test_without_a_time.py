"""Where a policy states no time, a report that nobody has opened is told again and climbs all the same."""

from datetime import timedelta
from uuid import UUID

import pytest

from portal.cases import contacts
from portal.cases.contacts import Attempt, Outcome
from portal.domain.clock import StopAct
from portal.domain.contact import Channel
from portal.domain.intake import Danger
from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.reactions import rounds
from portal.referrals.untimed import press_for_help, tell_of_unopened
from portal.settings import Settings
from portal.store.database import Database
from tests.places import LONG_AGO, Place, a_place

HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)


def told(place: Place) -> list[tuple[UUID, Kind]]:
    return [(each.account_id, Kind(each.kind)) for each in place.messages()]


@pytest.mark.parametrize("said", [{"danger": Danger.LIFE}, {"age": 15}])
def test_a_life_in_danger_without_a_clock_climbs_until_somebody_opens_it(
    database: Database, said: dict[str, object]
) -> None:
    place = a_place(database, "whg")
    duty = place.staff(Role.OFFICER, on_duty=True)
    senior, manager = place.staff(Role.SENIOR), place.staff(Role.MANAGER)
    report_id = place.report(**said)
    for halves in (0, 1, 1, 2, 3):
        press_for_help(place.work, LONG_AGO + halves * HALF_HOUR)
    assert told(place) == [(duty, Kind.LIFE), (senior, Kind.LIFE), (manager, Kind.LIFE)]
    case_id = place.case(report_id)
    press_for_help(place.work, LONG_AGO + 3 * DAY)
    assert len(told(place)) == 4, "opened is not reached"
    reached = Attempt(Channel.CALL, LONG_AGO, Outcome.REACHED, StopAct.CONTACTED, inbound=True)
    with place.work() as session:
        contacts.record_contact(session, case_id, reached, place.actor(duty), LONG_AGO, may_override=False)
    press_for_help(place.work, LONG_AGO + 5 * DAY)
    assert len(told(place)) == 4


def test_a_case_without_a_time_in_which_nobody_was_reached_climbs_too(database: Database) -> None:
    place = a_place(database, "whg")
    place.staff(Role.OFFICER, on_duty=True)
    senior, manager = place.staff(Role.SENIOR), place.staff(Role.MANAGER)
    place.case(place.report())
    for days in (1, 2, 3):
        tell_of_unopened(place.work, LONG_AGO + days * DAY)
    assert told(place) == [(senior, Kind.DIGEST), (manager, Kind.DIGEST)]


def test_what_waits_without_a_time_is_told_once_a_day_and_climbs(database: Database) -> None:
    place = a_place(database, "whg")
    duty = place.staff(Role.OFFICER, on_duty=True)
    senior, manager = place.staff(Role.SENIOR), place.staff(Role.MANAGER)
    place.report()
    for days in (0.9, 0.9, 2, 3):
        tell_of_unopened(place.work, LONG_AGO + days * DAY)
    assert told(place) == [(duty, Kind.NEW_REPORT), (senior, Kind.NEW_REPORT), (manager, Kind.NEW_REPORT)]
    assert {each.link for each in place.messages()} == {"/desk/"}


def test_where_a_clock_runs_its_own_ladder_is_enough(place: Place) -> None:
    place.staff(Role.OFFICER, on_duty=True)
    place.report(danger=Danger.LIFE)
    place.report()
    press_for_help(place.work, LONG_AGO + DAY)
    tell_of_unopened(place.work, LONG_AGO + DAY)
    assert told(place) == []


def test_both_are_done_for_every_landlord_again_and_again(settings: Settings) -> None:
    assert {press_for_help, tell_of_unopened} <= {each.does for each in rounds(settings)}
