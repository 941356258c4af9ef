"""Risk, plans, incidents, orders and people leave one by one as chosen, and the log keeps what exactly left."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.cases import frame
from portal.cases.disclosures import contents, queries
from portal.cases.disclosures.models import Disclosure
from portal.cases.documents import queries as documents
from portal.cases.frame import Reader
from portal.domain.intake import OtherPerson
from portal.domain.permissions import Role
from portal.domain.risk import Level
from portal.domain.risk.triggers import Basis
from portal.domain.sharing import Part
from portal.store.audit import Actor
from tests.cases.assessments.rounds import assessed, train
from tests.cases.incidents.test_incidents import recorded
from tests.cases.orders.test_orders import written
from tests.cases.safeguarding.test_safeguarding import CHILD, noted, referred
from tests.desk import MONDAY, NUMBER, Desk
from tests.sharing_desk import Sharing, sharing_at

PLAN_AGREED = {"agreed": "y", "how": "in_person", "day": "2026-02-02", "time": "10:00", "every": "2", "unit": "weeks",
               "rhythm_agreed": "y"}  # fmt: skip
SAYS = {
    Part.INCIDENTS: "He slapped her.",
    Part.HOUSEHOLD: "Ola Larkspur",
    Part.OTHER_PERSON: "Sam Rowntree",
    Part.ORDERS: "Must not come within 100 metres of the home.",
    Part.RISK: "The knife under the bed.",
    Part.RISK_ANSWERS: "Very frightened",
    Part.SAFETY_PLAN: "Out by the laundry.",
    Part.ACTION_PLAN: "To stay near the school.",
}
"""Words that stand in one part only."""
NEVER = ("Mrs Underwood", "Hill Primary", NUMBER, "Leave the dog", "Not agreed yet")


@pytest.fixture
def case(desk: Desk) -> Sharing:
    """A case in which everything is written down."""
    case = sharing_at(desk, other_person=OtherPerson("Sam Rowntree", "ex-husband"))
    actor = train(desk, case.who)
    recorded(
        desk, case.officer, case.case_id, what=f"He slapped her. He rang {NUMBER}.", where="At 3 Mill Row",
        present="Ola", told_by="neighbour", teller="Mrs Underwood", acts=["physical"],
    )  # fmt: skip
    case.officer.get(f"{case.url}/household/add/child")
    child = {"name": "Ola Larkspur", "effects": ["hears"], "school": "Hill Primary"}
    case.officer.submit(child, form="/household")
    written(desk, case.officer, case.case_id)
    verdict = {"judgement": Level.HIGH, "why": "The knife under the bed.", "basis": Basis.VITAL_INTERESTS}
    assessed(desk, case.case_id, actor, 5, **verdict)
    declined = {"part_pets": "Leave the dog", "no_pets": "y"}
    for kind, name, text in (
        ("safety", "part_home", {"part_home": SAYS[Part.SAFETY_PLAN]} | declined),
        ("action", "part_aim", {"part_aim": SAYS[Part.ACTION_PLAN], "no_watching": "y"}),
    ):
        case.officer.get(f"{case.url}/plans/{kind}/write")
        case.officer.submit(text, form="/write")
        case.officer.get(f"{case.url}/plans/{kind}/agree")
        case.officer.submit(PLAN_AGREED, form="/agree")
        case.officer.get(f"{case.url}/plans/{kind}/write")
        case.officer.submit(text | {name: "Not agreed yet"}, form="/write")
    return case


def composed(case: Sharing, *parts: Part) -> str:
    """What would leave, in words."""
    with case.desk.place.work() as session:
        found = frame.read(session, case.case_id, Reader(Actor(case.who.account_id, case.who.name), None, MONDAY))
        held = documents.kept_back(session, case.case_id)
        blocks = contents.compose(session, found, frozenset(parts), held, None, MONDAY + timedelta(hours=3))
    return "\n".join(f"{entry.label}\n{entry.text}" for block in blocks for entry in block.entries)


def test_each_part_says_what_belongs_to_it_and_nothing_of_another(case: Sharing) -> None:
    for part, words in SAYS.items():
        leaves = composed(case, part)
        assert words in leaves, part
        for other, theirs in SAYS.items():
            assert other is part or theirs not in leaves, (part, other)
        for kept in NEVER:
            assert kept not in leaves, part


def test_where_and_who_was_there_go_only_with_the_address_and_the_household(case: Sharing) -> None:
    alone = composed(case, Part.INCIDENTS)
    assert "Mill Row" not in alone
    assert "Who was there" not in alone
    assert "Where: At 3 Mill Row" in composed(case, Part.INCIDENTS, Part.ADDRESS)
    assert "Who was there: Ola" in composed(case, Part.INCIDENTS, Part.HOUSEHOLD)


def test_nobody_reads_alleged_as_proven_and_a_child_is_a_victim_in_its_own_right(case: Sharing) -> None:
    assert "Alleged" in composed(case, Part.OTHER_PERSON)
    assert "A victim in their own right" in composed(case, Part.HOUSEHOLD)


def test_an_incident_that_is_kept_back_leaves_with_nothing(case: Sharing) -> None:
    case.consent("Police", "police", "incidents")
    page = case.share_on("incidents")
    case.officer.get(next(each for each in page.links if each.endswith("/keep-back")))
    case.officer.submit({"words": "It would show who rang us."}, form="/keep-back")
    assert "He slapped her." not in composed(case, Part.INCIDENTS)


def test_what_left_is_kept_as_it_left_whatever_is_written_later(case: Sharing) -> None:
    case.consent("Harbour", "support", "safety_plan", "risk")
    case.share_on("safety_plan")
    case.leave("pdf")
    case.officer.get(f"{case.url}/plans/safety/agree")
    case.officer.submit(PLAN_AGREED, form="/agree")
    assert "Not agreed yet" in composed(case, Part.SAFETY_PLAN), "agreed by now"
    [gone] = case.gone()
    with case.desk.place.work() as session:
        kept = queries.one_left(session, case.case_id, gone.id).content
    assert SAYS[Part.SAFETY_PLAN] in str(kept)
    assert "Not agreed yet" not in str(kept)
    assert gone.parts == ["safety_plan"]


def test_a_plan_that_stays_here_is_refused_when_asked_and_when_it_leaves(case: Sharing) -> None:
    case.consent("Harbour", "support", "safety_plan")
    case.share_on("safety_plan")
    shared = case.officer.url.partition("?")[0]
    case.officer.get(f"{case.url}/plans/safety/write")
    case.officer.submit({"not_to_send": "y"}, form="/write")
    page = case.officer.get(shared)
    assert "The plan is now marked as one that stays here." in page.text
    assert SAYS[Part.SAFETY_PLAN] not in page.text
    case.officer.post(f"{shared}/leave", {"way": "print"}, status=422)
    page = case.share_on("safety_plan", status=422)
    assert "This plan is marked as one that stays here." in page.text
    assert not case.gone()


def test_a_printed_plan_stands_in_the_log_with_what_stood_on_the_paper(case: Sharing) -> None:
    case.officer.get(f"{case.url}/plans/safety")
    page = case.officer.submit({}, form="/print")
    assert page.title == "Plan"
    assert SAYS[Part.SAFETY_PLAN] in page.text
    page = case.officer.get(f"{case.url}/shares")
    assert "A copy of the safety plan, version 1" in page.text
    page = case.officer.get(next(each for each in page.links if "/shares/left/" in each))
    for shown in ("The person themselves", "Printed", SAYS[Part.SAFETY_PLAN], "The safety plan, as agreed"):
        assert shown in page.text, shown
    [gone] = case.gone()
    assert gone.sha256 in page.text
    assert "A copy for you" in case.officer.get(f"{case.url}/readers").text


def test_what_was_passed_on_with_a_safeguarding_referral_stands_in_the_log(case: Sharing) -> None:
    concern = noted(case.desk, case.officer, case.case_id, CHILD)
    referred(case.desk, case.officer, case.case_id, concern, ground="safeguarding")
    with case.desk.place.work() as session:
        [gone] = session.scalars(select(Disclosure).where(Disclosure.case_id == case.case_id)).all()
        assert (gone.source, gone.known, gone.way) == ("referral", "not_told", "told")
    page = case.officer.get(f"{case.url}/shares")
    assert "They have not been told" in page.text
    page = case.officer.get(next(each for each in page.links if "/shares/left/" in each))
    assert "Name, address, what the school saw." in page.text
    shown = case.officer.get(f"{case.url}/readers").text
    assert "Children’s services, front door" not in shown
    assert "1 time something was shared that they have not been told of." in shown
    told = noted(case.desk, case.officer, case.case_id, CHILD)
    referred(case.desk, case.officer, case.case_id, told, ground="safeguarding", told="told")
    assert "We told you that we had to" in case.officer.get(f"{case.url}/readers").text


def test_a_copy_that_was_sent_is_logged_with_how(desk: Desk) -> None:
    case = sharing_at(desk)
    case.officer.get(f"{case.url}/plans/safety/write")
    case.officer.submit({"part_home": "Out by the laundry."}, form="/write")
    case.officer.get(f"{case.url}/plans/safety/agree")
    case.officer.submit(PLAN_AGREED, form="/agree")
    case.officer.get(f"{case.url}/plans/safety/give")
    case.officer.submit({"by": "by_hand"}, form="/give")
    assert [(each.way, each.parts) for each in case.gone()] == [("post", ["safety_plan"])]
    assert case.desk.client(Role.MANAGER).get(f"{case.url}/shares")
