"""A person's word is enough for advice: whoever tries to ask for more is refused, with the clause that says so."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.domain.policy.contact import ON_THEIR_WORD, Help
from portal.domain.policy.stated import Origin
from portal.landlords.cli import policy
from portal.landlords.packs import read_pack
from tests.landlords.packs_at_hand import SLUGS, copy_of_packs, faults_of, pack, spoil

CLAUSE = "STAR section 2, closing paragraph"
STATED = "evidence = { value = { word_is_enough = true,"
OWN = """
[own.evidence]
word_is_enough = false
asked_for = ["{help}"]
says = "A police reference"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_of_packs(tmp_path)


def ask_for(root: Path, slug: str, help_: Help) -> None:
    """What an administrator would write into the landlord's own settings."""
    path = root / slug / "landlord.toml"
    path.write_text(path.read_text(encoding="utf-8") + OWN.format(help=help_.value), encoding="utf-8")


@pytest.mark.clause("STAR-2-END-4")
@pytest.mark.parametrize("help_", sorted(ON_THEIR_WORD))
def test_an_administrator_who_asks_for_a_police_reference_is_refused_with_the_clause(root: Path, help_: Help) -> None:
    ask_for(root, "star", help_)
    told = [each for each in faults_of(root / "star") if each.key == "own.evidence"]
    assert any(f"cannot be required for {help_.value}" in each.wrong and CLAUSE in each.wrong for each in told)
    answer = CliRunner().invoke(policy, ["check", str(root / "star")])
    assert answer.exit_code == 1
    assert CLAUSE in " ".join(answer.output.split())


@pytest.mark.clause("STAR-2-END-4")
def test_a_pack_whose_policy_is_made_to_ask_for_it_is_refused_too(root: Path) -> None:
    asks = 'evidence = { value = { word_is_enough = false, asked_for = ["advice"],'
    spoil(root, "star/policy.toml", STATED, asks)
    (told,) = (each for each in faults_of(root / "star") if each.key == "contact.evidence")
    assert CLAUSE in told.wrong


def test_it_is_said_for_which_help_something_is_asked(root: Path) -> None:
    spoil(root, "nph/policy.toml", 'asked_for = ["rehousing"], ', "")
    (told,) = faults_of(root / "nph")
    assert told.key == "contact.evidence.asked_for"


def test_no_landlord_can_ask_for_it_where_its_policy_is_silent(root: Path) -> None:
    ask_for(root, "whg", Help.ADVICE)
    assert any("a person's word alone is enough" in each.wrong for each in faults_of(root / "whg"))


def test_for_rehousing_a_landlord_may_say_so_itself_only_where_its_policy_does_not(root: Path) -> None:
    ask_for(root, "whg", Help.REHOUSING)
    assert read_pack(root / "whg").policy.contact.evidence.origin is Origin.LANDLORDS_OWN
    ask_for(root, "star", Help.REHOUSING)
    assert any("policy itself says" in each.wrong for each in faults_of(root / "star"))


def test_no_pack_that_comes_with_the_portal_asks_for_anything_before_advice() -> None:
    rules = [pack(slug).policy.contact.evidence.value for slug in SLUGS]
    assert not [rule for rule in rules if rule and rule.asks_too_much]
