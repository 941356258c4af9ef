"""The table of contacts and notes as a CSV that no spreadsheet runs: a cell that begins like a formula is defused."""

import csv
import io

from portal.cases.disclosures.entries import Content

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
HEADINGS = ("Part", "When or what", "Words")


def defused(cell: str) -> str:
    """The cell as words only: a quote stands before what a spreadsheet would run, blanks before it or not."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) or cell.lstrip().startswith(STARTS_A_FORMULA) else cell


def sheet_of(content: Content) -> bytes:
    """UTF-8 with its mark, so that spreadsheets read names right."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, quoting=csv.QUOTE_ALL)
    rows.writerow(HEADINGS)
    mark = f"For {content.recipient}, {content.person}. {content.made_at}, {content.made_by}"
    rows.writerow(map(defused, ("", content.reference, mark)))
    for rule in content.rules:
        rows.writerow(("", "", defused(rule)))
    for block in content.blocks:
        for entry in block.entries:
            rows.writerow(map(defused, (block.heading, entry.label, entry.text)))
    return out.getvalue().encode("utf-8-sig")
