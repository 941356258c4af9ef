"""Folders, groups and members: who inherits what, and what a member may set for itself."""

from pathlib import Path

import pytest

from portal.domain.policy import Policy
from portal.landlords.packs import pack_folders, read_pack
from tests.landlords.packs_at_hand import LANDLORDS, MEMBERS, SLUGS, copy_of_packs, faults_of, pack, spoil


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_of_packs(tmp_path)


def test_every_landlord_has_a_folder_and_a_group_is_none() -> None:
    assert {folder.name for folder in pack_folders(LANDLORDS)} == set(SLUGS)


def test_members_say_the_same_save_what_each_sets_for_itself() -> None:
    dales, locks = (pack(slug).policy for slug in MEMBERS)
    own = {"governance", "impact_assessments"}
    assert dales.model_dump(exclude=own) == locks.model_dump(exclude=own)
    assert dales.governance.model_dump(exclude={"responsible_posts"}) == locks.governance.model_dump(
        exclude={"responsible_posts"}
    )
    assert dales.digest() != locks.digest()


def test_each_member_answers_by_its_own_post() -> None:
    posts = {
        slug: [post.title for post in pack(slug).policy.governance.responsible_posts] for slug in MEMBERS
    }
    assert posts == {"dales": ["Head of Neighbourhoods"], "seven-locks": ["Head of Housing"]}


def test_only_seven_locks_has_assessed() -> None:
    assert pack("dales").policy.impact_assessments == ()
    (assessment,) = pack("seven-locks").policy.impact_assessments
    assert assessment.completed.value == "2010-12-15"
    assert len(assessment.outcomes) == 3


def test_what_a_member_sets_reaches_its_policy_and_no_other(root: Path) -> None:
    closed = 'closure_days = [{ day = "2026-12-29", why = "Closed between the years" }]\n'
    hours = 'office_hours = { value = { opens = "08:30", closes = "16:30" }, origin = "landlords_own" }\n'
    spoil(root, "dales/landlord.toml", "[own]\n", f"[own]\n{closed}{hours}")
    changed, other = read_pack(root / "dales").policy, read_pack(root / "seven-locks").policy
    assert [str(each.day) for each in changed.closure_days] == ["2026-12-29"]
    assert changed.office_hours.value is not None
    assert f"{changed.office_hours.value.closes:%H:%M}" == "16:30"
    assert other == pack("seven-locks").policy


@pytest.mark.parametrize("slug", SLUGS)
def test_a_stored_policy_reads_back_as_it_was(slug: str) -> None:
    policy = pack(slug).policy
    again = Policy.model_validate_json(policy.canonical_json())
    assert again == policy
    assert again.digest() == policy.digest()


def test_a_change_of_one_word_is_another_version(root: Path) -> None:
    spoil(root, "whg/policy.toml", 'value = "gold"', 'value = "silver"')
    assert read_pack(root / "whg").policy.digest() != pack("whg").policy.digest()


def test_the_same_content_in_another_order_is_the_same_version(root: Path) -> None:
    path = root / "whg" / "evidence.toml"
    first, *others = path.read_text().split("\n[[impact_assessments]]")
    assessment, *sayings = others[0].split("\n[[sayings]]")
    assert sayings
    path.write_text("\n[[sayings]]".join([first, *sayings]) + "\n[[impact_assessments]]" + assessment)
    assert read_pack(root / "whg").policy.digest() == pack("whg").policy.digest()


def test_missing_and_unreadable_files_are_faults_and_no_crash(root: Path) -> None:
    (root / "havebury" / "policy.toml").unlink()
    (root / "havebury" / "directory.toml").write_bytes(b"\xff\xfe\x00")
    (root / "havebury" / "landlord.toml").unlink()
    (root / "havebury" / "landlord.toml").mkdir()
    (root / "national.toml").unlink()
    told = {fault.file: fault.wrong for fault in faults_of(root / "havebury")}
    assert "cannot be opened" in told["havebury/landlord.toml"]
    assert "not plain text" in told["havebury/directory.toml"]
    assert "no such file" in told["national.toml"]


def test_a_missing_policy_is_a_fault_of_its_file(root: Path) -> None:
    (root / "whg" / "policy.toml").unlink()
    (told,) = faults_of(root / "whg")
    assert (told.file, told.wrong) == ("whg/policy.toml", "There is no such file.")


def test_a_group_must_list_its_member(root: Path) -> None:
    spoil(root, "ag-013/group.toml", '"dales", ', "")
    assert [fault.key for fault in faults_of(root / "dales")] == ["group"]
    assert not faults_of(root / "seven-locks")


def test_a_member_brings_no_policy_of_its_own(root: Path) -> None:
    (root / "dales" / "policy.toml").write_text("")
    (told,) = faults_of(root / "dales")
    assert (told.file, "inherits" in told.wrong, "[own]" in told.write_instead) == (
        "dales/policy.toml",
        True,
        True,
    )


@pytest.mark.parametrize("field", ["clocks = []", "definition = {}", "rehousing = {}"])
def test_a_member_changes_nothing_that_is_not_declared(root: Path, field: str) -> None:
    spoil(root, "dales/landlord.toml", "[own]\n", f"[own]\n{field}\n")
    (told,) = faults_of(root / "dales")
    assert (told.key, told.file) == (f"own.{field.split(' ', maxsplit=1)[0]}", "dales/landlord.toml")
    assert "responsible_posts" in told.write_instead


OWN_TARGET = """
[[own.own_targets]]
event = "{event}"
kind = "clock_hours"
hours = 24
set_by = "Head of Neighbourhoods"
on = "2026-11-01"
why = "The policy gives no hours."
promise = "We aim to make your home safer within 24 hours."
"""


@pytest.mark.parametrize(
    ("event", "wrong"), [("disclosure", "itself states a time"), ("weather", "has no event")]
)
def test_an_own_target_fills_silence_and_nothing_else(root: Path, event: str, wrong: str) -> None:
    with (root / "dales" / "landlord.toml").open("a") as file:
        file.write(OWN_TARGET.format(event=event))
    (told,) = faults_of(root / "dales")
    assert wrong in told.wrong
