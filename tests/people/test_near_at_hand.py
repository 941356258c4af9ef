"""Whom a reminder reads: a landlord may have a hundred officers, of whom few have to do with what is due."""

from portal.domain.permissions import Role
from portal.people.colleagues import colleagues, near_at_hand
from tests.desk import MONDAY, Desk


def test_those_near_at_hand_are_read_as_they_are_described(desk: Desk) -> None:
    officer = Role.OFFICER
    idle, concerned, poster = desk.somebody(officer), desk.somebody(officer), desk.somebody(officer, post="Lead")
    others = [desk.somebody(officer, Role.SENIOR), desk.somebody(Role.MANAGER), desk.somebody(Role.ADMINISTRATOR)]
    on_duty = desk.place.staff(officer, on_duty=True)
    with desk.place.work() as session:
        near = near_at_hand(session, MONDAY, [concerned.account_id])
        assert set(near) <= set(colleagues(session, MONDAY))
    found = {each.account_id for each in near}
    assert found >= {on_duty} | {each.account_id for each in (concerned, poster, *others)}
    assert idle.account_id not in found
