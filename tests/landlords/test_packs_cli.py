"""`portal policy check` and `portal policy show`, as somebody at a terminal meets them."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.landlords.cli import policy
from tests.landlords.packs_at_hand import LANDLORDS, MEMBERS, SLUGS, copy_of_packs, spoil


def run(*words: str) -> Result:
    return CliRunner().invoke(policy, words)


def test_the_landlords_that_came_with_the_portal_are_in_order_and_have_warnings() -> None:
    answer = run("check")
    assert answer.exit_code == 0
    assert "no faults" in answer.output
    assert all(f"{slug}: in order" in answer.output for slug in SLUGS)
    assert "review-overdue  (whg document control, approval and review date)" in answer.output


def test_one_folder_can_be_checked_by_itself() -> None:
    answer = run("check", str(LANDLORDS / "star"))
    assert answer.exit_code == 0
    assert "star: in order" in answer.output
    assert "whg: in order" not in answer.output


def test_a_groups_folder_is_checked_with_each_of_its_members() -> None:
    answer = run("check", str(LANDLORDS / "ag-013"))
    assert answer.exit_code == 0, answer.output
    for slug in SLUGS:
        assert (f"{slug}: in order" in answer.output) is (slug in MEMBERS)


def test_a_group_that_nobody_belongs_to_is_told_so(tmp_path: Path) -> None:
    shutil.copytree(LANDLORDS / "ag-013", tmp_path / "ag-013")
    answer = run("check", str(tmp_path / "ag-013"))
    assert answer.exit_code == 2
    assert 'policy = "ag-013"' in answer.output


def test_a_fault_of_a_group_is_told_once_and_the_others_are_still_checked(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    spoil(root, "ag-013/policy.toml", "days = 1\n", "")
    spoil(root, "nph/landlord.toml", "#3d3a8c", "#aaaaaa")
    answer = run("check", str(root))
    assert answer.exit_code == 1
    assert answer.output.count("FAULT") == 2
    assert "ag-013/policy.toml" in answer.output
    assert "star: in order" in answer.output
    assert "2 faults" in answer.output


def test_faults_and_warnings_as_json(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    spoil(root, "nph/landlord.toml", "#3d3a8c", "#aaaaaa")
    answer = run("check", str(root), "--json")
    whole = json.loads(answer.output)
    assert answer.exit_code == 1
    assert {key: whole["faults"][0][key] for key in ("file", "key")} == {
        "file": "nph/landlord.toml",
        "key": "colours",
    }
    assert {"landlord", "code", "clause", "says", "do"} == set(whole["warnings"][0])


def test_a_folder_without_landlords_is_refused_in_words(tmp_path: Path) -> None:
    answer = run("check", str(tmp_path))
    assert answer.exit_code == 2
    assert "there is no landlord.toml" in answer.output


@pytest.mark.parametrize("slug", SLUGS)
def test_a_policy_is_shown_with_value_clause_and_origin(slug: str) -> None:
    answer = run("show", slug)
    assert answer.exit_code == 0
    assert "clocks[disclosure]" in answer.output
    assert "not stated" in answer.output
    assert "[portal default]" in answer.output


def test_the_reading_of_a_clock_is_shown_beside_it() -> None:
    lines = [line.strip() for line in run("show", "star").output.splitlines()]
    at = lines.index("clocks[disclosure]")
    assert "24 working hours" in lines[at + 1]
    assert lines[at + 1].endswith("[STAR 5.1]")
    assert lines[at + 2].startswith("read as: Every hour of a working day")


def test_a_policy_as_json_gives_each_parameter_once() -> None:
    whole = json.loads(run("show", "havebury", "--json").output)
    keys = [row["key"] for row in whole["parameters"]]
    assert len(keys) == len(set(keys)) > 120
    assert whole["in_force_from"] == "2023-01-26"
    threat = next(row for row in whole["parameters"] if row["key"] == "clocks[threat-to-life]")
    assert threat["clauses"] == ["HS-026 6.1, bullet 1"]
    assert whole["data"]["definition"]["minimum_age"]["value"] == {"years": 16, "bound": "at_least"}


def test_an_unknown_landlord_is_answered_with_those_that_there_are() -> None:
    answer = run("show", "nowhere")
    assert answer.exit_code == 2
    assert "dales, havebury, nph, seven-locks, star, whg" in answer.output


def test_a_broken_policy_is_not_shown_but_its_faults_are(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    spoil(root, "whg/policy.toml", "[money]\n", "[mony]\n")
    answer = run("show", "whg", "--landlords", str(root))
    assert answer.exit_code == 1
    assert 'Did you mean "money"?' in answer.output


def test_who_chose_a_reading_and_why_stands_beside_it() -> None:
    told = run("show", "star").output
    assert "Chosen on 23 November 2026 by the portal, for want of a decision by the landlord: Both readings" in told
    assert 'reading: Does "complaints" mean' in told
    whole = json.loads(run("show", "star", "--json").output)
    disclosure = next(row for row in whole["parameters"] if row["key"] == "clocks[disclosure]")
    assert "To be confirmed by the Assistant Director of Housing" in disclosure["chosen"]
    assert whole["readings"]


def test_a_value_may_hold_for_a_time_of_its_own(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    old = 'confidence = { value = "'
    spoil(root, "star/policy.toml", old, 'confidence = { from_day = "2026-04-01", to_day = "2027-03", value = "')
    told = run("show", "star", "--landlords", str(root)).output
    assert "holds from 1 April 2026 until March 2027" in told
    spoil(root, "star/policy.toml", 'to_day = "2027-03"', 'to_day = "2026-03"')
    refused = run("check", str(root / "star"))
    assert refused.exit_code == 1
    assert "Put from_day and to_day in order" in refused.output


def test_every_fault_is_told_at_once_whatever_its_kind(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    spoil(root, "havebury/policy.toml", "days = 1\n", "")  # a shape
    spoil(root, "havebury/policy.toml", 'clause = "HS-026 4.6"', 'clause = "HS-026 4.66"')  # a clause
    spoil(root, "havebury/evidence.toml", 'law = "pja-2006"', 'law = "pja-2066"')  # a law
    spoil(root, "havebury/policy.toml", 'when = "2026-01"', 'when = "2022-01"')  # a date
    spoil(root, "havebury/landlord.toml", "#5b2a6e", "#b08fc0")  # the profile beside it
    told = run("check", str(root / "havebury")).output
    for words in ("lacks its number", "4.66", "pja-2066", "before the policy itself", "contrast of"):
        assert words in told
    assert "5 faults" in told


def test_a_file_that_cannot_be_read_hides_no_fault_of_the_others(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    spoil(root, "havebury/policy.toml", "days = 1\n", "")
    (root / "havebury" / "guidance.toml").write_text("guidance = [")
    told = run("check", str(root / "havebury")).output
    assert "lacks its number" in told
    assert "guidance.toml" in told
    assert "2 faults" in told


def test_a_folder_that_stands_alone_takes_what_landlords_share_from_the_portal(tmp_path: Path) -> None:
    alone = tmp_path / "alone" / "havebury"
    shutil.copytree(LANDLORDS / "havebury", alone)
    told = run("check", str(alone))
    assert told.exit_code == 0, told.output
    assert "havebury: in order" in told.output
    member = tmp_path / "member" / "dales"
    shutil.copytree(LANDLORDS / "dales", member)
    assert run("check", str(member)).exit_code == 0
