"""What a landlord asks of the sign-in of its people: which roles need a second factor, and how fresh a proof is.

No policy states it: the portal has a default of its own, which is labelled as such wherever it is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Text, cast, func, select, true
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.permissions import Permission, Role, permissions_of
from portal.people.models import Membership
from portal.people.proving.models import SignInRule
from portal.settings import Env
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of

MINUTES = 15
SHORTEST, LONGEST = 2, 60
WEIGHTY = {Permission.CASE_READ, Permission.COMPLAINT_HANDLE, Permission.AUDIT_READ, Permission.PEOPLE_ADMIN}
DEFAULT_ROLES = frozenset(role for role in Role if permissions_of(frozenset({role})) & WEIGHTY)
"""The portal's own default: whoever reads cases or of them, reads who read them, or says who may."""


class RuleChangedError(PortalError):
    """Somebody else changed it since the page was opened."""


@dataclass(frozen=True, slots=True)
class Default:
    """What holds where a landlord has said nothing; with `held` false nothing is asked, as in a demonstration."""

    roles: frozenset[Role] = frozenset()
    agencies: bool = False
    held: bool = True


NOTHING = Default()


def default_of(env: Env) -> Default:
    """What the portal asks by itself: in production its default, in a demonstration nothing, whoever said what."""
    if env is Env.PRODUCTION:
        return Default(DEFAULT_ROLES, agencies=True)
    return replace(NOTHING, held=env is not Env.DEMO)


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of one landlord. `own` is false where it is the portal's default."""

    roles: frozenset[Role]
    minutes: int = MINUTES
    own: bool = False
    revision: int = 0
    changed_at: datetime | None = None

    @property
    def fresh(self) -> timedelta:
        """How long a proof is fresh."""
        return timedelta(minutes=self.minutes)


def here(session: Session, default: Default) -> Rule:
    """The rule of the landlord of this scope."""
    row = session.scalar(select(SignInRule).where(SignInRule.landlord_id == scope_of(session).landlord_id))
    if row is None:
        return Rule(default.roles)
    roles = frozenset(map(Role, row.roles))
    return Rule(roles, row.minutes, own=True, revision=row.revision, changed_at=row.changed_at)


def asks(session: Session, account_id: UUID, default: Default, now: datetime) -> bool:
    """Does a role of this person, at whatever landlord, need a second factor? Asked in a scope of nobody's."""
    if not default.held:
        return False
    session.execute(select(func.set_config("portal.account_id", cast(account_id, Text), true())))
    held = session.execute(
        select(Membership.roles, SignInRule.roles.label("asked"))
        .outerjoin(SignInRule, SignInRule.landlord_id == Membership.landlord_id)
        .where(
            Membership.account_id == account_id,
            Membership.gives_a_role(now),
            Membership.roles != [Role.SUPPORT.value],  # whoever runs the portal is asked like all who have no role
        )
    ).all()
    if not held:
        return default.agencies
    return any(set(roles) & _needed(asked, default.roles) for roles, asked in held)


def change(
    session: Session, roles: Iterable[Role], minutes: int, revision: int, actor: Actor, now: datetime
) -> None:
    """Set what this landlord asks; it holds from everybody's next sign-in on."""
    landlord_id = scope_of(session).landlord_id
    row = session.scalar(select(SignInRule).where(SignInRule.landlord_id == landlord_id).with_for_update())
    if (row.revision if row else 0) != revision:
        raise RuleChangedError
    if row is None:
        row = SignInRule(landlord_id=landlord_id, id=new_id(), revision=0)
        session.add(row)
    chosen = sorted(each.value for each in roles)
    row.roles, row.minutes, row.revision = chosen, minutes, revision + 1
    row.changed_at, row.changed_by = now, actor.account_id
    audit.record(session, Fact.SIGN_IN_RULE_CHANGED, actor, now, detail=" ".join([f"minutes:{minutes}", *chosen]))


def _needed(asked: list[str] | None, default: frozenset[Role]) -> set[str]:
    return {each.value for each in default} if asked is None else set(asked)
