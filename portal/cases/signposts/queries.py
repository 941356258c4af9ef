"""What somebody was told of, what they asked for and have not been told of, and how often each service is named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, func, select
from sqlalchemy.orm import Session

from portal.cases.frame import Frame
from portal.cases.signposts.models import Signpost
from portal.domain.for_whom import asked_for
from portal.people.models import Account
from portal.store.database import scope_of
from portal.store.statements import HERE, Later, Statement, given, pose

LATELY = timedelta(days=30)
Services = Sequence[Mapping[str, Any]]
"""A landlord's list as its face holds it: the same for public and staff."""


@dataclass(frozen=True, slots=True)
class Told:
    """One telling."""

    service: str
    at: datetime
    by: str
    way: str
    answer: str


TOLD_IN = Statement(
    select(Signpost.service, Signpost.at, Account.name, Signpost.way, Signpost.answer)
    .join(Account, Account.id == Signpost.account_id)
    .where(Signpost.landlord_id == HERE, Signpost.case_id == given("case_id", Uuid()))
    .order_by(Signpost.at.desc(), Signpost.id.desc())
)


def told_in(session: Session, case_id: UUID) -> list[Told]:
    """Everything that they were told of, the newest first."""
    return pose_told_in(session, case_id)()


def pose_told_in(session: Session, case_id: UUID) -> Later[list[Told]]:
    """The same, for whoever asks for more at once."""
    found = pose(session, TOLD_IN, case_id=case_id)
    return lambda: [Told(*row) for row in found.rows]


def lately(session: Session, now: datetime) -> dict[str, int]:
    """How often each service was named in the last month, in cases and at the front desk."""
    rows = session.execute(
        select(Signpost.service, func.count())
        .where(Signpost.landlord_id == scope_of(session).landlord_id, Signpost.at > now - LATELY)
        .group_by(Signpost.service)
    )
    return dict(iter(rows))


def services_of(face: Mapping[str, Any]) -> Services:
    """A landlord's list: those nearby first."""
    return [*face.get("local", ()), *face.get("national", ())]


def still_to_offer(found: Frame, told: Iterable[Told], services: Services) -> tuple[str, ...]:
    """The tags that they asked for and under which nobody has told them of a service yet."""
    named = {each.service for each in told}
    covered = {tag for each in services if each["id"] in named for tag in each["tags"]}
    wanted = asked_for(found.answers, found.case.preferences)
    return tuple(tag for tag in wanted if tag not in covered)


def fitting(services: Services, tag: str) -> list[Mapping[str, Any]]:
    """The services for these people; all of them where no tag is chosen."""
    return [each for each in services if not tag or tag in each["tags"]]


def areas_of(services: Services) -> list[str]:
    """Where any of them says that it works."""
    return sorted({area for each in services for area in each.get("areas", ())})


def nearest(services: Services, area: str) -> Services:
    """Those of an area first, then those that name none; all of them where no area is chosen."""
    if not area:
        return services
    there = [each for each in services if area in each.get("areas", ())]
    return [*there, *(each for each in services if not each.get("areas"))]
