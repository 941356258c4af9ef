"""`portal clock` answers from the packs alone, with the keys and times of docs/clock.md."""

import json

import pytest
from click.testing import CliRunner, Result

from portal.landlords.clock_cli import clock


def ask(*words: str) -> Result:
    return CliRunner().invoke(clock, list(words))


@pytest.mark.parametrize(
    ("landlord", "event", "at", "due", "stop_act"),
    [
        ("havebury", "disclosure", "2026-04-02T16:30", "2026-04-07T17:00:00+01:00", "responded"),
        ("dales", "disclosure", "2026-04-02T18:10", "2026-04-07T17:00:00+01:00", "interviewed"),
        ("star", "disclosure", "2026-06-12T15:00", "2026-06-15T15:00:00+01:00", "contacted"),
        ("star", "disclosure", "2026-06-13T11:00", "2026-06-16T00:00:00+01:00", "contacted"),
        ("star", "unsafe-damage", "2026-10-24T13:00", "2026-10-25T12:00:00+00:00", "repaired"),
        ("havebury", "threat-to-life", "2026-05-03T02:17", "2026-05-03T02:17:00+01:00", "responded"),
        ("nph", "disclosure", "2026-12-24T15:00", "2026-12-29T17:00:00+00:00", "responded"),
        ("star", "disclosure", "2026-06-12T14:00Z", "2026-06-15T15:00:00+01:00", "contacted"),
    ],
)
def test_the_worked_examples(landlord: str, event: str, at: str, due: str, stop_act: str) -> None:
    asked = ask(landlord, event, "--at", at, "--json")
    assert asked.exit_code == 0, asked.output
    answer = json.loads(asked.output)
    assert {"landlord", "event", "start", "due", "stop_act", "clause", "stated"} <= answer.keys()
    assert (answer["landlord"], answer["event"]) == (landlord, event)
    assert answer["due"] == due
    assert answer["stop_act"] == stop_act
    assert answer["stated"] is True
    assert answer["clause"]


def test_where_the_policy_is_silent_nothing_is_made_up() -> None:
    answer = json.loads(ask("whg", "disclosure", "--at", "2026-06-12T15:00", "--json").output)
    assert answer["due"] is None
    assert answer["stated"] is False
    assert "no time is stated" in ask("whg", "disclosure", "--at", "2026-06-12T15:00").output


def test_a_person_reads_the_rule_and_why_days_were_left_out() -> None:
    said = ask("havebury", "disclosure", "--at", "2026-04-02T16:30").output
    for words in (
        "Tuesday 7 April 2026, 17:00",
        "next working day",
        "HS-026 4.3",
        "Good Friday",
        "Easter Monday",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nowhere", "disclosure"), "there are dales, havebury, nph"),
        (("star", "fire"), "it knows disclosure"),
        (("star", "disclosure", "--at", "tuesday"), "write it as 2026-04-02T16:30"),
        (("star", "disclosure", "--at", "2099-01-01"), "Bank holidays of 2099 are not known"),
    ],
)
def test_a_question_that_cannot_be_answered_says_what_to_ask(words: tuple[str, ...], says: str) -> None:
    asked = ask(*words)
    assert asked.exit_code != 0
    assert says in asked.output
    assert "Traceback" not in asked.output
