"""The catalogue beside the policy in force, and beside the draft of the next: which values each entry touches."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.policy import Policy
from portal.domain.policy.law import LawEntry
from portal.domain.policy.parameters import stated_values
from portal.domain.policy.said_date import first_day
from portal.governance.drafts.queries import draft
from portal.governance.drafts.reading import as_policy
from portal.governance.drafts.shape import said
from portal.landlords.lint.law import younger_law
from portal.landlords.packs import Pack
from portal.landlords.policies import in_force
from portal.landlords.stored_pack import stored_pack


@dataclass(frozen=True, slots=True)
class Touched:
    """One value of the policy that an entry speaks to."""

    label: str
    clause: str


@dataclass(frozen=True, slots=True)
class LawRow:
    """One entry. `younger` says that it came after the policy was last looked at."""

    entry: LawEntry
    took_its_place: str
    touched: tuple[Touched, ...]
    younger: bool
    changed_in_draft: tuple[str, ...]


def catalogue(session: Session, now: datetime) -> list[LawRow]:
    """Every entry: those that came after the last review and touch something first, then the newest."""
    policy = in_force(session, now).policy
    pack = stored_pack(session, policy)
    if pack is None:
        return []
    found = draft(session)
    next_one = as_policy(found.content).whole() if found else None
    younger = {entry.id for entry, _ in younger_law(pack)}
    rows = [_row(pack, entry, policy, next_one, younger=entry.id in younger) for entry in pack.law.entries]
    rows.sort(key=lambda each: first_day(each.entry.dated), reverse=True)
    return sorted(rows, key=lambda each: not (each.younger and each.entry.in_force))


def _row(pack: Pack, entry: LawEntry, policy: Policy, next_one: Policy | None, *, younger: bool) -> LawRow:
    stated = dict(stated_values(policy))
    drafted = dict(stated_values(next_one)) if next_one else {}
    keys = [key for key in entry.touches if key in stated and stated[key].value is not None]
    after = pack.law.find(entry.superseded_by) if entry.superseded_by else None
    return LawRow(
        entry,
        after.title if after else "",
        tuple(Touched(_label(key), stated[key].clause or "") for key in keys),
        younger,
        tuple(_label(key) for key in keys if key in drafted and drafted[key] != stated[key]),
    )


def _label(key: str) -> str:
    """The name of a value as the forms of a draft say it, with the part that it stands in."""
    return ": ".join(said(step) for step in key.split(".") if not step.isdecimal())
