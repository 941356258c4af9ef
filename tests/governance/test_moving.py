"""An open case keeps its version until somebody decides, with a reason, that it keeps to another from now on."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases.models import Case, TimelineEntry
from portal.deadlines.models import Deadline
from portal.domain.permissions import Role
from portal.landlords.policies import in_force
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import a_desk
from tests.governance.test_drafts import Policies

WHY = "She asked for the new way of counting; the committee agreed on 2 March."


@pytest.fixture
def published(app: Flask, database: Database, clock: Clock) -> tuple[Policies, UUID]:
    """A case under the first version, and a second one in force."""
    policies = Policies(a_desk(app, database, clock, "havebury"))
    case_id = policies.desk.case()
    policies.begin()
    policies.write("clocks.0", days="3")
    policies.propose(from_day="2026-02-02")
    policies.approve()
    return policies, case_id


def test_a_case_is_moved_by_a_decision_that_stays_with_it_and_its_running_clocks_keep_their_times(
    published: tuple[Policies, UUID],
) -> None:
    policies, case_id = published
    url = f"{policies.desk.case_url(case_id)}/version"
    with policies.desk.place.work() as session:
        before = session.get_one(Case, (policies.desk.place.id, case_id)).policy_version_id
        newest = in_force(session, policies.desk.clock.at).version_id
        due = session.scalars(select(Deadline.due_at).where(Deadline.case_id == case_id)).all()
    assert before != newest
    page = policies.manager.get(url)
    assert "It says 3 things otherwise" in page.text or "things otherwise" in page.text
    assert "1 would be due at another time" in page.text
    refused = policies.manager.submit({"to": str(newest), "why": ""}, form="/version", status=422)
    assert "Write why the case is moved." in refused.text
    page = policies.manager.submit({"to": str(newest), "why": WHY}, form="/version")
    assert WHY in page.text
    assert "Moved to another version of the policy" in page.text
    with policies.desk.place.work() as session:
        assert session.get_one(Case, (policies.desk.place.id, case_id)).policy_version_id == newest
        assert session.scalars(select(Deadline.due_at).where(Deadline.case_id == case_id)).all() == due
        entry = session.scalars(select(TimelineEntry).where(TimelineEntry.kind == "policy_moved")).one()
        fact = session.scalars(
            select(AuditEntry).where(AuditEntry.fact == Fact.CASE_VERSION_MOVED.value)
        ).one()
    assert entry.actor == "Mo Manager"
    assert fact.detail == f"{before} {newest}"


def test_two_people_who_move_a_case_at_once_are_told_and_an_officer_cannot(
    published: tuple[Policies, UUID],
) -> None:
    policies, case_id = published
    url = f"{policies.desk.case_url(case_id)}/version"
    other = policies.desk.client(who=policies.desk.somebody(Role.MANAGER, name="Moll Manager"))
    with policies.desk.place.work() as session:
        newest = str(in_force(session, policies.desk.clock.at).version_id)
    other.get(url)
    policies.manager.get(url)
    policies.manager.submit({"to": newest, "why": WHY}, form="/version")
    other.submit({"to": newest, "why": "Mine"}, form="/version", status=422)
    policies.desk.client(Role.OFFICER).get(url, status=404)
    policies.writer.get(url, status=404)
