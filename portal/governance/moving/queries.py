"""Which versions a case could be moved to, and what would be otherwise for it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.calendar import in_london
from portal.domain.policy.said_date import in_words
from portal.governance.drafts.difference import Difference, differences
from portal.governance.drafts.effects import Effects, effects
from portal.landlords.models import PolicyVersion
from portal.landlords.policies import pinned
from portal.store.database import scope_of


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version that has come into force."""

    id: UUID
    label: str
    in_force_from: date
    loaded_at: datetime

    @property
    def name(self) -> str:
        """What people call it in a sentence."""
        since = f"in force from {in_words(self.in_force_from.isoformat())}"
        return f"the version {since}" if self.label.startswith("in force") else f"version {self.label}, {since}"

    @property
    def says(self) -> str:
        """By its name, with the day on which it came into the portal."""
        return f"{self.name} (here since {in_words(in_london(self.loaded_at).date().isoformat())})"


@dataclass(frozen=True, slots=True)
class Compared:
    """A version beside the one that the case keeps to now."""

    version: VersionRow
    differences: tuple[Difference, ...]
    effects: Effects


def versions(session: Session, now: datetime) -> list[VersionRow]:
    """Every version that is or was in force, the newest first."""
    rows = session.execute(
        select(PolicyVersion.id, PolicyVersion.label, PolicyVersion.in_force_from, PolicyVersion.loaded_at)
        .where(
            PolicyVersion.landlord_id == scope_of(session).landlord_id,
            PolicyVersion.in_force_from <= in_london(now).date(),
        )
        .order_by(PolicyVersion.in_force_from.desc(), PolicyVersion.loaded_at.desc(), PolicyVersion.id.desc())
    )
    return [VersionRow(*row) for row in rows]


def compared(session: Session, case_id: UUID, keeps_to: UUID, other: VersionRow) -> Compared:
    """What the other version says otherwise, and what it would make of this case."""
    policy, base = pinned(session, other.id).policy, pinned(session, keeps_to).policy
    return Compared(other, differences(base, policy), effects(session, policy, case_id))
