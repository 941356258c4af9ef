"""A landlord's policy clause by clause: what it promises, what the portal does for it, what it leaves to people."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.policy import Policy
from portal.domain.policy.document import Clause
from portal.landlords.ledger import Kind, Row, rows_of
from portal.landlords.lint.policy_warning import PolicyWarning
from portal.landlords.lint.versions import lost_since
from portal.landlords.linter import warnings
from portal.landlords.models import PolicyVersion
from portal.landlords.packs import Pack, PackFaults, read_pack
from portal.landlords.policies import in_force, pinned
from portal.landlords.stored_pack import stored_pack
from portal.store.database import scope_of

SECOND_USE = "second use"


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version of the policy."""

    id: UUID
    label: str
    in_force_from: date
    loaded_at: datetime
    in_force: bool


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One clause in our own words, with what the ledger says about it."""

    anchor: str
    number: str
    heading: str
    summary: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PolicyReading:
    """The page of a landlord's policy."""

    policy: Policy
    versions: tuple[Version, ...]
    clauses: tuple[ClauseRow, ...]
    beside: tuple[Row, ...]
    warnings: tuple[PolicyWarning, ...]
    pack: Pack | None
    """The landlord's files; none while they are broken."""


def read(session: Session, folder: Path, now: datetime) -> PolicyReading:
    """The policy in force with its ledger, and what its landlord ought to settle. `folder` is the landlord's pack.

    A broken pack takes nothing away: the version in force is the stored one (and the page says so). A landlord that
    was made on the portal has no folder, and is as it was stored.
    """
    version = in_force(session, now)
    pack = _pack(folder) if folder.is_dir() else stored_pack(session, version.policy)
    ledger = rows_of(pack.landlord.policy) if pack else rows_of(folder.name)
    by_clause = _sorted_in(version.policy, ledger)
    return PolicyReading(
        policy=version.policy,
        versions=tuple(_versions(session, version.version_id)),
        clauses=tuple(
            ClauseRow(_anchor(each), each.number, each.heading, each.summary, tuple(by_clause[_key(each)]))
            for each in version.policy.clauses
        ),
        beside=tuple(by_clause[None]),
        warnings=(*_lost(session, version.policy), *(warnings(pack, now.date()) if pack else ())),
        pack=pack,
    )


def only(rows: Iterable[Row], kind: Kind | None) -> tuple[Row, ...]:
    """The rows of one kind, or all."""
    return tuple(row for row in rows if kind is None or row.kind is kind)


def _sorted_in(policy: Policy, rows: Iterable[Row]) -> dict[tuple[str, int] | None, list[Row]]:
    """Each row of the ledger under the clause whose number it names most exactly; None for the rest."""
    cite = re.escape(policy.document.cite)
    longest_first = sorted(policy.clauses, key=lambda each: -len(each.number))
    names = [(re.compile(rf"{cite},? {re.escape(each.number)}(?!\.?\d)"), each) for each in longest_first]
    found: dict[tuple[str, int] | None, list[Row]] = defaultdict(list)
    for row in rows:
        fits = [clause for pattern, clause in names if pattern.match(row.clause)]
        wanted = 2 if SECOND_USE in row.clause else 1
        clause = next((each for each in fits if each.use == wanted), fits[0] if fits else None)
        found[_key(clause) if clause else None].append(row)
    return found


def _key(clause: Clause) -> tuple[str, int]:
    return clause.number, clause.use


def _anchor(clause: Clause) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"clause {clause.number} {clause.use}".lower()).strip("-")


def _versions(session: Session, current: object) -> Iterable[Version]:
    rows = session.execute(
        select(PolicyVersion.id, PolicyVersion.label, PolicyVersion.in_force_from, PolicyVersion.loaded_at)
        .where(PolicyVersion.landlord_id == scope_of(session).landlord_id)
        .order_by(PolicyVersion.in_force_from.desc(), PolicyVersion.loaded_at.desc())
    )
    for version_id, label, in_force_from, loaded_at in rows:
        yield Version(version_id, label, in_force_from, loaded_at, version_id == current)


def _lost(session: Session, policy: Policy) -> Iterable[PolicyWarning]:
    """Against the version that was in force before this one, if there was one."""
    before = session.scalar(
        select(PolicyVersion.id)
        .where(
            PolicyVersion.landlord_id == scope_of(session).landlord_id,
            PolicyVersion.in_force_from < policy.in_force_from,
        )
        .order_by(PolicyVersion.in_force_from.desc(), PolicyVersion.loaded_at.desc())
        .limit(1)
    )
    return lost_since(pinned(session, before).policy, policy) if before else ()


def _pack(folder: Path) -> Pack | None:
    try:
        return read_pack(folder)
    except (PackFaults, OSError):
        return None
