"""The verbs about reports: ask for one, make it, write beside the figures, send it."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.events import PackAsked
from portal.domain.figures import Quarter
from portal.domain.packs import Body
from portal.domain.permissions import Permission
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.reports.packs import queries
from portal.reports.packs.contents import Said, contents
from portal.reports.packs.models import PLACE, Pack
from portal.reports.packs.queries import PackFound
from portal.reports.performance import published
from portal.reports.performance.published import RULES
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import beside, scope_of
from portal.store.record_keys import box_of, new_box
from portal.store.scope import NOBODY, LandlordScope
from portal.work.notices import Notice, desk_of, leave


class NoSuchPackError(PortalError):
    """No report with this id that may be seen, or none that can still be changed."""


class WrittenMeanwhileError(PortalError):
    """Somebody else wrote in the report since it was shown."""


class NotReadyError(PortalError):
    """A report is sent once its quarter is over, its figures are made and its words are written."""


def ask(session: Session, body: Body, quarter: Quarter, actor: Actor, now: datetime) -> UUID:
    """Ask for a report; the same one again, until it is sent, is made anew with its words kept."""
    here = scope_of(session).landlord_id
    pack = session.scalar(
        select(Pack).where(Pack.landlord_id == here, Pack.body == body.name, Pack.quarter == str(quarter))
    )
    if pack is None:
        pack_id = new_id()
        box = new_box(session, pack_id, now)
        pack = Pack(
            landlord_id=here,
            id=pack_id,
            body=body.name,
            clause=body.clause,
            quarter=str(quarter),
            asked_at=now,
            asked_by=actor.name,
            sealed=box.seal_json(PLACE, pack_id, asdict(Said())),
        )
        session.add(pack)
    elif pack.sent_at is not None:
        return pack.id
    pack.asked_at, pack.asked_by, pack.done, pack.made_at, pack.figures = now, actor.name, 0, None, None
    session.flush()
    audit.record(
        session, Fact.PACK_ASKED, actor, now, subject="pack", subject_id=pack.id, detail=str(quarter)
    )
    outbox.record(session, PackAsked(here, pack.id), now)
    return pack.id


def make(session: Session, pack_id: UUID, now: datetime) -> None:
    """Count the figures, and keep what is published of them; how far it is stands in the report meanwhile.

    It is done with nobody's eyes, so that no case that few may know of shows in them; of a quarter that is over all
    reports say the same, whenever they are made. What was asked for once is made
    once, though two workers begin with it. Whoever writes beside the figures meanwhile is not told that somebody
    changed them.
    """
    pack = session.scalar(select(Pack).where(Pack.id == pack_id))
    quarter = Quarter.read(pack.quarter) if pack else None
    if pack is None or quarter is None or pack.made_at is not None:
        return
    eyes = LandlordScope(scope_of(session).landlord_id, staff_cases=False, reader=NOBODY)

    def told(number: int) -> None:
        with beside(session, eyes) as telling:
            telling.execute(update(Pack).where(Pack.id == pack_id).values(done=number))

    with beside(session, eyes) as counting:
        found = published.keep(counting, quarter, now, told)
        before = published.keep(counting, quarter.before(), now)
    if session.scalar(select(Pack.made_at).where(Pack.id == pack_id).with_for_update()) is not None:
        return
    figures = contents(quarter, found.figures, before.lately, RULES, found.as_of).to_dict()
    session.execute(update(Pack).where(Pack.id == pack_id).values(figures=figures, made_at=now))


def write(session: Session, pack_id: UUID, said: Said, revision: int, actor: Actor, now: datetime) -> None:
    """Keep the words beside the figures; once it is sent nothing of it changes."""
    pack = _to_change(session, pack_id, revision)
    pack.sealed = box_of(session, pack_id).seal_json(PLACE, pack_id, asdict(said))
    session.flush()
    audit.record(session, Fact.PACK_WRITTEN, actor, now, subject="pack", subject_id=pack_id)


def send(session: Session, pack_id: UUID, revision: int, actor: Actor, now: datetime) -> None:
    """Send it: from now on its body reads it here, stands as it is, and is told that something waits."""
    pack = _to_change(session, pack_id, revision)
    quarter = Quarter.read(pack.quarter)
    said = Said(**box_of(session, pack_id).open_json(PLACE, pack_id, pack.sealed))
    if pack.made_at is None or quarter is None or not quarter.over(pack.made_at) or not said.summary:
        raise NotReadyError
    pack.sent_at, pack.sent_by = now, actor.name
    audit.record(session, Fact.PACK_SENT, actor, now, subject="pack", subject_id=pack_id, detail=pack.quarter)
    link = f"{desk_of(session)}/packs/{pack_id}"
    readers = [each for each in colleagues(session, now) if _reads_only(each.permissions)]
    leave(session, [Notice(each.account_id, pack_id, Kind.NEW_REPORT, link) for each in readers], now)


def read(session: Session, pack_id: UUID, actor: Actor, now: datetime, *, only_sent: bool) -> PackFound:
    """One report; that it was read is written down."""
    found = queries.found(session, pack_id, only_sent=only_sent)
    if found is None:
        raise NoSuchPackError
    audit.record(
        session, Fact.PACK_READ, actor, now, subject="pack", subject_id=pack_id, detail=str(found.row.quarter)
    )
    return found


def _reads_only(permissions: frozenset[Permission]) -> bool:
    return Permission.FIGURES_READ in permissions and Permission.PACK_MAKE not in permissions


def _to_change(session: Session, pack_id: UUID, revision: int) -> Pack:
    pack = session.scalar(
        select(Pack)
        .where(Pack.landlord_id == scope_of(session).landlord_id, Pack.id == pack_id, Pack.sent_at.is_(None))
        .with_for_update()
    )
    if pack is None:
        raise NoSuchPackError
    if pack.revision != revision:
        raise WrittenMeanwhileError
    return pack
