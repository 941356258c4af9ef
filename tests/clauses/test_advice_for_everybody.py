"""Advice follows each assessment, below the line of the conference and above it; and no advice is a price for help."""

import pytest
from flask import Flask

from portal.cases.stages import close
from portal.domain.lifecycle import CaseStage, CloseReason, ReportState
from portal.domain.permissions import Role
from portal.store.database import Database
from tests.cases.assessments.rounds import assessed, train
from tests.client import PageClient
from tests.conftest import Clock
from tests.desk import MONDAY, Desk, a_desk, london

ADVICE = "Offer other help"


def task_page(client: PageClient, desk: Desk, case_id: object) -> str:
    return client.get(f"{desk.url}/cases/{case_id}/tasks").text


@pytest.mark.clause("HAV-4.10a")
@pytest.mark.parametrize("count", [5, 20])
def test_below_the_line_and_above_it_advice_is_a_task_that_is_done_or_declined(
    app: Flask, database: Database, clock: Clock, count: int
) -> None:
    desk = a_desk(app, database, clock, "havebury")
    case_id, who = desk.case(), desk.somebody(Role.OFFICER)
    assessed(desk, case_id, train(desk, who), yes=count)
    client = desk.client(who=who)
    open_tasks = task_page(client, desk, case_id).partition("Add a task")[0]
    assert ADVICE in open_tasks
    assert "Information, advice and details of agencies" in open_tasks
    assert "HS-026 4.10" in open_tasks
    row = client.page.html.partition(ADVICE)[2]
    client.get(row.partition('class="do" href="')[2].partition('"')[0])
    assert ADVICE in client.page.text
    assert "Choose" in client.submit({}, form="/end", status=422).text
    client.submit({"ending": "not_needed", "words": "They want none of it now."}, form="/end")
    ended = task_page(client, desk, case_id)
    assert ADVICE not in ended.partition("Add a task")[0]
    assert "They want none of it now." in ended


@pytest.mark.clause("WHG-2.8b")
def test_who_moved_against_advice_and_tells_again_is_helped_as_anybody_is(
    app: Flask, database: Database, clock: Clock
) -> None:
    desk = a_desk(app, database, clock, "whg")
    told = {"name": "Catherine Ashworth", "address": "12 Mill Lane, Walsall WS1 1AA"}
    case_id, who = desk.case(**told), desk.somebody(Role.OFFICER)
    with desk.place.work() as session:
        close(session, case_id, CloseReason.MOVED, "They gave the new address to him.", desk.place.actor(None), MONDAY)
    clock.at = london(9, 10)
    again = desk.report(london(9, 9), happening="He found me again.", **told)
    client = desk.client(who=who)
    page = client.get(f"{desk.url}/reports/{again}")
    assert "Open a case" in page.text
    assert "Add it to this case" in page.html
    page = client.submit({"account_id": str(who.account_id)}, form="/open")
    assert "A case has been opened." in page.text
    assert "He found me again." in page.text
    for names in (ReportState, CaseStage, CloseReason):
        assert not [each for each in names if "advice" in each.value or "refus" in each.value]
