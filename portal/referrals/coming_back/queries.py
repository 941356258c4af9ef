"""What somebody sees who came back, and what officers see of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.advice import queries as advice
from portal.cases.consents import queries as consents
from portal.cases.disclosures import seen as seen_by
from portal.cases.disclosures.queries import LeftRow
from portal.cases.frame import Reader
from portal.cases.models import Case
from portal.cases.plans import queries as plans
from portal.cases.plans.parts import ActionState, Owner
from portal.deadlines import service as deadlines
from portal.domain.errors import PortalError
from portal.domain.lifecycle import CaseStage, ReportState
from portal.domain.plans import PlanKind
from portal.people.models import Account
from portal.referrals.coming_back.models import BackMessage, WayBack
from portal.referrals.coming_back.visits import OWN, THEM, Visit
from portal.referrals.models import Report
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PLACE = "back_message"


class Writes(StrEnum):
    """What a message is about."""

    WORD = "word"
    MORE = "more"
    LESS_CONTACT = "less_contact"
    OTHER_CONTACT = "other_contact"
    SHARE = "share"
    READERS = "readers"
    PREFERENCES = "preferences"
    PLAN = "plan"
    REMIND = "remind"


class Stands(StrEnum):
    """How far it is, as somebody outside is told."""

    WAITS = "waits"
    TAKEN_UP = "taken_up"
    REACHED = "reached"
    PASSED_ON = "passed_on"
    SET_ASIDE = "set_aside"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Ours:
    """A message of ours to them."""

    id: UUID
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """One part of their plan, and what they can say to it."""

    id: UUID
    what: str
    theirs: bool
    proposed: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that the page shows: nothing that they told us, no name, no number, no address."""

    stands: Stands
    due_at: datetime | None
    ours: tuple[Ours, ...]
    wrote_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Readers:
    """Who has seen their record here, and with whom it was shared as they agreed."""

    here: tuple[seen_by.Seen, ...]
    shared: tuple[tuple[str, LeftRow], ...]


class NotShownError(PortalError):
    """This number does not show it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A message as officers see it; `by` is empty where it came from them."""

    id: UUID
    kind: Writes
    at: datetime
    by: str
    read_at: datetime | None
    words: str


def seen(session: Session, visit: Visit, now: datetime) -> Seen:
    """What was done and what comes next; of a case that their report only joined, no more than that it is read."""
    here = scope_of(session).landlord_id
    state = session.scalars(select(Report.state).where(Report.landlord_id == here, Report.id == visit.report_id)).one()
    stage = session.scalar(select(Case.stage).where(Case.landlord_id == here, Case.id == visit.case_id))
    stage = stage if visit.own or stage is None else CaseStage.NEW.value
    upcoming = deadlines.next_due(session, case_id=visit.case_id, report_id=visit.report_id)
    due_at = upcoming.at if visit.own and upcoming.at and upcoming.at > now and upcoming.event != "task" else None
    rows = messages(session, [visit.report_id])
    return Seen(
        _stands(ReportState(state), stage),
        due_at,
        tuple(Ours(each.id, each.at, each.words) for each in rows if each.by),
        tuple(each.at for each in rows if not each.by),
    )


def messages(session: Session, report_ids: Iterable[UUID]) -> list[Line]:
    """What both sides wrote, the oldest first."""
    rows = session.execute(
        select(BackMessage, Account.name)
        .join(Account, Account.id == BackMessage.account_id, isouter=True)
        .where(BackMessage.landlord_id == scope_of(session).landlord_id, BackMessage.report_id.in_(list(report_ids)))
        .order_by(BackMessage.at, BackMessage.id)
    ).all()
    return [
        Line(
            row.id, Writes(row.kind), row.at, name or "", row.read_at,
            box_of(session, row.report_id).open(PLACE, row.id, row.sealed),
        )
        for row, name in rows
    ]  # fmt: skip


def reports_of(session: Session, case_id: UUID) -> list[UUID]:
    """The reports of a case: first the one that opened it, then the newest."""
    here = Report.landlord_id == scope_of(session).landlord_id
    order = (Report.state != ReportState.OPENED.value, Report.received_at.desc(), Report.id)
    found = select(Report.id).where(here, Report.case_id == case_id).order_by(*order)
    return list(session.scalars(found))


def ways_back(session: Session, case_id: UUID) -> list[tuple[WayBack, bool]]:
    """The numbers with which somebody can come back now, and whether what is written to them is for it."""
    here = (WayBack.landlord_id == scope_of(session).landlord_id) & WayBack.ended_at.is_(None)
    of_report = (Report.landlord_id == WayBack.landlord_id) & (Report.id == WayBack.report_id)
    found = select(WayBack, OWN).join(Report, of_report).where(here, Report.case_id == case_id)
    return [(way, own) for way, own in session.execute(found.order_by(WayBack.made_at, WayBack.id))]


def steps(session: Session, visit: Visit) -> list[Step]:
    """The parts of their plan that wait for a word of theirs; none unless they asked to see it with the number."""
    if visit.case_id is None or not visit.shows_plan:
        return []
    plan = plans.plan(session, visit.case_id, PlanKind.ACTION)
    found = plans.actions(session, visit.case_id, plan.id)
    return [
        Step(each.id, each.what, each.owner is Owner.SURVIVOR, each.state is ActionState.PROPOSED)
        for each in found
        if each.state is ActionState.PROPOSED or (each.state is ActionState.OPEN and each.owner is Owner.SURVIVOR)
    ]


def explained(session: Session, visit: Visit) -> list[tuple[datetime, str]]:
    """What was explained to them and released for this page, with its day (HS-026 3.4); nothing else of any advice."""
    if visit.case_id is None or not (visit.shows_plan and visit.own):
        return []
    return advice.shown_to_them(session, visit.case_id)


def agreed(session: Session, visit: Visit, now: datetime) -> list[tuple[UUID, str]]:
    """With whom we may speak, as they agreed; each can be taken back. None is named to a number without the plan."""
    return in_force(session, visit.case_id, now) if visit.case_id and visit.shows_plan else []


def readers(session: Session, visit: Visit, now: datetime) -> Readers:
    """Who has seen their record, by post and day; only with a number for which an officer recognised them.

    Of what left, only what they agreed to: whoever else may have the number learns nothing of the rest.
    """
    if visit.case_id is None or not visit.shows_plan:
        raise NotShownError
    found = seen_by.of_case(session, visit.case_id, Reader(THEM, None, now))
    agreed_to = tuple(each for each in found.left if each[0] == seen_by.AGREED_TO)
    return Readers(tuple(each for each in found.rows if each.did), agreed_to)


def in_force(session: Session, case_id: UUID, now: datetime) -> list[tuple[UUID, str]]:
    """Every consent that counts now, with whom it is for."""
    found = consents.of_case(session, case_id, now)
    return [(each.id, each.consent.recipient.name) for each in found if each.consent.in_force(now)]


def _stands(state: ReportState, stage: str | None) -> Stands:
    if stage:
        at = {CaseStage.NEW: Stands.TAKEN_UP, CaseStage.CLOSED: Stands.CLOSED}
        return at.get(CaseStage(stage), Stands.REACHED)
    without = {ReportState.ROUTED: Stands.PASSED_ON, ReportState.SET_ASIDE: Stands.SET_ASIDE}
    return without.get(state, Stands.WAITS)
