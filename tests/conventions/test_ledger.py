"""A test that proves a clause carries its id: an id that the ledger does not hold is refused before any test runs."""

import json

import pytest

from portal.landlords.ledger import rows
from tests.conventions.sources import ROOT

pytest_plugins = ["pytester"]
MARKED = """
import pytest

@pytest.mark.clause({first!r}, "HAV-4.3a")
def test_kept():
    pass

@pytest.mark.skip
@pytest.mark.clause("HAV-4.5c")
def test_skipped():
    pass

@pytest.mark.clause("STAR-4.1a")
def test_broken():
    assert False
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A few tests of their own, run without the plugins that ours need and these do not."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini(f"[pytest]\nmarkers = clause(*ids): proves\npythonpath = {ROOT}\n")
    pytester.makeconftest("from tests.ledger_plugin import *")
    return pytester


def test_an_unknown_clause_is_refused(project: pytest.Pytester) -> None:
    project.makepyfile(MARKED.format(first="HAV-99.9"))
    result = project.runpytest_subprocess()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*test_kept: the ledger holds no HAV-99.9"])


def test_a_mark_without_a_clause_is_refused(project: pytest.Pytester) -> None:
    project.makepyfile("import pytest\n\n@pytest.mark.clause()\ndef test_x():\n    pass\n")
    assert project.runpytest_subprocess().ret == pytest.ExitCode.USAGE_ERROR


def test_what_the_tests_that_passed_have_proven_is_written_down(project: pytest.Pytester) -> None:
    project.makepyfile(test_it=MARKED.format(first="HAV-4.3c"))
    out = project.path / "var" / "proven.json"
    project.runpytest_subprocess("--clauses-out", out)
    assert json.loads(out.read_text()) == {
        each: ["test_it.py::test_kept"] for each in ("HAV-4.3a", "HAV-4.3c")
    }


def test_the_ledger_gives_each_clause_one_id() -> None:
    ids = [row.id for row in rows()]
    assert len(ids) == len(set(ids))
