"""A plan that is found can kill: what goes on paper is asked of her record, marked, logged, and says nothing."""

import pytest
from sqlalchemy import select

from portal.domain.contact import Channel, SafeContact, SafeTimes, Said, Times, Way
from portal.domain.contact.bland import TELLING
from portal.store.audit import AuditEntry, Fact
from tests.cases.plans.test_plans import FORTNIGHT, Plans
from tests.desk import Desk

ANY = SafeTimes(Times.ANY_TIME)
LETTERS = {
    said: SafeContact(ways=(Way(Channel.CALL, Said.SAFE, "01632 960123"), Way(Channel.LETTER, said, where)), times=ANY)
    for said, where in ((Said.SAFE, "c/o Ann"), (Said.UNSAFE, ""), (Said.UNKNOWN, ""))
}


def agreed(desk: Desk, letters: Said, **more: object) -> Plans:
    plans = Plans(desk, safe_contact=LETTERS[letters])
    plans.write("safety", part_home="Lock the door.", **more)
    plans.agree("safety", FORTNIGHT)
    return plans


def facts(plans: Plans, fact: Fact) -> list[str | None]:
    with plans.desk.place.work() as session:
        here = (AuditEntry.subject_id == plans.case_id, AuditEntry.fact == fact)
        return list(session.scalars(select(AuditEntry.detail).where(*here)))


def test_the_copy_on_paper_says_nothing_and_leaves_a_row(desk: Desk) -> None:
    plans = agreed(desk, Said.SAFE)
    page = plans.printed()
    assert page.title == "Plan"
    assert "Lock the door." in page.text
    assert "Not safe" not in page.text
    for word in (*TELLING, desk.place.slug, "River Canary"):
        assert word not in page.html.replace("Lock the door.", "").lower(), word
    assert facts(plans, Fact.CASE_PRINTED) == ["safety plan 1"]


@pytest.mark.parametrize("letters", [Said.UNSAFE, Said.UNKNOWN])
def test_where_paper_was_not_said_to_be_safe_the_copy_is_marked(desk: Desk, letters: Said) -> None:
    text = agreed(desk, letters).printed().text
    assert "Not safe to send or hand over." in text


def test_a_letter_that_is_not_safe_is_refused(desk: Desk) -> None:
    plans = agreed(desk, Said.UNSAFE)
    plans.client.get(f"{plans.url}/safety/give")
    page = plans.client.submit({"by": "letter"}, form="/give", status=422)
    assert "They said that writing a letter is not safe." in page.text
    page = plans.client.submit({"by": "by_hand"}, form="/give", status=422)
    assert "paper that is found can give them away" in page.text
    assert facts(plans, Fact.PLAN_GIVEN) == []


def test_a_letter_that_is_safe_is_recorded_and_told(desk: Desk) -> None:
    plans = agreed(desk, Said.SAFE)
    plans.client.get(f"{plans.url}/safety/give")
    plans.client.submit({"by": "letter"}, form="/give")
    assert facts(plans, Fact.PLAN_GIVEN) == ["letter"]
    assert "A copy given: safety plan, version 1. By letter" in plans.client.get(desk.case_url(plans.case_id)).text


def test_a_plan_that_is_not_to_be_sent_is_neither_printed_nor_given(desk: Desk) -> None:
    plans = agreed(desk, Said.SAFE, not_to_send="y")
    page = plans.client.post(f"{plans.url}/safety/print", {}, status=422)
    assert "marked as not to be printed or sent" in page.text
    assert "Lock the door." not in page.text
    plans.client.get(f"{plans.url}/safety/give")
    for by in ("letter", "email", "by_hand"):
        plans.client.submit({"by": by}, form="/give", status=422)
    assert facts(plans, Fact.CASE_PRINTED) == facts(plans, Fact.PLAN_GIVEN) == []
