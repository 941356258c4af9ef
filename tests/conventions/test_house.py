"""How the house is built: small files with names from the trade, and each part keeping to what it is for."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.conventions.sources import OURS, PORTAL, ROOT, calls, functions, modules, named, tree

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
MEDIAN_FILE = 120
NO_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "base_service"}
MAY_ASK_THE_CLOCK = {
    "app.py": "where the web is given its clock, which tests set",
    "work/": "what does jobs and rings for them: nobody hands it the time",
    "serving/": "what starts processes and makes backups: the same",
    "bench/": "it measures time",
}
ASKS_THE_CLOCK = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
}
NOTHING_IS_DECIDED_BY_IT = {
    "store/base.py": "an id of version 7 (RFC 9562) begins with the time",
    "messaging/mail.py": "a mail is dated when it is sent (RFC 5322)",
}
PACKED_BY_OTHERS = {".whl", ".egg", ".zip", ".tar", ".gz", ".tgz", ".xz", ".bz2", ".jar", ".so", ".exe"}
DOMAIN_NEVER_CALLS = ASKS_THE_CLOCK | {"open", "input", "Path.read_text", "os.getenv"}


def test_a_file_is_short_says_what_it_is_for_and_has_a_name() -> None:
    for path in modules(*OURS):
        lines = path.read_text(encoding="utf-8").splitlines()
        short = len(lines) <= LONGEST_FILE or path.is_relative_to(ROOT / "migrations")
        assert short, f"{named(path)} has {len(lines)} lines"
        assert not set(path.with_suffix("").relative_to(ROOT).parts) & NO_NAMES, named(path)
        assert not lines or ast.get_docstring(tree(path)), f"no sentence says what {named(path)} is for"


def test_what_others_made_is_installed_and_never_kept_here() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    kept = listed.stdout.split("\0")
    assert "pyproject.toml" in kept
    assert not [each for each in kept if Path(each).suffix in PACKED_BY_OTHERS]


def test_files_of_the_portal_are_small_on_the_whole() -> None:
    lengths = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in modules("portal"))
    assert lengths[len(lengths) // 2] <= MEDIAN_FILE


def test_functions_are_short_and_import_nothing() -> None:
    for path in modules("portal"):
        for function in functions(path):
            what = f"{named(path)}, {function.name}"
            length = (function.end_lineno or 0) - function.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{what} has {length} lines"
            inside = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            assert not inside, f"{what} imports something"


def test_what_is_right_depends_on_no_clock_and_no_file() -> None:
    for path in modules("portal/domain"):
        assert not {name for name, _call in calls(path)} & DOMAIN_NEVER_CALLS, named(path)


def test_only_the_edge_asks_the_clock() -> None:
    asking = {
        str(path.relative_to(PORTAL))
        for path in modules("portal")
        for name, _call in calls(path)
        if name in ASKS_THE_CLOCK
    }
    inside = {
        each for each in asking if not each.startswith(tuple(MAY_ASK_THE_CLOCK)) and not each.endswith("cli.py")
    }
    assert all(any(each.startswith(edge) for each in asking) for edge in MAY_ASK_THE_CLOCK), "one that asks no more"
    assert inside == set(NOTHING_IS_DECIDED_BY_IT)


def test_transactions_begin_and_end_in_one_place() -> None:
    found = {
        (str(path.relative_to(PORTAL)), name)
        for path in modules("portal")
        for name, _call in calls(path)
        if name in {"Session", "UnitOfWork", "sessionmaker", "scoped_session"}
        or name.endswith(("session.commit", "work.finish"))
    }
    assert found == {("store/database.py", "UnitOfWork"), ("store/database.py", "work.finish")}


def test_imports_run_downhill_only() -> None:
    """The contracts of import-linter, each named with a sentence in pyproject.toml."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
