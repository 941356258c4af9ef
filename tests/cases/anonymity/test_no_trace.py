"""Nothing that somebody may open who is not cleared tells whose case it is: her name is written everywhere first."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from flask import Flask

from portal.cases.anonymity import service as anonymity
from portal.cases.household import service as household
from portal.cases.household.queries import first_of
from portal.domain.permissions import Role
from portal.store.audit import PORTAL
from portal.store.database import Database
from portal.store.scope import LandlordScope
from tests.client import PageClient
from tests.conftest import StaffMaker
from tests.conventions.addresses import Address, Ids, addresses, filled_in
from tests.conventions.conftest import things_of
from tests.secrecy.filling import Forms
from tests.secrecy.filling import filled_in as answers

SLUG = "dales"
BETRAYS = ("perpetua", "quillfeather", "tanglewood", "ng9 4zz", "ng94zz", "featherstonehaugh")
HERS = {
    "name": "Perpetua Quillfeather",
    "aliases": "Mrs Featherstonehaugh",
    "address": "4 Tanglewood Row, Nowhere NG9 4ZZ",
    "born": "1988-03-07",
}
NOT_FILLED = {"confidentiality", "anonymity", "retention", "closing", "handover", "people", "sign_in"}
"""What would take the case away, or close it, while it is being filled."""
ENOUGH = 40


class HerName:
    """Whatever a form asks for, the answer tells who she is."""

    def word(self) -> str:
        return "Perpetua Quillfeather (Mrs Featherstonehaugh), 4 Tanglewood Row, NG9 4ZZ"

    def phone(self) -> str:
        return "01632 960999"

    def email(self) -> str:
        return "perpetua.quillfeather@mail.example"


def pages_of(app: Flask) -> list[Address]:
    return [each for each in addresses(app) if each.method == "GET" and each.of_a_landlord]


def fill(app: Flask, client: PageClient, ids: Ids) -> int:
    """Write her name into every form of every page of the case that this person may open."""
    sent: set[str] = set()
    for address in pages_of(app):
        if "case_id" not in address.ids or address.endpoint.partition(".")[0] in NOT_FILLED:
            continue
        url = filled_in(app, address, SLUG, ids)
        page = client.http.get(url)
        if page.status_code != 200 or "html" not in page.content_type:
            continue
        for action, fields in Forms(page.get_data(as_text=True)).forms:
            if action == "(get)" or "sign-out" in action or (action or url) in sent:
                continue
            values = answers(fields, HerName(), datetime.now(UTC))
            assert client.http.post(action or url, data=values).status_code < 500, (url, action)
            sent.add(action or url)
    return len(sent)


def betrayed(app: Flask, client: PageClient, ids: Ids) -> dict[str, list[str]]:
    """The pages on which a word of hers stands, with the words."""
    found = {}
    for address in pages_of(app):
        url = filled_in(app, address, SLUG, ids)
        html = client.http.get(url).get_data().decode(errors="replace").casefold()
        if words := [each for each in BETRAYS if each in html]:
            found[url] = words
    return found


@pytest.fixture
def ids(database: Database, landlords: dict[str, UUID], staff: StaffMaker) -> Ids:
    return things_of(database, landlords[SLUG], staff(dales=[Role.OFFICER]).email)


@pytest.mark.clause("HAV-4.14b")
def test_no_page_tells_somebody_who_is_not_cleared_whose_case_it_is(
    app: Flask,
    database: Database,
    landlords: dict[str, UUID],
    staff: StaffMaker,
    ids: Ids,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(anonymity, "offered", lambda *_: "as if this landlord's policy had HS-026 4.14")
    manager, officer = PageClient(app), PageClient(app)
    manager.sign_in(staff(dales=[Role.MANAGER]))
    officer.sign_in(staff(dales=[Role.SENIOR]))
    case_id = ids["case_id"]
    with database.work(LandlordScope(landlords[SLUG])) as session:
        she = first_of(session, case_id, "survivor")
        household.change(session, case_id, she, 1, HERS, PORTAL, datetime.now(UTC))
    assert fill(app, manager, ids) > ENOUGH
    before = betrayed(app, officer, ids)
    assert len(before) > ENOUGH, "her name stands on the pages that this test looks at"
    with database.work(LandlordScope(landlords[SLUG])) as session:
        anonymity.take_name_out(session, case_id, "", PORTAL, datetime.now(UTC))
    assert betrayed(app, officer, ids) == {}
    assert "Featherstonehaugh" in manager.get(f"/desk/{SLUG}/cases/{case_id}").text, "the cleared read on"
