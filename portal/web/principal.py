"""Who asks: a signed-in member of staff with roles for each landlord, or nobody."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from flask import Flask, g
from flask_login import AnonymousUserMixin, LoginManager, current_user

from portal.domain.agency_roles import AGENCY_ROLE_NAMES, AgencyPermission, AgencyRole, agency_permissions_of
from portal.domain.permissions import Permission, Role, permissions_of
from portal.store.audit import PUBLIC, Actor

FindPrincipal = Callable[[str], "Principal | None"]


@dataclass(frozen=True, slots=True)
class AtAgency:
    """The one agency that somebody works for, and as what."""

    id: UUID
    name: str
    roles: frozenset[AgencyRole]

    @property
    def role_names(self) -> list[str]:
        """The roles in words."""
        return [says for role, says in AGENCY_ROLE_NAMES.items() if role in self.roles]


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in person. `roles` holds only landlords that she works for; nothing names any other.

    Whoever works for a partner agency has no role at a landlord, and `agency` instead.
    """

    account_id: UUID
    session_id: UUID
    token: str
    name: str
    email: str
    roles: dict[UUID, frozenset[Role]]
    posts: dict[UUID, str] = field(default_factory=dict)
    agency: AtAgency | None = None
    proved_at: datetime | None = None
    """When she last proved who she is: a sensitive act asks that it was not long ago."""
    enrol_due: bool = False
    """A role of hers needs a second factor and she has none: she opens only the pages on which she sets one up."""
    vouched_for: bool = False
    """Her organisation vouched for her: only what is that organisation's own is open, and nothing of her account."""
    shut: frozenset[UUID] = frozenset()
    """Landlords at which she has a role, and which open only through their organisation's own sign-in."""
    operator: bool = False
    """She runs the portal: makes and suspends landlords, and has no role at any but what one lets her in for."""
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What flask-login keeps in the cookie: the secret of the server-side session."""
        return self.token

    def can(self, landlord_id: UUID, permission: Permission) -> bool:
        """May she do this for this landlord?"""
        return permission in permissions_of(self.roles.get(landlord_id, frozenset()))

    def landlords_where(self, permission: Permission) -> frozenset[UUID]:
        """The landlords for which she may do this."""
        return frozenset(each for each in self.roles if self.can(each, permission))

    def can_at_agency(self, permission: AgencyPermission) -> bool:
        """May she do this at the agency that she works for?"""
        return self.agency is not None and permission in agency_permissions_of(self.agency.roles)

    def actor(self) -> Actor:
        """Her as the audit names her."""
        return Actor(self.account_id, self.name)


def init_app(app: Flask, find: FindPrincipal) -> None:
    """Let flask-login find who a session cookie belongs to; `find` looks it up on the server."""
    manager = LoginManager()
    manager.session_protection = None
    manager.anonymous_user = AnonymousUserMixin
    manager.user_loader(find)
    manager.init_app(app)


def current_principal() -> Principal | None:
    """Who is signed in, if anybody: the person, not flask-login's stand-in that looks them up at every touch."""
    found: Principal | AnonymousUserMixin = current_user._get_current_object()  # noqa: SLF001, its documented way
    return found if isinstance(found, Principal) else None


def me() -> Principal:
    """Who is signed in; only for pages that access control has let somebody into."""
    found = current_principal()
    if found is None:
        message = "This page was reached without a sign-in."
        raise PermissionError(message)
    return found


def actor() -> Actor:
    """Whoever acts, as the audit names them, under the permission that opened this page."""
    found = current_principal()
    return replace(found.actor(), permission=permission_used()) if found else PUBLIC


def permission_used() -> str | None:
    """The permission under which this page was opened, for the audit."""
    used: Permission | AgencyPermission | None = g.get("permission_used")
    return used.value if used else None
