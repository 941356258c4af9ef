"""The verbs about reports: receive one, make a case of it, join it to one, send it on, set it aside."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import apart, officers, safe_contact, stages
from portal.cases import service as cases
from portal.cases.assessments.follow_up import assess_again
from portal.cases.household.prompts import follow_told
from portal.cases.models import Case
from portal.cases.opening import fill_in, headline, search_keys, tell, write_case
from portal.deadlines import service as deadlines
from portal.deadlines.service import NextDue, Started
from portal.deadlines.taken_up import take_up
from portal.domain.contact import Vouched
from portal.domain.errors import PortalError
from portal.domain.events import ChildReported, LifeThreatened, ReportReceived
from portal.domain.intake import Answers, Danger, Routing, clock_events, routing
from portal.domain.languages import ENGLISH
from portal.domain.lifecycle import CaseStage, ReportState, Route, Source, check_report_move
from portal.domain.policy import PersonKind
from portal.landlords.policies import PinnedPolicy, in_force
from portal.referrals.models import Report
from portal.store import audit, outbox
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import cipher_of, scope_of
from portal.store.record_keys import box_of, new_box
from portal.store.statements import adding, pose

RECEIPT_DIGITS = 16
THEIR_OWN = frozenset({Source.SELF.value, Source.STAFF_ENTRY.value})


class NoSuchReportError(PortalError):
    """No report with this id in the scope of the session."""


class FutureReportError(PortalError):
    """A report may be dated back to when it reached the landlord, never forward (clock.md)."""


@dataclass(frozen=True, slots=True)
class Received:
    """What the page that says "received" may show. The receipt code is kept nowhere in the clear."""

    report_id: UUID
    receipt: str
    routes: tuple[Route, ...]
    next_due_at: datetime | None
    next_event: str | None
    due_at: datetime | None
    dues: Mapping[str, datetime]
    promise: str
    stop_act: str
    clause: str
    stated: bool


def receive(
    session: Session,
    answers: Answers,
    actor: Actor,
    now: datetime,
    *,
    reached_us_at: datetime | None = None,
    quietly: bool = False,
) -> Received:
    """Take a report in: keep it, start the policy's clocks, promise what must follow.

    `reached_us_at` is when it reached the landlord by any channel, for reports that staff type in later. `quietly`: it
    is one of many that are taken over at once, of which nobody is told one by one.
    """
    started_at = reached_us_at or now
    if started_at > now:
        raise FutureReportError
    version = in_force(session, started_at)
    under = Started(version.version_id, version.policy, version.calendar)
    clocks = deadlines.reckon(under, clock_events(answers), started_at)
    goes = _routing(answers, version)
    upcoming = deadlines.first_due(clocks)
    report_id, receipt = _write(session, answers, version, goes, upcoming, actor, started_at, now)
    deadlines.start(session, under, clocks, report_id, started_at)
    here = scope_of(session).landlord_id
    audit.record(session, Fact.REPORT_RECEIVED, actor, now, subject="report", subject_id=report_id)
    if not quietly:
        outbox.record(session, ReportReceived(here, report_id), now)
    if answers.danger is Danger.LIFE:
        outbox.record(session, LifeThreatened(here, report_id), now)
    if Route.CHILD_SAFEGUARDING in goes.routes:
        outbox.record(session, ChildReported(here, report_id), now)
    first = clocks[0]
    return Received(
        report_id=report_id,
        receipt=receipt,
        routes=goes.routes,
        next_due_at=upcoming.at,
        next_event=upcoming.event,
        due_at=first.due_at,
        dues={each.event: each.due_at for each in clocks if each.due_at},
        promise=first.clock.promise,
        stop_act=first.clock.stop_act.value,
        clause=first.clock.clause or "",
        stated=first.stated,
    )


def read(session: Session, report_id: UUID, *, for_update: bool = False) -> Report:
    """The report with this id, or NoSuchReportError."""
    wanted = select(Report).where(Report.id == report_id, Report.landlord_id == scope_of(session).landlord_id)
    report = session.scalar(wanted.with_for_update() if for_update else wanted)
    if report is None:
        raise NoSuchReportError
    return report


def answers_of(session: Session, report: Report) -> Answers:
    """What the report says."""
    return Answers.from_dict(box_of(session, report.id).open_json("report.answers", report.id, report.answers))


def open_case(session: Session, report_id: UUID, code: str, actor: Actor, now: datetime) -> Case:
    """Make a new case of the report; its clocks go on under the policy version that they started under."""
    report = _moving(session, report_id, ReportState.OPENED, actor, now)
    answers = answers_of(session, report)
    case = write_case(session, code, answers, report.policy_version_id, now, Route(report.route))
    report.case_id = case.id
    deadlines.hand_to_case(session, report.id, case.id)
    tell(
        session,
        case.id,
        "report",
        actor,
        report.received_at,
        facts={"source": report.source, "report": str(report.id)},
        words=answers.happening or None,
    )
    follow_told(session, case, answers, actor, now)
    cases.refresh_next(session, case)
    audit.record(session, Fact.CASE_OPENED, actor, now, subject="case", subject_id=case.id)
    officers.ask_manager(session, case, actor, now)
    return case


def join_case(
    session: Session,
    report_id: UUID,
    case_id: UUID,
    actor: Actor,
    now: datetime,
    *,
    newer_contact: bool,
    word: Vouched | None = None,
) -> Case:
    """Add the report to a case that exists; a closed one opens again.

    `newer_contact` takes over the report's safe-contact record: a choice of the officer, because a report
    can have been made by somebody else; where it makes more possible, `word` tells how we knew whose it is.
    """
    report = _moving(session, report_id, ReportState.JOINED, actor, now)
    case = cases.get(session, case_id, for_update=True)
    answers = answers_of(session, report)
    report.case_id = case.id
    deadlines.hand_to_case(session, report.id, case.id)
    if case.stage == CaseStage.CLOSED:
        stages.reopen(session, case.id, "", actor, now, anew=True)
    case.threat_to_life = case.threat_to_life or report.threat_to_life
    if report.route == Route.STAFF:
        case.route = Route.STAFF.value
    tell(
        session,
        case.id,
        "report",
        actor,
        report.received_at,
        facts={"source": report.source, "report": str(report.id), "joined": "yes"},
        words=answers.happening or None,
    )
    apart.take_report(session, case, report.id, answers, actor, now)
    if report.source in THEIR_OWN:
        fill_in(session, case, answers)
    follow_told(session, case, answers, actor, now)
    assess_again(session, case, "report", report.id, actor, now)
    if newer_contact:
        safe_contact.change(session, case.id, answers.safe_contact, word, actor, now)
    cases.refresh_next(session, case)
    return case


def send_on(session: Session, report_id: UUID, whom: str, words: str, actor: Actor, now: datetime) -> None:
    """Send the report to where it belongs (children's services, the council, the staff route)."""
    report = _moving(session, report_id, ReportState.ROUTED, actor, now)
    report.outcome = box_of(session, report.id).seal_json("report.outcome", report.id, {"to": whom, "words": words})


def set_aside(session: Session, report_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Set a report aside with a reason; it stays readable, and can still become a case. HS-026 3.2; STAR 1.6."""
    report = _moving(session, report_id, ReportState.SET_ASIDE, actor, now)
    report.outcome = box_of(session, report.id).seal_json("report.outcome", report.id, {"words": reason})
    deadlines.end_of_report(session, report.id, now)


def refresh_next(session: Session, report: Report) -> None:
    """Copy onto the report what it has to meet next."""
    session.flush()
    upcoming = deadlines.next_due(session, report_id=report.id)
    report.next_due_at, report.next_event, report.next_clause = upcoming.at, upcoming.event, upcoming.clause


def _moving(session: Session, report_id: UUID, then: ReportState, actor: Actor, now: datetime) -> Report:
    report = read(session, report_id, for_update=True)
    check_report_move(ReportState(report.state), then)
    if report.state == ReportState.SET_ASIDE:
        take_up(session, report.id, now)
    report.state, report.triaged_at, report.triaged_by = then.value, now, actor.account_id
    audit.record(
        session, Fact.REPORT_TRIAGED, actor, now, subject="report", subject_id=report.id, detail=then.value
    )
    return report


ADD = adding(Report, but={"case_id", "triaged_at", "triaged_by", "outcome"})


def _routing(answers: Answers, version: PinnedPolicy) -> Routing:
    return routing(
        answers,
        policy_minimum_age=version.policy.definition.minimum_age.value.youngest,
        leaseholders_covered=version.policy.scope.covers(PersonKind.LEASEHOLDER) is not False,
    )


def _write(
    session: Session,
    answers: Answers,
    version: PinnedPolicy,
    goes: Routing,
    upcoming: NextDue,
    actor: Actor,
    started_at: datetime,
    now: datetime,
) -> tuple[UUID, str]:
    cipher, report_id = cipher_of(session), new_id()
    box = new_box(session, report_id, now)
    receipt = f"{secrets.randbelow(10**RECEIPT_DIGITS):0{RECEIPT_DIGITS}d}"
    pose(
        session,
        ADD,
        id=report_id,
        source=answers.source.value,
        route=goes.route.value,
        also=[each.value for each in goes.also],
        state=ReportState.NEW.value,
        received_at=started_at,
        recorded_at=now,
        recorded_by=actor.account_id,
        policy_version_id=version.version_id,
        threat_to_life=answers.danger is Danger.LIFE,
        pages_in=answers.written_in or ENGLISH.code,
        answers=box.seal_json("report.answers", report_id, answers.to_dict()),
        headline=box.seal_json("report.headline", report_id, headline(answers)),
        preferences=list(answers.preferences),
        match_tokens=sorted(cipher.token(kind, word).hex() for kind, word in search_keys(answers)),
        receipt_hash=cipher.token("receipt", receipt).hex()
        if answers.source is not Source.CONCERN_CARD
        else None,
        next_due_at=upcoming.at,
        next_event=upcoming.event,
        next_clause=upcoming.clause,
    )
    return report_id, " ".join(receipt[i : i + 4] for i in range(0, RECEIPT_DIGITS, 4))
