"""The table of contacts and notes as a CSV that no spreadsheet runs: a cell that begins like a formula is defused."""

import csv
import io

from portal.cases.disclosures.entries import Content
from portal.domain.exports import harmless

HEADINGS = ("Part", "When or what", "Words")


def sheet_of(content: Content) -> bytes:
    """UTF-8 with its mark, so that spreadsheets read names right."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, quoting=csv.QUOTE_ALL)
    rows.writerow(HEADINGS)
    mark = f"For {content.recipient}, {content.person}. {content.made_at}, {content.made_by}"
    rows.writerow(map(harmless, ("", content.reference, mark)))
    for rule in content.rules:
        rows.writerow(("", "", harmless(rule)))
    for block in content.blocks:
        for entry in block.entries:
            rows.writerow(map(harmless, (block.heading, entry.label, entry.text)))
    return out.getvalue().encode("utf-8-sig")
