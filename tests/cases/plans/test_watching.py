"""The action plan keeps watch: it says how, shows what happened since, and an action past its day does not rest."""

from datetime import timedelta
from functools import partial

import pytest

from portal.cases import service as cases
from portal.deadlines.jobs import send_reminders
from portal.domain.permissions import Role
from portal.messaging.words import Kind
from portal.referrals.matters import matters_of
from tests.cases.incidents.test_incidents import recorded
from tests.cases.plans.test_plans import AGREED, FORTNIGHT, JUNE, Plans
from tests.desk import Desk, DeskAt

go = partial(send_reminders, matters=matters_of)


@pytest.mark.clause("HAV-4.6b")
def test_an_action_past_its_day_reminds_its_owner_then_climbs_and_is_silent_once_done(desk: Desk) -> None:
    plans = Plans(desk)
    officer, senior = desk.somebody(Role.OFFICER), desk.somebody(Role.SENIOR)
    with desk.place.work() as session:
        actor = desk.place.actor(officer.account_id)
        cases.assign(session, plans.case_id, officer.account_id, officer.name, actor, JUNE, "")
    for what in ("Have the locks changed.", "Ask for a light."):
        plans.act(what=what, owner="landlord", day="2026-06-02")
    plans.write("action", part_watching="")
    page = plans.agree("action", FORTNIGHT, status=422)
    assert "Say in the plan how you keep watch on how things go" in page.text
    assert "HS-026 4.6" in page.text
    plans.write("action", part_watching="A call each week.")
    page = plans.agree("action", FORTNIGHT)
    assert "Keeping watch, since it was agreed" in page.text
    recorded(desk, plans.client, plans.case_id, day="2026-05-31")
    done = next(each for each in plans.client.get(f"{plans.url}/action").links if each.endswith("/end"))
    plans.client.get(done)
    plans.client.submit({"ending": "done", "words": "Both keys tried."}, form="/end")
    for hours in range(0, 72, 3):
        go(desk.place.work, JUNE + timedelta(hours=hours))
    told = [(each.account_id, Kind(each.kind)) for each in desk.place.messages() if str(plans.case_id) in each.link]
    assert told.count((officer.account_id, Kind.DUE_NOW)) == 1, "one action is late, and its owner hears once"
    assert (senior.account_id, Kind.OVERDUE) in told, "then it climbs"
    desk.clock.at = JUNE + timedelta(days=3)
    plans.client = desk.client(who=officer)
    page = plans.client.get(f"{plans.url}/action")
    assert "Actions past their day 1" in " ".join(page.text.split())
    before = len(desk.place.messages())
    plans.client.get(next(each for each in page.links if each.endswith("/end")))
    plans.client.submit({"ending": "done", "words": "It shines."}, form="/end")
    for hours in range(72, 240, 6):
        go(desk.place.work, JUNE + timedelta(hours=hours))
    late = [each for each in desk.place.messages()[before:] if Kind(each.kind) is not Kind.DUE_SOON]
    assert not late, "none after completion"


def test_where_no_clause_asks_for_it_a_plan_may_be_silent(desk_at: DeskAt) -> None:
    plans = Plans(desk_at("nph"))
    plans.write("action", part_aim="To stay.", part_watching="")
    assert "Version 1" in plans.agree("action", AGREED).text
