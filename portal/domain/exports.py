"""A file of figures or of cases for somebody: what it holds, for how long it is there, and that it can do no harm."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

THERE_FOR = timedelta(hours=24)
"""How long a file can be saved after it was made: the portal's own figure."""
MOST_LINES = 100_000
"""What one job can write in the time that a job has, on a busy machine: see docs/performance.md."""
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, the same signs as wide as East Asian letters included."""


class What(StrEnum):
    """What a file holds: figures in which nobody can be found, or a line for each case that its maker may open."""

    FIGURES = "figures"
    CASES = "cases"


class Form(StrEnum):
    """As what it is made."""

    CSV = "csv"
    XLSX = "xlsx"


Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands on every page and in every line of a file, so that a copy that got lost tells whose it was."""

    number: str
    recipient: str
    by: str
    at: str
    reason: str

    def lines(self) -> tuple[str, ...]:
        """The head of the file."""
        return (
            f"Copy {self.number}, made for {self.recipient} by {self.by}, {self.at}.",
            f"Reason: {self.reason}",
            "Not to be passed on. Whoever finds it gives it back to whom it was made for.",
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on its way into a file."""

    title: str
    head: Row
    rows: Iterator[Row] | Sequence[Row]


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, whatever was typed into the field that it comes from.

    A quote stands before what a spreadsheet would run, blanks of any kind before it or not.
    """
    text = text.replace("\x00", "")
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) or text.lstrip().startswith(STARTS_A_FORMULA) else text
