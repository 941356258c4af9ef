"""What must never happen stands in docs/invariants.md, each with the tests that carry its number, and none without."""

import re

from tests.conventions.sources import ROOT, modules, named

ROW = re.compile(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
MARK = re.compile(r"^@pytest\.mark\.invariant\((\d+)\)$", re.MULTILINE)
HOW_MANY = 14


def test_each_line_names_exactly_the_files_in_which_tests_carry_its_number() -> None:
    table = ROW.findall((ROOT / "docs" / "invariants.md").read_text(encoding="utf-8"))
    assert [int(number) for number, _files in table] == list(range(1, HOW_MANY + 1))
    marked: dict[str, set[str]] = {}
    for path in modules("tests", "e2e"):
        for number in MARK.findall(path.read_text(encoding="utf-8")):
            marked.setdefault(number, set()).add(named(path))
    assert {number: set(re.findall(r"`([^`]+)`", files)) for number, files in table} == marked
