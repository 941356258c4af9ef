"""The clause ledger: every clause of the policies, what software must do for it, and the tests that prove it."""

import ast
import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LEDGER = PROJECT / "landlords" / "clauses.csv"
TEST_FOLDERS = ("tests", "e2e")


class Kind(StrEnum):
    """What a clause asks of software."""

    SERVE = "serve"
    SHOW = "show"
    CONTEXT = "context"
    OUTSIDE = "outside"


KIND_SAYS: dict[Kind, str] = {
    Kind.SERVE: "for the portal to do",
    Kind.SHOW: "the portal shows this",
    Kind.CONTEXT: "the portal knows this",
    Kind.OUTSIDE: "left to people",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One clause, in the ledger's own words."""

    id: str
    policy: str
    clause: str
    kind: Kind
    duty: str
    software: str
    check: str


@cache
def rows() -> tuple[Row, ...]:
    """Every row of the ledger, in its order."""
    with LEDGER.open(newline="", encoding="utf-8") as file:
        return tuple(
            Row(
                each["id"],
                each["policy"],
                each["clause"],
                Kind(each["kind"]),
                each["duty"],
                each["software"],
                each["check"],
            )
            for each in csv.DictReader(file)
        )


def rows_of(policy: str) -> tuple[Row, ...]:
    """The rows of one policy by its name in the ledger; none for a policy that the ledger does not hold."""
    return tuple(row for row in rows() if row.policy == policy)


@cache
def proven() -> dict[str, tuple[str, ...]]:
    """Which tests carry the mark of which clause, as `file::test`, read from the tests themselves."""
    found: dict[str, list[str]] = defaultdict(list)
    for folder in TEST_FOLDERS:
        for path in sorted((PROJECT / folder).rglob("test_*.py")):
            for name, clause in _marks(ast.parse(path.read_text(encoding="utf-8"))):
                test = f"{path.relative_to(PROJECT)}::{name}"
                if test not in found[clause]:
                    found[clause].append(test)
    return {clause: tuple(tests) for clause, tests in found.items()}


def _marks(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each clause mark of a test file with the test that it stands on; a mark of the whole file counts for it."""
    for node in tree.body:
        for each in [node, *node.body] if isinstance(node, ast.ClassDef) else [node]:
            name = getattr(each, "name", "every test of the file")
            for call in ast.walk(each):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Attribute)
                    and call.func.attr == "clause"
                ):
                    for argument in call.args:
                        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                            yield name, argument.value
