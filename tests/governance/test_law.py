"""A dated catalogue of law marks what of a landlord's policy each change touches, and what the draft does about it."""

from flask import Flask

from portal.domain.permissions import Role
from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import a_desk
from tests.governance.test_drafts import Policies


def test_law_that_is_younger_than_the_last_review_marks_the_clauses_that_it_touches(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "nph")
    page = desk.client(Role.FRONT_DESK).get(f"{desk.url}/policy/law")
    younger = page.text.partition("Younger than the last review")[2].partition("The rest of the catalogue")[0]
    assert "SI 2025/706" in younger
    assert "NPH" in younger
    assert "Domestic Abuse Act 2021" in page.text.partition("The rest of the catalogue")[2]
    assert f"{desk.url}/policy/draft" not in page.links, "who may not write it is not sent there"


def test_a_value_that_the_draft_changes_is_marked_beside_the_law_that_touches_it(
    app: Flask, database: Database, clock: Clock
) -> None:
    policies = Policies(a_desk(app, database, clock, "nph"))
    url = f"{policies.desk.url}/policy/law"
    policies.begin()
    assert "The draft changes this" not in policies.writer.get(url).text
    policies.write("rehousing.local_connection", note="Read again under SI 2025/706.")
    assert "The draft changes this" in policies.writer.get(url).text
