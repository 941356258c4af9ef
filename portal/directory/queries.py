"""The list as whoever looks after it sees it: each entry with who checked it, when, and who looks after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.permissions import Permission
from portal.landlords.checked import LISTS, Check, lists, newest_checks
from portal.people.colleagues import colleagues
from portal.people.models import Account


@dataclass(frozen=True, slots=True)
class Entry:
    """One service, with its newest check; `owner` and `by` are names, empty where there is nobody."""

    line: Mapping[str, Any]
    local: bool
    check: Check | None
    owner: str
    by: str


def entries(session: Session, face: Mapping[str, Any]) -> list[Entry]:
    """The whole list, the landlord's own services first; of them, those that nobody has checked."""
    checks, found = newest_checks(session), lists(session, face)
    people = {each for check in checks.values() for each in (check.owner, check.by) if each}
    names = dict(iter(session.execute(select(Account.id, Account.name).where(Account.id.in_(people)))))
    rows = [
        _entry(line, checks.get(line["id"]), names, local=name == "local") for name in LISTS for line in found[name]
    ]
    return sorted(rows, key=lambda each: (not each.local, each.line["stale_after"]))


def keepers(session: Session, now: datetime) -> dict[UUID, str]:
    """Whoever may look after an entry here, by name."""
    able = [each.account_id for each in colleagues(session, now) if Permission.DIRECTORY_KEEP in each.permissions]
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(able)).order_by(Account.name))
    return dict(iter(rows))


def _entry(line: Mapping[str, Any], check: Check | None, names: Mapping[UUID, str], *, local: bool) -> Entry:
    if check is None:
        return Entry(line, local, None, "", "")
    return Entry(line, local, check, _name(names, check.owner), _name(names, check.by))


def _name(names: Mapping[UUID, str], account_id: UUID | None) -> str:
    return names.get(account_id, "") if account_id else ""
