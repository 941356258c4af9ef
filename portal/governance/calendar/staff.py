"""What is due of the people who work here: champions that are missing, courses that end or that nobody has taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.domain.policy import Policy
from portal.governance.calendar.entries import Entry, Kind
from portal.landlords.packs import Pack
from portal.people import trained
from portal.people.matrix import Need, gaps
from portal.people.trained import Holds

LATE = {Holds.NONE: "has none on record", Holds.LAPSED: "has none that holds"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What every part is asked with: the landlord, its policy, its folder as stored, the day, and who works there."""

    landlord_id: UUID
    policy: Policy
    pack: Pack | None
    today: date
    names: dict[UUID, str]
    answering: UUID | None


def champions(_session: Session, asked: Asked) -> Iterator[Entry]:
    """Teams without one, where they are promised."""
    promised = asked.policy.governance.training.champions
    if not promised.value or asked.pack is None:
        return
    if not asked.pack.landlord.teams:
        says, clause = "No team has one yet", promised.clause or ""
        yield owned(
            asked,
            Entry(Kind.CHAMPION, "champions", says, None, "policy", asked.answering, clause=clause, gap=True),
        )
    for team in asked.pack.landlord.teams:
        lacks = (
            "no champion"
            if not team.champion.value
            else "no day of training"
            if not team.trained.value
            else ""
        )
        if lacks:
            says = f"{team.name}: {lacks}"
            key, clause = f"champion {team.name}", promised.clause or ""
            yield owned(
                asked,
                Entry(Kind.CHAMPION, key, says, None, "policy", asked.answering, clause=clause, gap=True),
            )


def training(session: Session, now: datetime) -> Iterator[Entry]:
    """How many lack a course that their role needs; and whose training to work cases ends when."""
    lacking: dict[str, list[Need]] = {}
    for need in gaps(session, now):
        lacking.setdefault(need.wanted.name, []).append(need)
    for course, several in lacking.items():
        says = f"{course}: {len(several)} without it"
        who, clause = "Whoever records courses", several[0].wanted.clause
        yield Entry(Kind.TRAINING, f"course {course}", says, None, "roles", None, who, clause, gap=True)
    found = trained.register(session, now)
    if found.asked.value is None:
        return
    clause = found.asked.clause or ""
    for each in found.rows:
        until = each.course.valid_until if each.course else None
        if each.holds in LATE:
            says, key = f"{each.name} {LATE[each.holds]}", f"training {each.account_id} {until}"
            yield Entry(
                Kind.TRAINING,
                key,
                says,
                until,
                "roles",
                each.account_id,
                each.name,
                clause,
                gap=until is None,
            )
        elif until:
            key = f"training {each.account_id} {until}"
            yield Entry(
                Kind.TRAINING,
                key,
                f"{each.name}: holds until then",
                until,
                "roles",
                each.account_id,
                each.name,
                clause,
            )


def owned(asked: Asked, entry: Entry) -> Entry:
    """The same with the name of whoever sees to it, or that nobody here does."""
    name = asked.names.get(entry.owner_id, "") if entry.owner_id else ""
    return Entry(
        entry.kind, entry.key, entry.what, entry.due_on, entry.path,
        entry.owner_id if name else None, name or "Nobody here: the managers", entry.clause, entry.gap,
    )  # fmt: skip
