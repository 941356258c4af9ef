"""Reads one spreadsheet from its standard input, as a program of its own that knows no key and may use little.

Nothing of the portal is imported here: what a file does to the library that reads it, it does to this process alone.
It answers with one object as JSON: the lines of the first sheet that is not hidden, or the sentence that says why not.
"""

import json
import re
import resource
import sys
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MOST_MEMORY, MOST_SECONDS = 1024 * 1024 * 1024, 20
MOST_UNPACKED, MOST_PARTS, PIECE = 60 * 1024 * 1024, 1000, 1024 * 1024
ZIP = b"PK\x03\x04"
VBA = "_VBA_PROJECT".encode("utf-16-le")
MACROS = re.compile(r"(^|/)vbaproject\.bin$|^basic/|^scripts/|(^|/)macrosheets/", re.IGNORECASE)
LINKS = re.compile(r"^xl/externallinks/", re.IGNORECASE)
SHEETS = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
UNRECKONED = re.compile(
    rb"<c\b(?![^>]*\bt=\"str\")[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
"""A formula of which the file does not say what it comes to."""
ELSEWHERE = re.compile(rb"table:cell-range-source|'file:/")
NUL, MIDNIGHT = "\x00", time()

MACRO_SAYS = "It holds macros. Save it without them, as XLSX or CSV."
LINK_SAYS = "It takes values from other files. Copy the table into a new file, as values alone."
BIG_SAYS = "It is larger unpacked than may be read. Split it."
BROKEN_SAYS = "The spreadsheet is broken."
LOCKED_SAYS = "It needs a password. Save it without one."
UNREAD_SAYS = "The spreadsheet cannot be read. It may be broken."
FORMULA_SAYS = "It holds formulas that were never worked out. Open it in its own program, and save it again."


class RefusedError(Exception):
    """Why it is not read."""


def main() -> None:
    """Read, and answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most_lines, most_columns = int(sys.argv[1]), int(sys.argv[2])
    try:
        answer = lines_of(sys.stdin.buffer.read(), most_lines, most_columns)
    except RefusedError as refused:
        answer = {"says": str(refused)}
    except MemoryError:
        answer = {"says": BIG_SAYS}
    json.dump(answer, sys.stdout)


def lines_of(data: bytes, most_lines: int, most_columns: int) -> dict[str, object]:
    """The lines of the first sheet in sight, where they begin, and how many sheets there are."""
    if data[:4] == ZIP:
        look_into(data)
    elif VBA in data:
        raise RefusedError(MACRO_SAYS)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        seen = [
            each.name
            for each in book.sheets_metadata
            if each.visible is SheetVisibleEnum.Visible and each.typ is SheetTypeEnum.WorkSheet
        ]
        for name in seen:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height == 0 or sheet.start is None:
                continue
            if sheet.height > most_lines + 50 or sheet.width > most_columns * 2:
                says = f"The sheet has more than {most_lines} lines or {most_columns} columns. Split it."
                raise RefusedError(says)
            lines = [[cell(each) for each in row] for row in sheet.to_python(skip_empty_area=True)]
            return {"lines": lines, "begins": sheet.start[0], "name": name, "sheets": len(seen)}
    except PasswordError:
        raise RefusedError(LOCKED_SAYS) from None
    except (CalamineError, OSError, ValueError, IndexError, KeyError):
        raise RefusedError(UNREAD_SAYS) from None
    return {"lines": [], "begins": 0, "name": "", "sheets": len(seen)}


def look_into(data: bytes) -> None:
    """Unpack everything once, to no place: how much comes out is counted, not believed."""
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS:
                raise RefusedError(BIG_SAYS)
            for part in parts:
                refuse_by_name(part)
                held = unpacked(packed, part, left)
                left -= len(held)
                refuse_by_content(part.filename, held)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, zlib.error):
        raise RefusedError(BROKEN_SAYS) from None


def refuse_by_name(part: zipfile.ZipInfo) -> None:
    """Macros, values of other files and what is locked are not even unpacked."""
    if part.flag_bits & 1:
        raise RefusedError(LOCKED_SAYS)
    if MACROS.search(part.filename):
        raise RefusedError(MACRO_SAYS)
    if LINKS.search(part.filename):
        raise RefusedError(LINK_SAYS)


def refuse_by_content(name: str, held: bytes) -> None:
    """Formulas that were not worked out, and values of other files."""
    if SHEETS.search(name) and UNRECKONED.search(held):
        raise RefusedError(FORMULA_SAYS)
    if name == "content.xml" and ELSEWHERE.search(held):
        raise RefusedError(LINK_SAYS)


def unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    """One part, as long as there is room for it."""
    held = bytearray()
    with packed.open(part) as stream:
        while piece := stream.read(PIECE):
            held += piece
            if len(held) > left:
                raise RefusedError(BIG_SAYS)
    return bytes(held)


def cell(value: object) -> str:
    """A cell as text: days as a calendar writes them, whole numbers without a point."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == MIDNIGHT else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, (date, timedelta, time)):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - as far as it is whole
        return str(int(value))
    return "" if value is None else str(value).replace(NUL, "").strip()


if __name__ == "__main__":
    main()
