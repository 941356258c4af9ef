"""AG/013 as a document at both members: one text, two landlords, each with its own post, assessment and reminders."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from portal.app import create_app
from portal.deadlines.reviews import remind_of_review
from portal.domain.permissions import Role
from portal.landlords.linter import warnings
from portal.landlords.packs import read_pack
from portal.landlords.policies import NoPolicyError, in_force, keep
from portal.messaging.words import Kind
from portal.settings import Settings
from portal.store.database import Database
from tests.clauses.policy_pages import facts, to_settle
from tests.client import PageClient
from tests.conftest import Clock, StaffMaker
from tests.desk import a_desk, london
from tests.landlords.packs_at_hand import copy_of_packs, found, spoil
from tests.places import pack

SignedIn = Callable[..., PageClient]
MEMBERS = ("dales", "seven-locks")
POSTS = {"dales": "Head of Neighbourhoods", "seven-locks": "Head of Housing"}
NEW_LAW = """
[[entries]]
id = "new-act"
title = "New Act"
kind = "act"
dated = "{dated}"
touches = ["{touches}"]
says = "Something changes."
source = "Invented for this test"
last_checked = {{ not_stated = true }}
"""


@pytest.mark.clause("AG013-CONS-1")
def test_a_next_version_without_panel_and_interest_group_is_warned_of(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk, policy = a_desk(app, database, clock, "dales"), pack("dales").policy
    told = facts(desk.client(Role.OFFICER).get(f"{desk.url}/policy"))
    for who in ("Customer Panel", "Policy Special Interest Group", "Other relevant agencies"):
        assert told[who].startswith("yes, date not stated")
    left = tuple(each for each in policy.governance.consultation if each.who == "Other relevant agencies")
    since = policy.document.in_force_from.model_copy(update={"value": "2026-02-02"})
    newer = policy.model_copy(
        update={
            "document": policy.document.model_copy(update={"in_force_from": since}),
            "governance": policy.governance.model_copy(update={"consultation": left}),
        }
    )
    with desk.place.work() as session:
        keep(session, newer, london(2, 9))
    warned = to_settle(desk.client(Role.MANAGER).get(f"{desk.url}/policy"))
    assert "not about this one: Customer Panel and Policy Special Interest Group." in warned


@pytest.mark.clause("AG013-CONS-1")
@pytest.mark.parametrize("slug", MEMBERS)
def test_before_a_version_is_loaded_the_check_says_that_nobody_was_asked(tmp_path: Path, slug: str) -> None:
    root = copy_of_packs(tmp_path)
    for _ in range(3):
        spoil(root, "ag-013/policy.toml", 'answer = "yes"', 'answer = "no"')
    told = {each.code: each for each in warnings(read_pack(root / slug), date(2026, 11, 23))}
    assert told["consultation-missing"].clause == "AG/013 Consultation"


@pytest.mark.clause("AG013-EIA-2")
def test_each_member_has_assessed_for_itself_or_is_told_that_it_has_not(signed_in: SignedIn) -> None:
    manager = signed_in(dales=[Role.MANAGER], seven_locks=[Role.MANAGER])
    seven = manager.get("/desk/seven-locks/policy")
    assert facts(seven)["Equality impact assessment"].startswith("completed on 15 December 2010")
    assert "No impact assessment is recorded" not in seven.text
    dales = manager.get("/desk/dales/policy")
    assert "Equality impact assessment" not in facts(dales)
    assert "No impact assessment is recorded for Dales Housing." in to_settle(dales)


@pytest.mark.clause("AG013-REL-1")
def test_three_related_policies_are_listed_and_those_without_a_link_are_told(
    signed_in: SignedIn, tmp_path: Path
) -> None:
    told = facts(signed_in(dales=[Role.OFFICER]).get("/desk/dales/policy"))
    related = [label for label, says in told.items() if says.endswith("AG/013 Other related policies")]
    assert related == [
        "Access and Customer Care",
        "Equality and Diversity Policy",
        "Anti-Social Behaviour Policy",
    ]
    root = copy_of_packs(tmp_path)
    for title in related[:2]:
        spoil(
            root,
            "ag-013/policy.toml",
            f'title = "{title}"',
            f'title = "{title}"\nlink = "https://docs.example/"',
        )
    (left,) = [
        each for each in warnings(read_pack(root / "dales"), date(2026, 11, 23))
        if each.code == "document-without-link"
    ]  # fmt: skip
    assert left.says == "1 linked documents have no link: Anti-Social Behaviour Policy."


@pytest.mark.clause("AG013-REV-1")
@pytest.mark.parametrize("slug", MEMBERS)
def test_two_years_after_the_start_the_review_is_due_then_overdue_and_the_post_is_reminded(
    app: Flask, database: Database, clock: Clock, slug: str
) -> None:
    desk = a_desk(app, database, clock, slug)
    head = desk.place.staff(Role.MANAGER, post=POSTS[slug])
    sister = desk.place.staff(Role.MANAGER, post="Head of Finance")
    for day, overdue in ((25, False), (26, True)):
        assert bool(found(slug, "review-overdue", date(2013, 11, day))) is overdue
    page = desk.client(Role.OFFICER).get(f"{desk.url}/policy")
    assert "Review overdue. The review of this policy was due on 25 November 2013" in page.text
    assert facts(page)["Next review"].startswith("25 November 2013")
    remind_of_review(desk.place.work, datetime(2026, 2, 2, 8, tzinfo=UTC))
    told = {each.account_id for each in desk.place.messages() if each.kind == Kind.REVIEW}
    assert told == {head}
    assert sister not in told


@pytest.mark.clause("AG013-REV-2")
def test_law_that_is_younger_than_the_last_review_asks_both_members_for_another(
    database: Database, settings: Settings, staff: StaffMaker, tmp_path: Path
) -> None:
    root = copy_of_packs(tmp_path)
    spoil(
        root,
        "ag-013/policy.toml",
        'last_review = { not_stated = true, note = "No review since the start of force is on record." }',
        'last_review = { value = "2026-09-01", clause = "AG/013 Review Date" }',
    )
    law = root / "law.toml"
    before = law.read_text()
    app = create_app(
        settings.model_copy(update={"portal_landlords_dir": root}),
        now=lambda: datetime(2026, 11, 2, 9, tzinfo=UTC),
    )
    try:
        client = PageClient(app)
        client.sign_in(staff(dales=[Role.MANAGER], seven_locks=[Role.MANAGER]))
        for dated, asked in (("2026-08-01", False), ("2026-11-01", True)):
            law.write_text(before + NEW_LAW.format(dated=dated, touches="rehousing.temporary"))
            for slug in MEMBERS:
                told = to_settle(client.get(f"/desk/{slug}/policy"))
                assert ("New Act" in told) is asked, (slug, dated)
                assert ("is younger than the policy" in told) is asked
                assert not found(slug, "review-overdue", date(2011, 12, 1))
    finally:
        app.extensions["portal"].database.dispose()
        app.extensions["portal"].redis.close()


@pytest.mark.clause("AG013-IMPL-1")
@pytest.mark.parametrize("slug", MEMBERS)
def test_a_report_from_before_the_policy_cannot_be_kept_under_it(
    app: Flask, database: Database, clock: Clock, slug: str
) -> None:
    desk = a_desk(app, database, clock, slug)
    with desk.place.work() as session:
        with pytest.raises(NoPolicyError):
            in_force(session, datetime(2011, 11, 24, 23, 59, tzinfo=UTC))
        assert in_force(session, datetime(2011, 11, 25, 0, 0, tzinfo=UTC)).policy.document.cite == "AG/013"
    client = desk.client(Role.OFFICER)
    assert facts(client.get(f"{desk.url}/policy"))["In force from"].startswith("25 November 2011")
    client.get(f"{desk.url}/reports/new")
    page = client.submit({"day": "2011-11-24", "happening": "Kept."}, status=422)
    assert "No policy of ours was in force on that day." in page.text
    assert "Kept." in page.html
    page = client.submit({"day": "2011-11-25"}, status=422)
    assert "bank holidays of that year are not known" in page.text
