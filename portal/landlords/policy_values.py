"""One version of a policy, value by value: for those who want to know which was in force when, and what it said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.policy import Policy
from portal.domain.policy.parameters import Parameter, parameters, stated_values
from portal.domain.policy.stated import Interpretation, Origin
from portal.landlords.models import PolicyApproval, PolicyVersion
from portal.landlords.policies import in_force, pinned
from portal.store.database import scope_of

ORIGINS = {
    Origin.POLICY: "",
    Origin.LANDLORDS_OWN: "the landlord’s own",
    Origin.PORTAL_DEFAULT: "the portal’s own choice",
}


class NoSuchVersionError(PortalError):
    """There is no version with this id here."""


@dataclass(frozen=True, slots=True)
class Value:
    """One parameter as a page shows it."""

    label: str
    row: Parameter

    @property
    def source(self) -> str:
        """Its clauses, or who else says so; nothing where the policy is silent."""
        return "; ".join(self.row.clauses) or ("" if self.row.value is None else ORIGINS[self.row.origin])


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one part of a policy."""

    name: str
    heading: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """A whole version; `in_force` is the one that new reports are pinned to at this moment."""

    id: UUID
    label: str
    in_force_from: date
    loaded_at: datetime
    in_force: bool
    policy: Policy
    groups: tuple[Group, ...]

    @property
    def silent(self) -> int:
        """How many values the policy leaves unstated."""
        return sum(value.row.value is None for group in self.groups for value in group.values)


def version(session: Session, version_id: UUID, now: datetime) -> VersionPage:
    """The version with this id, however old."""
    row = session.execute(
        select(PolicyVersion.label, PolicyVersion.in_force_from, PolicyVersion.loaded_at).where(
            PolicyVersion.landlord_id == scope_of(session).landlord_id, PolicyVersion.id == version_id
        )
    ).first()
    if row is None:
        raise NoSuchVersionError("There is no such version.")
    found = pinned(session, version_id)
    current = in_force(session, now).version_id == version_id
    return VersionPage(
        version_id, row.label, row.in_force_from, row.loaded_at, current, found.policy, groups(found.policy)
    )


def groups(policy: Policy) -> tuple[Group, ...]:
    """Every parameter under the heading of the part that it belongs to."""
    rows = groupby(parameters(policy), key=lambda row: part_of(row.key))
    return tuple(
        Group(
            part,
            spoken(part),
            tuple(
                Value(spoken(row.key.removeprefix(part).lstrip(".")) or spoken(part), row) for row in several
            ),
        )
        for part, several in rows
    )


def part_of(key: str) -> str:
    """The part of the policy in which a key stands."""
    return key.partition(".")[0].partition("[")[0]


def spoken(key: str) -> str:
    """A key as people read it: "preferences: same sex", "disclosure"."""
    words = key.replace("_", " ").replace("[", ": ").replace("]", "").replace(".", ": ").strip(": ")
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class ReadSo:
    """A sentence that can be read in more ways than one, the reading that is followed, and who chose it."""

    about: str
    choice: str
    said_by: str
    clause: str


def readings(policy: Policy) -> tuple[ReadSo, ...]:
    """Every interpretation of the policy, of a value or of a sentence that sets none."""
    return tuple(_readings(policy))


def _readings(policy: Policy) -> Iterator[ReadSo]:
    for each in policy.readings:
        yield ReadSo(each.question, each.choice, each.said_by, each.clause)
    for clock in policy.clocks:
        yield from _read_so(f"Clock: {clock.event}", clock.interpretation, clock.clauses)
    for key, value in stated_values(policy):
        yield from _read_so(spoken(key), value.interpretation, value.clauses)


def _read_so(about: str, read: Interpretation | None, clauses: tuple[str, ...]) -> Iterator[ReadSo]:
    if read:
        yield ReadSo(about, read.choice, read.said_by, "; ".join(clauses))


@dataclass(frozen=True, slots=True)
class Approved:
    """Who approved a version."""

    body: str
    decided_on: date
    note: str
    proposed_by: str
    approved_by: str
    approved_at: datetime


def approval_of(session: Session, version_id: UUID) -> Approved | None:
    """Who approved this version here; None for one that was loaded from a folder."""
    row = session.execute(
        select(
            PolicyApproval.body,
            PolicyApproval.decided_on,
            PolicyApproval.note,
            PolicyApproval.proposed_by,
            PolicyApproval.approved_by,
            PolicyApproval.approved_at,
        ).where(
            PolicyApproval.landlord_id == scope_of(session).landlord_id, PolicyApproval.version_id == version_id
        )
    ).first()
    return Approved(*row) if row else None
