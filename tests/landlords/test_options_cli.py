"""`portal options` answers from the packs alone what the options board shows on a case."""

import json

import pytest
from click.testing import CliRunner, Result

from portal.landlords.options_cli import options

TWICE_MOVED = {"home": "not_safe", "wish": "move", "safe_in_area": False, "moves_before": 2, "evidence": True}


def ask(*words: str, facts: object = None) -> Result:
    given = ("--facts", "-") if facts is not None else ()
    return CliRunner().invoke(options, [*words, *given], input=json.dumps(facts))


def answered(landlord: str, facts: object) -> dict[str, dict[str, object]]:
    asked = ask(landlord, "--json", facts=facts)
    assert asked.exit_code == 0, asked.output
    answer = json.loads(asked.output)
    assert answer["landlord"] == landlord
    return {each["option"]: each for each in answer["options"]} | {"terms": answer["terms"]}


def test_a_family_moved_twice_and_at_risk_all_over_the_borough_is_helped_out_of_it() -> None:
    found = answered("nph", TWICE_MOVED)
    assert found["transfer"]["open"] is False
    assert {
        "says": "A home in our own area would keep them at risk.",
        "clause": "NPH Rehousing Options, para 2",
    } in (found["transfer"]["reasons"])
    assert found["out_of_area"]["state"] == found["temporary"]["state"] == "open"


def test_whg_answers_with_its_single_gold_offer() -> None:
    found = answered("whg", {"risk": "high", "staying_answered": True, "move_lessens_risk": True})
    assert found["transfer"]["open"] is True
    assert found["terms"]["band"] == {
        "value": "gold", "clauses": ["whg 2.7"], "stated": True, "origin": "policy", "law_since": [],
    }  # fmt: skip
    assert found["terms"]["offers"]["value"] == "1"
    assert found["terms"]["tenure"] == {
        "value": None, "clauses": [], "stated": False, "origin": "policy", "law_since": [],
    }  # fmt: skip


def test_a_person_reads_the_clause_beside_each_answer_and_what_has_still_to_be_asked() -> None:
    said = ask("whg").output
    assert " ask first  Rehousing at critical need, gold band" in said
    assert "Has every way of staying been talked through? A refusal is an answer. (whg 2.5)" in said
    assert "Number of offers: 1 (whg 2.9)" in said
    assert "Security of tenure: not stated" in said
    assert "the portal’s own rule: no clause asks for it" in said


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"hom": "safe"}, 'Did you mean "home"?'),
        ({"wish": "go"}, "Write 'stay', 'move' or 'undecided'."),
        ({"moves_before": -1}, "moves_before"),
        ([], "the whole file"),
    ],
)
def test_facts_that_cannot_be_read_say_what_to_write(facts: object, says: str) -> None:
    asked = ask("nph", facts=facts)
    assert asked.exit_code != 0
    assert says in asked.output
    assert "Traceback" not in asked.output


def test_an_unknown_landlord_is_answered_with_those_that_there_are() -> None:
    assert "there are dales, havebury, nph" in ask("nowhere").output
