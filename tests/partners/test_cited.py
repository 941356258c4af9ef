"""Joint work with the council: a referral for somewhere to stay cites the agreement under which it is made."""

import pytest
from flask import Flask

from portal.domain.permissions import Role
from portal.domain.sharing import RecipientKind
from portal.store.database import Database
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, DeskAt
from tests.homes.test_board import answers
from tests.partners_at_hand import an_agency, an_agreement

REFERRED = {
    "option": "temporary", "step": "asked", "body": "The council’s duty team", "reference": "HO 1",
    "words": "A room for tonight.",
}  # fmt: skip


def step(desk: Desk, case_url: str, status: int = 200, **said: str) -> str:
    officer = desk.client(Role.OFFICER)
    officer.get(f"{case_url}/options/step")
    return officer.submit(REFERRED | said, form="/options/step", status=status).text


@pytest.mark.clause("NPH-CIA-34")
def test_a_referral_for_temporary_accommodation_cites_the_agreement_with_the_council(
    desk_at: DeskAt, app: Flask, database: Database, clock: Clock
) -> None:
    desk = desk_at("nph")
    council, name = an_agency(database, RecipientKind.COUNCIL)
    an_agreement(database, desk.place.id, council, MONDAY)
    case_id = desk.case()
    answers(desk, desk.client(Role.OFFICER), case_id, home="not_safe")
    url = desk.case_url(case_id)
    cited = f"{name}, since Monday 5 January 2026, to be reviewed by Friday 21 August 2026"
    assert "Choose an agreement that stands." in step(desk, url, status=422, agreement="Another one")
    assert f"Under the agreement with {cited}." in step(desk, url, agreement=cited)
    manager = desk.client(Role.MANAGER)
    page = manager.get(f"{desk.url}/agencies")
    manager.get(next(each for each in page.links if each.startswith(f"{desk.url}/agencies/") and "new" not in each))
    manager.get(f"{manager.url}/change")
    without = manager.submit({"review_on": ""}, form="/change", status=422)
    assert "review" in without.text, "none stands without a day on which it is reviewed: that is told at once"
    clock.at = MONDAY.replace(month=9)
    assert "overdue" in desk.client(Role.MANAGER).get(f"{desk.url}/agencies").text.lower()


def test_another_landlords_agreement_is_cited_by_nobody_here(
    desk_at: DeskAt, database: Database
) -> None:
    here, there = desk_at("nph"), desk_at("star")
    council, name = an_agency(database, RecipientKind.COUNCIL)
    an_agreement(database, there.place.id, council, MONDAY)
    officer = here.client(Role.OFFICER)
    assert name not in officer.get(f"{here.case_url(here.case())}/options/step").html
