"""What follows a report: those on duty are told, at once where a life is in danger, unless somebody was quicker."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases.confidentiality.queries import matters
from portal.cases.models import Case
from portal.deadlines.hearers import Matter, who_hears
from portal.deadlines.models import Deadline
from portal.deadlines.telling import notices
from portal.domain.lifecycle import CaseStage, ReportState, Route
from portal.domain.policy.ladder import Hearer
from portal.messaging.words import Kind
from portal.people.colleagues import colleagues
from portal.referrals.coming_back.visits import purge
from portal.referrals.drafts import purge_drafts
from portal.referrals.matters import report_matter
from portal.referrals.models import Report
from portal.store.database import scope_of
from portal.work.notices import desk_of, leave
from portal.work.programme import Open


@dataclass(frozen=True, slots=True)
class Arrived:
    """A report as it stands when its job is done, perhaps long after it arrived."""

    id: UUID
    state: ReportState
    route: str
    also: list[str]
    threat_to_life: bool
    recorded_by: UUID | None
    case_id: UUID | None
    stage: str | None
    unanswered: bool
    in_case: Matter | None
    """Its case, and who may hear of that."""

    @property
    def matter(self) -> Matter | None:
        """What is still to be done: open the report, or reach the person of its case; None if both were done.

        In a case that runs already somebody was reached, but not about this report while a clock of it runs.
        """
        if self.state is ReportState.NEW:
            return report_matter(self.id, self.route)
        if self.stage == CaseStage.NEW or (self.case_id and self.unanswered):
            return self.in_case
        return None


def tell_of_report(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Tell those on duty of a new report, but for the one who typed it in. What cannot wait has its own alert."""
    report = _arrived(session, ids["report_id"])
    at_once = report.threat_to_life or Route.CHILD_SAFEGUARDING in (report.route, *report.also)
    if report.state is ReportState.NEW and not at_once:
        _tell(session, report, report_matter(report.id, report.route), Kind.NEW_REPORT, now)


def alert_for_life(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Alert those on duty, under every policy, or the officer who has the case by now; not once she was reached."""
    report = _arrived(session, ids["report_id"])
    if report.matter:
        _tell(session, report, report.matter, Kind.LIFE, now)


def alert_for_child(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Alert those on duty to a report about somebody under 16 that nobody has taken up."""
    report = _arrived(session, ids["report_id"])
    if report.state is ReportState.NEW and not report.threat_to_life:
        _tell(session, report, report_matter(report.id, report.route), Kind.LIFE, now)


def tell_of_their_word(session: Session, ids: Mapping[str, UUID], now: datetime) -> None:
    """Tell the officer of the case, or those on duty, that somebody came back and wrote."""
    report = _arrived(session, ids["report_id"])
    matter = report_matter(report.id, report.route)
    if report.in_case:
        matter = replace(report.in_case, path=f"{report.in_case.path}/messages")
    heard = who_hears(colleagues(session, now), Hearer.OFFICER, matter)
    leave(session, notices(heard, matter, Kind.NEW_REPORT, ids["message_id"], desk_of(session)), now)


def wipe_old_drafts(open_: Open, now: datetime) -> None:
    """Half-finished answers are not kept beyond their half hour, nor visits beyond their minutes."""
    with open_() as session:
        purge_drafts(session, now)
        purge(session, now)


def _tell(session: Session, report: Arrived, matter: Matter, kind: Kind, now: datetime) -> None:
    heard = who_hears(colleagues(session, now), Hearer.OFFICER, matter)
    found = notices(heard, matter, kind, report.id, desk_of(session))
    knows = report.recorded_by if kind is Kind.NEW_REPORT else None
    leave(session, [each for each in found if each.account_id != knows], now)


def _arrived(session: Session, report_id: UUID) -> Arrived:
    row = session.execute(
        select(
            Report.state,
            Report.route,
            Report.also,
            Report.threat_to_life,
            Report.recorded_by,
            Report.case_id,
            Case.stage,
        )
        .outerjoin(Case, (Case.landlord_id == Report.landlord_id) & (Case.id == Report.case_id))
        .where(Report.id == report_id)
    ).one()
    in_case = matters(session, [row.case_id]).get(row.case_id) if row.case_id else None
    unanswered = _clock_runs(session, report_id)
    return Arrived(report_id, ReportState(row.state), *row[1:], unanswered=unanswered, in_case=in_case)


def _clock_runs(session: Session, report_id: UUID) -> bool:
    """Whether any clock that the report started still runs."""
    theirs = select(Deadline.id).where(
        Deadline.landlord_id == scope_of(session).landlord_id,
        Deadline.report_id == report_id,
        Deadline.ended_at.is_(None),
    )
    return session.scalar(theirs.limit(1)) is not None
