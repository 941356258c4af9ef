"""The number that they gave us stands in one place, behind one button: in no file, list or page that others see."""

import re
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.domain.intake import OtherPerson, YesNo
from portal.domain.permissions import Role
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Database
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import NUMBER, Desk, a_desk

FILE = f"2 January 2026: rent paid\n6 January 2026: ring back on {NUMBER}\n"
TELLS = {
    "whose": "both", "other": "not_asked", "reasonable": "no", "tells": "yes", "giving": "redacted",
    "reason": "It tells of a number.",
}  # fmt: skip
GIVEN = b"2 January 2026: rent paid\n"
PETER = OtherPerson("Peter Example", "husband", YesNo.YES, YesNo.YES)


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    """A desk under HS-026."""
    return a_desk(app, database, clock, "havebury")


def times_read(desk: Desk, case_id: UUID) -> int:
    mine = AuditEntry.subject_id == case_id, AuditEntry.fact == Fact.CONTACT_DETAILS_READ
    with desk.place.work() as session:
        return session.scalar(select(func.count()).where(*mine)) or 0


def holds_number(html: str) -> bool:
    digits = re.sub(r"\D", "", NUMBER)
    return NUMBER in html or digits in html or digits[1:] in re.sub(r"[\s+]", "", html)


def without(client: PageClient, address: str) -> None:
    client.get(address)
    assert not holds_number(client.page.html), address


@pytest.mark.clause("HAV-4.5c")
def test_a_safe_number_stands_in_no_tenancy_page_file_or_figure_and_each_look_at_it_is_on_record(desk: Desk) -> None:
    case_id = desk.case(name="Perpetua Quillfeather", other_person=PETER)
    url = desk.case_url(case_id)
    officer, senior = desk.client(Role.OFFICER), desk.client(Role.SENIOR)
    pages = {each.partition("?")[0].partition("#")[0] for each in officer.get(url).links if each.startswith(url)}
    assert {f"{url}/tenancy", f"{url}/tenancy-file", f"{url}/safe-contact"} <= pages
    for each in sorted(pages):
        without(officer, each)
    without(desk.client(Role.BOARD), f"{desk.url}/figures")
    assert times_read(desk, case_id) == 0

    officer.get(f"{url}/tenancy-file/add")
    officer.submit({"asker": "joint_tenant", "name": "Peter Example"}, form="/tenancy-file/add")
    asked = officer.url.partition("?")[0]
    officer.get(f"{asked}/gather")
    officer.submit({"kind": "notes", "text": FILE}, form="/gather")
    officer.submit({"taken": ["2"], **TELLS}, form="/papers/")
    officer.submit({"first-sure": "y"}, form="/first")
    senior.get(asked)
    senior.submit({"sign-sure": "y"}, form="/sign")
    officer.get(asked)
    token = next(each["fields"]["csrf_token"] for each in officer.page.forms if each["method"] == "post")
    assert officer.http.post(f"{asked}/file", data={"csrf_token": token}).get_data() == GIVEN
    assert times_read(desk, case_id) == 0

    for looked in (1, 2):
        officer.get(url)
        assert NUMBER in officer.submit({}, form="/number").text
        assert times_read(desk, case_id) == looked
