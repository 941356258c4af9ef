"""The verb about all marks of a case once somebody has moved: each is decided on, in one step, with its reason.

Sources: NPH Information Sharing; STAR 5.3; whg 2.8. A mark that goes with them is a new one, which knows no address in
words; the one at the old home ends. Only somebody who can open the new address lets a mark be found there.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.tasks.proposed import DealtWith, end_of
from portal.cases.tasks.service import Ending
from portal.domain.calendar import in_london
from portal.domain.flags import About
from portal.domain.moved_marks import NEW_MARK, Fate, Mover, Standing, fates, looked_at_again
from portal.domain.rehousing.board import Reason
from portal.domain.securing import Refusal
from portal.homes.flags.models import Flag
from portal.homes.flags.placing import token_of
from portal.homes.flags.service import look_again_on
from portal.homes.new_home.unspoken import NotNamedError, found_by, is_new_home
from portal.homes.noting import Noted, note
from portal.homes.refused import RefusedError
from portal.landlords.policies import pinned
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

DECIDED = "It was decided on after somebody moved."


@dataclass(frozen=True, slots=True)
class Decided:
    """What becomes of one mark, and why; `where` is the other person's own address, where that is known."""

    flag_id: UUID
    fate: Fate
    why: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of every mark that stands, who left, and who was told of it all."""

    movers: Collection[Mover]
    marks: Sequence[Decided]
    told: str


def decide(session: Session, case_id: UUID, revision: int, found: Decision, actor: Actor, now: datetime) -> None:
    """Do with each mark what was decided; `revision` is that of all marks of the case together."""
    cases.get(session, case_id, for_update=True)
    standing = {each.id: each for each in _standing(session, case_id)}
    decided = {each.flag_id: each for each in found.marks}
    if revision_of(session, case_id) != revision or decided.keys() != standing.keys():
        raise cases.EditedMeanwhileError
    apart, named = _new_home(session, case_id)
    lacking = tuple(_lacking(session, standing, found, named=named))
    if lacking:
        raise RefusedError(*lacking)
    for row in standing.values():
        how = decided[row.id]
        if how.fate is Fate.STAYS:
            _stays(session, row, how, found.told, actor, now)
            continue
        if how.fate in NEW_MARK:
            _follows(session, row, how, found.told, apart, actor, now)
        _ends(session, row, how, found.told, actor, now)


def revision_of(session: Session, case_id: UUID) -> int:
    """A number that grows with every change of any mark of the case."""
    wanted = select(func.coalesce(func.sum(Flag.revision), 0)).where(
        Flag.landlord_id == scope_of(session).landlord_id, Flag.case_id == case_id
    )
    return int(session.scalar(wanted) or 0)


def _standing(session: Session, case_id: UUID) -> Sequence[Flag]:
    return session.scalars(
        select(Flag)
        .where(Flag.landlord_id == scope_of(session).landlord_id, Flag.case_id == case_id, Flag.ended_at.is_(None))
        .order_by(Flag.put_at, Flag.id)
        .with_for_update()
    ).all()


def _new_home(session: Session, case_id: UUID) -> tuple[bytes | None, bool]:
    """By what their new home is found, and whether whoever decides may let it be found at all."""
    try:
        return found_by(session, case_id), True
    except NotNamedError:
        return None, False


def _lacking(
    session: Session, standing: dict[UUID, Flag], found: Decision, *, named: bool
) -> Iterator[Refusal]:
    if not found.told.strip():
        yield Refusal("told", Reason("Write who was told, or why they were not."))
    for each in found.marks:
        row, mine = standing[each.flag_id], each.flag_id.hex
        mark = Standing(About(row.about), "", at_new_home=row.at_new_home)
        if each.fate not in fates(mark, found.movers):
            yield Refusal(f"fate_{mine}", Reason("This does not fit such a mark: choose another."))
        if not each.why.strip():
            yield Refusal(f"why_{mine}", Reason("Write why."))
        if each.fate is Fate.GOES and not named:
            says = "Only somebody who is named for the new address lets a mark be found there: ask one of them."
            yield Refusal(f"fate_{mine}", Reason(says))
        if each.fate is Fate.ELSEWHERE and not each.where.strip():
            yield Refusal(f"where_{mine}", Reason("Write where the other person lives now."))
        if each.fate is Fate.ELSEWHERE and is_new_home(session, row.case_id, each.where):
            yield Refusal(f"where_{mine}", Reason("That address is kept apart. Here belongs the other person’s own."))


def _stays(session: Session, row: Flag, how: Decided, told: str, actor: Actor, now: datetime) -> None:
    """It stays where it stands, with its reason, and is looked at again before long."""
    box = box_of(session, row.case_id)
    said = box.open_json("flag", row.id, row.sealed) | {"told": told, "stays": how.why}
    row.sealed, row.revision = box.seal_json("flag", row.id, said), row.revision + 1
    row.review_on = looked_at_again(row.review_on, in_london(now).date())
    session.flush()
    _looked_at(session, row, actor, now)
    _note(session, row, Fate.STAYS, how.why, actor, now)


def _follows(
    session: Session, row: Flag, how: Decided, told: str, apart: bytes | None, actor: Actor, now: datetime
) -> None:
    """Another mark in its place: at their new home, at the other person's own, or on the person and at no address."""
    box = box_of(session, row.case_id)
    before = box.open_json("flag", row.id, row.sealed)
    where = how.where if how.fate is Fate.ELSEWHERE else ""
    new = Flag(
        landlord_id=row.landlord_id,
        id=new_id(),
        case_id=row.case_id,
        about=row.about,
        wording=row.wording,
        place=apart if how.fate is Fate.GOES else token_of(session, where),
        at_new_home=how.fate is Fate.GOES,
        review_on=looked_at_again(row.review_on, in_london(now).date()),
        put_at=now,
        account_id=actor.account_id,
        actor=actor.name,
        revision=1,
    )
    said = {"where": where, "reason": before["reason"], "evidence": before["evidence"], "told": told, "stays": how.why}
    new.sealed = box.seal_json("flag", new.id, said)
    session.add(new)
    session.flush()
    _looked_at(session, new, actor, now)


def _ends(session: Session, row: Flag, how: Decided, told: str, actor: Actor, now: datetime) -> None:
    """The mark at the old address ends; what was decided stands with it."""
    box = box_of(session, row.case_id)
    end = f"{how.why} Told: {told}"
    row.sealed = box.seal_json("flag", row.id, box.open_json("flag", row.id, row.sealed) | {"end": end})
    row.ended_at, row.ended_by, row.revision = now, actor.name, row.revision + 1
    end_of(session, row.case_id, row.id, DealtWith(Ending.DONE, DECIDED), actor, now)
    _note(session, row, how.fate, how.why, actor, now)


def _looked_at(session: Session, row: Flag, actor: Actor, now: datetime) -> None:
    under = pinned(session, cases.get(session, row.case_id).policy_version_id)
    look_again_on(session, row, under, DECIDED, actor, now)


def _note(session: Session, row: Flag, fate: Fate, why: str, actor: Actor, now: datetime) -> None:
    facts = {"about": row.about, "state": fate.value}
    note(session, row.case_id, Noted(Fact.FLAG_CHANGED, "flag", facts, why), actor, now)
