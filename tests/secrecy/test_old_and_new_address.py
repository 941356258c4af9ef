"""Two addresses of one person, told in canaries: no page, letter, file, mail or row ever holds both (whg 2.8)."""

import ast
import re
from collections import deque
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from portal.domain.eyes import Eyes
from portal.domain.permissions import Role
from portal.reactions import programme
from portal.store.database import Database
from tests.cases.tenancy_file.test_tenancy_file import asked, gathers, signs, token
from tests.cases.tenancy_file.test_tenancy_file import decides as decides_on
from tests.client import PageClient
from tests.conftest import ROOT, Clock
from tests.desk import MONDAY, Desk, a_desk
from tests.homes.at_home import asks, decides, orders
from tests.homes.test_board import answers
from tests.homes.test_flags import puts
from tests.homes.test_moves import agrees, offers, prepares
from tests.homes.test_settling import does as settles
from tests.homes.test_tenancy import holds
from tests.secrecy.canaries import Canaries
from tests.sharing_desk import Sharing, sharing_at

MOST = 400
ALONE = {"homes/new_home/shown.html", "homes/exchange/letter.html"}
"""The two pages on which a new address may ever stand: each alone, outside the frame of a case."""
REMIND = {"send-reminders", "send-digests", "remind-of-casework", "remind-them"}
"""The rounds that write to somebody about a case."""
TELLS = re.compile(r"\blines\b|said\.address")
NOT_FOLLOWED = ("sign-out", "/show", "static", "/leave")
"""What ends the session, writes, holds no word of anybody, or leads out of the portal."""


def told(desk: Desk, canaries: Canaries) -> tuple[Sharing, str, str]:
    """A case in which everything was done that puts an address anywhere, and a new one that is kept apart."""
    old, new = canaries.word(), canaries.word()
    at = sharing_at(desk, name="Wren Example", address=f"1 {old} Street, Bury")
    case_id, officer = at.case_id, at.officer
    asks(desk, officer, case_id, "other")
    decides(desk, officer, case_id)
    orders(desk, officer, case_id, where=f"1 {old} Street, Bury")
    answers(desk, officer, case_id, wish="move", home="not_safe", asks_for_security="no")
    holds(desk, officer, case_id, held="joint", tenure="assured")
    puts(desk, officer, case_id, where=f"1 {old} Street, Bury")
    prepares(desk, officer, case_id)
    agrees(desk, officer, case_id)
    offers(desk, officer, case_id)
    plan = {"kind": "both", "answer": "offered", "words": "By call."}
    settles(desk, officer, case_id, "rent", **plan)
    officer.get(f"{desk.case_url(case_id)}/new-home/keep")
    officer.submit({"lines": f"2 {new} Row\n{new} Town"}, form="/keep")
    puts(desk, officer, case_id, about="survivor", wording="vulnerable", where=f"1 {old} Street, Bury")
    officer.get(f"{desk.case_url(case_id)}/flags/after-a-move")
    officer.submit({"told": "The planner."}, form="/after-a-move")
    return at, old, new


def crawled(client: PageClient, start: list[str], within: str) -> dict[str, bytes]:
    """Everything that can be reached by links from here, by its address."""
    waiting, seen = deque(start), {}
    while waiting and len(seen) < MOST:
        url = waiting.popleft().partition("#")[0]
        if url in seen or any(each in url for each in NOT_FOLLOWED) or not url.startswith(("/desk", within)):
            continue
        answer = client.http.get(url, follow_redirects=True)
        seen[url] = answer.get_data()
        if answer.mimetype == "text/html":
            links = re.findall(r'href="([^"]+)"', answer.get_data(as_text=True))
            waiting.extend(each.replace("&amp;", "&") for each in links if each not in seen)
    return seen


@pytest.fixture
def desk(app: Flask, database: Database, clock: Clock) -> Desk:
    return a_desk(app, database, clock, "havebury")


@pytest.mark.invariant(3)
@pytest.mark.clause("HAV-4.13b")
def test_whoever_wants_to_move_is_told_what_helps_and_no_page_or_file_holds_both_addresses(
    desk: Desk,
) -> None:
    canaries = Canaries()
    at, old, new = told(desk, canaries)
    waits = at.officer.get(f"{at.url}/tasks").text
    assert "They want to move. Tell them, in a safe way, what helps:" in waits
    at.officer.get(f"{at.url}/options/step")
    said = {"option": "council", "step": "explained", "words": "The council’s housing team."}
    at.officer.submit(said, form="/step")
    to_do, _, ended = at.officer.get(f"{at.url}/tasks").text.partition("Tasks to do")[2].partition(" Ended ")
    assert "They want to move." not in to_do
    assert "They want to move." in ended
    assert "The council’s housing team." in at.officer.get(f"{at.url}/options").text, "and that is logged"
    at.consent("Women's Aid", "support", "person", "address", "household")
    at.share_on("person", "address", "household")
    at.leave()
    found = crawled(at.officer, [at.url, "/desk/"], f"/{desk.place.slug}/")
    assert len(found) > 100
    with_old = {url for url, shown in found.items() if canaries.found_in(shown) == {old}}
    assert len(with_old) > 5, "the walk has met the old one"
    assert not {url for url, shown in found.items() if new in canaries.found_in(shown)}
    left = [each for each in found if each.endswith("/file") or "/document" in each]
    assert left, "what left the portal was walked over too"


@pytest.mark.invariant(3)
def test_no_mail_that_is_written_about_a_case_holds_either_of_them(desk: Desk) -> None:
    """Of what a mail is made of: a quarter of a year later, when everything has been reminded of."""
    canaries = Canaries()
    told(desk, canaries)
    desk.somebody(Role.MANAGER)
    rounds = programme(desk.app.extensions["portal"].settings).rounds
    for each in rounds:
        if each.name in REMIND:
            each.does(desk.place.work, MONDAY + timedelta(days=90))
    messages = desk.place.messages()
    assert len({message.kind for message in messages}) > 1, "mails were written"
    for message in messages:
        assert not canaries.found_in(str([getattr(message, each.name) for each in message.__table__.c]))


@pytest.mark.invariant(3)
def test_what_a_contractor_and_a_joint_tenant_are_given_and_what_a_manager_can_walk_to_never_holds_a_new_one(
    desk: Desk,
) -> None:
    canaries = Canaries()
    at, old, new = told(desk, canaries)
    page = at.officer.get(f"{at.url}/home")
    at.officer.get(next(each for each in page.links if "/jobs/" in each))
    link = at.officer.submit({}, form="/link")
    job = re.search(rf"/{desk.place.slug}/job/[\w-]+", link.html)
    assert job
    request = asked(at.officer, desk, at.case_id)
    gathers(at.officer, request, f"Tenant of 1 {old} Street", "agreement")
    decides_on(at.officer, whose="theirs", tells="no", giving="released")
    at.officer.submit({"first-sure": "y"}, form="/first")
    signs(desk.client(Role.SENIOR), request)
    at.officer.get(request)
    given = [
        at.officer.http.post(f"{request}/file", data=token(at.officer) | {"as": each}).get_data()
        for each in ("words", "paper")
    ]
    assert all(canaries.found_in(each) == {old} for each in given), "the lease is given, in words and as a PDF"
    read_as = [at.officer.get(f"{request}/as?who={each}").html for each in Eyes]
    for shown in (PageClient(desk.app).get(job[0]).html, *read_as, at.officer.get(at.url).html):
        assert new not in canaries.found_in(shown)
    found = crawled(desk.client(Role.MANAGER), [at.url, "/desk/", f"{desk.url}/figures"], f"/{desk.place.slug}/")
    assert any(old in canaries.found_in(shown) for shown in found.values()), "a manager’s walk has met the old one"
    assert not {url for url, shown in found.items() if new in canaries.found_in(shown)}


@pytest.mark.invariant(3)
def test_only_two_templates_can_show_a_new_address_and_neither_stands_in_a_case() -> None:
    """Every template is read: what could hold a new address extends no case, and names nothing of one."""
    templates = ROOT / "templates"
    for path in sorted(templates.rglob("*.html")):
        name, text = str(path.relative_to(templates)), path.read_text(encoding="utf-8")
        if name in ALONE:
            assert "layouts/case.html" not in text
            assert not re.search(r"\bstory\b|\bcase\.", text), name
        elif name.startswith("homes/new_home/"):
            assert not re.search(r"{{[^}]*\blines\b(?!\))", text.replace("form.lines", "")), name


@pytest.mark.invariant(3)
def test_the_seal_of_a_new_address_is_opened_in_one_place_alone() -> None:
    """Every module is read: nothing but the service of new addresses knows the table, or opens what it holds."""
    knows = set()
    for path in sorted((ROOT / "portal").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "portal.homes.new_home.models":
                knows.add(str(path.relative_to(ROOT / "portal")))
            if (
                (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "show"
                )
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "service"
            ):
                assert path.is_relative_to(ROOT / "portal/homes/new_home"), path
    assert knows == {f"homes/new_home/{each}.py" for each in ("queries", "service", "unspoken")} | {"every_table.py"}


def test_both_together_are_heard_by_the_walk(desk: Desk) -> None:
    """The walk itself is tried: a page that held both would be found."""
    canaries = Canaries()
    at, old, new = told(desk, canaries)
    both = at.officer.http.get(at.url).get_data() + f"{old} {new}".encode()
    assert canaries.found_in(both) == {old, new}
    assert isinstance(at.case_id, UUID)
