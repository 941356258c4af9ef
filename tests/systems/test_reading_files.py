"""Files as office programs really write them, and files that mean harm: what is read of them, and what is refused."""

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from portal.systems.importing import spreadsheet
from portal.systems.importing.reading import UnreadableFileError, read

OFFICE = Path(__file__).parent / "office"
"""One table of invented cases, written by an office program in each of its formats: a merged title above the
headings, days and hours as numbers with formats, a number that lost its 0, a column of formulas, a second sheet, a
hidden one, and rows that hold nothing but a format. The CSV has semicolons and the letters of Windows."""
HEAD = ["Case Ref", "Date Opened", "Status", "Victim", "DOB", "Property Address", "Tenure", "Telephone", "Perpetrator",
        "First Contact", "Days open", "Description"]  # fmt: skip


def book(*, far: bool = False, formula: str | None = None, macro: bool = False) -> bytes:
    """A spreadsheet of two lines, spoilt."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Ref", "Date opened"])
        sheet.write_row(1, 0, ["1", "02/02/2026"])
        if far:
            sheet.write(1_048_575, 16_383, "x")
        if formula is not None:
            sheet.write_formula(2, 0, "=1+1", None, formula)
    return with_part(out.getvalue(), "xl/vbaProject.bin", b"x") if macro else out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return out.getvalue()


def lying(data: bytes, name: str) -> bytes:
    """Say of a part that it comes to ten bytes, whatever it comes to."""
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(name.encode()))
    return data[: place + 24] + struct.pack("<I", 10) + data[place + 28 :]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "csv"])
def test_a_table_is_read_as_an_office_program_wrote_it(kind: str) -> None:
    sheet = read((OFFICE / f"cases.{kind}").read_bytes())
    assert (sheet.head, sheet.head_at, len(sheet.lines)) == (HEAD, 3, 4), "what has only a format is no line"
    first, second, third = sheet.lines[1:]
    opened = ("03/02/2026 16:30", "02/02/2026") if kind == "csv" else ("2026-02-03 16:30", "2026-02-02")
    assert (first[0], first[1], first[3], first[7]) == ("10045", opened[0], "Zoë Example", "7700900123")
    assert (second[1], second[7]) == (opened[1], "01632 960123")
    assert third[11] == 'He said "no", twice;\nthen left.'
    assert any("headings were found in line 3" in note for note in sheet.notes)
    assert any("2 sheets. Only “Open cases” was read" in note for note in sheet.notes) == (kind != "csv")


def test_a_first_line_that_tells_the_mark_and_wide_letters_are_understood() -> None:
    assert read(b"sep=;\r\nRef;Name\r\n1;Zoe, the first\r\n").lines[1] == ["1", "Zoe, the first"]
    assert read("Ref\tName\n1\tŁucja\n".encode("utf-16")).lines[1] == ["1", "Łucja"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (book(macro=True), "holds macros"),
        (b"\xd0\xcf\x11\xe0" + "_VBA_PROJECT".encode("utf-16-le"), "holds macros"),
        (with_part(book(), "xl/externalLinks/externalLink1.xml", b"<x/>"), "values from other files"),
        (with_part(book(), "xl/media/image1.png", b"\0" * 61 * 1024 * 1024), "larger unpacked"),
        (lying(with_part(book(), "xl/media/x.png", b"\0" * 9_000_000), "xl/media/x.png"), "broken"),
        (book(far=True), "cannot be read"),
        (book(formula=""), "never worked out"),
        (b"PK\x03\x04" + b"x" * 100, "broken"),
    ],
    ids=["macros", "old macros", "links", "bomb", "lying bomb", "far corner", "formula", "no archive"],
)
def test_what_could_do_harm_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    began = time.monotonic()
    with pytest.raises(UnreadableFileError, match=says):
        read(data)
    assert time.monotonic() - began < 30, "whatever it is, nobody waits for it"


def test_a_formula_that_was_worked_out_is_read_as_what_it_comes_to() -> None:
    assert read(book(formula="2")).lines[2][0] == "2"


def test_the_program_that_reads_knows_no_key_and_its_death_harms_nothing_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "other.py"
    monkeypatch.setattr(spreadsheet, "__file__", str(other))
    monkeypatch.setenv("PORTAL_MASTER_KEY", "canary")
    other.write_text("import json, os\nprint(json.dumps({'says': ' '.join(sorted(os.environ))}))\n")
    with pytest.raises(UnreadableFileError) as told:
        read(book())
    assert "PORTAL_MASTER_KEY" not in told.value.says
    other.write_text("import os\nos.abort()\n")
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read(book())
