"""Another landlord's record answers exactly as one that never was: same status, same words, same headers, same work.

Whoever lacks the permission is turned away at the door, which reads no id. So each address is asked by every role that
gets past its door, by one role that does not, and by nobody; test_doors.py sees every other role turned away.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import unified_diff
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.cases.anonymity.service import take_name_out
from portal.cases.models import Case
from portal.domain.permissions import Role, permissions_of
from portal.landlords.models import PolicyVersion
from portal.store.audit import PORTAL
from portal.store.database import Database
from portal.store.scope import LandlordScope
from portal.web.access import Door
from tests.client import PageClient
from tests.conftest import StaffMaker
from tests.conventions.addresses import Address, Ids, addresses, filled_in
from tests.conventions.conftest import HERE, THERE, Neighbours, statements, things_of

CHANGES_EACH_TIME = {"Date", "Set-Cookie", "Content-Length"}
KEPT_FOR_A_WHILE = re.compile(r"FROM landlord( WHERE|$)|FROM landlord_key|^UPDATE staff_session")
AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FORM = {
    "words": "x",
    "revision": "1",
    "whom": "person",
    "reason": "x",
    "channel": "call",
    "outcome": "no_answer",
    "day": "2026-03-04",
    "time": "10:00",
    "why": "x",
}
ROLES = [*Role, None]
ELSEWHERE = {
    "anonymity.identity": "havebury", "anonymity.name_out": "havebury", "options.panel": "nph", "panels.invite": "nph",
    "serious.note": "nph",
}  # fmt: skip
"""What the policy of the landlords here does not know, with a landlord whose policy does."""
FOR_ALL_LANDLORDS = {"exchange.offer"}
"""What stands between landlords names nobody and is there for each of them: tests/homes/test_exchange.py."""
OF_OTHERS = {Door.AGENCY, Door.OPERATOR}
"""Pages that no landlord's staff can open: tests/partners and tests/operators look at them with those who can."""
HER_OWN = {"notices.go", "panels.item"}
"""What only the person finds to whom it was sent: tests/people/test_notice_pages.py, tests/homes/test_panels.py."""
ONCE_ASKED_FOR = {
    "closing.decide": "there while a second person is waited for: tests/cases/closing/test_closing.py",
    "packs.paper": "there once somebody has had it made: tests/reports/test_packs.py",
    "tenancy.letter": "there once a verdict is given: tests/homes/test_register.py",
    "exports.file": "there for whoever asked, for a day: tests/reports/test_exports.py",
}
"""Pages that are there only while something waits for them, with the test that opens each."""


@dataclass(frozen=True)
class Answer:
    """Everything that somebody outside could compare."""

    status: int
    headers: tuple[tuple[str, str], ...]
    words: str
    work: tuple[str, ...]


def ask(app: Flask, client: FlaskClient, address: Address, landlord: str, ids: Ids, **how: object) -> Answer:
    """Ask for a page, and take out of the answer what differs by chance or was said by whoever asked."""
    url = filled_in(app, address, landlord, ids)
    with statements(app) as sent:
        got = client.open(url, method=address.method, **how)
    same = said_by_us(landlord, ids, url)
    headers = sorted((k, same(v)) for k, v in got.headers.items() if k not in CHANGES_EACH_TIME)
    work = tuple(sql for sql in sent if not KEPT_FOR_A_WHILE.search(sql))
    return Answer(got.status_code, tuple(headers), same(got.get_data().decode(errors="replace")), work)


def said_by_us(landlord: str, ids: Ids, url: str) -> Callable[[str], str]:
    said = {str(each) for each in ids.by_name.values()}

    def same(words: str) -> str:
        words = AN_ID.sub(lambda found: "…" if found[0] in said else found[0], words.replace(url, "…"))
        words = words.replace(f"/{landlord}/", "…")
        words = re.sub(r'nonce[-=]"?[\w-]+', "nonce", words)
        words = re.sub(r"\d\d:\d\d(?=\. Not safe)", "", words)  # a minute may pass between the two
        return re.sub(r'name="csrf_token"[^>]*', "", words)

    return same


def differ(one: Answer, other: Answer) -> str:
    """Where two answers differ, for whoever has to find out why."""
    pairs = ((one.words.splitlines(), other.words.splitlines()), (one.work, other.work))
    return "\n".join(line for pair in pairs for line in unified_diff(*pair, lineterm="", n=1))


def with_ids(app: Flask) -> list[Address]:
    return [each for each in addresses(app) if each.ids and each.endpoint not in FOR_ALL_LANDLORDS]


def opens(role: Role | None, address: Address) -> bool:
    """Does this role get past the door of the page?"""
    asked = address.access.permission
    return asked is None or (role is not None and asked in permissions_of(frozenset({role})))


def asks(role: Role | None, among: Iterable[Address]) -> Iterator[tuple[Address, dict[str, object]]]:
    """What a role asks for: pages, and forms both empty and filled in; at one door that stays shut, once."""
    for address in among:
        shut = next((each for each in Role if not opens(each, address)), None)
        if role is None or role is shut or opens(role, address):
            yield address, {"data": FORM} if address.method == "POST" else {}
            if address.method == "POST" and opens(role, address):
                yield address, {"data": {}}


@pytest.mark.invariant(1)
@pytest.mark.parametrize("role", ROLES)
def test_another_landlords_id_answers_as_one_that_never_was(
    unguarded: Flask, neighbours: Neighbours, as_role: Callable[..., PageClient], role: Role | None
) -> None:
    client = as_role(*[role] if role else []).http
    for address, how in asks(role, with_ids(unguarded)):
        missing = Ids.never_been(address.ids)
        theirs = ask(unguarded, client, address, HERE, neighbours.there, **how)
        never = ask(unguarded, client, address, HERE, missing, **how)
        assert theirs == never, f"{role} at {address}: {differ(theirs, never)}"
        assert theirs.status in {303, 403, 404}, f"{role} at {address}: {theirs.status}"


@pytest.mark.parametrize("role", Role)
def test_a_restricted_case_answers_as_one_that_never_was_to_all_who_are_not_named(
    unguarded: Flask, neighbours: Neighbours, as_role: Callable[..., PageClient], role: Role
) -> None:
    """Even to a manager: whoever is not named is a stranger to it, and it is no oracle."""
    client = as_role(role).http
    of_a_case = [each for each in with_ids(unguarded) if "case_id" in each.ids and "report_id" not in each.ids]
    for address, how in asks(role, of_a_case):
        theirs = ask(unguarded, client, address, HERE, neighbours.restricted, **how)
        never = ask(unguarded, client, address, HERE, Ids.never_been(address.ids), **how)
        assert theirs == never, f"{role} at {address}: {differ(theirs, never)}"
        assert theirs.status == 404, f"{role} at {address}: {theirs.status}"


@pytest.mark.invariant(1)
@pytest.mark.parametrize("role", Role)
def test_one_foreign_id_among_own_ones_answers_as_one_that_never_was(
    unguarded: Flask, neighbours: Neighbours, as_role: Callable[..., PageClient], role: Role
) -> None:
    client = as_role(role).http
    for address, how in asks(role, [each for each in with_ids(unguarded) if len(each.ids) > 1]):
        if address.method == "POST" and not how["data"]:
            continue  # the forms that are filled in get further
        for name in sorted(address.ids):
            never = Ids.never_been({name})[name]
            theirs = ask(
                unguarded, client, address, HERE, neighbours.here.but(name, neighbours.there[name]), **how
            )
            missing = ask(unguarded, client, address, HERE, neighbours.here.but(name, never), **how)
            assert theirs == missing, f"{role} at {address}, {name}: {differ(theirs, missing)}"
            assert theirs.status in {403, 404}, f"{role} at {address}, {name}"


@pytest.mark.invariant(1)
@pytest.mark.parametrize("roles", [tuple(Role), *((role,) for role in Role)], ids="+".join)
def test_another_landlords_desk_answers_as_one_that_never_was(
    unguarded: Flask, neighbours: Neighbours, as_role: Callable[..., PageClient], roles: tuple[Role, ...]
) -> None:
    """Every address, for whoever may do everything here; for each role by itself, one address of each permission."""
    client = as_role(*roles).http
    at_desks = [each for each in addresses(unguarded) if each.of_a_landlord and each.rule.rule.startswith("/desk")]
    of_each_kind = {(each.access, each.method): each for each in at_desks}.values()
    for address in at_desks if len(roles) > 1 else of_each_kind:
        how = {"data": FORM} if address.method == "POST" else {}
        theirs = ask(unguarded, client, address, THERE, neighbours.there, **how)
        never = ask(unguarded, client, address, "no-such-landlord", neighbours.there, **how)
        assert theirs == never, f"{roles} at {address}: {differ(theirs, never)}"
        assert theirs.status == 404, f"{roles} at {address}"


@pytest.mark.clause("AG013-REF-1")
def test_two_landlords_of_a_group_share_a_policy_and_no_case(
    as_role: Callable[..., PageClient], neighbours: Neighbours, database: Database, landlords: dict[str, UUID]
) -> None:
    cited = (
        select(PolicyVersion.reference)
        .join(Case, Case.policy_version_id == PolicyVersion.id)
        .where(Case.id.in_([neighbours.here["case_id"], neighbours.there["case_id"]]))
    )
    for slug in (HERE, THERE):
        with database.work(LandlordScope(landlords[slug])) as session:
            assert session.scalars(cited).all() == ["AG/013"]
    client = as_role(Role.OFFICER).http
    opened = [(HERE, neighbours.here), (HERE, neighbours.there), (THERE, neighbours.there)]
    answers = [client.get(f"/desk/{desk}/cases/{ids['case_id']}").status_code for desk, ids in opened]
    assert answers == [200, 404, 404]


def test_own_ids_are_found(
    unguarded: Flask, neighbours: Neighbours, as_role: Callable[..., PageClient]
) -> None:
    """Otherwise the tests above would prove nothing."""
    client = as_role(*Role).http
    found = {
        each.endpoint
        for each in with_ids(unguarded)
        if each.method == "GET" and ask(unguarded, client, each, HERE, neighbours.here).status == 200
    }
    ours = (each for each in with_ids(unguarded) if each.access.door not in OF_OTHERS)
    wanted = {each.endpoint for each in ours if each.method == "GET"}
    assert wanted - found == ELSEWHERE.keys() | ONCE_ASKED_FOR.keys() | HER_OWN


@pytest.mark.parametrize(("endpoint", "slug"), ELSEWHERE.items())
def test_what_only_another_policy_opens_is_found_there_and_by_no_stranger(
    unguarded: Flask,
    neighbours: Neighbours,
    database: Database,
    landlords: dict[str, UUID],
    staff: StaffMaker,
    endpoint: str,
    slug: str,
) -> None:
    own = things_of(database, landlords[slug], staff(**{slug: [Role.OFFICER]}).email)
    with database.work(LandlordScope(landlords[slug])) as session:
        if endpoint.startswith("anonymity."):
            take_name_out(session, own["case_id"], "x", PORTAL, datetime.now(UTC))
    client = PageClient(unguarded)
    client.sign_in(staff(**{slug: list(Role)}))
    for address in with_ids(unguarded):
        if address.endpoint == endpoint and address.method == "GET":
            never = ask(unguarded, client.http, address, slug, Ids.never_been(address.ids))
            assert ask(unguarded, client.http, address, slug, own).status == 200
            assert ask(unguarded, client.http, address, slug, neighbours.there) == never
            assert never.status == 404
