"""A law that changes brings the review forward: a task for the post that answers for the policy, at each landlord."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.domain.permissions import Role
from portal.duties.jobs import review_for_new_law
from portal.duties.models import Duty
from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import Desk, a_desk
from tests.landlords.packs_at_hand import copy_of_packs, spoil

MORNING = datetime(2026, 8, 3, 7, tzinfo=UTC)
NEW_LAW = """
[[entries]]
id = "new-act"
title = "New Act"
kind = "act"
dated = "{dated}"
touches = ["document.title"]
says = "Something changes."
source = "Invented for this test"
last_checked = {{ not_stated = true }}
"""
NOT_STATED = 'last_review = { not_stated = true, note = "No review since the start of force is on record." }'


@dataclass
class Member:
    """A landlord with a folder of its own among copies of all packs."""

    desk: Desk
    root: Path

    def opened(self) -> list[Duty]:
        review_for_new_law(self.desk.place.work, MORNING, landlords=self.root)
        with self.desk.place.work() as session:
            return list(session.scalars(select(Duty).order_by(Duty.source)))

    def of_new_act(self) -> list[Duty]:
        return [each for each in self.opened() if each.source == "law new-act"]


def a_member(app: Flask, database: Database, clock: Clock, root: Path, like: str) -> Member:
    desk = a_desk(app, database, clock, like)
    slug = desk.place.slug
    shutil.copytree(root / like, root / slug)
    spoil(root, f"{slug}/landlord.toml", f'slug = "{like}"', f'slug = "{slug}"')
    if like in {"dales", "seven-locks"}:
        spoil(root, "ag-013/group.toml", f'"{like}"', f'"{like}", "{slug}"')
    else:
        spoil(root, f"{slug}/landlord.toml", f'policy = "{like}"', f'policy = "{slug}"')
    return Member(desk, root)


def new_law(root: Path, dated: str) -> None:
    law = root / "law.toml"
    law.write_text(law.read_text(encoding="utf-8") + NEW_LAW.format(dated=dated), encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_of_packs(tmp_path)


@pytest.mark.clause("AG013-REV-2")
def test_at_both_members_of_the_group_without_waiting_for_the_two_years(
    app: Flask, database: Database, clock: Clock, root: Path
) -> None:
    reviewed = 'last_review = { value = "2026-06-01", clause = "AG/013 Review Date" }'
    spoil(root, "ag-013/policy.toml", NOT_STATED, reviewed)
    members = [a_member(app, database, clock, root, like) for like in ("dales", "seven-locks")]
    assert [each.opened() for each in members] == [[], []]
    new_law(root, "2026-08-01")
    posts = []
    for each in members:
        (duty,) = each.opened()
        assert duty.clause == "AG/013 Review Date"
        posts.append(duty.post)
        assert [again.id for again in each.opened()] == [duty.id], "once, however often the round is made"
    assert posts == ["Head of Neighbourhoods", "Head of Housing"]


@pytest.mark.clause("STAR-7.1b")
def test_for_the_neighbourhoods_manager_who_sees_which_clause_to_look_at(
    app: Flask, database: Database, clock: Clock, root: Path
) -> None:
    star = a_member(app, database, clock, root, "star")
    holder = star.desk.place.staff(Role.MANAGER, post="Neighbourhoods Manager")
    new_law(root, "2026-03-01")
    (duty,) = star.of_new_act()
    assert (duty.post, duty.owner, duty.clause) == ("Neighbourhoods Manager", holder, "STAR 7.1")
    client = star.desk.client(Role.OFFICER)
    told = " ".join(client.get(f"{star.desk.url}/duties").text.split())
    assert "New Act, 1 March 2026: Something changes. Look again at STAR" in told
    assert "Answers for it Neighbourhoods Manager" in told


@pytest.mark.clause("NPH-REVIEW-3")
def test_for_the_tenancy_support_manager_when_the_regulations_of_july_2025_came(
    app: Flask, database: Database, clock: Clock, root: Path
) -> None:
    nph = a_member(app, database, clock, root, "nph")
    duties = {each.source: each for each in nph.opened()}
    regulations = duties["law si-2025-706"]
    assert regulations.post == "Tenancy Support Manager"
    assert regulations.clause == "NPH Review and Monitoring"


def test_a_policy_that_does_not_promise_it_has_no_such_task(
    app: Flask, database: Database, clock: Clock, root: Path
) -> None:
    whg = a_member(app, database, clock, root, "whg")
    new_law(root, "2026-03-01")
    assert whg.opened() == []


def test_a_bill_is_no_law_yet(app: Flask, database: Database, clock: Clock, root: Path) -> None:
    star = a_member(app, database, clock, root, "star")
    new_law(root, "2026-03-01")
    spoil(root, "law.toml", 'title = "New Act"\nkind = "act"', 'title = "New Bill"\nkind = "bill"\nin_force = false')
    assert star.of_new_act() == []
