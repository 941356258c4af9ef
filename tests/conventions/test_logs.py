"""What a log line may hold: fixed words and the keys of this list, never anything about a person."""

import ast
from pathlib import Path

import pytest

from portal.serving.logs import KEYS, only_listed
from tests.conventions.sources import calls, modules, named, tree

LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log", "msg"}


def log_calls(path: Path) -> list[ast.Call]:
    """Every call of a logger in a module."""
    return [
        call
        for name, call in calls(path)
        if "." in name and name.rsplit(".", 1)[1] in LEVELS and "log" in name.rsplit(".", 1)[0].lower()
    ]


@pytest.mark.invariant(4)
def test_a_log_line_is_fixed_words_and_known_keys() -> None:
    lines = [(path, call) for path in modules("portal") for call in log_calls(path)]
    assert lines
    for path, call in lines:
        what = f"{named(path)}:{call.lineno}"
        assert len(call.args) == 1, what
        assert isinstance(call.args[0], ast.Constant), f"{what}: the words of a log line are fixed"
        keys = {keyword.arg for keyword in call.keywords}
        assert keys <= set(KEYS), f"{what}: {keys - set(KEYS)} may not stand in a log"


def test_every_key_of_the_list_is_in_use() -> None:
    used = {
        keyword.arg for path in modules("portal") for call in log_calls(path) for keyword in call.keywords
    }
    assert set(KEYS) <= used


@pytest.mark.invariant(4)
def test_nothing_logs_past_structlog() -> None:
    for path in modules("portal"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                assert "logging" not in {alias.name for alias in node.names}, named(path)
        called = {name for name, _call in calls(path)}
        assert not {"print", "traceback.print_exc", "logging.getLogger"} & called, named(path)


def test_a_key_that_nobody_listed_is_left_out_of_the_log_and_only_counted() -> None:
    line = only_listed(None, "info", {"event": "fault", "reference": "A1", "name": "River Canary"})
    assert line == {"event": "fault", "reference": "A1", "left_out": 1}
