"""A report as the officer reads it who decides what becomes of it, and the decision to open a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import assigning, frame, preferences
from portal.cases.anonymity.service import take_name_out
from portal.cases.assigning import Assignment
from portal.cases.frame import Reader
from portal.cases.models import Case
from portal.cases.preferences import Choice
from portal.deadlines.queries import ClockRow, clocks
from portal.domain.calendar import in_london
from portal.domain.cautions import cautions
from portal.domain.intake import Answers, routing
from portal.domain.lifecycle import REPORT_MOVES, ReportState
from portal.domain.policy import PersonKind, Policy
from portal.landlords.policies import pinned
from portal.people.queries import caseworkers
from portal.people.trained import untrained
from portal.referrals import matches, service
from portal.referrals.matches import CaseMatch, ReportMatch
from portal.referrals.models import Report
from portal.store import audit
from portal.store.audit import Fact
from portal.store.record_keys import box_of


@dataclass(frozen=True, slots=True)
class Triage:
    """One report with what is needed to decide about it."""

    report: Report
    answers: Answers
    policy: Policy
    notices: tuple[str, ...]
    needs: tuple[str, ...]
    clocks: tuple[ClockRow, ...]
    cases: tuple[CaseMatch, ...]
    others: tuple[ReportMatch, ...]
    choices: tuple[Choice, ...]
    outcome: dict[str, str]
    can: frozenset[ReportState]

    @property
    def nobody(self) -> tuple[str, ...]:
        """What nobody here is known to meet."""
        return preferences.met_by_nobody(self.choices)

    @property
    def unasked(self) -> tuple[str, ...]:
        """The wishes of which nobody has asked whom they mean."""
        return preferences.unasked(self.report.preferences)


def read(session: Session, report_id: UUID, reader: Reader, *, manages: bool) -> Triage:
    """The report with its clocks and with what looks like an earlier report; the reading is written down.

    Managers know what colleagues have offered in confidence (STAR 3.5).
    """
    report = service.read(session, report_id)
    answers, policy = service.answers_of(session, report), pinned(session, report.policy_version_id).policy
    undecided = report.case_id is None
    others = matches.matching_reports(session, report, answers) if undecided else []
    who = caseworkers(session, reader.now, report.route) if undecided else []
    cases = tuple(matches.matching_cases(session, answers)) if undecided else ()
    _note_reading(session, report, reader, shown=[*(each.line.id for each in cases), *(each.id for each in others)])
    lack = untrained(session, policy, who, in_london(reader.now).date())
    return Triage(
        report=report,
        answers=answers,
        policy=policy,
        notices=notices(policy, answers),
        needs=frame.needs(answers, report.preferences),
        clocks=tuple(clocks(session, report_id=report.id)),
        cases=cases,
        others=tuple(others),
        choices=tuple(
            preferences.choices(who, report.preferences, sees_private=manages, untrained=lack)
        ),
        outcome=_outcome(session, report),
        can=REPORT_MOVES[ReportState(report.state)],
    )


def why(session: Session, report_id: UUID, reader: Reader) -> tuple[ClockRow, ...]:
    """Why each time of the report is what it is; the reading is written down."""
    report = service.read(session, report_id)
    _note_reading(session, report, reader)
    return tuple(clocks(session, report_id=report.id))


def open_case(
    session: Session,
    report_id: UUID,
    code: str,
    to: Assignment | None,
    reader: Reader,
    *,
    without_name: bool = False,
) -> Case:
    """Open a case and, where an officer was chosen, give it to that officer: both or neither.

    `without_name` logs it without a name from its first moment (HS-026 4.14).
    """
    case = service.open_case(session, report_id, code, reader.actor, reader.now)
    if without_name:
        session.flush()
        take_name_out(session, case.id, "", reader.actor, reader.now)
    if to:
        session.flush()
        assigning.assign(session, case.id, to, reader.actor, reader.now)
    return case


def notices(policy: Policy, answers: Answers) -> tuple[str, ...]:
    """What whoever reads this report is told about where it goes, and what must not be done."""
    found = routing(
        answers,
        policy_minimum_age=policy.definition.minimum_age.value.youngest,
        leaseholders_covered=policy.scope.covers(PersonKind.LEASEHOLDER) is not False,
    )
    return (*found.notices, *cautions(answers))


def _note_reading(session: Session, report: Report, reader: Reader, shown: Iterable[UUID] = ()) -> None:
    audit.record(
        session,
        Fact.REPORT_READ,
        reader.actor,
        reader.now,
        permission=reader.permission,
        subject="report",
        subject_id=report.id,
        shown=shown,
    )


def _outcome(session: Session, report: Report) -> dict[str, str]:
    if report.outcome is None:
        return {}
    found: dict[str, str] = box_of(session, report.id).open_json("report.outcome", report.id, report.outcome)
    return found
