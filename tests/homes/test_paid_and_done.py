"""Who pays for a measure, whether what the police identified is done, and what closing and review ask of a home."""

from uuid import UUID

import pytest

from portal.cases.reviews.models import CaseworkReview
from portal.domain.casework_review import Item
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.store.base import new_id
from tests.client import Page, PageClient
from tests.conftest import Clock
from tests.desk import ENDED, Desk, DeskAt, london
from tests.homes.at_home import asks, decides, home, manager, orders
from tests.homes.test_board import answers
from tests.homes.test_board import does as steps
from tests.homes.test_tenancy import tasks

LOCK = {"cost": "120", "right": "nobody", "permitted_by": "The tenant, alone on the agreement"}


@pytest.mark.clause("STAR-3.15a")
def test_star_pays_for_a_lock_from_its_own_budget_and_nobody_can_charge_her_for_it(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "locks")
    for client in (officer, manager(desk)):
        refused = decides(desk, client, case_id, status=422, **LOCK, payer="survivor")
        assert "STAR’s own budget pays for it, never the survivor. (STAR 3.15)" in refused.text
    page = decides(desk, officer, case_id, **LOCK)
    assert "£120.00, STAR’s own budget (STAR 3.15)" in page.text


def test_where_no_policy_says_who_pays_only_a_manager_charges_her_and_says_why(desk_at: DeskAt) -> None:
    desk = desk_at("havebury")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "locks")
    refused = decides(desk, officer, case_id, status=422, **LOCK, payer="survivor")
    assert "Only a manager charges the person who was hurt, with a reason." in refused.text
    page = decides(desk, manager(desk), case_id, **LOCK, payer="survivor")
    assert "the person who was hurt, by decision" in page.text


@pytest.mark.clause("STAR-3.9b")
def test_works_that_the_police_identified_are_overdue_until_done_and_passed_on_for_a_home_of_another(
    desk_at: DeskAt, clock: Clock
) -> None:
    desk = desk_at("star")
    case_id, officer = desk.case(name="Wren Overdue"), desk.client(Role.OFFICER)
    asks(desk, officer, case_id, "police-works", source="police")
    refused = decides(desk, officer, case_id, status=422, agreed="no")
    assert "What the police identified, only a manager refuses. (STAR 3.9)" in refused.text
    decides(desk, officer, case_id)
    (task,) = tasks(desk, case_id, TaskKind.WORK_AT_HOME)
    assert task.clause == "STAR 3.9"
    clock.at = london(12, 9)
    officer = desk.client(Role.OFFICER)
    late = officer.get(f"{desk.case_url(case_id)}/tasks").text
    assert "See that it is done: works that west mercia police identify." in late
    assert "overdue by" in late
    orders(desk, officer, case_id, day="2026-02-12")
    clock.at = london(12, 9, 20)
    officer.submit({"done": "yes", "day": "2026-02-12", "time": "09:15"}, form="/end")
    assert not tasks(desk, case_id, TaskKind.WORK_AT_HOME)
    other = desk.case()
    officer.get(f"{home(desk, other)}/measures/ask")
    said = {"measure": "police-works", "source": "police", "managed": "no", "words": "A gate."}
    page = officer.submit(said, form="/ask")
    assert "Asked of whoever manages the home" in page.text
    (reply,) = tasks(desk, other, TaskKind.REPLY)
    assert reply.clause == "STAR 3.9"
    assert not tasks(desk, other, TaskKind.HOME_DECISION), "nobody here decides on another landlord’s home"


def a_review(desk: Desk, case_id: UUID) -> str:
    """A review of this case that waits to be done."""
    review_id = new_id()
    with desk.place.work() as session:
        row = {"id": review_id, "case_id": case_id, "drawn_at": london(2, 10), "drawn_by": "Robin Example"}
        session.add(CaseworkReview(landlord_id=desk.place.id, **row))
    return f"{desk.case_url(case_id)}/reviews/{review_id}"


def reviews(client: PageClient, url: str, status: int = 200) -> Page:
    client.get(url)
    marks = {f"{item.value}-mark": "met" for item in Item}
    known = {name for name in client.page.forms[-1]["fields"] if name.endswith("mark")}  # type: ignore[union-attr]
    return client.submit(
        dict.fromkeys(known or marks, "met") | {"words": "Looked at."}, form="/reviews/", status=status
    )


@pytest.mark.clause("AG013-OBJ-4")
def test_a_case_of_the_group_closes_without_an_offer_of_a_home_only_with_a_reason_that_a_review_sees(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("dales")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    close = f"{desk.case_url(case_id)}/close"
    says = "Nobody has written down that help to a safe home was offered."
    assert f"{says} AG/013 Objectives, bullet 4" in officer.get(close).text
    said = ENDED | {"reason": "helped", "words": "They are well."}
    officer.submit(said | {"despite": ""}, form="/close", status=422)
    officer.submit(said | {"despite": "They own a house by the sea."}, form="/close")
    page = desk.client(Role.SENIOR).get(a_review(desk, case_id))
    assert says in page.text
    assert "They own a house by the sea." in page.text
    other = desk.case()
    steps(desk, officer, other, "temporary", "explained", words="A refuge, at any hour.")
    assert says not in officer.get(f"{desk.case_url(other)}/close").text


@pytest.mark.clause("AG013-OP7b")
def test_a_review_does_not_pass_while_nobody_has_answered_the_transfer_for_somebody_who_cannot_stay(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("dales")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="not_safe")
    senior, url = desk.client(Role.SENIOR), a_review(desk, case_id)
    refused = reviews(senior, url, status=422)
    assert "They cannot stay for now, and nobody has answered: priority transfer." in refused.text
    assert "AG/013 Operational Principle 7" in refused.text
    steps(desk, officer, case_id, "transfer", "declined", words="Not before the summer.")
    reviews(senior, url)


@pytest.mark.clause("STAR-3.9c")
def test_star_points_to_the_councils_team_and_a_review_asks_what_became_of_it(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    answers(desk, officer, case_id, home="not_safe", wish="move", agrees_to_council="yes")
    page = steps(desk, officer, case_id, "council", "asked", body="Shropshire Council Housing Options")
    assert "Shropshire Council Housing Options" in page.text
    assert "2 Feb 10:00" in page.text
    (reply,) = tasks(desk, case_id, TaskKind.REPLY)
    assert reply.clause == "STAR 3.9"
    says = "Shropshire Council Housing Options was asked, and nobody has written down what became of it."
    review = a_review(desk, case_id)
    assert says in desk.client(Role.SENIOR).get(review).text
    steps(desk, officer, case_id, "council", "answered_yes", body="Shropshire Council Housing Options")
    assert says not in desk.client(Role.SENIOR).get(review).text
    assert not tasks(desk, case_id, TaskKind.REPLY)


def test_a_joint_tenant_without_advice_speaks_against_closing(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    officer.get(f"{desk.case_url(case_id)}/tenancy/held")
    officer.submit({"held": "joint"}, form="/held")
    page = officer.get(f"{desk.case_url(case_id)}/close")
    assert "Nobody has pointed the joint tenant to independent legal advice." in page.text
