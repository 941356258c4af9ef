"""What is said of the person who does harm is never more than its source can carry. AG/013 Objectives, bullet 7."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.standing import CARRIES, Source, Standing, missing

DAY = date(2026, 2, 2)


@given(st.sampled_from(Source), st.none() | st.just(DAY), st.sampled_from(["", "  ", "Crown Court T2026"]))
def test_nobody_is_convicted_on_anybodys_word(source: Source, on: date | None, evidence: str) -> None:
    accepted = not missing(Standing.CONVICTED, source, on, evidence)
    assert accepted == (source in {Source.POLICE, Source.COURT} and on is not None and bool(evidence.strip()))


@given(st.sampled_from(Source))
def test_an_allegation_needs_no_proof_from_anybody(source: Source) -> None:
    assert missing(Standing.ALLEGED, source, None, "") == {}


def test_a_survivors_word_is_never_turned_into_a_finding_or_an_admission() -> None:
    carried = {standing for standing in Standing if Source.SURVIVOR in CARRIES[standing]}
    assert carried == {Standing.ALLEGED}


@pytest.mark.parametrize("standing", [Standing.ADMITTED, Standing.ORDER, Standing.CONVICTED])
def test_whatever_is_more_than_alleged_has_a_day(standing: Standing) -> None:
    assert "on" in missing(standing, Source.COURT, None, "Paper in the file")
