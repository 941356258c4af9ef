"""Who may open which page, as data on the view: a page that does not say so is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import TypeVar

from flask import Flask, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.domain.agency_roles import AgencyPermission
from portal.domain.permissions import Permission
from portal.domain.systems import ApiScope
from portal.web import limits, systems
from portal.web.fragments import whole_again
from portal.web.landlord import current_landlord
from portal.web.principal import Principal, current_principal
from portal.web.problems import problem

View = TypeVar("View", bound=Callable[..., object])
MARK = "portal_access"
SIGN_IN = "people.sign_in"
ENROL = "proving.mine"
ORGANISATIONS = "proving.organisations"
WHILE_ENROLLING = frozenset(
    {
        ENROL, "people.sign_out", "proving.prove", "proving.proved", "proving.passkey_for_it",
        "proving.app_begun", "proving.app_page", "proving.app_confirmed",
        "proving.passkey_page", "proving.passkey_wanted", "proving.passkey_made",
    }
)  # fmt: skip
"""All that is open to whoever needs a second factor and has not set one up yet."""
OF_THE_ACCOUNT = frozenset(
    {
        "proving.app_begun", "proving.app_page", "proving.app_confirmed", "proving.app_removed", "proving.new_codes",
        "proving.passkey_page", "proving.passkey_wanted", "proving.passkey_made", "proving.passkey_removed",
        "proving.password",
    }
)  # fmt: skip
"""Ways into the account itself: whoever an organisation vouches for has proved nothing to the account."""


class Door(StrEnum):
    """How far in a page stands."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    ANYWHERE = "permission for at least one landlord"
    HERE = "permission for the landlord in the address"
    AGENCY = "permission at the agency that one works for"
    SYSTEM = "a token of one of the landlord’s own systems"
    OPERATOR = "whoever runs the portal, and works for no landlord"


@dataclass(frozen=True, slots=True)
class Access:
    """What a view has declared."""

    door: Door
    permission: Permission | AgencyPermission | ApiScope | None = None


def anyone(view: View) -> View:
    """A page for the public, or for signing in."""
    return _declare(view, Access(Door.ANYONE))


def signed_in(view: View) -> View:
    """A page for every member of staff, about herself."""
    return _declare(view, Access(Door.SIGNED_IN))


def needs(permission: Permission) -> Callable[[View], View]:
    """A page of one landlord, for those who hold this permission there."""
    return lambda view: _declare(view, Access(Door.HERE, permission))


def needs_anywhere(permission: Permission) -> Callable[[View], View]:
    """A page across landlords: the view asks only those for which the permission is held."""
    return lambda view: _declare(view, Access(Door.ANYWHERE, permission))


def needs_at_agency(permission: AgencyPermission) -> Callable[[View], View]:
    """A page of a partner agency, for those of its people who hold this permission there."""
    return lambda view: _declare(view, Access(Door.AGENCY, permission))


def needs_token(scope: ApiScope | None) -> Callable[[View], View]:
    """An address for one of the landlord's own systems, whose token has this scope; None for every token."""
    return lambda view: _declare(view, Access(Door.SYSTEM, scope))


def operators_only(view: View) -> View:
    """A page for whoever runs the portal: it shows landlords, and nothing of what is in them."""
    return _declare(view, Access(Door.OPERATOR))


def declared(view: object) -> Access | None:
    """What this view has declared, if anything."""
    found: Access | None = getattr(view, MARK, None)
    return found


def init_app(app: Flask) -> None:
    """Check before each request; static files are the only thing that needs no declaration."""

    @app.before_request
    def check() -> Response | None:
        if request.endpoint is None or request.endpoint == "static":
            return None
        access = declared(app.view_functions[request.endpoint])
        if access is None:
            abort(403)
        return _answer(access)


def _answer(access: Access) -> Response | None:
    if access.door is Door.ANYONE:
        return None
    if access.door is Door.SYSTEM:
        return _system(access.permission if isinstance(access.permission, ApiScope) else None)
    principal = current_principal()
    if principal is None:
        return _to_sign_in()
    if elsewhere := _first(principal):
        return elsewhere
    if access.door is Door.OPERATOR:
        _check_operator(principal)
    elif access.permission is not None:
        g.permission_used = access.permission
        return _check(principal, access.door, access.permission)
    return None


def _system(scope: ApiScope | None) -> Response | None:
    """One of the landlord's systems; who sends wrong tokens again and again waits."""
    answer = systems.admitted(scope)
    if answer is not None and answer.status_code == HTTPStatus.UNAUTHORIZED and limits.guesses_too_often():
        return problem(429)
    return answer


def _check_operator(principal: Principal) -> None:
    if not principal.operator:
        abort(404 if request.view_args else 403)


def _check(
    principal: Principal, door: Door, permission: Permission | AgencyPermission | ApiScope
) -> Response | None:
    if isinstance(permission, AgencyPermission):
        _check_agency(principal, permission)
    elif isinstance(permission, ApiScope):
        abort(403)  # a scope is for systems, and no person has one
    elif door is Door.HERE:
        return _check_here(principal, permission)
    elif not principal.landlords_where(permission):
        if principal.shut:
            return _to_organisation()
        abort(403)
    return None


def _to_sign_in() -> Response:
    """To the page for signing in, and back afterwards; htmx loads the page that is open, which then leads there."""
    if whole_again():
        return Response("", 401, whole_again())
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(SIGN_IN, next=wanted), 303)


def _first(principal: Principal) -> Response | None:
    """Where somebody has to go before, or instead, because of how they came in."""
    if principal.enrol_due and request.endpoint not in WHILE_ENROLLING:
        return redirect(url_for(ENROL), 303)
    if principal.vouched_for and request.endpoint in OF_THE_ACCOUNT:
        return redirect(url_for(ENROL, done="vouched-for"), 303)
    return None


def _check_agency(principal: Principal, permission: AgencyPermission) -> None:
    if not principal.can_at_agency(permission):
        abort(404 if request.view_args else 403)


def _check_here(principal: Principal, permission: Permission) -> Response | None:
    landlord_id = current_landlord().id
    if landlord_id not in principal.roles:
        if landlord_id in principal.shut:
            return _to_organisation()
        g.landlord = None  # the answer must be that of a desk which does not exist
        abort(404)
    if not principal.can(landlord_id, permission):
        abort(404 if request.view_args else 403)  # a record does not exist for who may not open it
    return None


def _to_organisation() -> Response:
    """To the page from which somebody goes on to their organisation, and back afterwards."""
    if whole_again():
        return Response("", 401, whole_again())
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(ORGANISATIONS, next=wanted), 303)


def _declare(view: View, access: Access) -> View:
    setattr(view, MARK, access)
    return view
