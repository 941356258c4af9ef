"""The register of forums and contacts with its words opened, and who took part in a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from portal.domain.forums import NAMED, What, With
from portal.partners.forums.models import Forum, ForumTime
from portal.people.models import Account
from portal.store.database import cipher_of, scope_of

PLACE, TIME = "forum", "forum_time"
"""Where the words of a forum, and those of one time, are sealed."""


@dataclass(frozen=True, slots=True)
class ForumRow:
    """One forum or contact. `lacks_rhythm` where nothing says when it is due again."""

    id: UUID
    kind: What
    partner: With
    name: str
    people: str
    goes: str
    every_months: int | None
    last_on: date | None
    next_on: date | None
    owner_id: UUID
    owner: str
    ended: bool
    revision: int

    @property
    def lacks_rhythm(self) -> bool:
        """Regular contact of which the landlord has not said how often."""
        return self.kind is What.CONTACT and not self.every_months


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One time that somebody took part."""

    kind: What
    partner: With
    name: str
    held_on: date
    role: str
    took: str
    made_by: str


def register(session: Session) -> list[ForumRow]:
    """Everything that goes on, what is due first at the top."""
    rows = [_row(session, each) for each in session.execute(_forums().where(Forum.ended_at.is_(None)))]
    return sorted(rows, key=lambda each: (each.next_on or date.max, each.name))


def one(session: Session, forum_id: UUID) -> ForumRow | None:
    """One of this landlord's."""
    found = session.execute(_forums().where(Forum.id == forum_id)).first()
    return _row(session, found) if found else None


def without_contact(rows: Sequence[ForumRow]) -> list[With]:
    """The kinds of body that policies name and with which no regular contact is set up."""
    known = {each.partner for each in rows if each.kind is What.CONTACT}
    return [each for each in NAMED if each not in known]


def times_of(session: Session, forum_id: UUID) -> list[TimeRow]:
    """Each time of one, the newest first."""
    return _times(session, _wanted().where(ForumTime.forum_id == forum_id))


def times_in(session: Session, year: int) -> list[TimeRow]:
    """Each time in a year, the newest first; those of what has ended since as well."""
    held = ForumTime.held_on.between(date(year, 1, 1), date(year, 12, 31))
    return _times(session, _wanted().where(held))


def years(session: Session, this: int) -> list[int]:
    """The years that can be shown: this one, and every one in which somebody took part."""
    wanted = select(func.extract("year", ForumTime.held_on)).where(
        ForumTime.landlord_id == scope_of(session).landlord_id
    )
    return sorted({this, *(int(each) for each in session.scalars(wanted.distinct()))}, reverse=True)


def _forums() -> Select[Forum, str, date]:
    last = (
        select(func.max(ForumTime.held_on))
        .where(ForumTime.landlord_id == Forum.landlord_id, ForumTime.forum_id == Forum.id)
        .scalar_subquery()
    )
    return select(Forum, Account.name, last).join(Account, Account.id == Forum.owner_id)


def _wanted() -> Select[ForumTime, Forum]:
    return (
        select(ForumTime, Forum)
        .join(Forum, (Forum.landlord_id == ForumTime.landlord_id) & (Forum.id == ForumTime.forum_id))
        .order_by(ForumTime.held_on.desc(), ForumTime.id.desc())
    )


def _times(session: Session, wanted: Select[ForumTime, Forum]) -> list[TimeRow]:
    cipher, found = cipher_of(session), []
    for time, forum in session.execute(wanted):
        said = cipher.open_json(TIME, time.id, time.sealed)
        name = cipher.open_json(PLACE, forum.id, forum.sealed)["name"]
        kind, partner = What(forum.kind), With(forum.partner)
        found.append(TimeRow(kind, partner, name, time.held_on, said["role"], said["took"], time.made_by))
    return found


def _row(session: Session, found: Row[Forum, str, date]) -> ForumRow:
    kept, owner, last_on = found
    said = cipher_of(session).open_json(PLACE, kept.id, kept.sealed)
    return ForumRow(
        id=kept.id,
        kind=What(kept.kind),
        partner=With(kept.partner),
        name=said["name"],
        people=said["people"],
        goes=said["goes"],
        every_months=kept.every_months,
        last_on=last_on,
        next_on=kept.next_on,
        owner_id=kept.owner_id,
        owner=owner,
        ended=kept.ended_at is not None,
        revision=kept.revision,
    )
