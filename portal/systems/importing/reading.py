"""A file as lines of text, whatever program wrote it. Nothing in it is run, and no more of it is read than may be."""

import csv
import io
import zipfile
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook

from portal.domain.errors import PortalError
from portal.domain.importing import MOST_COLUMNS, MOST_LINES

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
ENCODINGS = ("utf-8-sig", "cp1252")
NUL = "\x00"
MIDNIGHT = time()

Table = list[list[str]]


class UnreadableFileError(PortalError):
    """This is no table that can be read; `says` why."""

    def __init__(self, says: str) -> None:
        """Keep the sentence."""
        super().__init__(says)
        self.says = says


def read(data: bytes) -> Table:
    """The lines of the first sheet, headings first; every cell as text without blanks around it."""
    if len(data) > MOST_BYTES:
        raise UnreadableFileError("The file is larger than 5 MB. Split it.")
    rows = _sheet(data) if data[:4] in {ZIP, OLE} else _lines(data)
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) < 2:  # noqa: PLR2004 - headings, and one line
        raise UnreadableFileError("The file has no headings with lines below them.")
    if len(rows) - 1 > MOST_LINES:
        raise UnreadableFileError(f"The file has more than {MOST_LINES} lines. Split it.")
    width = max(len(each) for each in rows)
    if width > MOST_COLUMNS:
        raise UnreadableFileError(f"The file has more than {MOST_COLUMNS} columns. Leave out what is not taken over.")
    if not all(rows[0]):
        rows[0] = [each or f"Column {place}" for place, each in enumerate(rows[0], start=1)]
    return [each + [""] * (width - len(each)) for each in rows]


def _lines(data: bytes) -> Table:
    """CSV, in UTF-8 or as Windows writes it, with commas, semicolons or tabs."""
    text = _decoded(data)
    if NUL in text:
        raise UnreadableFileError("This is neither a table as text (CSV) nor a spreadsheet (XLSX, XLS or ODS).")
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        found = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            found.append([each.strip() for each in row])
            if len(found) > MOST_LINES * 2:
                break
    except csv.Error:
        raise UnreadableFileError("A quotation mark in it is not closed. Export it anew.") from None
    return found


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("Its letters cannot be read. Write it as UTF-8.")


def _sheet(data: bytes) -> Table:
    if data[:4] == ZIP and _unpacked(data) > MOST_UNPACKED:
        raise UnreadableFileError("It is larger unpacked than may be read. Split it.")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        if sheet.total_height > MOST_LINES * 2 or sheet.total_width > MOST_COLUMNS * 2:
            raise UnreadableFileError(f"The first sheet has more than {MOST_LINES} lines or {MOST_COLUMNS} columns.")
        return [[_cell(each) for each in row] for row in sheet.to_python(skip_empty_area=True)]
    except (CalamineError, OSError, ValueError, IndexError):
        raise UnreadableFileError("The spreadsheet cannot be read. It may need a password, or be broken.") from None


def _unpacked(data: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile:
        raise UnreadableFileError("The spreadsheet is broken.") from None


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == MIDNIGHT else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).replace(NUL, "").strip()
