"""The marks of a case, and what somebody before a visit may know: neutral words, of no case and for no reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import people_told
from portal.cases.frame import Frame
from portal.cases.tasks.models import Task
from portal.domain.flags import About, Wording
from portal.domain.intake import YesNo
from portal.domain.moved_marks import Home, Mover
from portal.domain.tasks import TaskKind
from portal.homes.flags.models import Flag
from portal.homes.flags.placing import tokens_of
from portal.homes.new_home.unspoken import may_be_known
from portal.homes.register.queries import address_meant
from portal.store.database import scope_of
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class FlagRow:
    """One mark with its words opened."""

    id: UUID
    about: About
    wording: Wording
    at_new_home: bool
    review_on: date
    put_at: datetime
    actor: str
    ended_at: datetime | None
    ended_by: str | None
    revision: int
    said: dict[str, Any]


def flags_of(session: Session, case_id: UUID) -> tuple[FlagRow, ...]:
    """Every mark of a case: those that stand first, the newest first."""
    box = box_of(session, case_id)
    rows = session.scalars(
        select(Flag)
        .where(Flag.landlord_id == scope_of(session).landlord_id, Flag.case_id == case_id)
        .order_by(Flag.ended_at.desc().nulls_first(), Flag.put_at.desc(), Flag.id.desc())
    )
    return tuple(
        FlagRow(
            row.id,
            About(row.about),
            Wording(row.wording),
            row.at_new_home,
            row.review_on,
            row.put_at,
            row.actor,
            row.ended_at,
            row.ended_by,
            row.revision,
            box.open_json("flag", row.id, row.sealed),
        )
        for row in rows
    )


def at_address(session: Session, address: str, today: date) -> tuple[Wording, ...]:
    """What stands on this address for whoever goes there: the words alone.

    At a home that is kept apart they are the least telling ones, which stand at many doors for many reasons.
    """
    return _in_order(Wording.ASK_FIRST if apart else each for each, apart in _found(session, address, today))


def for_systems(session: Session, address: str, today: date) -> tuple[Wording, ...]:
    """The same for another system, to which a home that is kept apart does not exist."""
    return _in_order(each for each, apart in _found(session, address, today) if not apart)


def _found(session: Session, address: str, today: date) -> list[tuple[Wording, bool]]:
    """The words of each mark at this address or reference, and whether where it stands is kept apart."""
    tokens = tokens_of(session, address_meant(session, address))
    if not tokens:
        return []
    rows = session.execute(
        select(Flag.wording, Flag.at_new_home, Flag.case_id).where(
            Flag.landlord_id == scope_of(session).landlord_id, Flag.place.in_(tokens), Flag.ended_at.is_(None)
        )
    ).all()
    known = may_be_known(session, {row.case_id for row in rows if row.at_new_home}, today)
    return [(Wording(row.wording), row.at_new_home and row.case_id not in known) for row in rows]


def _in_order(found: Iterable[Wording]) -> tuple[Wording, ...]:
    return tuple(sorted(set(found), key=list(Wording).index))


def movers_of(session: Session, case_id: UUID) -> frozenset[Mover]:
    """Who has moved while what becomes of the marks is not decided yet."""
    waiting = session.scalars(
        select(Task.source).where(
            Task.landlord_id == scope_of(session).landlord_id,
            Task.case_id == case_id,
            Task.kind == TaskKind.FLAG_REVIEW.value,
            Task.ended_at.is_(None),
        )
    )
    said = {(source or "").split("-")[1] for source in waiting if (source or "").count("-")}
    return frozenset(Mover(each) for each in said if each in set(Mover))


def home_left(session: Session, found: Frame) -> Home:
    """The home of the case, and whether the person who harms lives there: None where nobody wrote that down."""
    others = [
        details
        for _id, part, details in people_told.everybody(session, found.case.id)
        if part == "other_person" and not details.get("gone")
    ]
    said = {each.get("lives_there") for each in others}
    there = True if YesNo.YES in said else False if said and said <= {YesNo.NO} else None
    return Home(found.answers.address or "", there)


def two_needed(session: Session, case_id: UUID) -> bool:
    """Whether a contractor has to be told that two people are to come: all that safety needs of a mark."""
    found = session.scalar(
        select(Flag.id).where(
            Flag.landlord_id == scope_of(session).landlord_id,
            Flag.case_id == case_id,
            Flag.wording == Wording.TWO.value,
            Flag.ended_at.is_(None),
        )
    )
    return found is not None
