"""A list opens names: each page of one leaves one row in the audit, which holds every case that it showed."""

from uuid import UUID

import pytest
from sqlalchemy import select, text

from portal.cases import stages
from portal.domain.permissions import Role
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.audit_chain import breaks, seal
from portal.store.database import Database
from portal.store.scope import LandlordScope
from tests.desk import Desk, DeskAt


def shown(desk: Desk, fact: Fact) -> list[set[UUID]]:
    with desk.place.work() as session:
        rows = session.scalars(select(AuditEntry.shown).where(AuditEntry.fact == fact).order_by(AuditEntry.position))
        return [{UUID(bytes=row[n : n + 16]) for n in range(0, len(row or b""), 16)} for row in rows]


def test_my_work_writes_one_row_with_every_case_and_report_that_it_showed(desk: Desk, desk_at: DeskAt) -> None:
    elsewhere = desk_at("star").case(name="Elsewhere")
    case_id, report_id = desk.case(name="Catherine Ashworth"), desk.report(name="Perpetua Quillfeather")
    client = desk.client(Role.OFFICER)
    before = len(shown(desk, Fact.WORKLIST_READ))
    page = client.get("/desk/")
    assert "Catherine Ashworth" in page.text
    assert shown(desk, Fact.WORKLIST_READ)[before:] == [{case_id, report_id}]
    assert elsewhere not in shown(desk, Fact.WORKLIST_READ)[-1]


@pytest.mark.parametrize(
    ("path", "fact", "role"),
    [
        ("team", Fact.TEAM_READ, Role.SENIOR),
        ("risk", Fact.TEAM_READ, Role.SENIOR),
        ("plans", Fact.TEAM_READ, Role.SENIOR),
        ("reports", Fact.REPORTS_LISTED, Role.OFFICER),
    ],
)
def test_the_other_lists_with_names_do_so_too(desk: Desk, path: str, fact: Fact, role: Role) -> None:
    case_id, report_id = desk.case(name="Catherine Ashworth"), desk.report(name="Perpetua Quillfeather")
    page = desk.client(role).get(f"{desk.url}/{path}").text
    wanted = {name: row for name, row in (("Ashworth", case_id), ("Quillfeather", report_id)) if name in page}
    assert shown(desk, fact) == [set(wanted.values())]
    assert path == "plans" or wanted


def test_a_search_and_what_a_report_was_set_beside(desk: Desk) -> None:
    told = {"name": "Catherine Ashworth", "address": "12 Mill Lane, Stowmarket IP14 1AA"}
    case_id, report_id = desk.case(**told), desk.report(**told)
    client = desk.client(Role.OFFICER)
    client.get("/desk/search")
    client.submit({"words": "Ashworth"})
    client.get(f"{desk.url}/reports/{report_id}")
    assert shown(desk, Fact.CASE_SEARCHED) == [{case_id, report_id}]
    assert shown(desk, Fact.REPORT_READ) == [{case_id}]


def test_a_manager_sees_in_whose_lists_a_case_stood(desk: Desk) -> None:
    case_id, other = desk.case(name="Catherine Ashworth"), desk.case(name="Perpetua Quillfeather")
    desk.client(who=desk.somebody(Role.OFFICER, name="Maren Example")).get("/desk/")
    manager = desk.client(Role.MANAGER)
    page = manager.get(f"{desk.case_url(case_id)}/looked")
    assert "Maren Example" not in page.text
    page = manager.get(next(link for link in page.links if "lists=" in link))
    assert "Maren Example" in page.text
    assert "Opened the list of work" in page.text
    assert "2 shown" in page.text
    assert "Maren Example" in manager.get(f"{desk.case_url(other)}/looked?lists=yes").text
    assert "Maren Example" not in manager.get(f"{desk.case_url(desk.case())}/looked?lists=yes").text


def test_what_was_shown_is_under_the_seal(desk: Desk, database: Database) -> None:
    desk.case(name="Catherine Ashworth")
    desk.client(Role.OFFICER).get("/desk/")
    with database.work(LandlordScope(desk.place.id)) as session:
        seal(session, everything=True)
    with database.work(LandlordScope(desk.place.id)) as session:
        assert list(breaks(session)) == []
        with pytest.raises(Exception, match="permission denied"):
            session.execute(text("UPDATE audit_entry SET shown = NULL"))


def test_the_list_of_what_is_kept_says_which_records_it_showed(desk: Desk) -> None:
    closed, _open = desk.case(), desk.case()
    with desk.place.work() as session:
        stages.close(session, closed, "declined", "", PORTAL, desk.clock())
    desk.client(Role.MANAGER).get(f"{desk.url}/keeping")
    assert shown(desk, Fact.TEAM_READ) == [{closed}]
