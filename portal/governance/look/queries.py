"""How a landlord's pages look now, what is being written, and every version that was published."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.policy import Policy
from portal.domain.policy.hours import hours_in_words
from portal.governance.look.content import Changed, Content, changes, in_order, look_of
from portal.governance.look.models import LookDraft
from portal.landlords.face import face_of
from portal.landlords.models import LandlordPack, LookVersion
from portal.landlords.packs import Pack
from portal.landlords.policies import in_force
from portal.landlords.profile import LandlordProfile
from portal.landlords.services import Directory
from portal.landlords.stored_pack import stored_pack
from portal.store.database import scope_of


class NoPackError(PortalError):
    """This landlord was loaded before packs were kept: load its folder once more."""


class NoSuchLookError(PortalError):
    """No such version was published here."""


@dataclass(frozen=True, slots=True)
class LookNow:
    """What is published, and what is being written on it; `revision` counts on also while nothing is."""

    published: Content
    written: Content | None
    revision: int
    changed_at: datetime | None
    changed_by: str
    hours: str
    closed: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> Content:
        """What a form begins with."""
        return self.published if self.written is None else self.written

    @property
    def changes(self) -> list[Changed]:
        """What publishing would change."""
        return changes(self.published, self.shown)


@dataclass(frozen=True, slots=True)
class Version:
    """One that was published, with what it changed; number 0 is what the landlord's folder says."""

    id: UUID
    number: int
    body: Content
    why: str
    published_at: datetime
    published_by: str
    changes: list[Changed]


def look_now(session: Session, now: datetime) -> LookNow:
    """How the pages look, and what is being written."""
    policy = in_force(session, now).policy
    pack = the_pack(session, policy)
    row = session.get(LookDraft, (scope_of(session).landlord_id, scope_of(session).landlord_id))
    published = look_of(pack.landlord, pack.directory)
    return LookNow(
        published=published,
        written=published | row.body if row and row.body is not None else None,
        revision=row.revision if row else 0,
        changed_at=row.changed_at if row else None,
        changed_by=row.changed_by if row else "",
        hours=hours_in_words(policy.office_hours),
        closed=tuple((f"{each.day:%-d %B %Y}", each.why) for each in policy.closure_days),
    )


def preview(session: Session, now: datetime) -> tuple[str, Content]:
    """The name and the public face that publishing would give."""
    pack, shown = the_pack(session, in_force(session, now).policy), look_now(session, now).shown
    profile, directory = in_order(pack.landlord, shown), pack.directory.with_own(shown["services"])
    return profile.name, face_of(
        Pack(profile, pack.policy, directory, pack.group, pack.law, pack.instruments)
    )


def versions(session: Session) -> list[Version]:
    """Every version, the newest first, each with what it changed."""
    here = scope_of(session).landlord_id
    rows = session.scalars(
        select(LookVersion).where(LookVersion.landlord_id == here).order_by(LookVersion.number)
    )
    before, found = folders_look(session), []
    for row in rows:
        after = before | row.body
        found.append(
            Version(
                row.id, row.number, after, row.why, row.published_at, row.published_by, changes(before, after)
            )
        )
        before = after
    return found[::-1]


def version(session: Session, look_id: UUID) -> Version:
    """One of them."""
    found = next((each for each in versions(session) if each.id == look_id), None)
    if found is None:
        raise NoSuchLookError("No such version was published here.")
    return found


def folders_look(session: Session) -> Content:
    """What the landlord's folder says, before anything was published here."""
    here = scope_of(session).landlord_id
    body = session.scalar(select(LandlordPack.body).where(LandlordPack.landlord_id == here))
    if body is None:
        raise NoPackError
    return look_of(
        LandlordProfile.model_validate_json(json.dumps(body["landlord"])),
        Directory.model_validate_json(json.dumps(body["directory"])),
    )


def the_pack(session: Session, policy: Policy) -> Pack:
    """The landlord's pack, with what it has published of itself."""
    pack = stored_pack(session, policy)
    if pack is None:
        raise NoPackError("Load the landlord's folder once more: portal landlord add FOLDER.")
    return pack
