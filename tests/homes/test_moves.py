"""A move: what comes before it, the single offer, like for like, where they must not be, and the old tenancy."""

import re
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.models import TimelineEntry
from portal.cases.tasks.models import Task
from portal.deadlines.models import Deadline
from portal.domain.permissions import Role
from portal.domain.tasks import TaskKind
from portal.homes.moves.models import HomeOffer
from tests.cases.assessments.rounds import assessed, train
from tests.client import Page, PageClient
from tests.desk import Desk, DeskAt
from tests.homes.at_home import manager
from tests.homes.test_board import answers

FLAT = {"bedrooms": "2", "kind": "flat", "tenure": "secure"}
BEFORE = FLAT | {
    "home_area": "WS1",
    "no_go": "WS2\nWS3 1AB",
    "needs": "Step-free, for a wheelchair.",
    "risks": "He knows the street and waits there.",
    "lessened": "A street that he does not know.",
    "remaining": "The way to school.",
    "lessens": "yes",
    "ours": "Keep the address apart.",
    "theirs": "Tell nobody of the street.",
    "copy": "unsafe",
}
HOME = FLAT | {"postcode": "ST16 2AA", "mitigation": "Another town."}


def move(desk: Desk, case_id: UUID) -> str:
    return f"{desk.case_url(case_id)}/move"


def does(desk: Desk, client: PageClient, case_id: UUID, page: str, status: int = 200, **said: str) -> Page:
    client.get(f"{move(desk, case_id)}/{page}")
    return client.submit(said, form=f"/{page}", status=status)


def prepares(desk: Desk, client: PageClient, case_id: UUID, **said: str) -> Page:
    return does(desk, client, case_id, "prepare", **(BEFORE | said))


def agrees(desk: Desk, client: PageClient, case_id: UUID, status: int = 200, **said: str) -> Page:
    return does(
        desk, client, case_id, "decide", status=status, **({"agreed": "yes", "reason": "Not safe."} | said)
    )


def offers(desk: Desk, client: PageClient, case_id: UUID, status: int = 200, **said: str) -> Page:
    return does(desk, client, case_id, "offer", status=status, **(HOME | said))


def answered(client: PageClient, page: Page, outcome: str) -> Page:
    client.get(next(each for each in page.links if re.search(r"/move/offers/[0-9a-f-]{36}$", each)))
    return client.submit({"outcome": outcome, "words": "Said by call."}, form="/offers/")


def at_high_risk(desk: Desk, client: PageClient, case_id: UUID, **said: str) -> None:
    """Assessed as high, with staying talked through."""
    assessed(desk, case_id, train(desk, desk.somebody(Role.OFFICER)), 15)
    answers(desk, client, case_id, **({"staying_answered": "yes"} | said))


def gold(desk: Desk, client: PageClient) -> UUID:
    """A case at whg whose move is agreed."""
    case_id = desk.case()
    at_high_risk(desk, client, case_id)
    prepares(desk, client, case_id)
    agrees(desk, client, case_id)
    return case_id


@pytest.mark.clause("WHG-2.5a", "WHG-2.7b", "WHG-2.7c")
def test_whg_agrees_to_a_move_after_staying_and_the_risk_were_talked_through_and_then_it_is_gold(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("whg")
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    at_high_risk(desk, officer, case_id, staying_answered="unknown")
    prepares(desk, officer, case_id, risks="", lessened="", lessens="yes")
    refused = agrees(desk, officer, case_id, status=422)
    assert "Has every way of staying been talked through? A refusal is an answer. (whg 2.5)" in refused.text
    answers(desk, officer, case_id, staying_answered="yes")
    refused = agrees(desk, officer, case_id, status=422)
    assert "How a move lessens the risk is assessed first. (whg 2.7)" in refused.text
    prepares(desk, officer, case_id)
    refused = agrees(desk, officer, case_id, status=422, band="silver")
    assert "The band is gold: only a manager gives another. (whg 2.7)" in refused.text
    page = agrees(desk, officer, case_id)
    assert "Critical need, gold Agreed" in page.text
    assert "whg 2.7" in page.text
    changed = agrees(desk, manager(desk), case_id, band="silver", reason="She asked to wait for the summer.")
    assert "Critical need, silver" in changed.text
    assert "She asked to wait for the summer." in changed.text


@pytest.mark.clause("WHG-2.9a")
def test_whg_makes_one_offer_and_one_taken_back_as_unsafe_leaves_it_unused(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    officer = desk.client(Role.OFFICER)
    case_id = gold(desk, officer)
    page = offers(desk, officer, case_id)
    assert "0 of 1 left" in page.text
    page = answered(officer, page, "withdrawn_unsafe")
    assert "1 of 1 left" in page.text
    page = answered(officer, offers(desk, officer, case_id), "refused")
    assert "0 of 1 left" in page.text
    said = {"reason": "The lift has broken down for good."}
    refused = offers(desk, officer, case_id, status=422, **said)
    assert "One offer is made under this policy. (whg 2.9)" in refused.text
    refused = offers(desk, manager(desk), case_id, status=422)
    assert "(whg 2.9)" in refused.text, "a manager too gives the reason"
    page = offers(desk, manager(desk), case_id, **said)
    assert "In spite of it: The lift has broken down for good." in page.text


@pytest.mark.clause("WHG-2.9b", "WHG-4.1c")
def test_another_size_is_offered_with_a_reason_only_and_the_need_stands_beside_it(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    officer = desk.client(Role.OFFICER)
    case_id = gold(desk, officer)
    assert "Step-free, for a wheelchair." in officer.get(f"{move(desk, case_id)}/offer").text
    refused = offers(desk, officer, case_id, status=422, bedrooms="1")
    assert "They have a flat of 2 bedrooms; this is a flat of 1 bedroom. (whg 2.9)" in refused.text
    page = offers(
        desk, officer, case_id, bedrooms="1", reason="They asked for one room, on the ground floor."
    )
    assert "They asked for one room" in page.text
    other = desk.case()
    at_high_risk(desk, officer, other)
    prepares(desk, officer, other, needs="")
    assert (
        "What they need in a home is asked first. (whg 4.1)" in agrees(desk, officer, other, status=422).text
    )


@pytest.mark.clause("WHG-2.10")
def test_a_home_where_they_must_not_be_is_stopped_and_one_in_another_town_passes(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    officer = desk.client(Role.OFFICER)
    case_id = gold(desk, officer)
    for inside in ("WS2 9ZZ", "ws31ab"):
        refused = offers(
            desk, manager(desk), case_id, status=422, postcode=inside, reason="It is the only one."
        )
        assert "It lies where they said that they must not be. (whg 2.10)" in refused.text
    refused = offers(desk, officer, case_id, status=422, mitigation="")
    assert "Write how this home lessens the risk." in refused.text
    assert "Another town." in offers(desk, officer, case_id).text


@pytest.mark.clause("WHG-2.8a")
def test_no_offer_before_both_sides_know_what_to_do_and_no_copy_where_it_is_not_safe(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    officer = desk.client(Role.OFFICER)
    case_id = desk.case()
    at_high_risk(desk, officer, case_id)
    prepares(desk, officer, case_id, ours="", theirs="")
    agrees(desk, officer, case_id)
    refused = offers(desk, officer, case_id, status=422, reason="Quick.")
    assert "What each side must do for a safer move has not been talked through. (whg 2.8)" in refused.text
    page = prepares(desk, officer, case_id)
    assert "No copy: it would not be safe with them." in page.text
    offers(desk, officer, case_id)


@pytest.mark.clause("AG013-OP8a", "AG013-OP8b", "AG013-OP8f")
def test_the_group_offers_like_for_like_away_from_home_whatever_is_owed(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    officer = desk.client(Role.OFFICER)
    case_id = desk.case()
    answers(desk, officer, case_id, home="not_safe", arrears="900")
    prepares(desk, officer, case_id)
    agrees(desk, officer, case_id)
    refused = offers(desk, officer, case_id, status=422, bedrooms="1")
    assert "(AG/013 Operational Principle 8)" in refused.text
    refused = offers(desk, officer, case_id, status=422, postcode="WS1 1AA")
    assert "It lies in the area that they live in now" in refused.text
    page = offers(
        desk, officer, case_id, postcode="WS1 1AA", reason="Next to the children’s school, and gated."
    )
    assert "In spite of it: Next to the children’s school, and gated." in page.text
    assert "Arrears do not count while a transfer is being offered." in page.text
    page = offers(desk, officer, case_id)
    form = officer.get(next(each for each in page.links if "/move/offers/" in each))
    assert "rrears" not in form.html.partition("<form")[2], "arrears are no answer to an offer"


@pytest.mark.clause("STAR-3.16d")
def test_star_offers_no_weaker_tenancy_without_a_managers_reason(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    officer = desk.client(Role.OFFICER)
    case_id = desk.case()
    answers(desk, officer, case_id, home="not_safe", wish="move")
    prepares(desk, officer, case_id)
    agrees(desk, officer, case_id)
    said = {"tenure": "flexible", "reason": "She was told and wants it."}
    refused = offers(desk, officer, case_id, status=422, **said)
    assert "It is held less firmly: flexible instead of secure. (STAR 3.16)" in refused.text
    offers(desk, manager(desk), case_id, **said)
    offers(desk, officer, case_id)


@pytest.mark.clause("NPH-EMERG-4")
def test_nobody_here_leads_somebody_out_of_a_tenancy_too_early_and_their_own_notice_is_written_down(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("nph")
    officer = desk.client(Role.OFFICER)
    case_id = desk.case()
    said = {"whose": "officer", "words": "Told that a home may be far away still."}
    for client in (officer, manager(desk)):
        refused = does(desk, client, case_id, "surrender", status=422, **said)
        assert "the tenancy stays. (NPH Emergency move outside, para 3)" in refused.text
    assert "Why in spite of that" not in officer.get(f"{desk.case_url(case_id)}/move/surrender").text
    does(
        desk, officer, case_id, "surrender", whose="tenant", words="She sent notice; advised to take it back."
    )
    answers(desk, officer, case_id, council_accepted_duty="yes")
    does(desk, officer, case_id, "surrender", **said)
    with desk.place.work() as session:
        kept = session.scalars(
            select(TimelineEntry.facts).where(
                TimelineEntry.case_id == case_id, TimelineEntry.kind == "tenancy_ends"
            )
        ).all()
    assert sorted(each["whose"] for each in kept) == ["officer", "tenant"]


def test_only_a_manager_goes_on_before_another_home_is_sure_and_it_stands_as_an_exception(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id = desk.case()
    said = {"whose": "officer", "words": "She lives with her sister abroad now."}
    refused = does(desk, desk.client(Role.OFFICER), case_id, "surrender", status=422, **said)
    assert "the tenancy stays" in refused.text
    boss = manager(desk)
    refused = does(desk, boss, case_id, "surrender", status=422, **said)
    assert "Only with a reason: write it here." in refused.text
    does(desk, boss, case_id, "surrender", status=422, whose="officer", words="", override="The house burnt down.")
    does(desk, boss, case_id, "surrender", **said, override="The house burnt down.")
    story = boss.get(f"{desk.case_url(case_id)}").text
    assert "led by us, an exception by a manager before another home was sure" in story
    assert "In spite of the rule, because: The house burnt down." in story


def day_due(desk: Desk, task: Task) -> date:
    with desk.place.work() as session:
        return session.scalars(select(Deadline.due_at).where(Deadline.id == task.deadline_id)).one().date()


def told_of(desk: Desk, case_id: UUID) -> list[Task]:
    """Open tasks to speak with them."""
    with desk.place.work() as session:
        wanted = (Task.case_id == case_id, Task.kind == TaskKind.TELL_THEM.value, Task.ended_at.is_(None))
        return list(session.scalars(select(Task).where(*wanted)))


def test_a_home_is_seen_with_somebody_and_they_are_spoken_with_the_day_before(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    officer = desk.client(Role.OFFICER)
    case_id = gold(desk, officer)
    page = offers(desk, officer, case_id)
    see = next(each for each in page.links if each.endswith("/viewing"))
    officer.get(see)
    when = {"day": "2026-02-06", "time": "11:00"}
    page = officer.submit(when, form="/viewing", status=422)
    assert "Write who goes with them, or that they want to go alone." in page.text
    said = {"escort": "Her advocate", "safely": "By taxi from the office. Nobody else is told."}
    assert "This time is over." in officer.submit(when | said | {"day": "2026-02-01"}, form="/viewing", status=422).text
    page = officer.submit(when | said, form="/viewing")
    assert "Friday 6 February 2026, 11:00, with: Her advocate. By taxi from the office." in page.text
    (task,) = told_of(desk, case_id)
    assert day_due(desk, task) == date(2026, 2, 5)
    officer.get(see)
    officer.submit(when | said | {"day": "2026-02-09"}, form="/viewing")
    (moved,) = told_of(desk, case_id)
    assert moved.id != task.id, "the reminder goes with it"
    assert day_due(desk, moved) == date(2026, 2, 6), "on the last working day before a Monday"
    answered(officer, officer.get(move(desk, case_id)), "refused_unsafe")
    assert not told_of(desk, case_id)
    officer.get(see)
    assert "meanwhile" in officer.submit(when | said, form="/viewing", status=409).text


def test_nothing_of_where_an_offered_home_lies_is_kept(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    officer = desk.client(Role.OFFICER)
    case_id = gold(desk, officer)
    page = offers(desk, officer, case_id)
    for shown in (
        page.html,
        officer.get(desk.case_url(case_id)).html,
        answered(officer, page, "accepted").html,
    ):
        assert "ST16" not in shown
    with desk.place.work() as session:
        row = session.scalars(select(HomeOffer).where(HomeOffer.case_id == case_id)).one()
    assert not {name for name in set(HomeOffer.__table__.c.keys()) if "code" in name or "address" in name}
    assert b"ST16" not in row.sealed


def test_areas_that_cannot_be_read_are_refused_and_kept_for_mending(desk: Desk) -> None:
    case_id = desk.case()
    officer = desk.client(Role.OFFICER)
    officer.get(f"{move(desk, case_id)}/prepare")
    page = officer.submit(BEFORE | {"no_go": "near his mother"}, form="/prepare", status=422)
    assert "“near his mother” is no postcode, district or distance" in page.text
    assert "near his mother" in page.html


def test_two_who_prepare_at_once_are_told(desk: Desk) -> None:
    case_id = desk.case()
    one, other = desk.client(Role.OFFICER), desk.client(Role.OFFICER)
    for client in (one, other):
        client.get(f"{move(desk, case_id)}/prepare")
    one.submit(BEFORE, form="/prepare")
    late = other.submit(BEFORE | {"needs": "A garden for the dog."}, form="/prepare", status=409)
    assert "Somebody changed this meanwhile" in late.text
    assert "A garden for the dog." in late.html
