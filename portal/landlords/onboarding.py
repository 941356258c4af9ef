"""Making a landlord usable from its folder: its row, its key, its policy version. No code is needed for a new one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.landlords.assessed_with import keep_instruments
from portal.landlords.face import face_of
from portal.landlords.packs import Pack, PackFaults, pack_folders, read_pack
from portal.landlords.policies import keep
from portal.landlords.stored_pack import keep_pack, refresh_face
from portal.store import audit
from portal.store.audit import PORTAL, Fact
from portal.store.base import new_id
from portal.store.database import Database
from portal.store.keys import MasterKeys, add_key
from portal.store.scope import LandlordScope, PlatformScope
from portal.store.tenancy import Landlord

log = structlog.get_logger()
CODE_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of one folder."""

    slug: str
    landlord_id: UUID | None
    faults: PackFaults | None = None


def load_all(database: Database, folder: Path, now: datetime) -> list[Loaded]:
    """Load every landlord's folder. One with faults keeps what it had; the others are loaded all the same."""
    return [_load(database, each, now) for each in pack_folders(folder)]


def add_landlord(database: Database, pack: Pack, now: datetime, *, opened: bool = True) -> UUID:
    """Make a landlord, or bring it up to date with its pack. Stored policy versions are never changed.

    One that is not `opened` yet stands on no list until it says itself that it is ready.
    """
    with database.work(PlatformScope(f"load {pack.landlord.slug}")) as session:
        landlord_id = _landlord(session, database.keyring.masters, pack, now, opened=opened)
    with database.work(LandlordScope(landlord_id)) as session:
        version_id = keep(session, pack.policy, now)
        keep_instruments(session, pack.instruments, now)
        keep_pack(session, pack, now)
        audit.record(session, Fact.POLICY_LOADED, PORTAL, now, subject="policy", subject_id=version_id)
    refresh_face(database, LandlordScope(landlord_id), now)  # what was published here since counts over the folder
    return landlord_id


def _load(database: Database, folder: Path, now: datetime) -> Loaded:
    try:
        pack = read_pack(folder)
    except PackFaults as faults:
        log.warning("pack refused", folder=folder.name, faults=len(faults.faults))
        return Loaded(folder.name, None, faults)
    return Loaded(pack.landlord.slug, add_landlord(database, pack, now))


def _landlord(session: Session, masters: MasterKeys, pack: Pack, now: datetime, *, opened: bool) -> UUID:
    landlord = session.scalar(select(Landlord).where(Landlord.slug == pack.landlord.slug))
    if landlord is None:
        landlord = Landlord(
            id=new_id(),
            slug=pack.landlord.slug,
            name=pack.landlord.name,
            code=_code(pack.landlord.slug, session.scalars(select(Landlord.code))),
            face=face_of(pack),
            made_at=now,
            opened_at=now if opened else None,
        )
        session.add(landlord)
        session.flush()
        add_key(session, masters, landlord.id, now)
    return landlord.id


def _code(slug: str, taken: Iterable[str]) -> str:
    """The letters that this landlord's references begin with: from its name, and its own."""
    letters = re.sub(r"[^A-Z0-9]", "", slug.upper()).ljust(CODE_LETTERS, "X")
    used = set(taken)
    choices = [letters[:CODE_LETTERS], *(letters[:2] + end for end in letters[CODE_LETTERS:] + "23456789")]
    return next(code for code in choices if code not in used)
