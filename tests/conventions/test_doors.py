"""Every page says who may open it, and opens for nobody else."""

import importlib
import pkgutil
from collections.abc import Callable
from types import ModuleType
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

import portal
from portal.domain.permissions import Permission, Role, permissions_of
from portal.store.audit import AuditEntry, Fact
from portal.store.database import Database
from portal.store.scope import LandlordScope
from portal.systems.api import routes as api
from portal.web.access import MARK, Door, declared
from tests.client import PageClient
from tests.conventions.addresses import STATIC, addresses, behind_sign_in, filled_in
from tests.conventions.conftest import HERE, Neighbours

AT_THE_DESK_FOR_ANYONE = {
    "people.sign_in", "people.signing_in", "staff.first_password", "staff.choose_password",
    "proving.second_step", "proving.second_given", "proving.second_asked", "proving.passkey_asked",
    "proving.with_passkey", "proving.forgotten", "proving.forgotten_asked",
    "proving.organisations", "proving.there", "proving.back",
}  # fmt: skip
"""Before anybody is known: the two steps of signing in, a first or forgotten password, and the way to and from the
sign-in of an organisation."""
SIGN_IN = "/desk/sign-in"
CHECKED_IN_THE_VIEW = {
    # a page shows or does more for whoever holds these, and opens without them
    Permission.STAFF_ROUTE_READ: "who sees reports about colleagues",
    Permission.CONTACT_OVERRIDE: "who may contact against the record of safe contact",
    Permission.WISH_OVERRIDE: "who may decide a step without their wish",
    Permission.WORKLIST_READ: "my work is one page over all landlords",
    Permission.HOME_DECIDE: "who decides as a manager about a home, or charges somebody",
}


def modules() -> list[ModuleType]:
    """Every module with pages in it."""
    names = [each.name for each in pkgutil.walk_packages(portal.__path__, "portal.")]
    return [importlib.import_module(name) for name in names if "routes" in name or name.endswith("_pages")]


def test_every_page_declares_who_may_open_it(app: Flask) -> None:
    views = {name: view for name, view in app.view_functions.items() if name != STATIC}
    assert not [name for name, view in views.items() if declared(view) is None]


def test_no_view_declares_access_without_having_an_address(app: Flask) -> None:
    reached = {view.__qualname__ for view in app.view_functions.values()}
    for module in modules():
        for name, view in vars(module).items():
            if getattr(view, "__module__", "") == module.__name__ and hasattr(view, MARK):
                assert view.__qualname__ in reached, f"{module.__name__}.{name}"


def test_a_page_of_one_landlord_asks_for_a_permission_at_that_landlord(app: Flask) -> None:
    everywhere = list(addresses(app))
    assert {each.endpoint for each in everywhere} >= AT_THE_DESK_FOR_ANYONE, "a page that is not there any more"
    for address in everywhere:
        desk = address.rule.rule.startswith("/desk")
        door = address.access.door
        if address.rule.rule.startswith("/api/"):
            assert door is Door.SYSTEM, str(address)
        elif not desk or address.endpoint in AT_THE_DESK_FOR_ANYONE:
            assert door is Door.ANYONE, str(address)
        elif address.of_a_landlord:
            assert door is Door.HERE, str(address)
        else:
            assert door in {Door.SIGNED_IN, Door.ANYWHERE, Door.AGENCY, Door.OPERATOR}, str(address)


def test_public_pages_stand_under_their_landlord(app: Flask) -> None:
    outside = {
        each.rule.rule
        for each in addresses(app)
        if each.access.door is Door.ANYONE and not each.of_a_landlord
    }
    entrance = (f"{SIGN_IN}/", "/desk/first-password", "/desk/organisation")
    at_the_desk = {each for each in outside if each.startswith(entrance)}
    assert outside - at_the_desk == {"/", "/leave", SIGN_IN}, "the choice of landlords, the way out, the staff’s door"


def test_nothing_is_changed_by_following_a_link(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != STATIC:
            assert set(rule.methods or ()) <= {"GET", "HEAD", "OPTIONS", "POST"}, rule.rule
    assert not app.extensions["csrf"]._exempt_views
    assert app.extensions["csrf"]._exempt_blueprints == {api.pages}, "no cookie is read there"


def test_who_is_not_signed_in_is_sent_to_sign_in(unguarded: Flask, neighbours: Neighbours) -> None:
    client = unguarded.test_client()
    for address in behind_sign_in(unguarded):
        answer = client.open(filled_in(unguarded, address, HERE, neighbours.here), method=address.method)
        assert answer.status_code == 303, str(address)
        assert answer.headers["Location"].startswith(SIGN_IN), str(address)


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.SUPPORT])
def test_who_lacks_the_permission_is_refused(
    unguarded: Flask, neighbours: Neighbours, as_role: Callable[..., PageClient], role: Role
) -> None:
    """A page is refused; a record, which has an id in its address, is not found.

    Support is nobody's role for long: tests/operators/test_operators.py asks as somebody who was let in.
    """
    client = as_role(role).http
    held = permissions_of(frozenset({role}))
    for address in behind_sign_in(unguarded):
        if address.access.permission and address.access.permission not in held:
            answer = client.open(filled_in(unguarded, address, HERE, neighbours.here), method=address.method)
            told = 404 if address.rule.arguments - {"landlord"} else 403
            assert answer.status_code == told, f"{role} at {address}"


@pytest.mark.clause("WHG-1.3b")
def test_a_colleague_without_the_role_finds_nothing_and_each_view_is_written_down(
    as_role: Callable[..., PageClient], neighbours: Neighbours, database: Database, landlords: dict[str, UUID]
) -> None:
    case_id = neighbours.here["case_id"]
    viewed = select(func.count()).where(AuditEntry.subject_id == case_id, AuditEntry.fact == Fact.CASE_READ)

    def views() -> int:
        with database.work(LandlordScope(landlords[HERE])) as session:
            return session.scalar(viewed) or 0

    before = views()
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        assert as_role(role).http.get(f"/desk/{HERE}/cases/{case_id}").status_code == 404
    assert views() == before
    client = as_role(Role.OFFICER).http
    for _ in range(2):
        assert client.get(f"/desk/{HERE}/cases/{case_id}").status_code == 200
    assert views() == before + 2


def test_every_permission_opens_something(app: Flask) -> None:
    asked = {each.access.permission for each in addresses(app)}
    assert set(Permission) - asked == set(CHECKED_IN_THE_VIEW)


def test_an_administrator_opens_no_case() -> None:
    held = permissions_of(frozenset({Role.ADMINISTRATOR}))
    assert not {each for each in held if each.value.startswith(("case.", "report.", "contact.", "worklist."))}
