"""Where somebody went is a secret of its own: two canaries walk through everything, and never meet."""

import re
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, select

from portal.domain.permissions import Role
from portal.every_table import metadata
from portal.homes.new_home.models import NewHome
from portal.store.audit import AuditEntry, Fact
from portal.store.record_keys import ErasedError, box_of, destroy
from portal.store.scope import LandlordScope
from tests.client import Page, PageClient
from tests.conftest import Staff
from tests.desk import Desk
from tests.homes.at_home import asks, breaks, decides, manager, orders
from tests.secrecy.canaries import Canaries

PORTAL = Path(__file__).resolve().parents[2] / "portal"
KNOWS = {
    "portal/every_table.py",
    "portal/app.py",
    "portal/demo/settled.py",
    "portal/systems/jobs/queries.py",
}
"""What outside its own folder may name the secret: the tables, the pages, the demonstration that keeps one, and the
jobs of other systems, which leave such cases out."""


def url(desk: Desk, case_id: UUID) -> str:
    return f"{desk.case_url(case_id)}/new-home"


def keeps(desk: Desk, client: PageClient, case_id: UUID, lines: str, status: int = 200, **said: str) -> None:
    client.get(f"{url(desk, case_id)}/keep")
    client.submit({"lines": lines} | said, form="/keep", status=status)


def token(page: Page) -> dict[str, str]:
    """What an open page proves itself with."""
    return {"csrf_token": next(form["fields"]["csrf_token"] for form in page.forms if form["method"] == "post")}


def pages_of_a_case(app: Flask, desk: Desk, case_id: UUID) -> list[str]:
    """Every page that needs nothing but the case or the desk to be opened."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        if (
            "GET" in (rule.methods or ())
            and rule.rule.startswith("/desk")
            and rule.arguments <= {"landlord", "case_id"}
        ):
            known = {"landlord": desk.place.slug, "case_id": case_id}
            found.append(adapter.build(rule.endpoint, {name: known[name] for name in rule.arguments}))
    return sorted(found)


def everything_kept(desk: Desk) -> list[bytes]:
    """Every value that stands in any row of this landlord, as bytes."""
    found: list[bytes] = []
    with desk.place.work() as session:
        for table in metadata.sorted_tables:
            if "landlord_id" in table.c and table.name != "landlord_key":
                rows = session.execute(select(table).where(table.c.landlord_id == desk.place.id))
                for row in rows:
                    found += [each if isinstance(each, bytes) else str(each).encode() for each in row]
    return found


@pytest.mark.invariant(3)
def test_the_new_address_stands_on_no_page_that_a_case_has_and_never_with_the_old_one(
    app: Flask, desk: Desk
) -> None:
    canaries = Canaries()
    old, new, named = canaries.word(), canaries.word(), canaries.word()
    case_id = desk.case(name=named, address=f"1 {old} Street")
    who = desk.somebody(Role.MANAGER)
    client = desk.client(who=who)
    asks(desk, client, case_id, "other")
    decides(desk, client, case_id)
    orders(desk, client, case_id, where=f"1 {old} Street")
    breaks(desk, client, case_id)
    keeps(desk, client, case_id, f"2 {new} Row\n{new} Town")
    old_seen = 0
    pages = pages_of_a_case(app, desk, case_id)
    assert len(pages) > 40
    for path in pages:
        answer = client.http.get(path, follow_redirects=True)
        html = answer.get_data(as_text=True)
        assert new.lower() not in html.lower(), path
        old_seen += old.lower() in html.lower()
    assert old_seen, "the old one is on some page, so that the walk would have met both"
    client.get(url(desk, case_id))
    shown = client.submit(form="/show")
    assert f"2 {new} Row" in shown.text
    for apart in (old, named):
        assert apart.lower() not in shown.html.lower()
    assert canaries.found_in(*everything_kept(desk)) == set(), "nor does it lie in plain in any row"


@pytest.mark.parametrize("part", ["first", "whole"])
def test_no_search_finds_anybody_by_a_new_address(desk: Desk, part: str) -> None:
    case_id = desk.case(name="Alex Example")
    client = desk.client(Role.OFFICER)
    keeps(desk, client, case_id, "14 Quillwort Row, Zedham")
    client.get("/desk/search")
    page = client.submit(
        {"words": "Quillwort" if part == "first" else "14 Quillwort Row, Zedham"}, form="/search"
    )
    assert "Alex Example" not in page.text


def test_nothing_outside_its_own_folder_knows_the_secret() -> None:
    for path in PORTAL.rglob("*.py"):
        name = path.relative_to(PORTAL.parent).as_posix()
        if not name.startswith("portal/homes/new_home/") and name not in KNOWS:
            text = path.read_text(encoding="utf-8")
            if name.startswith(("portal/homes/flags/", "portal/homes/securing/")):
                text = text.replace("portal.homes.new_home.unspoken", "")  # hashes, and yes or no
            assert not re.search(r"homes\.new_home|\bNewHome\b", text), name


def test_only_who_is_named_opens_it_and_the_database_itself_shows_it_to_nobody_else(desk: Desk) -> None:
    case_id = desk.case()
    keeper, other = desk.somebody(Role.OFFICER, name="Kim Keeper"), desk.somebody(Role.MANAGER)
    keeps(desk, desk.client(who=keeper), case_id, "2 Example Row")
    stranger = desk.client(who=other)
    page = stranger.get(url(desk, case_id))
    assert "You are not named for it." in page.text
    assert "Kim Keeper" in page.text
    assert not [each for each in page.forms if each["action"].endswith("/show")]
    assert "You are not named for it." in stranger.get(f"{url(desk, case_id)}/keep").text, (
        "it is not written over"
    )
    token = stranger.get(desk.case_url(case_id)).forms[0]["fields"]["csrf_token"][0]
    assert stranger.http.post(f"{url(desk, case_id)}/show", data={"csrf_token": token}).status_code == 404
    for who, rows in ((keeper, 1), (other, 0)):
        assert seen_by(desk, who) == rows


def seen_by(desk: Desk, who: Staff) -> int:
    with desk.database.work(LandlordScope(desk.place.id, True, who.account_id)) as session:
        return len(session.scalars(select(NewHome)).all())


def test_a_reader_names_others_and_ends_it_and_somebody_always_can_open_it(desk: Desk) -> None:
    case_id = desk.case()
    keeper, other = desk.somebody(Role.OFFICER), desk.somebody(Role.OFFICER, name="Noor Named")
    client = desk.client(who=keeper)
    keeps(desk, client, case_id, "2 Example Row")
    client.get(f"{url(desk, case_id)}/name")
    client.submit({"account_id": str(other.account_id)}, form="/name", status=422)
    client.get(f"{url(desk, case_id)}/name")
    page = client.submit({"account_id": str(other.account_id), "words": "Helps with the keys."}, form="/name")
    assert "Noor Named" in page.text
    assert seen_by(desk, other) == 1
    ends = [each["action"] for each in page.forms if each["action"].endswith("/end")]
    page = client.submit(form=ends[1])
    assert seen_by(desk, other) == 0
    assert not [each for each in page.forms if each["action"].endswith("/end")], "the last one stays"
    token = page.forms[0]["fields"]["csrf_token"][0]
    client.http.post(ends[0], data={"csrf_token": token})
    assert seen_by(desk, keeper) == 1, "nor can it be ended by hand"


def test_a_manager_who_is_not_named_names_somebody_with_a_reason_that_is_audited(desk: Desk) -> None:
    case_id = desk.case()
    keeps(desk, desk.client(Role.OFFICER), case_id, "2 Example Row")
    stands_in = desk.somebody(Role.OFFICER)
    client = manager(desk)
    client.get(f"{url(desk, case_id)}/name")
    client.submit({"account_id": str(stands_in.account_id), "words": "The officer has left."}, form="/name")
    assert seen_by(desk, stands_in) == 1
    with desk.place.work() as session:
        told = session.scalars(select(AuditEntry).where(AuditEntry.fact == Fact.NEW_HOME_READER)).all()
    assert [each.permission for each in told if each.subject_id == case_id] == ["home.decide"]


def test_each_showing_is_written_down(desk: Desk) -> None:
    case_id = desk.case()
    client = desk.client(Role.OFFICER)
    keeps(desk, client, case_id, "2 Example Row")
    for _ in range(2):
        client.get(url(desk, case_id))
        client.submit(form="/show")
    with desk.place.work() as session:
        shown = session.scalars(select(AuditEntry.id).where(AuditEntry.fact == Fact.NEW_HOME_SHOWN)).all()
    assert len(shown) == 2


def test_it_may_be_known_only_from_the_day_that_they_say(desk: Desk) -> None:
    case_id = desk.case()
    client, other = desk.client(Role.OFFICER), desk.somebody(Role.OFFICER)
    keeps(desk, client, case_id, "2 Example Row", status=422, known_from="2026-02-03")
    keeps(desk, client, case_id, "2 Example Row", known_from="2999-02-03", words="After the hearing.")
    assert seen_by(desk, other) == 0
    with desk.place.work() as session:
        session.scalars(select(NewHome).where(NewHome.case_id == case_id)).one().known_from = date(2026, 2, 3)
    assert seen_by(desk, other) == 1


def test_its_key_is_its_own_and_goes_with_the_case(desk: Desk) -> None:
    case_id = desk.case()
    keeps(desk, desk.client(Role.OFFICER), case_id, "2 Example Row")
    with desk.place.work() as session:
        secret = session.scalars(select(NewHome).where(NewHome.case_id == case_id)).one()
        assert box_of(session, secret.id) is not box_of(session, case_id)
        destroy(session, [case_id])
        with pytest.raises(ErasedError):
            box_of(session, secret.id)
        session.rollback()


def test_two_who_write_it_at_once_are_told(desk: Desk) -> None:
    case_id = desk.case()
    keeper = desk.somebody(Role.OFFICER)
    one, other = desk.client(who=keeper), desk.client(who=keeper)
    for client in (one, other):
        client.get(f"{url(desk, case_id)}/keep")
    one.submit({"lines": "2 Example Row"}, form="/keep")
    late = other.submit({"lines": "3 Example Row"}, form="/keep", status=409)
    assert "3 Example Row" in late.html
    assert "2 Example Row" not in late.html


def test_the_secret_is_sealed(desk: Desk) -> None:
    assert isinstance(NewHome.__table__.c.sealed.type, LargeBinary)
    assert {each.name for each in NewHome.__table__.c} == {
        *(
            "landlord_id",
            "id",
            "case_id",
            "kept_at",
            "account_id",
            "actor",
            "known_from",
            "revision",
            "sealed",
        )
    }


def test_what_else_gives_an_address_away_is_gone_through_thing_by_thing_and_seen_by_those_who_are_named(
    desk: Desk,
) -> None:
    case_id, officer = desk.case(), desk.client(Role.OFFICER)
    assert "Post that is sent on" in officer.get(url(desk, case_id)).text, "to be read before there is one"
    keeps(desk, officer, case_id, "2 Canary Row")
    page = officer.get(url(desk, case_id))
    assert "They have not said that it may be known" in page.text
    page = officer.submit({"ticked": ["post", "voters", "nothing of the kind"]}, form="/gone-through")
    assert "It is kept what was gone through" in page.text
    assert page.html.count(" checked>") == 2
    first = page.html.partition('for="gives-post"')[2].partition("</label>")[0]
    assert "2 Feb" in first, "with the day and whoever asked"
    page = officer.submit({"ticked": ["post", "ours"]}, form="/gone-through")
    assert page.html.count(" checked>") == 2
    keeps(desk, officer, case_id, "2 Canary Row", known_from="2026-03-02", words="From March.")
    assert officer.get(url(desk, case_id)).html.count(" checked>") == 2, "it is the same home"
    keeps(desk, officer, case_id, "9 Canary Row")
    assert officer.get(url(desk, case_id)).html.count(" checked>") == 0, "another home is gone through anew"
    other = desk.client(Role.OFFICER)
    page = other.get(url(desk, case_id))
    assert "/gone-through" not in page.html
    assert other.http.post(f"{url(desk, case_id)}/gone-through", data=token(page)).status_code == 404
