"""A landlord's pack as the portal keeps it: so that nothing needs the folder that it once came from."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.domain.policy import Policy
from portal.domain.policy.law import LawCatalogue
from portal.landlords.face import face_of
from portal.landlords.models import LandlordPack, LookVersion, PolicyVersion
from portal.landlords.packs import Pack
from portal.landlords.policies import NoPolicyError, in_force, pinned
from portal.landlords.profile import Group, LandlordProfile
from portal.landlords.services import Directory
from portal.store.database import Database, scope_of
from portal.store.scope import LandlordScope, PlatformScope
from portal.store.tenancy import Landlord


def keep_pack(session: Session, pack: Pack, now: datetime) -> None:
    """Keep all of it but the policy, whose versions are kept apart, and the instruments, which are as well."""
    parts = {"landlord": pack.landlord, "directory": pack.directory, "group": pack.group, "law": pack.law}
    body = {name: part.model_dump(mode="json") if part else None for name, part in parts.items()}
    here = scope_of(session).landlord_id
    row = insert(LandlordPack).values(landlord_id=here, id=here, body=body, loaded_at=now)
    session.execute(
        row.on_conflict_do_update(
            index_elements=["landlord_id", "id"], set_={"body": row.excluded.body, "loaded_at": now}
        )
    )


def stored_pack(session: Session, policy: Policy) -> Pack | None:
    """The pack around this policy; None for a landlord that was loaded before packs were kept."""
    body = session.scalar(
        select(LandlordPack.body).where(LandlordPack.landlord_id == scope_of(session).landlord_id)
    )
    if body is None:
        return None
    group, look = body["group"], dict(published_look(session))
    own = look.pop("services", None)
    directory = Directory.model_validate_json(json.dumps(body["directory"]))
    return Pack(
        landlord=LandlordProfile.model_validate_json(json.dumps(body["landlord"] | look)),
        policy=policy,
        directory=directory if own is None else directory.with_own(own),
        group=Group.model_validate_json(json.dumps(group)) if group else None,
        law=LawCatalogue.model_validate_json(json.dumps(body["law"])),
        instruments=(),
    )


def published_look(session: Session) -> dict[str, Any]:
    """What the landlord last published of itself, over what its folder says; nothing where it never did."""
    newest = select(LookVersion.body).where(LookVersion.landlord_id == scope_of(session).landlord_id)
    found: dict[str, Any] | None = session.scalar(newest.order_by(LookVersion.number.desc()).limit(1))
    return found or {}


def refresh_face(database: Database, landlord: LandlordScope, now: datetime) -> bool:
    """Let the public pages show what was published and promise what the policy in force promises.

    Whether anything has changed. Where no policy is in force yet, they promise what the first one will.
    """
    with database.work(landlord) as session:
        pack = stored_pack(session, _promising(session, now))
    if pack is None:
        return False
    face, name = face_of(pack), pack.landlord.name
    with database.work(PlatformScope(f"face of {pack.landlord.slug}")) as session:
        row = session.get_one(Landlord, landlord.landlord_id)
        changed = row.face != face or row.name != name
        row.face, row.name = face, name
    return changed


def _promising(session: Session, now: datetime) -> Policy:
    try:
        return in_force(session, now).policy
    except NoPolicyError:
        here = PolicyVersion.landlord_id == scope_of(session).landlord_id
        soonest = select(PolicyVersion.id).where(here).order_by(PolicyVersion.in_force_from).limit(1)
        return pinned(session, session.scalars(soonest).one()).policy
