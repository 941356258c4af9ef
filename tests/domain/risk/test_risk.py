"""Bands, judgement and completeness: whatever is answered, nothing but answers can make a risk lower."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from portal.domain.policy import Policy
from portal.domain.policy.risk import Bands, MaracArea
from portal.domain.policy.stated import Stated
from portal.domain.risk import (
    Answer,
    Criterion,
    Facts,
    Instrument,
    Level,
    LoweringRefusedError,
    banded,
    heeded,
    judged,
    outcome,
    risen,
    steps,
    tally,
    unanswered,
)
from portal.landlords.packs import read_pack

LANDLORDS = Path(__file__).resolve().parents[3] / "landlords"
SAFELIVES = Bands(medium_from=10, high_from=14)


@cache
def instrument(code: str = "dash") -> Instrument:
    content = tomllib.loads((LANDLORDS / "instruments" / f"{code}.toml").read_text(encoding="utf-8"))
    return Instrument.model_validate_json(json.dumps(content))


@cache
def policy(slug: str = "havebury") -> Policy:
    return read_pack(LANDLORDS / slug).policy


def all_no(**but: Answer) -> dict[str, Answer]:
    return {each.number: Answer.NO for each in instrument().items} | {k[1:]: v for k, v in but.items()}


def yes_to(count: int) -> dict[str, Answer]:
    return all_no() | {str(number): Answer.YES for number in range(1, count + 1)}


NUMBERS = [each.number for each in instrument().items]
some_answers = st.dictionaries(st.sampled_from(NUMBERS), st.sampled_from(Answer))
whole = st.fixed_dictionaries({number: st.sampled_from(Answer) for number in NUMBERS})


@pytest.mark.parametrize(
    ("count", "level"),
    [
        (0, "standard"),
        (1, "standard"),
        (9, "standard"),
        (10, "medium"),
        (13, "medium"),
        (14, "high"),
        (24, "high"),
    ],
)
def test_the_bands_are_those_that_safelives_suggests(count: int, level: str) -> None:
    found = outcome(policy(), instrument(), yes_to(count), Facts())
    assert (found.tally.yes, found.by_count, found.level) == (count, level, level)


@given(st.integers(0, 24), st.integers(0, 24))
def test_more_answers_of_yes_never_mean_less_risk(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert banded(low, SAFELIVES).rank <= banded(high, SAFELIVES).rank


@given(whole, st.sampled_from(NUMBERS))
def test_finding_out_that_something_is_so_never_lowers_anything(
    answers: Mapping[str, Answer], number: str
) -> None:
    before = outcome(policy(), instrument(), answers, Facts())
    after = outcome(policy(), instrument(), {**answers, number: Answer.YES}, Facts())
    assert after.level.rank >= before.level.rank
    assert set(after.prompts) >= set(before.prompts)
    assert set(after.criteria) >= set(before.criteria)


@pytest.mark.clause("HAV-4.7d")
@given(st.sampled_from(Level), st.sampled_from(Level))
def test_judgement_says_the_same_or_more(found: Level, judgement: Level) -> None:
    if judgement.rank < found.rank:
        with pytest.raises(LoweringRefusedError):
            judged(found, judgement)
    else:
        assert judged(found, judgement) is judgement
    if judgement.rank <= found.rank:
        with pytest.raises(LoweringRefusedError):
            risen(found, judgement)


@given(some_answers)
def test_an_item_is_answered_or_still_to_ask_and_not_knowing_is_an_answer(
    answers: Mapping[str, Answer],
) -> None:
    missing = {each.number for each in unanswered(instrument(), answers)}
    assert missing.isdisjoint(answers)
    assert missing | set(answers) == set(NUMBERS)


@given(whole)
def test_only_the_24_items_are_counted_and_what_is_not_known_is_not_counted_as_yes(
    answers: Mapping[str, Answer],
) -> None:
    counted = [answers[str(number)] for number in range(1, 25)]
    found = tally(instrument(), answers)
    assert (found.yes, found.unknown, found.items) == (
        counted.count(Answer.YES),
        counted.count(Answer.UNKNOWN),
        24,
    )


@pytest.mark.parametrize(
    ("numbers", "prompt"),
    [
        (("15",), "strangulation"),
        (("14",), "threat-to-kill"),
        (("8",), "stalking"),
        (("6", "12", "13"), "separation-control-violence"),
        (("A",), "honour-based"),
        (("C",), "forced-marriage-fgm"),
        (("16",), "sexual-violence"),
        (("9",), "pregnancy"),
        (("10",), "escalation"),
    ],
)
def test_one_sign_of_the_gravest_harm_is_heeded_whatever_the_count(
    numbers: tuple[str, ...], prompt: str
) -> None:
    answers = all_no() | dict.fromkeys(numbers, Answer.YES)
    found = outcome(policy(), instrument(), answers, Facts())
    assert found.by_count is Level.STANDARD
    assert prompt in [each.name for each in found.prompts]
    assert "strangulation" not in [each.name for each in heeded(instrument(), all_no())]


def test_separation_and_control_without_violence_is_not_called_violent() -> None:
    answers = all_no(_6=Answer.YES, _12=Answer.YES)
    assert "separation-control-violence" not in [each.name for each in heeded(instrument(), answers)]


def test_what_is_not_known_shows_how_high_it_could_be() -> None:
    answers = yes_to(8) | {str(number): Answer.UNKNOWN for number in range(9, 16)}
    found = outcome(policy(), instrument(), answers, Facts())
    assert (found.level, found.could_be, found.tally.at_most) == (Level.STANDARD, Level.HIGH, 15)
    assert "15" in [each.number for each in found.not_known]


@pytest.mark.clause("HAV-4.7d")
def test_a_count_of_six_with_judgement_goes_to_the_conference_under_its_clause() -> None:
    found = outcome(policy(), instrument(), yes_to(6), Facts(judgement=Level.HIGH))
    assert found.criteria == (Criterion.JUDGEMENT,)
    [marac] = [each for each in steps(policy(), found) if each.kind == "marac_referral"]
    assert (marac.clause, "judgement" in marac.says) == ("HS-026 4.7", True)


def test_three_incidents_in_a_year_or_abuse_after_a_conference_go_to_the_conference() -> None:
    assert outcome(policy(), instrument(), all_no(), Facts(incidents=2)).criteria == ()
    assert outcome(policy(), instrument(), all_no(), Facts(incidents=3)).criteria == (Criterion.ESCALATION,)
    assert outcome(policy(), instrument(), all_no(), Facts(repeat=True)).criteria == (Criterion.REPEAT,)


def test_an_area_draws_its_own_lines_and_the_label_says_who_drew_them() -> None:
    number = Stated[int](value=12, clause="Suffolk protocol 3")
    area = MaracArea(
        id="west", name="West Suffolk", threshold=number, incidents=Stated[int](value=5, clause="x")
    )
    with_area = policy().model_copy(update={"marac_areas": (area,)})
    found = outcome(with_area, instrument(), yes_to(12), Facts(incidents=4))
    assert (found.level, found.criteria) == (Level.HIGH, (Criterion.VISIBLE,))
    assert found.marac.says == "West Suffolk: Suffolk protocol 3"
    plain = outcome(policy(), instrument(), yes_to(12), Facts())
    assert (plain.level, plain.marac.says) == (Level.MEDIUM, "portal default, as SafeLives suggests")


def test_while_the_area_is_not_known_the_strictest_line_holds() -> None:
    areas = tuple(
        MaracArea(id=name, name=name, threshold=Stated[int](value=number, clause="x"))
        for name, number in (("east", 16), ("west", 12))
    )
    with_areas = policy().model_copy(update={"marac_areas": areas})
    for area, line in ((None, 12), ("nowhere", 12), ("east", 16), ("west", 12)):
        assert outcome(with_areas, instrument(), yes_to(1), Facts(area=area)).marac.number == line


@given(st.integers(1, 30), st.integers(0, 24))
def test_an_area_with_a_high_line_lowers_nobody(line: int, count: int) -> None:
    area = MaracArea(id="a", name="A", threshold=Stated[int](value=line, clause="x"))
    with_area = policy().model_copy(update={"marac_areas": (area,)})
    without = outcome(policy(), instrument(), yes_to(count), Facts())
    found = outcome(with_area, instrument(), yes_to(count), Facts())
    assert found.level.rank >= without.level.rank


@pytest.mark.parametrize(
    ("slug", "count", "kind", "clause"),
    [
        ("havebury", 3, "signpost", "HS-026 4.10"),
        ("havebury", 3, "safety_plan", "HS-026 4.7"),
        ("star", 3, "signpost", "STAR 4.2"),
        ("star", 14, "marac_referral", "STAR 4.2"),
        ("whg", 3, "signpost", "whg 2.2"),
        ("whg", 14, "marac_referral", "whg 2.12"),
        ("whg", 10, "policy_step", "whg 2.7, whg 2.2"),
        ("nph", 3, "signpost", "NPH Dealing with cases, para 1"),
        ("nph", 14, "marac_referral", "NPH Dealing with cases, para 3"),
    ],
)
def test_each_policy_names_its_next_steps_with_their_clause(
    slug: str, count: int, kind: str, clause: str
) -> None:
    found = steps(policy(slug), outcome(policy(slug), instrument(), yes_to(count), Facts()))
    assert (kind, clause) in [(each.kind, each.clause) for each in found]


def test_a_silent_policy_is_said_to_be_silent_and_high_risk_goes_on_all_the_same() -> None:
    ag = policy("dales")
    quiet = steps(ag, outcome(ag, instrument(), yes_to(3), Facts()))
    assert {(each.says, each.clause, each.is_task) for each in quiet} == {("not stated", None, False)}
    high = steps(ag, outcome(ag, instrument(), yes_to(14), Facts()))
    assert [each.kind for each in high if each.is_task] == ["marac_referral", "safety_plan"]
    assert all("not stated" in (each.clause or "") for each in high)


@pytest.mark.clause("NPH-CIA-19")
@pytest.mark.parametrize("code", ["dash", "young"])
def test_honour_forced_marriage_and_fgm_are_asked_of_everybody(code: str) -> None:
    asked = {each.number: each.label for each in instrument(code).items}
    assert "honour" in asked["A"]
    assert "marry" in asked["B"]
    assert "FGM" in asked["C"]
    for number in ("A", "B", "C"):
        answers = {each: Answer.NO for each in asked if each != number}
        assert [each.number for each in unanswered(instrument(code), answers)] == [number]


@pytest.mark.parametrize("code", ["dash", "young"])
def test_no_label_is_long_enough_to_be_somebody_elses_wording(code: str) -> None:
    assert all(len(each.label) < 75 and "?" not in each.label for each in instrument(code).items)
    assert sum(each.counted for each in instrument(code).items) == 24


@pytest.mark.parametrize(
    "spoilt",
    [
        {"counted_items": 23},
        {"items": [{"number": "1", "label": "x"}, {"number": "1", "label": "y"}], "counted_items": 2},
        {"prompts": [{"name": "x", "says": "y", "every": ["99"]}]},
        {"prompts": []},
    ],
)
def test_an_instrument_that_does_not_hang_together_is_refused(spoilt: dict[str, object]) -> None:
    whole_file = instrument().model_dump(mode="json")
    with pytest.raises(ValidationError):
        Instrument.model_validate_json(json.dumps(whole_file | spoilt))
