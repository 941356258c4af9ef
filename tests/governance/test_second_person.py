"""Whoever approves is told, reads what is missing before they agree, and is asked for no more than the matter needs."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from portal.deadlines.models import Deadline
from portal.domain.events import EVENTS
from portal.governance.drafts.jobs import offer_to_members
from portal.governance.drafts.models import PolicyDraft
from portal.reactions import REACTIONS
from portal.settings import Settings
from portal.store.database import Database
from portal.store.outbox import OutboxEvent
from tests.conftest import Clock, Staff
from tests.desk import MONDAY, a_desk
from tests.governance.test_drafts import Policies, policies
from tests.governance.test_group import members

__all__ = ["members", "policies"]
CLOSED = {"day": "2026-03-04", "why": "Everybody is at a training."}
HOURS = {"stated": "stated", "value-opens": "10:00", "value-closes": "16:00", "origin": "landlords_own"}


def passed_on(policies: Policies) -> None:
    """What follows the newest event of the draft."""
    with policies.desk.place.work() as session:
        newest = select(OutboxEvent).order_by(OutboxEvent.happened_at.desc(), OutboxEvent.id.desc()).limit(1)
        event = session.scalars(newest).one()
        (reaction,) = REACTIONS[EVENTS[event.kind]]
        with policies.desk.place.work() as other:
            reaction.does(other, {"draft_id": session.scalars(select(PolicyDraft.id)).one()}, MONDAY)


def told(policies: Policies, who: Staff) -> int:
    return [each.account_id for each in policies.desk.place.messages()].count(who.account_id)


def test_whoever_may_approve_hears_that_a_version_waits_and_whoever_wrote_it_that_it_came_back(
    policies: Policies,
) -> None:
    policies.begin()
    policies.write("clocks.0", days="2")
    for round_ in (1, 2):
        policies.propose()
        passed_on(policies)
        assert told(policies, policies.manager_is) == round_, "proposed once more, they hear once more"
        due = [who.get(f"{policies.desk.url}/calendar").text for who in (policies.manager, policies.writer)]
        assert ["Version that waits for approval: 2.0" in each for each in due] == [True, False]
        policies.manager.get(f"{policies.url}/decide")
        policies.manager.submit({"reason": "Two days are too many."}, form="/return")
        passed_on(policies)
        assert told(policies, policies.writer_is) == round_


def test_office_hours_and_days_closed_need_a_second_person_and_no_committee_and_clocks_follow_them(
    app: Flask, database: Database, clock: Clock
) -> None:
    policies = Policies(a_desk(app, database, clock, "nph"))
    before = policies.in_force(2).document
    policies.writer.get(f"{policies.desk.url}/look")
    page = policies.writer.post(policies.url, {"where": "closure_days"})
    assert page.h1s == ["Days closed"]
    policies.write("closure_days.0", **CLOSED)
    policies.write("office_hours", **HOURS)
    policies.propose(version="1, with days closed")
    page = policies.manager.get(f"{policies.url}/decide")
    assert "no committee has to, and no impact assessment is asked for" in page.text
    for says in ("day: 2026-03-04; why: Everybody is at a training.", "opens: 10:00; closes: 16:00"):
        assert says in page.text.partition("What it changes")[2].partition("What would be otherwise")[0]
    policies.approve(body="Head of Service")
    after = policies.in_force(3, month=3)
    assert (after.document.approved_by, after.document.approved_on) == (before.approved_by, before.approved_on)
    with policies.desk.place.work() as session:
        policies.desk.report(datetime(2026, 3, 3, 11, tzinfo=UTC))
        due = session.scalars(select(Deadline.due_at).where(Deadline.due_at.is_not(None))).all()
    assert datetime(2026, 3, 5, 16, tzinfo=UTC) in due, "the 4th is no working day, and the day ends at four"
    policies.desk.clock.at = datetime(2026, 3, 3, 11, tzinfo=UTC)
    page = policies.desk.client(who=policies.writer_is).get(f"{policies.desk.url}/look")
    assert "10:00 to 16:00" in page.text
    assert "4 March 2026: Everybody is at a training." in page.text


def test_whatever_else_changes_beside_them_needs_what_the_policy_asks_for(policies: Policies) -> None:
    policies.begin()
    policies.write("closure_days.0", **CLOSED)
    policies.write("office_hours", **HOURS | {"origin": "policy", "clause": "HS-026 4.3"})
    policies.propose()
    refused = policies.approve(status=422, body="Head of Service")
    assert "by nobody else" in refused.text, "hours that the policy states are its text"
    policies.manager.get(f"{policies.url}/decide")
    policies.manager.submit({"reason": "These are ours."}, form="/return")
    policies.write("office_hours", **HOURS)
    policies.write("clocks.0", days="2")
    policies.propose()
    assert "by nobody else" in policies.approve(status=422, body="Head of Service").text


def test_a_draft_begins_with_what_is_approved_and_still_to_come_so_that_nothing_of_it_is_lost(
    policies: Policies,
) -> None:
    policies.begin()
    policies.write("clocks.0", days="2")
    policies.propose()
    policies.approve()
    page = policies.begin()
    assert "It began with the version that comes into force on Monday 2 March 2026" in page.text
    policies.write("contact.visits", note="Read again.")
    refused = policies.propose(status=422, from_day="2026-02-20", version="3.0")
    assert "this one would never take its place" in refused.text
    policies.propose(from_day="2026-04-01", version="3.0")
    policies.approve()
    found = policies.in_force(2, month=4)
    assert (found.clock("disclosure").days, found.contact.visits.note) == (2, "Read again.")


def test_a_member_that_closes_for_a_day_offers_the_others_nothing(
    members: tuple[Policies, Policies], settings: Settings
) -> None:
    first, second = members
    first.begin()
    first.write("closure_days.0", **CLOSED)
    first.propose()
    first.approve(body="Head of Neighbourhoods")
    offer_to_members(settings)(first.desk.place.work, MONDAY)
    assert "The group offers" not in second.writer.get(second.url).text
    assert not second.desk.place.messages()


@pytest.mark.parametrize(
    ("like", "left_out", "says"),
    [
        pytest.param("havebury", "", "No impact assessment is recorded", marks=pytest.mark.clause("HAV-HDR-6")),
        pytest.param("dales", "Customer Panel", "not about this one: Customer Panel",
                     marks=pytest.mark.clause("AG013-CONS-1")),
        pytest.param("star", "Customers", "not about this one: Customers", marks=pytest.mark.clause("STAR-6.1")),
    ],
)  # fmt: skip
def test_before_they_agree_they_read_who_was_not_asked_and_that_no_impact_was_assessed(
    app: Flask, database: Database, clock: Clock, like: str, left_out: str, says: str
) -> None:
    policies = Policies(a_desk(app, database, clock, like))
    policies.begin()
    asked = [each.who for each in policies.in_force(2).governance.consultation]
    if left_out:
        one = f"{policies.url}/edit?where=governance.consultation.{asked.index(left_out)}"
        form = next(each for each in policies.writer.get(one).forms if "/edit" in each["action"])
        policies.writer.post(one, {"revision": form["fields"]["revision"][0], "remove": "1"})
    policies.propose()
    page = policies.manager.get(f"{policies.url}/decide")
    assert says in page.text.partition("What it leaves to be settled")[2]
