"""What was last made sure of in a landlord's list of help, laid over what its folder says. AG/013 OP9; HS-026 4.10."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import String, Uuid, literal, null, select, union_all
from sqlalchemy.orm import Session

from portal.domain.policy.said_date import at, last_day, later
from portal.landlords.models import LineCheck, ServiceCheck
from portal.landlords.services import CHECK_EVERY_MONTHS
from portal.store.base import new_id
from portal.store.database import scope_of

LISTS = ("national", "local")
Lists = dict[str, list[dict[str, Any]]]


class How(StrEnum):
    """How somebody made sure."""

    RANG = "rang"
    LOOKED_UP = "looked_up"


@dataclass(frozen=True, slots=True)
class Check:
    """The newest check of one service. A national line's has no owner and changes no number."""

    service: str
    on: date
    how: How
    number: str
    hours: str
    owner: UUID | None
    by: UUID | None
    recorded_at: datetime


def newest_checks(session: Session) -> dict[str, Check]:
    """The newest check of each service, by the service's id."""
    rows = union_all(
        select(
            ServiceCheck.service, ServiceCheck.checked_on, ServiceCheck.how, ServiceCheck.number,
            ServiceCheck.hours, ServiceCheck.owner, ServiceCheck.recorded_by, ServiceCheck.recorded_at,
        ).where(ServiceCheck.landlord_id == scope_of(session).landlord_id),
        select(
            LineCheck.service, LineCheck.checked_on, LineCheck.how, literal("", String()), literal("", String()),
            null().cast(Uuid()), null().cast(Uuid()), LineCheck.recorded_at,
        ),
    ).subquery()  # fmt: skip
    found = session.execute(select(rows).order_by(rows.c.checked_on, rows.c.recorded_at))
    checks = (Check(service, on, How(how), *rest) for service, on, how, *rest in found)
    return {each.service: each for each in checks}  # the last one of each stays


def lists(session: Session, face: Mapping[str, Any]) -> Lists:
    """The national lines and the landlord's own list, each entry with when it was last checked."""
    checks = newest_checks(session)
    return {name: [_checked(each, checks.get(each["id"])) for each in face.get(name, ())] for name in LISTS}


def said(checked: str) -> dict[str, str]:
    """How a check is told, and until when it counts."""
    return {
        "checked": at(checked),
        "stale_after": last_day(later(checked, CHECK_EVERY_MONTHS)).isoformat(),
    }


def add_line_check(session: Session, service: str, on: date, how: How, by: str, now: datetime) -> None:
    """Record that whoever runs the portal made sure of a national line."""
    session.add(
        LineCheck(id=new_id(), service=service, checked_on=on, how=how.value, checked_by=by, recorded_at=now)
    )


def line_checks(session: Session) -> Iterable[LineCheck]:
    """Every check of a national line, the newest last."""
    return session.scalars(select(LineCheck).order_by(LineCheck.checked_on, LineCheck.recorded_at))


def laid_over(session: Session, lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """National lines with when each was last checked, where no landlord is asked."""
    last = {each.service: each.checked_on.isoformat() for each in line_checks(session)}
    return [
        {**line, **said(day)} if (day := last.get(line["id"])) and day >= line.get("checked_said", "") else {**line}
        for line in lines
    ]


def _checked(line: Mapping[str, Any], check: Check | None) -> dict[str, Any]:
    if check is None or check.on.isoformat() < line["checked_said"]:
        return dict(line)
    found = {"number": check.number, "hours": check.hours} if check.owner else {}
    return {**line, **said(check.on.isoformat()), **found}
