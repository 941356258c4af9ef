"""The verbs of whoever runs the portal: make a landlord, suspend it, let it work again.

Nothing here reads a case: making one begins with a blank policy or with another landlord's, which is no secret.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.domain.calendar import in_london
from portal.domain.errors import PortalError
from portal.domain.permissions import Role, permissions_of
from portal.domain.policy import Policy
from portal.domain.policy.document import Document
from portal.domain.policy.hours import PORTAL_HOURS
from portal.domain.policy.stated import Origin, Required, Stated
from portal.landlords.onboarding import add_landlord
from portal.landlords.packs import SHARED, Pack, read_pack
from portal.landlords.policies import in_force
from portal.landlords.profile import LandlordKind, LandlordProfile
from portal.landlords.stored_pack import stored_pack
from portal.people.administering import Part
from portal.people.inviting import invite
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.database import Database
from portal.store.scope import LandlordScope, PlatformScope, PublicScope
from portal.store.tenancy import Landlord

BLANK = SHARED / "start" / "blank"
FIRST = (Role.MANAGER, Role.ADMINISTRATOR)
"""What the first person of a landlord is: whoever else is let in gets a role that they hold."""
TAKEN = frozenset({"desk", "static", "leave", "health", "language", "blank"})
SILENT_WORDS: Stated[str] = Stated(not_stated=True)


class TakenError(PortalError):
    """Another landlord, or the portal itself, has this address."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A landlord that is to be made: who it is, what its policy begins with, and who sets it up."""

    slug: str
    name: str
    short_name: str
    kind: LandlordKind
    like: UUID | None
    first_name: str
    first_email: str


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it; `code` is shown once, for whoever sets it up to come in with."""

    landlord_id: UUID
    code: str


def make(database: Database, wanted: Wanted, actor: Actor, now: datetime) -> Made:
    """Make a landlord that is still to be set up, and let its first person in."""
    with database.work(PublicScope()) as session:
        if wanted.slug in TAKEN or session.scalar(select(Landlord.id).where(Landlord.slug == wanted.slug)):
            raise TakenError("There is something with this address already. Choose another.")
    pack = _pack(database, wanted, now)
    landlord_id = add_landlord(database, pack, now, opened=False)
    with database.work(LandlordScope(landlord_id)) as session:
        began_with = str(wanted.like) if wanted.like else "blank"
        audit.record(
            session,
            Fact.LANDLORD_MADE,
            actor,
            now,
            subject="landlord",
            subject_id=landlord_id,
            detail=began_with,
        )
        held = permissions_of(frozenset(FIRST))
        invited = invite(
            session, wanted.first_email, wanted.first_name, Part(FIRST, None, on_duty=True), actor, held, now
        )
    return Made(landlord_id, invited.code)


def suspend(database: Database, landlord_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """Nobody opens anything of it from the next page on, and its jobs rest. Nothing is lost."""
    _set_active(database, landlord_id, Fact.LANDLORD_SUSPENDED, why, actor, now, active=False)


def resume(database: Database, landlord_id: UUID, why: str, actor: Actor, now: datetime) -> None:
    """It works again, as it was."""
    _set_active(database, landlord_id, Fact.LANDLORD_RESUMED, why, actor, now, active=True)


def open_door(database: Database, landlord_id: UUID, now: datetime) -> None:
    """It is set up: its front door stands on the list of all."""
    with database.work(PlatformScope("open a front door")) as session:
        session.get_one(Landlord, landlord_id).opened_at = now


def _set_active(
    database: Database, landlord_id: UUID, fact: Fact, why: str, actor: Actor, now: datetime, *, active: bool
) -> None:
    with database.work(LandlordScope(landlord_id)) as session:
        audit.record(session, fact, actor, now, subject="landlord", subject_id=landlord_id, detail=why)
    with database.work(PlatformScope("suspend or resume")) as session:
        session.get_one(Landlord, landlord_id).active = active


def _pack(database: Database, wanted: Wanted, now: datetime) -> Pack:
    blank = read_pack(BLANK, SHARED)
    profile = blank.landlord.model_copy(
        update={
            "slug": wanted.slug,
            "name": wanted.name,
            "short_name": wanted.short_name,
            "kind": wanted.kind,
            "policy": wanted.slug,
        }
    )
    checked = LandlordProfile.model_validate_json(profile.model_dump_json())
    policy = _begins_today(
        blank.policy if wanted.like is None else _policy_of(database, wanted.like, now), now
    )
    return replace(blank, landlord=checked, policy=policy)


def _policy_of(database: Database, landlord_id: UUID, now: datetime) -> Policy:
    """What another landlord's policy says now. It is a published paper, and nothing else of that landlord is read."""
    with database.work(LandlordScope(landlord_id)) as session:
        policy = in_force(session, now).policy
        pack = stored_pack(session, policy)
    return pack.policy if pack else policy


def _begins_today(policy: Policy, now: datetime) -> Policy:
    """As a beginning: nobody here has approved it, reviewed it or assessed its impact."""
    begins = Required(value=in_london(now).date().isoformat(), origin=Origin.LANDLORDS_OWN)
    document = policy.document.model_copy(
        update={
            "in_force_from": begins,
            "version": SILENT_WORDS,
            "reference": SILENT_WORDS,
            "approved_on": SILENT_WORDS,
            "approved_by": SILENT_WORDS,
            "last_review": SILENT_WORDS,
            "replaces": SILENT_WORDS,
            "review_dates": (),
            "control_lines": (),
        }
    )
    whole = policy.model_copy(
        update={
            "document": Document.model_validate_json(document.model_dump_json()),
            "impact_assessments": (),
            "office_hours": PORTAL_HOURS,
            "own_targets": (),
            "keeping": (),
            "closure_days": (),
            "marac_areas": (),
        }
    )
    return Policy.model_validate_json(whole.model_dump_json())
