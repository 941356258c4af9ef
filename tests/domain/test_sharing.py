"""What may leave: consent read narrowly, exceptions read as the policy lists them, and no third way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.policy import Policy
from portal.domain.policy.sharing import Force
from portal.domain.sharing import (
    Basis,
    Concern,
    Consent,
    Part,
    Recipient,
    RecipientKind,
    Share,
    Told,
    decide,
    exceptions_of,
    fit_together,
)
from portal.domain.sharing.exceptions import named_kinds, speaks_of
from tests.places import pack

START = datetime(2026, 2, 2, 10, 0, tzinfo=UTC)
SLUGS = ("dales", "seven-locks", "havebury", "star", "whg", "nph")
POLICE = Recipient(RecipientKind.POLICE, "Suffolk Police")
moments = st.integers(-500, 500).map(lambda hours: START + timedelta(hours=hours))
parts_of = st.frozensets(st.sampled_from(Part), min_size=1)
kinds = st.sampled_from(RecipientKind)


def policy(slug: str) -> Policy:
    return pack(slug).policy


@given(given_at=moments, until=moments, withdrawn=st.none() | moments, at=moments, asked=parts_of, agreed=parts_of)
def test_a_consent_that_has_ended_or_was_withdrawn_permits_nothing_at_once(
    given_at: datetime,
    until: datetime,
    withdrawn: datetime | None,
    at: datetime,
    asked: frozenset[Part],
    agreed: frozenset[Part],
) -> None:
    consent = Consent(POLICE, agreed, given_at, until, withdrawn)
    over = at < given_at or at >= until or (withdrawn is not None and at >= withdrawn)
    assert consent.permits(POLICE, asked, at) == (not over and asked <= agreed)


@given(name=st.text(min_size=1), other=st.text(min_size=1), kind=kinds, other_kind=kinds)
def test_a_consent_for_one_body_is_none_for_another(
    name: str, other: str, kind: RecipientKind, other_kind: RecipientKind
) -> None:
    consent = Consent(Recipient(kind, name), frozenset(Part), START, START + timedelta(days=1))
    same = kind is other_kind and name.casefold().split() == other.casefold().split()
    assert consent.permits(Recipient(other_kind, other), frozenset({Part.NOTES}), START) == same
    assert consent.permits(Recipient(kind, f"  {name.upper()} "), frozenset({Part.NOTES}), START) or (
        name.upper().casefold().split() != name.casefold().split()
    )


@given(
    slug=st.sampled_from(SLUGS),
    chosen=st.text(max_size=12),
    concerns=st.frozensets(st.sampled_from(Concern)),
    recorded=st.frozensets(st.sampled_from([Concern.MARAC_SCORE, Concern.MARAC_JUDGEMENT])),
    necessity=st.sampled_from(["", "  ", "It is needed."]),
    told=st.none() | st.sampled_from(Told),
    why=st.sampled_from(["", "It would put the child at risk."]),
    kind=kinds,
    data=st.data(),
)
def test_without_consent_only_a_listed_exception_with_its_concern_its_reasons_and_what_they_know(
    *,
    slug: str,
    chosen: str,
    concerns: frozenset[Concern],
    recorded: frozenset[Concern],
    necessity: str,
    told: Told | None,
    why: str,
    kind: RecipientKind,
    data: st.DataObject,
) -> None:
    listed = {each.id: each for each in exceptions_of(policy(slug))}
    exception = data.draw(st.sampled_from([*listed, chosen]))
    share = Share(Recipient(kind, "X"), frozenset({Part.NOTES}), exception, concerns, necessity, told, why)
    verdict = decide(policy(slug), share, [], START, recorded=recorded)
    found = listed.get(exception)
    wanted = speaks_of(found) if found else frozenset()
    fit = (
        found is not None
        and (not wanted or bool((concerns - ({Concern.MARAC_SCORE, Concern.MARAC_JUDGEMENT} - recorded)) & wanted))
        and bool(necessity.strip())
        and (told is Told.BEFORE or (told is Told.NOT_TOLD and bool(why)))
    )
    assert verdict.allowed == fit
    if fit and not wanted:
        assert verdict.second_person, "what rests on no concern of the policy's is never one person's decision"
    if not fit:
        assert verdict.reasons
        assert not verdict.second_person
    elif found and kind not in named_kinds(found):
        assert verdict.second_person, "a body that the policy does not name is never told by one person alone"


@pytest.mark.parametrize("slug", SLUGS)
def test_every_exception_says_for_which_concern_it_stands_and_whom_it_names(slug: str) -> None:
    for each in exceptions_of(policy(slug)):
        assert speaks_of(each) or each.by_manager, each.id
        assert named_kinds(each) or each.by_manager, each.id


@pytest.mark.parametrize("slug", SLUGS)
def test_what_a_policy_calls_a_duty_is_still_looked_at_by_two_and_needs_a_basis_with_a_law(slug: str) -> None:
    for each in exceptions_of(policy(slug)):
        if each.force is Force.CALLED_DUTY and each.id != "child-protection":
            assert each.second_person, each.id
    assert fit_together(Basis.OBLIGATION, "", life_in_danger=False) == "Name the law that this rests on."
    assert fit_together(Basis.OBLIGATION, "care-2014", life_in_danger=False) is None
    assert fit_together(Basis.VITAL, "", life_in_danger=False)
    assert fit_together(Basis.VITAL, "", life_in_danger=True) is None


def test_kin_who_may_be_part_of_it_call_for_a_second_person_and_a_life_in_danger_does_not_wait() -> None:
    star = policy("star")
    told = Share(
        POLICE,
        frozenset({Part.PERSON}),
        "harm-to-child-or-adult",
        frozenset({Concern.ADULT_HARM}),
        "Needed.",
        Told.BEFORE,
    )
    assert not decide(star, told, [], START).second_person
    assert decide(star, told, [], START, with_care=True).second_person
    urgent = Share(
        Recipient(RecipientKind.HEALTH, "A hospital"),
        frozenset({Part.PERSON}),
        "marac-threshold",
        frozenset({Concern.MARAC_JUDGEMENT}),
        "Needed.",
        Told.BEFORE,
        life_in_danger=True,
    )
    verdict = decide(star, urgent, [], START)
    assert verdict.afterwards
    assert "No assessment reaches the threshold" in verdict.second_person[0]
    assert "No completed assessment" in decide(star, replace(urgent, life_in_danger=False), [], START).reasons[0]
