"""Audits draw closed cases and list unmet clauses; recommendations need evidence, and climb once their day is past."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.cases.stages import close
from portal.domain.permissions import Role
from portal.domain.policy.stated import Origin, Stated
from portal.landlords.policies import in_force, keep
from portal.messaging.words import Kind
from portal.reports.findings.jobs import remind_of_findings
from portal.reports.findings.models import AuditedCase, Recommendation
from portal.store.audit import Actor, AuditEntry, Fact
from tests.client import PageClient
from tests.desk import MONDAY, Desk, DeskAt, london

ME = Actor(None, "Robin Example")
WORDS = {"finding": "Plans come late.", "change": "Offer the plan at the second talk.", "due": "2026-02-10"}


def closed_cases(desk: Desk, number: int) -> list[UUID]:
    found = [desk.case() for _ in range(number)]
    with desk.place.work() as session:
        for case_id in found:
            close(session, case_id, "helped", "Well.", ME, MONDAY + timedelta(days=20))
    return found


def recommended(client: PageClient, desk: Desk, owner: UUID, source: str = "audit") -> UUID:
    client.get(f"{desk.url}/findings")
    client.submit(WORDS | {"source": source, "owner": str(owner)}, form=-2)
    with desk.place.work() as session:
        return session.scalars(select(Recommendation.id).order_by(Recommendation.id.desc())).first() or owner


def told(desk: Desk, account_id: UUID) -> list[str]:
    return [each.kind for each in desk.place.messages() if each.account_id == account_id]


@pytest.mark.clause("WHG-3.3a")
def test_an_audit_draws_the_set_number_of_closed_cases_and_lists_unmet_clauses_and_the_auditors_look_is_audited(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("whg")
    closed = closed_cases(desk, 5)
    still_open = desk.case()
    auditor = desk.client(Role.AUDITOR)
    auditor.get(f"{desk.url}/findings")
    auditor.submit({"count": "0", "again": ""}, form="/draw", status=422)
    auditor.get(f"{desk.url}/findings")
    auditor.submit({"count": "3", "again": "2026-08-03"}, form="/draw")
    with desk.place.work() as session:
        drawn = {each.case_id: each.id for each in session.scalars(select(AuditedCase))}
        reference = session.get_one(Case, (desk.place.id, next(iter(drawn)))).reference
    assert len(drawn) == 3
    assert set(drawn) <= set(closed)
    assert still_open not in drawn
    case_id, drawn_id = next(iter(drawn.items()))
    page = auditor.get(f"{desk.url}/findings/drawn/{drawn_id}")
    assert reference in page.text
    assert "not on record" in page.text
    assert "whg" in page.text
    assert "River Canary" not in page.text
    auditor.get(desk.case_url(case_id), status=404)
    auditor.get(f"{desk.url}/findings/drawn/{drawn_id}")
    auditor.submit({}, form="/drawn/")
    with desk.place.work() as session:
        looks = session.scalars(
            select(AuditEntry.fact).where(
                AuditEntry.subject_id == case_id, AuditEntry.fact == Fact.CASE_AUDITED
            )
        ).all()
        assert session.get_one(AuditedCase, (desk.place.id, drawn_id)).unmet
    assert len(looks) >= 3
    remind_of_findings(desk.place.work, MONDAY.replace(month=8, day=4))
    assert Kind.PRACTICE in {each.kind for each in desk.place.messages()}, "the interval is the landlord's"


@pytest.mark.clause("WHG-3.3b")
def test_a_recommendation_ends_only_with_evidence_and_one_past_its_day_climbs(desk_at: DeskAt) -> None:
    desk = desk_at("whg")
    owner, manager = desk.somebody(Role.OFFICER), desk.somebody(Role.MANAGER)
    client = desk.client(Role.AUDITOR)
    found_id = recommended(client, desk, owner.account_id)
    for day, hears, above in ((10, 0, 0), (11, 1, 0), (17, 1, 0), (18, 1, 1), (19, 1, 1)):
        remind_of_findings(desk.place.work, london(day, 9))
        assert len(told(desk, owner.account_id)) == hears, day
        assert len(told(desk, manager.account_id)) == above, day
    url = f"{desk.url}/findings/{found_id}/end"
    client.get(url)
    assert (
        "Write what shows that it is done." in client.submit({"evidence": " "}, form="/end", status=422).text
    )
    client.get(url)
    page = client.submit({"evidence": "Seen in eight plans."}, form="/end")
    assert "Seen in eight plans." in page.text
    client.get(url, status=404)


@pytest.mark.clause("WHG-3.2b")
def test_a_finding_of_a_comparison_becomes_an_action_and_reminds_its_owner_once_its_day_has_passed(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("whg")
    owner = desk.somebody(Role.OFFICER)
    found_id = recommended(desk.client(Role.MANAGER), desk, owner.account_id, "comparison")
    page = desk.client(Role.MANAGER).get(f"{desk.url}/findings")
    for words in (
        "A comparison with others",
        "Plans come late.",
        "Offer the plan",
        "Robin Example",
        "10 February",
    ):
        assert words in page.text
    remind_of_findings(desk.place.work, london(11, 9))
    assert told(desk, owner.account_id) == [Kind.OVERDUE]
    client = desk.client(Role.MANAGER)
    client.get(f"{desk.url}/findings/{found_id}/end")
    client.submit({"evidence": "Done in March."}, form="/end")
    remind_of_findings(desk.place.work, london(25, 9))
    assert told(desk, owner.account_id) == [Kind.OVERDUE]


@pytest.mark.clause("AG013-MON-1")
def test_finding_change_day_and_approver_stand_with_the_version_and_open_cases_keep_theirs(
    desk_at: DeskAt,
) -> None:
    desk = desk_at("dales")
    case_id = desk.case()
    client = desk.client(Role.MANAGER)
    owner = desk.somebody(Role.OFFICER)
    found_id = recommended(client, desk, owner.account_id, "monitoring")
    client.get(f"{desk.url}/findings/{found_id}/end")
    page = client.submit({"evidence": "The procedure was rewritten."}, form="/end")
    for words in (
        "Plans come late.",
        "Offer the plan",
        "AG/013",
        "2 February 2026, approved by Robin Example",
    ):
        assert words in page.text
    with desk.place.work() as session:
        before = in_force(session, MONDAY)
        version = Stated[str](value="2", origin=Origin.LANDLORDS_OWN)
        document = before.policy.document.model_copy(update={"version": version})
        newer = keep(session, before.policy.model_copy(update={"document": document}), MONDAY)
        assert in_force(session, MONDAY).version_id == newer != before.version_id
        assert session.get_one(Case, (desk.place.id, case_id)).policy_version_id == before.version_id


def test_a_recommendation_asks_for_every_part_of_it(desk: Desk) -> None:
    client = desk.client(Role.AUDITOR)
    client.get(f"{desk.url}/findings")
    page = client.submit({"finding": "Plans come late."}, form=-2, status=422)
    for words in ("Choose where.", "Write what is to change.", "Enter a day."):
        assert words in page.text
    assert "Plans come late." in page.html
