"""What can be done in the longer term is carried from the interview into the action plan. AG/013 OP4."""

import pytest

from portal.domain.permissions import Role
from tests.cases.test_contact import HELD, clocks
from tests.desk import DeskAt


@pytest.mark.clause("AG013-OP4b")
def test_what_can_be_done_in_the_longer_term_stands_in_the_plan_with_who_does_it_and_by_when(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id, officer = desk.case(), desk.somebody(Role.OFFICER, name="Kim Officer", offers=("woman",))
    client = desk.client(who=officer)
    said = HELD | {"same_sex": "declined", "culture": "declined", "options_later": "A move nearer to her sister."}
    for day, shown in (("2026-03-09", "9 March 2026"), ("", "2 March 2026")):
        client.get(f"{desk.case_url(case_id)}/contact")
        client.submit(said | {"later_day": day})
        plan = " ".join(client.get(f"{desk.case_url(case_id)}/plans/action").text.split())
        assert "A move nearer to her sister." in plan
        assert "Kim Officer" in plan
        assert shown in plan, "by the day that was said, or four weeks from now"


def test_a_longer_way_that_must_not_be_gone_in_this_case_is_not_put_into_the_plan(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id = desk.case(happening="They want to send me away to be married.", subtypes=("forced-marriage",))
    client = desk.client(who=desk.somebody(Role.OFFICER, offers=("woman",)))
    client.get(f"{desk.case_url(case_id)}/contact")
    later = "Offer mediation to the family."
    page = client.submit(HELD | {"same_sex": "declined", "culture": "declined", "options_later": later}, status=422)
    assert later in page.html, "what was typed stays"
    assert clocks(desk, case_id)["disclosure"] is None, "nothing of it was kept"
