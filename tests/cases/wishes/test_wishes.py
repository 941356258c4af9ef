"""No step without their wish on record; whoever decides otherwise answers for it by name."""

import pytest
from sqlalchemy import select

from portal.domain.permissions import Role
from portal.store.audit import AuditEntry, Fact
from tests.client import PageClient
from tests.desk import MONDAY, DeskAt, london

STEP = {"about": "police", "what": "Rang the police about the car.", "day": "2026-02-02", "time": "10:00"}
NO = {"about": "police", "wants": "no", "words": "“Not the police.”", "how": "telephone", "day": "2026-02-02",
      "time": "09:00"}  # fmt: skip


def wished(client: PageClient, url: str, **said: str) -> None:
    client.get(f"{url}/wishes/new")
    client.submit(NO | said, form="/wishes/new")


@pytest.mark.clause("AG013-OBJ-6b", "HAV-5.3")
@pytest.mark.parametrize("like", ["dales", "havebury"])
def test_the_police_are_not_told_without_their_wish_unless_somebody_answers_for_it(
    desk_at: DeskAt, like: str
) -> None:
    desk = desk_at(like)
    case_id = desk.case()
    url, client = desk.case_url(case_id), desk.client(Role.OFFICER)
    client.get(f"{url}/wishes/step")
    page = client.submit(STEP, form="/wishes/step", status=422)
    assert "Nobody has asked them about this." in page.text
    assert "a senior officer decides" in page.text
    client.post(f"{url}/wishes/step", STEP | {"why": "I think so."}, status=422)
    wished(client, url)
    client.get(f"{url}/wishes/step")
    page = client.submit(STEP, form="/wishes/step", status=422)
    assert "They have not said that they want this." in page.text
    senior = desk.client(who=desk.somebody(Role.SENIOR, name="Sam Senior"))
    senior.get(f"{url}/wishes/step")
    assert "If it cannot be left, write why" in senior.submit(STEP, form="/wishes/step", status=422).text
    page = senior.submit({"why": "A life is in danger."}, form="/wishes/step")
    assert "Without their wish, decided by Sam Senior: A life is in danger." in page.text
    with desk.place.work() as session:
        against = select(AuditEntry.detail, AuditEntry.permission).where(AuditEntry.fact == Fact.STEP_AGAINST_WISH)
        assert [tuple(row) for row in session.execute(against)] == [("police", "wish.override")]


def test_the_newest_answer_counts_and_the_older_one_stays(desk_at: DeskAt) -> None:
    desk = desk_at("dales")
    case_id = desk.case()
    url, client = desk.case_url(case_id), desk.client(Role.OFFICER)
    wished(client, url, about="temporary_home")
    wished(client, url, about="temporary_home", wants="yes", words="“For a week.”", time="09:30")
    client.get(f"{url}/wishes/step")
    page = client.submit(STEP | {"about": "temporary_home"}, form="/wishes/step")
    assert "“Not the police.”" in page.text
    assert "“For a week.”" in page.text
    assert "Without their wish" not in page.text


def test_nothing_is_recorded_before_it_has_happened(desk_at: DeskAt) -> None:
    desk = desk_at("star")
    case_id = desk.case()
    url, client = desk.case_url(case_id), desk.client(Role.OFFICER)
    client.get(f"{url}/wishes/new")
    page = client.submit(NO | {"day": "2026-02-03"}, form="/wishes/new", status=422)
    assert "They cannot have said it yet" in page.text
    assert "“Not the police.”" in page.html
    assert london(3, 9) > MONDAY
