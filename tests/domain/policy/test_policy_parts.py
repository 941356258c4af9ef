"""The parts of a policy refuse what cannot be meant, and say what to write instead."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from portal.domain.clock import ClockHours, Counted, Immediate, NotStated, WorkingDays, WorkingHours
from portal.domain.policy.clocks import ClockKind, Timed
from portal.domain.policy.document import ReviewDate
from portal.domain.policy.hours import OfficeHours
from portal.domain.policy.ladder import PORTAL_LADDER, Hearer, Ladder, Rung, When
from portal.domain.policy.perpetrators import PossessionGround
from portal.domain.policy.said_date import at, first_day, in_words, last_day, later, may_be_the_same
from portal.domain.policy.scope import AgeBound, AgeLimit, Relationships
from portal.domain.policy.stated import Origin, Stated


def read(model: type[BaseModel], **content: object) -> BaseModel:
    return model.model_validate_json(json.dumps(content))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({}, "neither"),
        ({"value": 1, "not_stated": True, "clause": "A 1"}, "both stated and not stated"),
        ({"value": 1}, "names no clause"),
        ({"value": 1, "clause": ""}, "at least 1 character"),
        ({"value": "1", "clause": "A 1"}, "valid integer"),
        ({"value": 1, "clause": "A 1", "origin": "guess"}, "policy"),
    ],
)
def test_a_value_is_stated_with_its_clause_or_not_at_all(content: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        read(Stated[int], **content)


def test_false_and_nought_are_values_too() -> None:
    assert read(Stated[bool], value=False, clause="A 1").value is False
    assert read(Stated[int], value=0, clause="A 1").value == 0


def test_what_a_landlord_or_the_portal_says_needs_no_clause() -> None:
    assert read(Stated[int], value=1, origin="landlords_own").origin is Origin.LANDLORDS_OWN
    assert read(Stated[int], value=1, origin="portal_default").origin is Origin.PORTAL_DEFAULT


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ({"kind": "immediate"}, Immediate()),
        ({"kind": "not_stated"}, NotStated()),
        ({"kind": "clock_hours", "hours": 24}, ClockHours(24)),
        ({"kind": "working_days", "days": 1}, WorkingDays(1)),
        (
            {"kind": "working_hours", "hours": 24, "counted": "working_days"},
            WorkingHours(24, Counted.WORKING_DAYS),
        ),
        (
            {"kind": "working_hours", "hours": 24, "counted": "office_hours"},
            WorkingHours(24, Counted.OFFICE_HOURS),
        ),
    ],
)
def test_each_kind_of_time_becomes_a_rule_of_the_clock(content: dict[str, Any], rule: object) -> None:
    timed = read(Timed, **content)
    assert isinstance(timed, Timed)
    assert timed.rule() == rule


@given(
    kind=st.sampled_from(ClockKind),
    hours=st.none() | st.integers(1, 99),
    days=st.none() | st.integers(1, 9),
    counted=st.none() | st.sampled_from(Counted),
)
def test_a_time_that_is_accepted_has_exactly_the_numbers_of_its_rule(
    kind: ClockKind, hours: int | None, days: int | None, counted: Counted | None
) -> None:
    try:
        timed = Timed(kind=kind, hours=hours, days=days, counted=counted)
    except ValidationError:
        return
    rule = timed.rule()
    assert (getattr(rule, "hours", None), getattr(rule, "days", None)) == (hours, days)
    assert getattr(rule, "counted", None) == counted


@pytest.mark.parametrize("number", [0, -1])
def test_no_time_is_nought_or_less(number: int) -> None:
    with pytest.raises(ValidationError):
        Timed(kind=ClockKind.CLOCK_HOURS, hours=number)


def test_a_month_runs_from_its_first_day_to_its_last() -> None:
    assert (str(first_day("2026-02")), str(last_day("2026-02"))) == ("2026-02-01", "2026-02-28")
    assert str(first_day("2026-02-10")) == str(last_day("2026-02-10")) == "2026-02-10"
    assert (in_words("2026-02"), in_words("2026-02-10")) == ("February 2026", "10 February 2026")
    assert (at("2026-02"), at("2026-02-10")) == ("in February 2026", "on 10 February 2026")


def test_a_cycle_is_counted_in_months() -> None:
    assert later("2011-11-25", 24) == "2013-11-25"
    assert later("2024-06", 36) == "2027-06"
    assert later("2024-12-31", 2) == "2025-02-28"


@given(st.dates(min_value=first_day("1990-01"), max_value=first_day("2090-01")), st.integers(1, 120))
def test_later_is_later_and_no_more_exact(day: date, months: int) -> None:
    assert first_day(later(day.isoformat(), months)) > day
    assert later(f"{day:%Y-%m}", months).count("-") == 1
    assert may_be_the_same(later(day.isoformat(), months), later(f"{day:%Y-%m}", months))


@pytest.mark.parametrize("said", ["2026", "26/01/2026", "2026-13", "2026-02-30", "January 2026"])
def test_a_date_that_cannot_be_read_is_refused(said: str) -> None:
    with pytest.raises(ValidationError, match='Write a day as "2026-01-26"'):
        read(ReviewDate, when=said, clause="A 1")


def test_relations_are_spelt_out_with_their_variants() -> None:
    ties = Relationships(
        kinds=("carer",), family=("sister", "father"), variants=("in-law", "step"), past_too=True
    )
    assert {"carer", "sister", "sister-in-law", "step-sister", "father-in-law"} <= set(ties.all())


@pytest.mark.parametrize("bound", AgeBound)
def test_sixteen_itself_is_never_left_out_by_a_word(bound: AgeBound) -> None:
    assert AgeLimit(years=16, bound=bound).youngest == 16


def test_an_office_opens_before_it_closes() -> None:
    with pytest.raises(ValidationError, match="closes before it opens"):
        read(OfficeHours, opens="17:00", closes="09:00")


def test_a_ground_for_possession_has_conditions() -> None:
    with pytest.raises(ValidationError, match="no condition"):
        read(PossessionGround, id="one", says="Eviction", conditions=[], clause="A 1")


@pytest.mark.parametrize(
    ("when", "minutes"), [(When.AT_DUE, 5), (When.AT_ONCE, 5), (When.OVERDUE, 0), (When.BEFORE_DUE, 0)]
)
def test_a_rung_counts_minutes_only_before_and_after(when: When, minutes: int) -> None:
    with pytest.raises(ValidationError, match="minutes"):
        Rung(name="one", when=when, minutes=minutes, to=Hearer.OFFICER)


def test_two_rungs_never_share_a_name() -> None:
    rung = Rung(name="one", when=When.AT_DUE, to=Hearer.OFFICER)
    with pytest.raises(ValidationError, match="one name"):
        Ladder(origin=Origin.PORTAL_DEFAULT, rungs=(rung, rung))


def test_the_portals_ladder_ends_with_the_manager_and_tells_of_a_threat_to_life_at_once() -> None:
    assert PORTAL_LADDER.origin is Origin.PORTAL_DEFAULT
    assert PORTAL_LADDER.rungs_for("disclosure")[-1].to is Hearer.MANAGER
    assert all(rung.when is not When.AT_ONCE for rung in PORTAL_LADDER.rungs_for("disclosure"))
    assert PORTAL_LADDER.rungs_for("threat-to-life")[0].when is When.AT_ONCE
    assert PORTAL_LADDER.rungs_for("threat-to-life")[0].to is Hearer.DUTY
