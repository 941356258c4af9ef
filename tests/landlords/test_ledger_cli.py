"""`portal clauses`: what is proven, what is not, and the same count however the list was narrowed."""

import json

import pytest
from click.testing import CliRunner

from portal.landlords.ledger_cli import clauses


def last_line(*words: str) -> str:
    return CliRunner().invoke(clauses, words).output.splitlines()[-1]


@pytest.mark.parametrize("policy", [(), ("--policy", "star")])
def test_narrowing_to_the_unkept_does_not_change_the_count(policy: tuple[str, ...]) -> None:
    assert last_line(*policy, "--unkept") == last_line(*policy)
    assert not last_line(*policy).startswith("0 of")


def test_the_list_names_the_tests_of_each_clause() -> None:
    rows = json.loads(CliRunner().invoke(clauses, ["--policy", "havebury", "--json"]).output)
    tests = {row["id"]: row["tests"] for row in rows}
    assert any("test_reached_in_time" in each for each in tests["HAV-4.3a"])


def test_an_unknown_policy_is_refused_with_those_that_there_are() -> None:
    refused = CliRunner().invoke(clauses, ["--policy", "nowhere"])
    assert refused.exit_code == 2
    assert "havebury" in refused.output
