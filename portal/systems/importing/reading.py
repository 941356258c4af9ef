"""A file as lines of text, whatever program wrote it. Nothing in it is run, and no more of it is read than may be."""

import csv
import io
import json
import re
import subprocess
import sys
from typing import Any

from portal.domain.errors import PortalError
from portal.domain.importing.kinds import LONGEST_FILE
from portal.domain.importing.table import MOST_COLUMNS, Sheet
from portal.systems.importing import spreadsheet

MOST_BYTES = 5 * 1024 * 1024
PATIENCE = 60
"""Seconds that are waited for the program that reads spreadsheets; what it may use itself is less."""
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
WIDE = (b"\xff\xfe", b"\xfe\xff")
ENCODINGS = ("utf-8-sig", "cp1252")
NUL = "\x00"
TITLES_ABOVE, LOOKED_AT = 10, 30
"""So many lines above the headings may hold a title, and so many are looked at to find them."""
QUOTED = re.compile(r'"[^"]*"')
SEP = re.compile(r"sep=(.)\r?\n")

Table = list[list[str]]


class UnreadableFileError(PortalError):
    """This is no table that can be read; `says` why."""

    def __init__(self, says: str) -> None:
        """Keep the sentence."""
        super().__init__(says)
        self.says = says


def read(data: bytes, most: int = LONGEST_FILE) -> Sheet:
    """The lines of the first sheet, headings first; every cell as text without blanks around it."""
    if len(data) > MOST_BYTES:
        raise UnreadableFileError("The file is larger than 5 MB. Split it.")
    notes: tuple[str, ...] = ()
    above, rows = 0, _lines(data, most) if data[:4] not in {ZIP, OLE} else []
    if data[:4] in {ZIP, OLE}:
        above, rows, notes = _sheet(data, most)
    while rows and not any(rows[-1]):
        rows.pop()
    first = _headings(rows)
    rows = rows[first:]
    if len(rows) < 2:  # noqa: PLR2004 - headings, and one line
        raise UnreadableFileError("The file has no headings with lines below them.")
    if len(rows) - 1 > most:
        raise UnreadableFileError(f"The file has more than {most} lines. Split it.")
    width = max(len(each) for each in rows)
    if width > MOST_COLUMNS:
        raise UnreadableFileError(
            f"The file has more than {MOST_COLUMNS} columns. Leave out what is not taken over."
        )
    rows = [each + [""] * (width - len(each)) for each in rows]
    rows[0] = [each or f"Column {place}" for place, each in enumerate(rows[0], start=1)]
    head_at = above + first + 1
    if head_at > 1:
        notes = (*notes, f"The headings were found in line {head_at}: what stands above them is not read.")
    return Sheet(rows, head_at, notes)


def _headings(rows: Table) -> int:
    """On which line the headings stand: the first that is filled as wide as what follows, below any title."""
    filled = [sum(1 for cell in row if cell) for row in rows[:LOOKED_AT]]
    wide = max(filled, default=0)
    if wide < 2:  # noqa: PLR2004 - one column alone
        return next((place for place, count in enumerate(filled) if count), 0)
    likely = (place for place, count in enumerate(filled[:TITLES_ABOVE]) if count >= 2 and count * 2 >= wide)  # noqa: PLR2004
    return next(likely, 0)


def _lines(data: bytes, most: int) -> Table:
    """CSV, in UTF-8, in UTF-16 or as Windows writes it, with commas, semicolons or tabs."""
    text = _decoded(data)
    if NUL in text:
        raise UnreadableFileError(
            "This is neither a table as text (CSV) nor a spreadsheet (XLSX, XLS or ODS)."
        )
    if told := SEP.match(text):
        mark, text = told[1], text[told.end() :]
    else:
        top = QUOTED.sub("", "\n".join(text.splitlines()[:LOOKED_AT]))
        mark = max(",;\t", key=top.count)
    try:
        found = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            found.append([each.strip() for each in row])
            if len(found) > most + LOOKED_AT:
                break
    except csv.Error:
        raise UnreadableFileError("A quotation mark in it is not closed. Export it anew.") from None
    return found


def _decoded(data: bytes) -> str:
    for encoding in ("utf-16",) if data[:2] in WIDE else ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("Its letters cannot be read. Write it as UTF-8.")


def _sheet(data: bytes, most: int) -> tuple[int, Table, tuple[str, ...]]:
    """A spreadsheet, read by a program of its own: it has no key, little memory and little time."""
    command = [sys.executable, "-I", spreadsheet.__file__, str(most), str(MOST_COLUMNS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the file goes in as bytes
            command, input=data, capture_output=True, timeout=PATIENCE, check=False, env={}, cwd="/"
        )
        said: dict[str, Any] = (
            json.loads(done.stdout) if done.returncode == 0 else {"says": spreadsheet.UNREAD_SAYS}
        )
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        said = {"says": spreadsheet.UNREAD_SAYS}
    if "says" in said:
        raise UnreadableFileError(said["says"])
    name, sheets = said["name"], said["sheets"]
    notes = (f"The file has {sheets} sheets. Only “{name}” was read.",) if sheets > 1 else ()
    return said["begins"], said["lines"], notes
