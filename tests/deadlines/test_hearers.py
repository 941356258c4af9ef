"""Who hears of what is due: the right person, or the next who can act, and never nobody."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.deadlines.hearers import Heard, Matter, who_hears
from portal.domain.permissions import Permission, Role
from portal.domain.policy.ladder import Hearer
from portal.people.colleagues import Colleague
from portal.store.base import new_id

OFFICER, SENIOR, MANAGER, ADMINISTRATOR = Role.OFFICER, Role.SENIOR, Role.MANAGER, Role.ADMINISTRATOR


def person(*roles: Role, on_duty: bool = False, post: str = "") -> Colleague:
    return Colleague(new_id(), frozenset(roles), post, on_duty)


def heard_by(staff: list[Colleague], hearer: Hearer, **matter: object) -> set[UUID]:
    return set(who_hears(staff, hearer, Matter("cases/x", **matter)).accounts)


def test_the_officer_who_has_the_case_hears_first() -> None:
    mine, other = person(OFFICER), person(OFFICER, on_duty=True)
    assert heard_by([mine, other], Hearer.OFFICER, assignee=mine.account_id) == {mine.account_id}


def test_those_on_duty_hear_where_nobody_has_the_case_or_its_officer_has_left() -> None:
    idle, duty = person(OFFICER), person(SENIOR, on_duty=True)
    assert heard_by([idle, duty], Hearer.OFFICER) == {duty.account_id}
    assert heard_by([idle, duty], Hearer.OFFICER, assignee=new_id()) == {duty.account_id}


@pytest.mark.parametrize("roles", [(OFFICER,), (SENIOR,), (MANAGER,)])
def test_with_nobody_on_duty_the_next_who_can_act_hear(roles: tuple[Role, ...]) -> None:
    somebody = person(*roles)
    assert heard_by([somebody, person(ADMINISTRATOR)], Hearer.DUTY) == {somebody.account_id}


def test_administrators_hear_that_nobody_was_there() -> None:
    administrator = person(ADMINISTRATOR)
    heard = who_hears([administrator, person(Role.AUDITOR)], Hearer.DUTY, Matter("cases/x"))
    assert heard == Heard((administrator.account_id,), unattended=True)


def test_an_overdue_case_goes_to_somebody_other_than_the_one_who_has_it() -> None:
    senior, manager = person(SENIOR), person(MANAGER)
    assert heard_by([senior, manager], Hearer.SENIOR, assignee=senior.account_id) == {manager.account_id}
    assert heard_by([senior, manager], Hearer.SENIOR) == {senior.account_id}
    assert heard_by([senior], Hearer.SENIOR, assignee=senior.account_id) == {senior.account_id}


def test_the_post_that_answers_for_the_policy_hears_with_the_managers() -> None:
    head, manager, officer = person(SENIOR, post="Head of  housing"), person(MANAGER), person(OFFICER)
    heard = heard_by([head, manager, officer], Hearer.MANAGER, posts=frozenset({"head of housing"}))
    assert heard == {head.account_id, manager.account_id}


def test_a_colleagues_own_report_is_told_only_to_those_who_may_open_it() -> None:
    duty, manager = person(OFFICER, on_duty=True), person(MANAGER)
    assert heard_by([duty, manager], Hearer.DUTY, opened_with=Permission.STAFF_ROUTE_READ) == {
        manager.account_id
    }


people = st.builds(
    Colleague,
    account_id=st.uuids(),
    roles=st.frozensets(st.sampled_from(Role), min_size=1),
    post=st.sampled_from(["", "Head of Housing"]),
    on_duty=st.booleans(),
)


@given(
    staff=st.lists(people, min_size=1, unique_by=lambda each: each.account_id),
    hearer=st.sampled_from(Hearer),
    opened_with=st.sampled_from(
        [Permission.CASE_READ, Permission.REPORT_TRIAGE, Permission.STAFF_ROUTE_READ]
    ),
    assigned=st.booleans(),
)
def test_whoever_is_there_somebody_hears_who_may_open_it_or_can_find_somebody(
    staff: list[Colleague], hearer: Hearer, opened_with: Permission, assigned: bool
) -> None:
    assignee = staff[0].account_id if assigned else None
    heard = who_hears(staff, hearer, Matter("cases/x", assignee, opened_with))
    able = {each.account_id for each in staff if opened_with in each.permissions}
    if able:
        assert heard.accounts
        assert set(heard.accounts) <= able
        assert not heard.unattended
    else:
        administrators = {each.account_id for each in staff if ADMINISTRATOR in each.roles}
        assert set(heard.accounts) == administrators


def is_near(each: Colleague, matter: Matter) -> bool:
    return bool(each.on_duty or each.roles != {OFFICER} or each.post or each.account_id in set(matter.concerns()))


@given(
    staff=st.lists(people | st.builds(person, st.just(OFFICER)), min_size=1, unique_by=lambda each: each.account_id),
    hearer=st.sampled_from(Hearer),
    data=st.data(),
)
def test_whoever_is_far_changes_nothing_as_long_as_they_are_asked_for_where_nobody_is_near(
    staff: list[Colleague], hearer: Hearer, data: st.DataObject
) -> None:
    """A landlord with a hundred officers reads a few of them for a reminder, and tells the same people."""
    somebody = st.none() | st.sampled_from([each.account_id for each in staff])
    some = st.frozensets(st.sampled_from([each.account_id for each in staff]), max_size=2)
    matter = Matter(
        "cases/x",
        assignee=data.draw(somebody),
        opened_with=data.draw(st.sampled_from([Permission.CASE_READ, Permission.STAFF_ROUTE_READ])),
        posts=data.draw(st.sampled_from([frozenset(), frozenset({"head of housing"})])),
        restricted=data.draw(st.booleans()),
        named=data.draw(some),
        barred=data.draw(some),
        keeper=data.draw(somebody),
    )
    near = [each for each in staff if is_near(each, matter)]
    assert who_hears(near, hearer, matter, lambda: staff) == who_hears(staff, hearer, matter)
