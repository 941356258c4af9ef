"""What no page of ours would send is refused with a sentence: it breaks nothing and tells nothing."""

import pytest
from flask import Flask

from portal.domain.permissions import Role
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import PASSWORD, Clock
from tests.desk import Desk, a_desk

NULL = chr(0)


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    """A desk at a landlord of the test's own."""
    return a_desk(app, database, clock, "havebury")


def test_a_null_in_an_address_is_only_a_wrong_address(client: PageClient) -> None:
    client.get("/desk/sign-in")
    client.submit({"email": f"officer{NULL}@staff.example", "password": PASSWORD}, status=422)
    assert "Enter your email address." in client.page.text  # type: ignore[union-attr]


@pytest.mark.parametrize("made_up", ["", "zzz", NULL, "{", "0" * 5000])
def test_a_report_joins_no_case_that_cannot_be(desk: Desk, made_up: str) -> None:
    report = f"{desk.url}/reports/{desk.report()}"
    officer = desk.client(Role.OFFICER)
    officer.get(report)
    officer.post(f"{report}/join", {"case_id": made_up}, status=422)


@pytest.mark.parametrize("day", ["0001-01-01", "1900-01-01"])
def test_a_report_of_a_day_without_a_policy_is_asked_for_again(desk: Desk, day: str) -> None:
    officer = desk.client(Role.OFFICER)
    officer.get(f"{desk.url}/reports/new")
    page = officer.submit({"day": day}, form="", status=422)
    assert "No policy of ours was in force on that day." in page.text


@pytest.mark.parametrize("place", ["9" * 30, "9" * 5000, "-1", "\u0663", "\u00b2", NULL])
def test_a_place_in_the_audit_that_cannot_be_begins_at_the_top(desk: Desk, place: str) -> None:
    auditor = desk.client(Role.AUDITOR)
    auditor.get(f"{desk.url}/audit", query_string={"before": place})
