"""Who asks, where it is no person: one of a landlord's own systems, by the token that it sends with each call."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.domain.systems import ApiScope
from portal.store.audit import Actor
from portal.web.here import published_work, taking_in
from portal.web.problems import problem

BEARER = "bearer "
FINDS = "find system"


@dataclass(frozen=True, slots=True)
class System:
    """A system that was let in; `may` says whether its token has the scope that the address needs."""

    token_id: UUID
    landlord_id: UUID
    name: str
    may: bool
    scope: str | None = None

    def actor(self) -> Actor:
        """As the audit names it."""
        return Actor(None, self.name, self.scope)


FindSystem = Callable[[UUID, str, ApiScope | None, str], System | None]


def init_app(app: Flask, find: FindSystem) -> None:
    """`find` looks a token up at one landlord, and writes the call down."""
    app.extensions[FINDS] = find


def secret_sent() -> str:
    """The token of this call; empty where none was sent."""
    sent = request.headers.get("Authorization", "")
    return sent[len(BEARER) :].strip() if sent.lower().startswith(BEARER) else ""


def admitted(scope: ApiScope | None) -> Response | None:
    """None where the call may go on; otherwise the answer. No landlord here and no such token answer alike."""
    here, secret = g.get("landlord"), secret_sent()
    find: FindSystem = current_app.extensions[FINDS]
    found = find(here.id, secret, scope, str(request.endpoint)) if here and secret else None
    if found is None:
        return problem(401, headers={"WWW-Authenticate": "Bearer"})
    g.system = found
    return None if found.may else problem(403)


def current_system() -> System:
    """The system that asks; only for addresses that access control has let one into."""
    found: System | None = g.get("system")
    if found is None:
        message = "This address was reached without a token."
        raise PermissionError(message)
    return found


def system_actor() -> Actor:
    """The system as the audit names it."""
    return current_system().actor()


def systems_work() -> AbstractContextManager[Session]:
    """A unit of work with nobody's eyes: no restricted case is there, none of an employee, and no name kept apart."""
    return published_work(current_system().landlord_id)


def handing_in() -> AbstractContextManager[Session]:
    """A unit of work for what a system only tells and is shown nothing of: whoever it is about is found."""
    return taking_in(current_system().landlord_id)
