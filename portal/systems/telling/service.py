"""The verbs: a concern comes in, something happened to a tenancy, somebody asks before a visit or how one case stands.

What is only handed in finds whoever it is about, and answers the same whether that was anybody or nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.tasks.proposed import tomorrow
from portal.cases.tasks.service import Proposal, propose
from portal.domain.calendar import in_london
from portal.domain.clock import describe
from portal.domain.errors import PortalError
from portal.domain.flags import SAYS
from portal.domain.intake import Answers, Danger, Teller
from portal.domain.lifecycle import CaseStage, Source
from portal.domain.policy import Policy
from portal.domain.suppression import Key, Rules, Table, publish
from portal.domain.tasks import TaskKind
from portal.domain.wording import say_day
from portal.homes.flags.queries import for_systems
from portal.homes.flags.service import looked_up
from portal.homes.tenancy.service import Arrived, quit_arrived
from portal.landlords.policies import in_force, pinned
from portal.referrals.matches import matching_cases
from portal.referrals.service import FutureReportError, receive
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.systems.jobs.queries import apart

SAME_ADDRESS = "the same address"
MOVED = "tenancy-moved-out"
RULES = Rules()

__all__ = ["FutureReportError"]


class NoSuchCaseHereError(PortalError):
    """No case with this reference that a system may ask for."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A concern as a system hands it in."""

    noticed: str
    address: str
    person: str
    danger: str
    told_by: str
    organisation: str
    telephone: str
    reached_us_at: datetime | None


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a tenancy."""

    kind: str
    address: str
    on: date
    ends_on: date | None


def take_concern(session: Session, said: Noticed, actor: Actor, now: datetime) -> UUID:
    """A concern comes in as by any other way: it starts the policy's clocks and wakes whoever is on duty."""
    answers = Answers(
        Source.CONCERN_CARD,
        name=said.person.strip(),
        address=said.address.strip(),
        danger=Danger(said.danger),
        happening=said.noticed,
        teller=Teller(name=said.told_by, organisation=said.organisation or actor.name, phone=said.telephone),
        came_by=actor.name,
    )
    return receive(session, answers, actor, now, reached_us_at=said.reached_us_at).report_id


def take_event(session: Session, said: Happened, actor: Actor, now: datetime) -> UUID:
    """On every open case at this address somebody hears of it; the system hears nothing."""
    event_id = new_id()
    found = matching_cases(session, Answers(Source.STAFF_ENTRY, address=said.address))
    for each in found:
        if SAME_ADDRESS in each.why and each.line.stage != CaseStage.CLOSED:
            _tell_case(session, each.line.id, said, event_id, actor, now)
    audit.record(session, Fact.TENANCY_TOLD, actor, now, subject="tenancy", subject_id=event_id, detail=said.kind)
    return event_id


def marks(session: Session, address: str, actor: Actor, now: datetime) -> list[str]:
    """What stands on an address, in neutral words; which address it was stands nowhere."""
    found = for_systems(session, address, in_london(now).date())
    looked_up(session, len(found), actor, now)
    return [SAYS[each] for each in found]


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock of the policy."""

    event: str
    starts: str
    rule: str | None
    clause: str | None
    stated: bool
    aim: bool


def policy_now(session: Session, actor: Actor, now: datetime) -> tuple[Policy, list[ClockLine]]:
    """The policy in force and its clocks."""
    policy = in_force(session, now).policy
    audit.record(session, Fact.POLICY_READ, actor, now, subject="policy")
    lines = [
        ClockLine(
            each.event, each.starts, describe(each.rule()) if each.stated else None, each.clause, each.stated,
            each.commitment == "aim",
        )
        for each in policy.clocks
    ]  # fmt: skip
    return policy, lines


def due_counts(session: Session, actor: Actor, now: datetime) -> dict[str, int | None]:
    """Open cases by what is due next, rounded; None where there are too few to say."""
    dues = session.scalars(
        select(Case.next_due_at).where(
            Case.landlord_id == scope_of(session).landlord_id, Case.stage != CaseStage.CLOSED.value
        )
    ).all()
    audit.record(session, Fact.COUNTS_READ, actor, now, subject="counts")
    counts: dict[Key, int] = {
        "overdue": sum(each is not None and each < now for each in dues),
        "in_time": sum(each is not None and each >= now for each in dues),
        "no_time": sum(each is None for each in dues),
    }
    told = publish([Table("due", "cases open", counts)], RULES)["due"]
    return {str(name): told[name].value if told else None for name in counts}


@dataclass(frozen=True, slots=True)
class Standing:
    """How one case stands."""

    reference: str
    stage: str
    opened_at: datetime
    closed_at: datetime | None
    next_due_at: datetime | None
    next_clause: str | None


def standing(session: Session, reference: str, actor: Actor, now: datetime) -> Standing:
    """One case by its reference, written down as a reading of it."""
    case = session.scalar(
        select(Case).where(
            Case.landlord_id == scope_of(session).landlord_id,
            Case.reference == reference,
            ~Case.anonymous,
            Case.erased_at.is_(None),
        )
    )
    if case is None or apart(session, [case.id], now.date()):
        raise NoSuchCaseHereError
    audit.record(session, Fact.CASE_READ, actor, now, subject="case", subject_id=case.id)
    return Standing(
        case.reference, case.stage, case.opened_at, case.closed_at, case.next_due_at, case.next_clause or None
    )


def _tell_case(
    session: Session, case_id: UUID, said: Happened, event_id: UUID, actor: Actor, now: datetime
) -> None:
    if said.kind == "notice_to_quit":
        arrived = Arrived("system", said.on, said.ends_on, f"{actor.name} says that it came for this home.")
        quit_arrived(session, case_id, arrived, actor, now)
        return
    case = cases.get(session, case_id, for_update=True)
    words = (
        f"{actor.name} says that somebody moved out of this home on {say_day(said.on)}. Find out who it was, and "
        "whether they are safe."
    )
    due = tomorrow(pinned(session, case.policy_version_id).calendar, now)
    task = Proposal(
        TaskKind.TENANCY_DATE, words, due, owner=case.assigned_to, source=MOVED, source_id=event_id
    )
    propose(session, case_id, task, actor, now)
    tell(session, case_id, "moved_out", actor, now, facts={"on": said.on.isoformat()})
