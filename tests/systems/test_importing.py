"""Cases from another system: faults by line and column, all or nothing, killed and begun anew, taken back, erased."""

import io
import os
import signal
import zipfile
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import xlsxwriter
from sqlalchemy import func, select

from portal.cases import notes
from portal.cases.models import Case
from portal.cases.opening import summary
from portal.deadlines.models import Deadline
from portal.domain.contact import Channel, Said
from portal.domain.importing.table import read_day
from portal.domain.permissions import Role
from portal.settings import Settings
from portal.store.audit import PORTAL, AuditEntry, Fact
from portal.store.database import Database
from portal.store.outbox import OutboxEvent
from portal.store.record_keys import ErasedError, box_of
from portal.store.scope import LandlordScope
from portal.systems.importing import as_cases, taking_over
from portal.systems.importing.jobs import let_imports_go
from portal.systems.importing.models import CaseImport
from portal.systems.importing.reading import UnreadableFileError, read
from tests.client import PageClient
from tests.desk import Desk
from tests.systems.files import as_csv, newest, read_in, takes_back, works

HEAD = ["Case Ref", "Date Opened", "Status", "Victim", "DOB", "Property Address", "Tenure", "Telephone", "Perpetrator",
        "First Contact", "Case Officer", "Description"]  # fmt: skip
NOW = datetime(2026, 2, 9, 10, tzinfo=UTC)


def line(**other: str) -> list[str]:
    """A line as the other system writes it."""
    usual = [
        "R-1", "03/02/2026", "Open", "Zoë Example", "1/5/1990", "3 Example Close, ZZ1 1AA", "Secure", "01632 960123",
        "Sam Example", "04/02/26", "", "Shouting – again.",
    ]  # fmt: skip
    said = dict(zip(HEAD, usual, strict=True))
    return list((said | {key.replace("_", " "): text for key, text in other.items()}).values())


def table(*rows: list[str], encoding: str = "utf-8-sig", mark: str = ",") -> bytes:
    """Such lines as a file."""
    return as_csv(HEAD, *rows, encoding=encoding, mark=mark)


def cases(desk: Desk) -> list[Case]:
    with desk.place.work() as session:
        return list(session.scalars(select(Case).order_by(Case.id)))


@pytest.fixture
def administrator(desk: Desk) -> PageClient:
    """Somebody who may take cases over, and may open none."""
    desk.clock.at = NOW
    return desk.client(Role.ADMINISTRATOR)


def test_an_administrator_takes_cases_over_and_reads_none_and_clocks_run_from_the_day_of_the_report(
    desk: Desk, administrator: PageClient
) -> None:
    officer = desk.somebody(Role.OFFICER)
    two = line(Case_Officer=officer.email), line(Case_Ref="R-2", First_Contact="")
    page = read_in(desk, administrator, table(*two))
    assert "Nothing is wrong with it." in page.text
    assert "Zoë" not in page.html, "what stands in the file is shown to nobody"
    assert cases(desk) == [], "a dry run makes none"
    waiting = administrator.submit(form="/take-over")
    assert "Being taken over: 0 of 2" in waiting.text
    import_id = newest(desk)
    works(desk, import_id)
    works(desk, import_id)
    one, other = cases(desk)
    with desk.place.work() as session:
        answers = summary(session, one)
        clocks = session.scalars(select(Deadline).order_by(Deadline.case_id)).all()
        facts = session.scalars(select(AuditEntry.fact).where(AuditEntry.subject_id == import_id)).all()
        rung = session.scalar(select(func.count()).where(OutboxEvent.kind == "ReportReceived"))
        row = session.get_one(CaseImport, (desk.place.id, import_id))
        with pytest.raises(ErasedError):
            box_of(session, import_id)
    assert (answers.name, answers.age, answers.happening) == ("Zoë Example", 35, "Shouting – again.")
    assert answers.safe_contact.way(Channel.CALL).said is Said.UNKNOWN, "no number of another system is safe"
    assert one.assigned_to == officer.account_id
    assert (one.stage, other.stage) == ("active", "new")
    assert {each.started_at for each in clocks} == {datetime(2026, 2, 3, 12, tzinfo=UTC)}
    assert rung == 0, "nobody is woken for each line"
    assert (row.state, row.done, row.file, row.sealed) == ("done", 2, None, None)
    assert set(facts) >= {Fact.IMPORT_READ, Fact.IMPORT_ASKED, Fact.IMPORT_DONE}
    assert "2 cases" in administrator.get(f"{desk.url}/systems/cases").text
    administrator.get(desk.case_url(one.id), status=404)
    story = desk.client(who=officer).get(desk.case_url(one.id)).text
    assert "Taken over from another system" in story
    assert "R-1" in story
    desk.client(Role.OFFICER).get(f"{desk.url}/systems/cases", status=403)


def test_every_fault_is_told_by_line_and_column_and_nothing_is_taken_over_while_there_is_one(
    desk: Desk, administrator: PageClient
) -> None:
    wrong = [
        line(Date_Opened="2026-13-01"), line(Case_Ref="R-2", Date_Opened="01/03/2026"), line(Case_Ref="R-2"),
        line(Case_Ref="R-3", Status="Closed"), line(Case_Ref="R-4", Victim="=HYPERLINK(1)"),
        line(Case_Ref="R-5", First_Contact="1 January 2026"), line(Case_Ref="R-6", Victim="", Property_Address=""),
        line(Case_Ref="R-7", Case_Officer="nobody@example.org"), line(Case_Ref="R-8", Date_Opened="1/2/1999"),
        line(Case_Ref="R-9", Tenure="martian"), line(Case_Ref="R-10"),
    ]  # fmt: skip
    page = read_in(desk, administrator, table(*wrong))
    for number, column, says in (
        (2, "Date Opened", "no day as it is written here"), (3, "Date Opened", "has not come yet"),
        (5, "Status", "closed"), (6, "Victim", "a formula"), (7, "First Contact", "before it was reported"),
        (8, "Victim", "needs a name or an address"), (9, "Case Officer", "Nobody with this address"),
        (10, "Date Opened", "No policy here was in force"), (11, "Tenure", "not known"),
    ):  # fmt: skip
        assert f"{number} {column}" in page.text, page.text
        assert says in page.text
    assert "HYPERLINK" not in page.html
    assert "martian" not in page.html
    assert "Take it over" not in page.text
    assert "Look at them" in administrator.get(f"{desk.url}/systems/cases").text
    administrator.http.post(f"{desk.url}/systems/cases/{newest(desk)}/take-over")
    works(desk, newest(desk))
    assert cases(desk) == []


def test_what_columns_mean_is_chosen_looked_through_again_and_remembered(
    desk: Desk, administrator: PageClient
) -> None:
    strange = table(line()).decode("utf-8-sig").replace("Date Opened", "Raised", 1).encode()
    page = read_in(desk, administrator, strange)
    assert "No column is chosen for this." in page.text
    page = administrator.submit({"opened": "1"}, form=f"/cases/{newest(desk)}")
    assert "Nothing is wrong with it." in page.text
    administrator.submit(form="/take-over")
    works(desk, newest(desk))
    again = strange.replace(b"R-1", b"R-77")
    desk.clock.at += timedelta(seconds=1)  # type: ignore[operator]
    assert "Nothing is wrong with it." in read_in(desk, administrator, again).text
    desk.clock.at += timedelta(seconds=1)  # type: ignore[operator]
    assert "was taken over before" in read_in(desk, administrator, strange).text, "no case comes twice"


def test_a_worker_that_is_killed_leaves_no_case_behind_and_the_next_one_takes_all_of_them_over(
    desk: Desk, administrator: PageClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_cases, "EVERY", 1)
    read_in(desk, administrator, table(*(line(Case_Ref=f"R-{number}") for number in range(4))))
    administrator.submit(form="/take-over")
    import_id = newest(desk)
    killed = os.fork()
    if killed == 0:  # a process of its own, as a worker is one
        try:
            own = Database(settings)
            with own.work(LandlordScope(desk.place.id)) as session:
                told = taking_over.telling(session, import_id)

                def die_at_three(done: int) -> None:
                    told(done)
                    if done == 3:
                        os.kill(os.getpid(), signal.SIGKILL)

                taking_over.take_over(session, import_id, NOW, die_at_three)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(killed, 0)[1]) == -signal.SIGKILL
    assert cases(desk) == [], "all or nothing"
    assert "3 of 4" in administrator.get(f"{desk.url}/systems/cases").text, "how far it was"
    works(desk, import_id)
    assert len(cases(desk)) == 4


def test_it_is_taken_back_whole_while_nothing_was_added_and_not_after(desk: Desk, administrator: PageClient) -> None:
    def taken_over(reference: str) -> UUID:
        read_in(desk, administrator, table(line(Case_Ref=reference)))
        administrator.submit(form="/take-over")
        import_id = newest(desk)
        works(desk, import_id)
        desk.clock.at += timedelta(seconds=1)  # type: ignore[operator]
        return import_id

    first = taken_over("R-1")
    administrator.get(f"{desk.url}/systems/cases")
    assert "Being taken back" in administrator.submit(form=f"{first}/undo").text
    takes_back(desk, first)
    assert "their words destroyed" in administrator.get(f"{desk.url}/systems/cases").text
    (gone,) = cases(desk)
    assert (gone.stage, gone.closed_reason, gone.erased_at is not None) == ("closed", "mistaken", True)
    with desk.place.work() as session, pytest.raises(ErasedError):
        box_of(session, gone.id)
    second = taken_over("R-1")
    case_id = cases(desk)[-1].id
    with desk.place.work() as session:
        notes.add(session, case_id, "She rang.", PORTAL, desk.clock())
    administrator.get(f"{desk.url}/systems/cases")
    page = administrator.submit(form=f"{second}/undo", status=409)
    assert "Something was built on it in 1 place meanwhile" in page.text
    assert cases(desk)[-1].stage == "active"


def test_a_file_that_nobody_takes_over_is_destroyed_after_a_day_or_at_once(
    desk: Desk, administrator: PageClient
) -> None:
    read_in(desk, administrator, table(line()))
    dropped = newest(desk)
    assert "Its lines are destroyed." in administrator.submit(form="/drop").text
    desk.clock.at = NOW + timedelta(minutes=10)
    read_in(desk, administrator, table(line()))
    left = newest(desk)
    with desk.place.work() as session:
        assert b"Zo" not in (session.get_one(CaseImport, (desk.place.id, left)).file or b""), "sealed"
    let_imports_go(desk.place.work, NOW + timedelta(hours=26))
    with desk.place.work() as session:
        rows = [session.get_one(CaseImport, (desk.place.id, each)) for each in (dropped, left)]
        assert [(each.state, each.file, each.sealed) for each in rows] == [("dropped", None, None)] * 2
        with pytest.raises(ErasedError):
            box_of(session, left)


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", "\t")])
def test_letters_are_read_as_they_were_written(encoding: str, mark: str) -> None:
    assert read(table(line(), encoding=encoding, mark=mark)).lines[1][3] == "Zoë Example"


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body>'
    '<office:spreadsheet><table:table table:name="Cases">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
ODS_ROW = "<table:table-row>{}</table:table-row>"
ODS_CELL = "<table:table-cell office:value-type={}><text:p>{}</text:p></table:table-cell>"


def test_a_sheet_of_open_document_is_read_as_well() -> None:
    cells = [
        [('"string"', "Case Ref"), ('"string"', "Date Opened"), ('"string"', "Rooms")],
        [('"string"', "R-1"), ('"date" office:date-value="2026-02-03"', "03/02/26"), ('"float" office:value="2"', "2")],
    ]
    rows = [ODS_ROW.format("".join(ODS_CELL.format(*each) for each in row)) for row in cells]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr("content.xml", ODS.format("".join(rows)))
    assert read(out.getvalue()).lines == [["Case Ref", "Date Opened", "Rooms"], ["R-1", "2026-02-03", "2"]]


def test_a_spreadsheet_is_read_and_its_days_and_numbers_with_it() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Ref", "Date opened", "Name", ""])
        sheet.write_row(1, 0, [10045])
        sheet.write_datetime(1, 1, datetime(2026, 2, 3, 16, 30), day)  # noqa: DTZ001 - a spreadsheet has no zone
        sheet.write_string(1, 2, "=1+1")
        sheet.write_string(1, 3, "x")
    assert read(out.getvalue()).lines == [
        ["Ref", "Date opened", "Name", "Column 4"], ["10045", "2026-02-03 16:30", "=1+1", "x"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no headings"), (b"Ref\n", "no headings"), (b"a\x00b,c\n1,2\n", "neither a table"),
        (b"PK\x03\x04broken", "broken"), (b"\xd0\xcf\x11\xe0broken", "cannot be read"),
        (b"Ref\n" + b"1\n" * 501, "more than 500 lines"), (b",".join([b"a"] * 61) + b"\n1\n", "more than 60 columns"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"), (b'Ref\n"open', "quotation mark"),
    ],
)  # fmt: skip
def test_what_is_no_table_or_too_much_of_one_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=says):
        read(data, 500)


@pytest.mark.parametrize("text", ["02/04/2026", "2.4.26", "2 April 2026", "2nd Apr 2026", "2026-04-02"])
def test_the_day_stands_before_the_month(text: str) -> None:
    found = read_day(text)
    assert found is not None
    assert (found[0].day, found[0].month) == (2, 4)
    assert read_day("4/31/2026") is None
