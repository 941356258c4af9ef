"""A spoilt pack: each fault is told with its file, its key, what is wrong and what to write."""

from pathlib import Path

import pytest

from tests.landlords.packs_at_hand import copy_of_packs, faults_of, spoil

AGE = 'minimum_age = { value = { years = 16, bound = "at_least" }, clause = "HS-026 2.1" }'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_of_packs(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "wrong", "write"),
    [
        ("policy.toml", AGE, "", "definition.minimum_age", "is missing", "not_stated = true"),
        (
            "policy.toml",
            "[scope]\n",
            "[scop]\n",
            "scop",
            'Nothing here is called "scop"',
            'Did you mean "scope"?',
        ),
        ("policy.toml", "[scope]\n", "[scop]\n", "scope", "is missing", "Add scope."),
        (
            "policy.toml",
            "years = 16",
            'years = "16"',
            "definition.minimum_age.value.years",
            "wrong kind",
            "a whole number",
        ),
        (
            "policy.toml",
            '"at_least"',
            '"about"',
            "definition.minimum_age.value.bound",
            '"about" is not one of',
            "'at_least' or 'over'",
        ),
        (
            "policy.toml",
            AGE,
            "minimum_age = { not_stated = true }",
            "definition.minimum_age.value",
            "is missing",
            "cannot be left unstated",
        ),
        ("policy.toml", "days = 1\n", "", "clocks[1]", "working_days lacks its number", "Add days = ..."),
        (
            "policy.toml",
            "days = 1\n",
            "days = 1\nhours = 8\n",
            "clocks[1]",
            "has no use",
            "Take out hours = ...",
        ),
        ("policy.toml", "days = 1\n", "days = 0\n", "clocks[1].days", "0 cannot be used", "Write a number greater"),
        (
            "policy.toml",
            'event = "concern"',
            'event = "worry"',
            "clocks",
            'no clock for the event "concern"',
            "[[clocks]]",
        ),
        (
            "policy.toml",
            'event = "unsafe-damage"',
            'event = "concern"',
            "clocks",
            'no clock for the event "unsafe-damage"',
            "not_stated",
        ),
        (
            "policy.toml",
            'clause = "HS-026 4.6"',
            'clause = "HS-026 4.66"',
            "risk.action_plan.clause",
            '"HS-026 4.66" is not in the list',
            "Correct the number",
        ),
        (
            "policy.toml",
            'when = "2026-01"',
            'when = "01/2026"',
            "document.review_dates[1].when",
            "no date that can be read",
            '"2026-01"',
        ),
        (
            "policy.toml",
            'when = "2026-01"',
            'when = "2022-01"',
            "document.review_dates[1]",
            "comes before the policy itself",
            "next review",
        ),
        (
            "policy.toml",
            'approved_on = { value = "2023-01-26"',
            'approved_on = { value = "2023-03"',
            "document.in_force_from",
            "before it is approved",
            "in order",
        ),
        (
            "policy.toml",
            'framework = { value = "cross',
            'framework = { value = "very-cross',
            "definition.framework",
            "not in the catalogue",
            "law.toml",
        ),
        (
            "policy.toml",
            "[money]\n",
            "[money]\nbudgets = 1\n",
            "money.budgets",
            'called "budgets"',
            'Did you mean "budget"?',
        ),
        (
            "evidence.toml",
            'law = "pja-2006"',
            'law = "pja-2066"',
            "cited_law[7].law",
            "not in the catalogue",
            "law.toml",
        ),
        (
            "clauses.toml",
            "clauses = [",
            "flags = 1\nclauses = [",
            "flags",
            "stands in havebury/policy.toml already",
            "one of the two",
        ),
        (
            "landlord.toml",
            'accent = "#5b2a6e"',
            'accent = "#b08fc0"',
            "colours",
            "contrast of 2.8 to 1",
            "darker accent",
        ),
        (
            "landlord.toml",
            'accent_text = "#ffffff"',
            'accent_text = "#5b2a6f"',
            "colours",
            "on accent_text",
            "darker accent",
        ),
        (
            "landlord.toml",
            'accent = "#5b2a6e"',
            'accent = "plum"',
            "colours.accent",
            '"plum" is no colour',
            '"#1b5e45"',
        ),
        (
            "landlord.toml",
            'policy = "havebury"',
            'policy = "havebury"\ngroup = "ag-999"',
            "the whole file",
            "no such file",
            "group.toml",
        ),
        (
            "landlord.toml",
            'policy = "havebury"',
            'policy = "star"',
            "policy",
            'uses the policy of "star"',
            'policy = "havebury"',
        ),
        (
            "landlord.toml",
            'slug = "havebury"',
            'slug = "have-bury"',
            "slug",
            'folder is called "havebury"',
            'slug = "havebury"',
        ),
        (
            "landlord.toml",
            'nation = "England"',
            'nation = "Narnia"',
            "nation",
            '"Narnia" is not one of',
            "England",
        ),
        (
            "directory.toml",
            'kind = "statutory"',
            'kind = "kind"',
            "services[1].kind",
            "not one of",
            "'statutory' or 'voluntary'",
        ),
    ],
)
def test_each_fault_says_where_what_and_what_instead(
    root: Path, file: str, old: str, new: str, key: str, wrong: str, write: str
) -> None:
    spoil(root, f"havebury/{file}", old, new)
    told = [fault for fault in faults_of(root / "havebury") if fault.key == key]
    assert told, faults_of(root / "havebury")
    assert any(wrong in fault.wrong and write in fault.write_instead for fault in told), told


def test_a_line_that_is_no_toml_is_told_by_its_number(root: Path) -> None:
    (root / "havebury" / "evidence.toml").write_text('# one\n\nreadings "none"\n')
    (told,) = faults_of(root / "havebury")
    assert (told.file, told.key) == ("havebury/evidence.toml", "line 3, column 10")
    assert "cannot be read" in told.wrong
    assert "name = value" in told.write_instead


def test_all_faults_of_all_files_are_told_at_once(root: Path) -> None:
    spoil(root, "havebury/policy.toml", AGE, "")
    spoil(root, "havebury/policy.toml", "days = 1\n", "")
    spoil(root, "havebury/landlord.toml", "#5b2a6e", "#dddddd")
    spoil(root, "havebury/directory.toml", 'kind = "statutory"', "")
    spoil(root, "law.toml", 'kind = "bill"', 'kind = "wish"')
    assert {(fault.file, fault.key) for fault in faults_of(root / "havebury")} == {
        ("havebury/policy.toml", "definition.minimum_age"),
        ("havebury/policy.toml", "clocks[1]"),
        ("havebury/landlord.toml", "colours"),
        ("havebury/directory.toml", "services[1].kind"),
        ("law.toml", "entries[6].kind"),
    }


def test_a_fault_names_the_file_in_which_its_key_stands(root: Path) -> None:
    spoil(root, "nph/assessment.toml", 'impact = "neutral"', 'impact = "none"')
    assert [fault.file for fault in faults_of(root / "nph")] == ["nph/assessment.toml"]


def test_a_file_of_clauses_that_is_not_there_is_named_itself(tmp_path: Path) -> None:
    root = copy_of_packs(tmp_path)
    (root / "whg" / "clauses.toml").unlink()
    (fault,) = faults_of(root / "whg")
    assert (fault.file, fault.wrong) == ("whg/clauses.toml", "There is no such file.")
    assert fault.write_instead.startswith("Add it")
