"""What was broken: who bears the cost, and what the police are asked."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.tasks.models import Task
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.homes.securing.models import HomeDamage
from tests.client import Page, PageClient
from tests.desk import Desk, DeskAt
from tests.homes.at_home import breaks, first, home, manager


def settles(desk: Desk, client: PageClient, case_id: UUID, status: int = 200, **said: str) -> Page:
    page = client.get(home(desk, case_id))
    client.get(first(page, r"/damage/[0-9a-f-]{36}$"))
    return client.submit({"police": "unanswered"} | said, form="/damage/", status=status)


def payer(desk: Desk, case_id: UUID) -> str | None:
    with desk.place.work() as session:
        return session.scalars(select(HomeDamage.payer).where(HomeDamage.case_id == case_id)).one()


@pytest.mark.clause("NPH-SECURITY-4")
def test_northampton_charges_nothing_to_the_person_who_was_hurt_not_even_by_a_manager(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    breaks(desk, desk.client(Role.OFFICER), case_id)
    for client in (desk.client(Role.OFFICER), manager(desk)):
        page = settles(
            desk, client, case_id, status=422, cost="180", payer="survivor", reason="The door was old."
        )
        assert "The person who was hurt pays nothing for it. (NPH Security Measures, para 2)" in page.text
    assert payer(desk, case_id) is None


@pytest.mark.clause("AG013-OP8h")
def test_the_group_proposes_whoever_did_it_if_that_is_safe_and_wants_a_reason_otherwise(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("dales")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    breaks(desk, officer, case_id)
    page = officer.get(home(desk, case_id))
    form = officer.get(first(page, r"/damage/[0-9a-f-]{36}$"))
    shown = next(each["fields"] for each in form.forms if "/damage/" in each["action"])
    assert shown["payer"] == ["perpetrator"]
    assert "has to be safe" in settles(desk, officer, case_id, status=422, cost="250").text
    page = settles(desk, officer, case_id, status=422, cost="250", payer="landlord", practicable="no")
    assert "Say why it is not practicable. (AG/013 Operational Principle 8)" in page.text
    page = settles(desk, officer, case_id, cost="250.00", safe="yes")
    assert "£250.00, borne by: the person who did it" in page.text
    assert payer(desk, case_id) == "perpetrator"


def test_a_silent_policy_lets_only_a_manager_charge_the_person_who_was_hurt(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    breaks(desk, officer, case_id)
    said = {"payer": "survivor", "reason": "They asked to pay for a better door."}
    assert "Only a manager charges" in settles(desk, officer, case_id, status=422, **said).text
    settles(desk, manager(desk), case_id, **said)
    assert payer(desk, case_id) == "survivor"


@pytest.mark.clause("STAR-3.11c")
def test_star_asks_whether_the_police_prosecute_as_they_wish_and_nothing_goes_there_by_itself(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    breaks(desk, officer, case_id)
    with desk.place.work() as session:
        waits = session.scalars(
            select(Task).where(Task.case_id == case_id, Task.kind == TaskKind.HOME_DECISION)
        ).one()
        assert waits.clause == "STAR 3.11"
        assert waits.ended_at is None, "unanswered, it stands in everybody's list"
    unsaid = settles(desk, officer, case_id, status=422, payer="landlord", police="asked")
    assert "Write below what they want of it." in unsaid.text
    page = settles(
        desk, officer, case_id, payer="landlord", police="asked", wish="Yes, please.", reference="WM-1"
    )
    assert "The police were asked to prosecute: Yes, please. (WM-1)" in page.text
    with desk.place.work() as session:
        assert session.scalars(select(Task.ended_at).where(Task.id == waits.id)).one()


def test_two_who_settle_at_once_are_told(desk: Desk) -> None:
    case_id = desk.case()
    one, other = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    breaks(desk, one, case_id)
    link = first(one.get(home(desk, case_id)), r"/damage/[0-9a-f-]{36}$")
    for client in (one, other):
        client.get(link)
    one.submit({"payer": "landlord", "police": "known"}, form="/damage/")
    late = other.submit({"payer": "landlord", "police": "known", "cost": "12"}, form="/damage/", status=409)
    assert "Somebody changed this meanwhile" in late.text


@pytest.mark.parametrize("cost", ["twelve", "-3", "12.5.1", "12345678"])
def test_a_sum_that_is_none_is_kept_for_mending(desk: Desk, cost: str) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    breaks(desk, officer, case_id)
    page = settles(desk, officer, case_id, status=422, payer="landlord", cost=cost)
    assert "Write pounds and pence" in page.text
    assert cost in page.html
