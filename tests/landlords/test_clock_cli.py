"""`portal clock` answers from the packs alone, with the keys and times of docs/clock.md."""

import json
import shutil
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.landlords.cli import policy
from portal.landlords.clock_cli import clock
from portal.landlords.onboarding import add_landlord
from portal.landlords.packs import read_pack
from portal.settings import Settings, SettingsError
from portal.store.database import Database
from tests.landlords.packs_at_hand import copy_of_packs, spoil


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


def test_where_a_clause_can_be_read_in_several_ways_it_says_which_is_followed_and_who_chose() -> None:
    said = ask("star", "disclosure", "--at", "2026-04-02T16:30").output
    assert "read as  Every hour of a working day counts" in said
    assert "Chosen on 23 November 2026 by the portal, for want of a decision by the landlord" in said
    assert "To be confirmed by the Assistant Director of Housing." in said
    assert json.loads(ask("whg", "disclosure", "--json").output)["read_as"] is None


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


def test_where_a_time_rests_on_office_hours_it_says_whose_they_are() -> None:
    said = ask("havebury", "disclosure", "--at", "2026-04-02T16:30").output
    assert "09:00 to 17:00 (the portal’s own choice" in said
    answer = json.loads(ask("star", "disclosure", "--at", "2026-04-02T16:30", "--json").output)
    assert answer["office_hours"] is None  # every hour of a working day counts there


@pytest.mark.parametrize(
    ("at", "start", "says"),
    [
        ("2026-03-29T01:30", "2026-03-29T00:30:00+00:00", "never showed 01:30"),
        ("2026-10-25T01:30", "2026-10-25T01:30:00+01:00", "showed 01:30 twice"),
    ],
)
def test_a_time_of_a_night_on_which_clocks_change_is_read_the_sooner_way_and_said(
    at: str, start: str, says: str
) -> None:
    answer = json.loads(ask("havebury", "threat-to-life", "--at", at, "--json").output)
    assert answer["start"] == start
    assert says in answer["note"]
    assert says in ask("havebury", "threat-to-life", "--at", at).output
    by_offset = json.loads(ask("havebury", "threat-to-life", "--at", f"{at}+00:00", "--json").output)
    assert by_offset["note"] is None


def test_a_landlord_without_a_folder_is_looked_for_in_the_database(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    root = copy_of_packs(tmp_path)
    shutil.move(root / "whg", root / "somewhere-else")
    spoil(root, "somewhere-else/landlord.toml", 'slug = "whg"', 'slug = "somewhere-else"')
    spoil(root, "somewhere-else/landlord.toml", 'policy = "whg"', 'policy = "somewhere-else"')
    add_landlord(database, read_pack(root / "somewhere-else"), datetime.now(UTC))

    def there() -> AbstractContextManager[Settings]:
        return nullcontext(settings)

    asked = CliRunner().invoke(clock, ["somewhere-else", "disclosure"], obj=there)
    assert asked.exit_code == 0, asked.output
    assert "no time is stated" in asked.output
    shown = CliRunner().invoke(policy, ["show", "somewhere-else"], obj=there)
    assert shown.exit_code == 0, shown.output
    assert "clocks[disclosure]" in shown.output
    unknown = CliRunner().invoke(clock, ["nowhere", "disclosure"], obj=there)
    assert unknown.exit_code == 2
    assert "somewhere-else" in unknown.output


def test_a_portal_that_cannot_be_reached_is_said_and_no_trace_shown() -> None:
    def away() -> AbstractContextManager[Settings]:
        raise SettingsError("There is none.")

    asked = CliRunner().invoke(clock, ["nowhere", "disclosure"], obj=away)
    assert asked.exit_code == 2
    assert "cannot be reached" in asked.output
    stored = CliRunner().invoke(clock, ["dales", "disclosure", "--stored"], obj=away)
    assert isinstance(stored.exception, SettingsError), "told in full, as for every command that asks the database"
    assert "there is no landlord 'dales'" not in stored.output
