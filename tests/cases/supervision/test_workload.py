"""How much one officer has: what the landlord has set at most, and that nobody is given more unseen."""

from portal.domain.permissions import Role
from portal.domain.policy.casework import Workload
from portal.domain.policy.stated import Origin, Stated
from tests.cases.supervision.test_supervision import given_to
from tests.desk import Desk


def test_one_case_more_than_was_set_takes_a_reason_and_the_team_page_says_who_has_too_many(desk: Desk) -> None:
    set_here = Stated[Workload](value=Workload(open_cases=1), origin=Origin.LANDLORDS_OWN)
    senior = desk.client(Role.SENIOR)
    assert "No most is set for one officer" in senior.get(f"{desk.url}/team").text
    desk.place.sets("havebury", workload=set_here)
    busy = desk.somebody(Role.OFFICER, name="Kim Busy")
    given_to(desk, busy)
    case_id = desk.case()
    page = senior.get(f"{desk.case_url(case_id)}/assign")
    assert "1 open case. As many as are set at most" in page.text
    page = senior.submit({"account_id": str(busy.account_id)}, form="/assign", status=422)
    assert "Kim Busy has 1 open cases, and at most 1 are set for one officer." in page.text
    senior.submit({"account_id": str(busy.account_id), "why": "She knows the family."}, form="/assign")
    page = senior.get(f"{desk.url}/team")
    assert "has set at most 1 open cases for one officer" in page.text
    assert "Kim Busy 2 Too many 0" in page.text
    assert page.text.count("Too many") == 1


def test_a_report_that_becomes_a_case_of_somebody_who_is_full_takes_a_reason_too(desk: Desk) -> None:
    desk.place.sets("havebury", workload=Stated[Workload](value=Workload(open_cases=1), origin=Origin.LANDLORDS_OWN))
    busy = desk.somebody(Role.OFFICER, name="Kim Busy")
    given_to(desk, busy)
    report_id = desk.report()
    client = desk.client(Role.SENIOR)
    client.get(f"{desk.url}/reports/{report_id}")
    page = client.submit({"account_id": str(busy.account_id)}, form="/open", status=422)
    assert "at most 1 are set for one officer" in page.text
