"""A table as CSV or XLSX: every cell a text that is no formula, marked on every page and in every line."""

import csv
import io
from collections.abc import Callable

import xlsxwriter

from portal.domain.exports import Form, Mark, Row, Sheet, harmless

WIDEST, NARROWEST = 60, 10
Told = Callable[[int], None]
"""Hears how many lines are written."""
EVERY = 2_000


def written(form: Form, sheet: Sheet, mark: Mark, told: Told) -> bytes:
    """The file."""
    return (_csv if form is Form.CSV else _xlsx)(sheet, mark, told)


def _csv(sheet: Sheet, mark: Mark, told: Told) -> bytes:
    """With a mark of its order of bytes, so that spreadsheets read the letters as they are."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for line in (sheet.title, *mark.lines()):
        writer.writerow([harmless(line)])
    writer.writerow([*sheet.head, "Copy"])
    for number, row in enumerate(sheet.rows, start=1):
        writer.writerow([*map(harmless, row), mark.number])
        if number % EVERY == 0:
            told(number)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _xlsx(sheet: Sheet, mark: Mark, told: Told) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    )
    book.set_properties({"title": sheet.title, "comments": mark.lines()[0]})
    page, bold = book.add_worksheet("Lines"), book.add_format({"bold": True})
    page.set_landscape()
    page.set_footer(f"&L{_footer(mark.lines()[0])}&RPage &P of &N")
    page.set_header(f"&C{_footer(mark.lines()[2])}")
    for line, text in enumerate((sheet.title, *mark.lines())):
        page.write_string(line, 0, harmless(text), bold if line == 0 else None)
    top = len(mark.lines()) + 2
    page.repeat_rows(top)
    _row(page, top, [*sheet.head, "Copy"], bold)
    widths = [len(each) for each in (*sheet.head, mark.number)]
    for number, row in enumerate(sheet.rows, start=1):
        cells = [*map(harmless, row), mark.number]
        _row(page, top + number, cells, None)
        widths = [max(pair) for pair in zip(widths, map(len, cells), strict=True)]
        if number % EVERY == 0:
            told(number)
    for column, width in enumerate(widths):
        page.set_column(column, column, min(WIDEST, max(NARROWEST, width + 2)))
    page.freeze_panes(top + 1, 0)
    book.close()
    return out.getvalue()


def _row(page: xlsxwriter.worksheet.Worksheet, line: int, cells: Row, look: object) -> None:
    for column, text in enumerate(cells):
        page.write_string(line, column, text, look)


def _footer(text: str) -> str:
    """At most 255 letters in all, and an ampersand stands for itself only when it is written twice."""
    return text.replace("&", "&&")[:110]
