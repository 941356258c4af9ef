"""Where family or community may be part of it, no task and no action brings them in or the two sides together."""

import pytest

from portal.domain.cautions import NO_KIN, NO_MEDIATION, against
from portal.domain.permissions import Role
from tests.desk import DeskAt

BOTH = (NO_KIN, NO_MEDIATION)


@pytest.mark.clause("NPH-VICTIM-4")
def test_choosing_forced_marriage_shows_the_warning_and_bars_mediation_and_the_family(desk_at: DeskAt) -> None:
    desk = desk_at("nph")
    case_id, client = desk.case(subtypes=("forced-marriage",)), desk.client(Role.OFFICER)
    page = client.get(desk.case_url(case_id))
    assert NO_KIN in page.text
    assert NO_MEDIATION in page.text
    for words, why in (("Offer mediation on Friday.", NO_MEDIATION), ("Ring her mother about the wedding.", NO_KIN)):
        client.get(f"{desk.case_url(case_id)}/tasks")
        page = client.submit({"words": words}, form="/tasks", status=422)
        assert why in page.text
        assert words in page.html, "what was typed is kept"
        client.get(f"{desk.case_url(case_id)}/plans/action")
        assert why in client.submit({"what": words, "owner": "landlord"}, form="/actions", status=422).text
    client.get(f"{desk.case_url(case_id)}/tasks")
    client.submit({"words": "Ask the Forced Marriage Unit for advice."}, form="/tasks")


@pytest.mark.parametrize(
    "words",
    ["Ring the school.", "Book a taxi to her sister’s.", "Ask Karma Nirvana for a call.", "Get the papers together."],
)
def test_what_brings_nobody_in_may_be_set(words: str) -> None:
    assert against(words, BOTH) == ""


@pytest.mark.parametrize(
    "words",
    ["Offer mediation.", "Speak with the imam and the elders.", "Invite her parents.", "Bring the two together."],
)
def test_without_such_a_caution_anything_may_be_set(words: str) -> None:
    assert against(words, BOTH)
    assert against(words, ()) == ""
