"""A landlord's pack as the portal keeps it: so that nothing needs the folder that it once came from."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal.domain.policy import Policy
from portal.domain.policy.law import LawCatalogue
from portal.landlords.face import face_of
from portal.landlords.models import LandlordPack
from portal.landlords.packs import Pack
from portal.landlords.policies import in_force
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
    group = body["group"]
    return Pack(
        landlord=LandlordProfile.model_validate_json(json.dumps(body["landlord"])),
        policy=policy,
        directory=Directory.model_validate_json(json.dumps(body["directory"])),
        group=Group.model_validate_json(json.dumps(group)) if group else None,
        law=LawCatalogue.model_validate_json(json.dumps(body["law"])),
        instruments=(),
    )


def refresh_face(database: Database, landlord: LandlordScope, now: datetime) -> bool:
    """Let the public pages promise what the policy in force promises; whether anything has changed."""
    with database.work(landlord) as session:
        pack = stored_pack(session, in_force(session, now).policy)
    if pack is None:
        return False
    face = face_of(pack)
    with database.work(PlatformScope(f"face of {pack.landlord.slug}")) as session:
        row = session.get_one(Landlord, landlord.landlord_id)
        changed = row.face != face
        row.face = face
    return changed
