"""A file of figures or cases: asked for with a reason, made by a job, marked, harmless, sealed, gone in a day."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from defusedxml.ElementTree import fromstring
from sqlalchemy import select, update

from portal.cases.models import Case
from portal.domain.exports import THERE_FOR, Form, Mark, Sheet, harmless
from portal.domain.permissions import Role
from portal.people.models import Account
from portal.reports.exports.jobs import let_exports_go, make_export
from portal.reports.exports.models import Export
from portal.reports.exports.writing import written
from portal.store.audit import AuditEntry, Fact
from portal.store.record_keys import ErasedError, box_of
from tests.client import PageClient
from tests.conftest import Staff
from tests.desk import Desk, london
from tests.reports.golden import NOW, golden

FOR_WHOM = {"recipient": "The Director of Housing", "reason": "=Asked at the meeting of 3 February"}
MARK = Mark("X-ABCDEF", "The Director", "Robin Example", "today", "Asked")


def asked(desk: Desk, client: PageClient, what: str, form: str = "csv", period: str = "2026-1") -> UUID:
    """A file that was asked for on the page and made by the job."""
    client.get(f"{desk.url}/exports")
    client.submit(FOR_WHOM | {"what": what, "form": form, "period": period}, form="/exports")
    with desk.place.work() as session:
        export_id = session.scalars(select(Export.id).order_by(Export.id.desc())).first()
        assert export_id
    with desk.place.work() as session:
        make_export(session, {"export_id": export_id}, desk.clock())
    return export_id


def saved(desk: Desk, client: PageClient, export_id: UUID) -> bytes:
    client.get(f"{desk.url}/exports/{export_id}/file")
    assert client.response
    assert client.response.headers["Content-Disposition"].startswith('attachment; filename="X-')
    return client.response.data


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def cells(data: bytes) -> list[str]:
    """Every text of a spreadsheet; no cell of it is a formula."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet, shared = (book.read(f"xl/{name}.xml") for name in ("worksheets/sheet1", "sharedStrings"))
    assert b"<f>" not in sheet
    assert b"&amp;C" in sheet, "the mark stands on every printed page"
    return [each.text or "" for each in fromstring(shared).iter() if each.tag.endswith("}t")]


def texts(data: bytes) -> str:
    return " ".join(cells(data))


def test_a_file_of_figures_shows_nobody_is_marked_and_each_saving_is_written_down(desk: Desk) -> None:
    golden(desk)
    client = desk.client(Role.AUDITOR)
    client.get(f"{desk.url}/exports")
    said = FOR_WHOM | {"what": "figures", "form": "csv", "period": "2026-1"}
    page = client.submit(said, form="/exports", status=422)
    assert "Choose a quarter that is over" in page.text, "two files of one that runs would tell what came between"
    desk.clock.at = NOW.replace(month=4)
    client = desk.client(Role.AUDITOR)
    export_id = asked(desk, client, "figures")
    rows = lines(saved(desk, client, export_id))
    assert rows[0] == ["Figures, January to March 2026"]
    assert "made for The Director of Housing by Robin Example" in rows[1][0]
    assert "Asked at the meeting of 3 February" in rows[2][0]
    head, *body = rows[4:]
    assert head[:4] == ["Group", "Figure", "Line", "Number"]
    assert {row[-1] for row in body} == {rows[1][0].split()[1].rstrip(",")}, "the number of the copy is in every line"
    numbers = {row[3] for row in body if row[2] and "half of" not in row[2] and "Until" not in row[2]}
    assert numbers <= {"under 5", "5", "kept back"} | {each for each in numbers if "to" in each}, numbers
    saved(desk, client, export_id)
    with desk.place.work() as session:
        facts = session.scalars(
            select(AuditEntry.fact).where(AuditEntry.subject_id == export_id).order_by(AuditEntry.at, AuditEntry.id)
        ).all()
        assert session.get_one(Export, (desk.place.id, export_id)).saved == 2
    assert sorted(facts) == sorted([Fact.EXPORT_ASKED, Fact.EXPORT_SAVED, Fact.EXPORT_SAVED])


def test_a_file_of_cases_holds_those_that_its_maker_may_open_and_no_name_of_anybody(desk: Desk) -> None:
    """Three cases, one of them restricted to others: two lines."""
    cases = [desk.case(london(2, 10)) for _ in range(3)]
    with desk.place.work() as session:
        session.execute(update(Case).where(Case.id == cases[0]).values(restricted=True))
        hidden = session.get_one(Case, (desk.place.id, cases[0])).reference
    desk.clock.at = NOW
    client = desk.client(Role.MANAGER)
    data = saved(desk, client, asked(desk, client, "cases"))
    rows = lines(data)[5:]
    assert len(rows) == 2
    assert hidden not in data.decode()
    assert "River" not in data.decode()
    assert rows[0][2] == "2026-02-02 10:00"
    assert len(lines(saved(desk, client, asked(desk, client, "cases", period="all")))[5:]) == 2


def test_whoever_may_open_no_case_cannot_have_a_list_of_cases(desk: Desk) -> None:
    desk.case()
    client = desk.client(Role.AUDITOR)
    client.get(f"{desk.url}/exports")
    said = FOR_WHOM | {"form": "csv", "period": "2026-1"}
    page = client.submit(said | {"what": "cases"}, form="/exports", status=422)
    assert "may open" not in page.text.split("Ask for a file")[1]
    for role in (Role.BOARD, Role.OFFICER):
        desk.client(role).get(f"{desk.url}/exports", status=403)


def test_only_whoever_asked_saves_it_for_a_day_and_then_its_key_is_destroyed(desk: Desk) -> None:
    one, other = desk.somebody(Role.MANAGER), desk.somebody(Role.MANAGER)
    export_id = asked(desk, desk.client(who=one), "figures", "xlsx", "2025-4")
    desk.client(who=other).get(f"{desk.url}/exports/{export_id}/file", status=404)
    client = desk.client(who=one)
    assert b"Figures" not in stored(desk, export_id), "sealed at rest"
    assert "Director of Housing" in texts(saved(desk, client, export_id))
    desk.clock.at += THERE_FOR + timedelta(minutes=1)
    desk.client(who=one).get(f"{desk.url}/exports/{export_id}/file", status=404)
    let_exports_go(desk.place.work, desk.clock())
    with desk.place.work() as session:
        row = session.get_one(Export, (desk.place.id, export_id))
        assert (row.file, row.sealed) == (None, None)
        with pytest.raises(ErasedError):
            box_of(session, export_id)
    assert "Gone" in desk.client(who=one).get(f"{desk.url}/exports").text


def stored(desk: Desk, export_id: UUID) -> bytes:
    with desk.place.work() as session:
        return session.get_one(Export, (desk.place.id, export_id)).file or b""


def test_of_whoever_has_left_or_may_not_any_more_no_file_is_made(desk: Desk) -> None:
    desk.case()
    who: Staff = desk.somebody(Role.MANAGER)
    client = desk.client(who=who)
    client.get(f"{desk.url}/exports")
    client.submit(FOR_WHOM | {"what": "cases", "form": "csv", "period": "2026-1"}, form="/exports")
    page = client.get(f"{desk.url}/exports")
    assert "<progress" in page.html
    with desk.place.work() as session:
        export_id = session.scalars(select(Export.id)).one()
        session.execute(update(Account).where(Account.id == who.account_id).values(active=False))
    with desk.place.work() as session:
        make_export(session, {"export_id": export_id}, desk.clock())
    assert stored(desk, export_id) == b""


@pytest.mark.invariant(13)
@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "  =1", "\xa0=1", "\r=1", "\n=1", "\uff1d1+1", "=cmd|' /C calc'!A0"],
)
def test_nothing_that_somebody_typed_is_a_formula_in_a_spreadsheet(typed: str) -> None:
    assert harmless(typed).startswith("'")
    sheet, mark = Sheet(typed, ("One", "Two"), [("1", typed)]), replace(MARK, reason=typed)
    csv_cells = [cell for row in lines(written(Form.CSV, sheet, mark, lambda _: None)) for cell in row]
    for found in (csv_cells, cells(written(Form.XLSX, sheet, mark, lambda _: None))):
        assert sum(typed.strip()[-2:] in each for each in found) >= 2, "what was typed is there"
        assert not [each for each in found if each.lstrip().startswith(("=", "+", "-", "@", "\uff1d"))]


def test_it_is_refused_without_a_reason_and_somebody_it_is_for(desk: Desk) -> None:
    client = desk.client(Role.MANAGER)
    client.get(f"{desk.url}/exports")
    page = client.submit({"what": "figures", "form": "csv", "period": "all"}, form="/exports", status=422)
    for says in ("Write for whom it is.", "Write why.", "figures are of one"):
        assert says in page.text


def test_more_lines_than_one_job_writes_are_asked_for_by_quarter(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        desk.case(london(2, 10))
    monkeypatch.setattr("portal.reports.exports.service.MOST_LINES", 2)
    client = desk.client(Role.MANAGER)
    client.get(f"{desk.url}/exports")
    said = FOR_WHOM | {"what": "cases", "form": "csv", "period": "all"}
    assert "Choose a quarter." in client.submit(said, form="/exports", status=422).text
