"""The verbs about files: ask for one with a reason, make it, hand it out, and let it go."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.domain.errors import PortalError
from portal.domain.events import ExportAsked
from portal.domain.exports import MOST_LINES, THERE_FOR, Form, Mark, Sheet, What
from portal.domain.figures import Quarter
from portal.domain.permissions import Permission
from portal.domain.wording import say_moment
from portal.messaging.words import Kind, new_code
from portal.people.colleagues import colleagues
from portal.reports.exports import contents, queries
from portal.reports.exports.models import FILE, PLACE, Export
from portal.reports.exports.queries import ExportRow
from portal.reports.exports.writing import written
from portal.reports.performance import published
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import beside, scope_of
from portal.store.record_keys import box_of, destroy, new_box
from portal.store.scope import NOBODY, LandlordScope
from portal.work.notices import Notice, desk_of, leave


class NoSuchExportError(PortalError):
    """No file with this id that this person asked for and can still save."""


class TooManyLinesError(PortalError):
    """More than one job can write."""


class NotAllowedError(PortalError):
    """Cases are listed only for whoever may open them."""


class StillRunsError(PortalError):
    """Figures leave the portal once their quarter is over: two files of one that runs would tell what came between."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A file as somebody asks for it: for whom, and why."""

    what: What
    form: Form
    period: str
    recipient: str
    reason: str


def ask(session: Session, asked: Asked, actor: Actor, now: datetime, *, opens_cases: bool) -> UUID:
    """Ask for a file. A worker makes it; whoever asked is told once it is there."""
    if asked.what is What.CASES and not opens_cases:
        raise NotAllowedError
    if asked.what is What.CASES and contents.how_many(session, Quarter.read(asked.period)) > MOST_LINES:
        raise TooManyLinesError
    quarter = Quarter.read(asked.period)
    if asked.what is What.FIGURES and (quarter is None or not quarter.over(now)):
        raise StillRunsError
    assert actor.account_id is not None  # noqa: S101 - a page behind the sign-in
    here, export_id = scope_of(session).landlord_id, new_id()
    said = {"recipient": asked.recipient, "reason": asked.reason}
    session.add(
        Export(
            landlord_id=here,
            id=export_id,
            what=asked.what.value,
            form=asked.form.value,
            period=asked.period,
            number=f"X-{new_code()}",
            asked_at=now,
            asked_by=actor.account_id,
            asked_name=actor.name,
            sealed=new_box(session, export_id, now).seal_json(PLACE, export_id, said),
        )
    )
    session.flush()
    _note(session, Fact.EXPORT_ASKED, export_id, actor, now, f"{asked.what} {asked.form} {asked.period}")
    outbox.record(session, ExportAsked(here, export_id), now)
    return export_id


def make(session: Session, export_id: UUID, now: datetime) -> None:
    """Make the file with the eyes of whoever asked, as far as they may see now; figures with nobody's eyes."""
    row = session.scalar(select(Export).where(Export.id == export_id))
    if row is None or row.made_at is not None or row.ended_at is not None or row.sealed is None:
        return
    eyes = _eyes(session, row, now)
    if eyes is None:
        _over(row, now)
        destroy(session, [export_id])
        return
    box = box_of(session, export_id)
    said = box.open_json(PLACE, export_id, row.sealed)
    mark = Mark(row.number, said["recipient"], row.asked_name, say_moment(row.asked_at), said["reason"])
    with beside(session, eyes) as counting:
        whole, sheet = _sheet(counting, row, now)

        def told(done: int) -> None:
            with beside(session, eyes) as telling:
                progress = update(Export).where(Export.id == export_id).values(done=done, whole=whole)
                telling.execute(progress)

        told(0)
        data = written(Form(row.form), sheet, mark, told)
    if session.scalar(select(Export.made_at).where(Export.id == export_id).with_for_update()) is not None:
        return
    session.refresh(row)
    row.file = box.seal_bytes(FILE, export_id, data)
    row.done = row.whole = whole
    row.made_at, row.until_at = now, now + THERE_FOR
    leave(session, [Notice(row.asked_by, export_id, Kind.NEW_REPORT, f"{desk_of(session)}/exports")], now)


def save(session: Session, export_id: UUID, actor: Actor, now: datetime) -> tuple[ExportRow, bytes]:
    """The file, for whoever asked for it; each saving is written down."""
    row = session.scalar(
        select(Export)
        .where(
            Export.landlord_id == scope_of(session).landlord_id,
            Export.id == export_id,
            Export.asked_by == actor.account_id,
            Export.ended_at.is_(None),
            Export.until_at > now,
        )
        .with_for_update()
    )
    if row is None or row.file is None:
        raise NoSuchExportError
    row.saved += 1
    _note(session, Fact.EXPORT_SAVED, export_id, actor, now, f"{row.what} {row.form} {row.period}")
    data = box_of(session, export_id).open_bytes(FILE, export_id, row.file)
    return queries.row_of(session, row, now), data


def let_go(session: Session, now: datetime) -> int:
    """Files whose day is over: their keys are destroyed, so that no backup has them either."""
    ended = session.scalars(
        select(Export).where(
            Export.landlord_id == scope_of(session).landlord_id, Export.ended_at.is_(None), Export.until_at <= now
        )
    ).all()
    for row in ended:
        _over(row, now)
    destroy(session, [each.id for each in ended])
    return len(ended)


def _over(row: Export, now: datetime) -> None:
    row.ended_at, row.file, row.sealed = now, None, None


def _eyes(session: Session, row: Export, now: datetime) -> LandlordScope | None:
    """What is seen for it; None where whoever asked may not ask for it any more."""
    found = next((each for each in colleagues(session, now) if each.account_id == row.asked_by), None)
    if found is None or Permission.FIGURES_EXPORT not in found.permissions:
        return None
    if row.what == What.FIGURES:
        return LandlordScope(row.landlord_id, staff_cases=False, reader=NOBODY)
    if Permission.CASE_READ not in found.permissions:
        return None
    knows = Permission.STAFF_ROUTE_READ in found.permissions
    return LandlordScope(row.landlord_id, staff_cases=knows, reader=row.asked_by)


def _sheet(session: Session, row: Export, now: datetime) -> tuple[int, Sheet]:
    quarter = Quarter.read(row.period)
    if row.what == What.CASES or quarter is None:
        return contents.how_many(session, quarter), contents.of_cases(session, quarter)
    found = published.keep(session, quarter, now)
    before = published.keep(session, quarter.before(), now)
    sheet = contents.of_figures(quarter, found.figures, before.lately)
    return len(list(sheet.rows)), sheet


def _note(session: Session, fact: Fact, export_id: UUID, actor: Actor, now: datetime, detail: str) -> None:
    audit.record(session, fact, actor, now, subject="export", subject_id=export_id, detail=detail)
