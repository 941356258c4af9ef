"""Clause marks: refuses one that the ledger does not hold, and tells which clauses the tests have proven."""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

LEDGER = Path(__file__).resolve().parents[1] / "landlords" / "clauses.csv"

_proven: dict[str, list[str]] = defaultdict(list)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--clauses-out",
        metavar="FILE",
        type=Path,
        help="Write which clauses the tests that passed have proven.",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse unknown ids before any test runs, and note the others in the test's own report."""
    with LEDGER.open(newline="", encoding="utf-8") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    for item in items:
        marks = list(item.iter_markers("clause"))
        clauses = [str(each) for mark in marks for each in mark.args]
        if not all(mark.args for mark in marks):
            raise pytest.UsageError(f"{item.nodeid}: a clause mark without a clause")
        if unknown := sorted(set(clauses) - known):
            raise pytest.UsageError(f"{item.nodeid}: the ledger holds no {', '.join(unknown)}")
        item.user_properties += [("clause", each) for each in clauses]


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A clause is proven where its test has run and passed; a skipped test proves nothing."""
    if report.when == "call" and report.passed:
        for name, value in report.user_properties:
            if name == "clause":
                _proven[str(value)].append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    out: Path | None = session.config.getoption("--clauses-out")
    if out and not hasattr(session.config, "workerinput"):
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(
            json.dumps({key: sorted(set(_proven[key])) for key in sorted(_proven)}, indent=1) + "\n"
        )
