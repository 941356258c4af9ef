"""What every page of a case stands in: whose case it is, how contact is safe, what must not be done."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import arrangements, preferences, service
from portal.cases.assessments.words import WARNINGS
from portal.cases.household import queries as household
from portal.cases.household.queries import KindsRow
from portal.cases.looking import queries as looking
from portal.cases.meetings import queries as meetings
from portal.cases.orders import queries as orders
from portal.cases.service import NoSuchCaseError
from portal.cases.sheet import CaseSheet, notice_waits, sheet
from portal.cases.steps import guidance_at
from portal.domain.calendar import in_london
from portal.domain.cautions import cautions
from portal.domain.contact import SafeContact
from portal.domain.errors import PortalError
from portal.domain.intake import Answers
from portal.domain.looking import Asking
from portal.domain.policy import Policy
from portal.domain.policy.guidance import Guidance
from portal.domain.policy.scope import Subtype
from portal.domain.risk import StaffRisk
from portal.landlords.policies import pinned
from portal.store import audit
from portal.store.audit import UNSAID, Actor, Fact
from portal.store.record_keys import box_of
from portal.store.statements import Later


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, under which permission, and when: each reading leaves its row. `writes`: they send something."""

    actor: Actor
    permission: str | None
    now: datetime
    writes: bool = False


class WhyNeededError(PortalError):
    """The landlord wants to hear why somebody looks at a case that is not theirs before it is shown."""

    def __init__(self, case_id: UUID) -> None:
        """Keep which case."""
        super().__init__("Say why you look at it.")
        self.case_id = case_id


@dataclass(frozen=True, slots=True)
class Frame:
    """One case without its story."""

    case: CaseSheet
    policy: Policy
    answers: Answers
    safe: SafeContact
    needs: tuple[str, ...]
    needed: tuple[str, ...]
    to_arrange: tuple[str, ...]
    subtypes: frozenset[Subtype]
    orders: tuple[str, ...]
    meetings: tuple[str, ...]
    notice_waits: bool
    """Whether a notice to quit came that nobody has answered yet."""
    asks_why: bool = field(default=False, kw_only=True)
    """Whether this reader has still to say why they look at a case that is not theirs."""

    def guidance(self, endpoint: str) -> Guidance | None:
        """What the policy says to whoever is on a page (HS-026 3.4)."""
        return guidance_at(self.policy, endpoint)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What must not be done."""
        staff = WARNINGS.get(StaffRisk(self.case.staff_risk)) if self.case.staff_risk else None
        return (*cautions(self.answers, self.subtypes), *((staff,) if staff else ()))


def read(session: Session, case_id: UUID, reader: Reader) -> Frame:
    """The frame of a case, written into the audit as a reading; NoSuchCaseError for one that is not here."""
    beside = _pose_beside(session, case_id, reader.now)
    case = sheet(session, case_id)
    if case is None:
        raise NoSuchCaseError
    asking = pinned(session, case.policy_version_id).policy.asks_why.value
    unsaid = looking.asked(session, case, asking, reader.actor.account_id, reader.now)
    if unsaid and asking is Asking.FIRST and not (reader.writes or case.threat_to_life):
        raise WhyNeededError(case_id)
    note_reading(session, case_id, reader, detail=UNSAID if unsaid else None)
    return _of_sheet(session, case, beside, asks_why=unsaid)


def of_sheet(session: Session, case: CaseSheet, now: datetime) -> Frame:
    """The frame of a case that somebody else has written down as read: for what is put together to be shared."""
    return _of_sheet(session, case, _pose_beside(session, case.id, now))


class _Beside(NamedTuple):
    """What stands at the head of a case, and in other rows than its own."""

    kinds: Later[KindsRow | None]
    orders: Later[tuple[str, ...]]
    meetings: Later[tuple[str, ...]]


def _pose_beside(session: Session, case_id: UUID, now: datetime) -> _Beside:
    return _Beside(
        household.pose_kinds(session, case_id),
        orders.pose_in_force(session, case_id, in_london(now).date()),
        meetings.pose_booked(session, case_id),
    )


def _of_sheet(session: Session, case: CaseSheet, beside: _Beside, *, asks_why: bool = False) -> Frame:
    case_id = case.id
    answers = Answers.from_dict(box_of(session, case_id).open_json("cases.summary", case_id, case.summary))
    needed = arrangements.needed(case.preferences, answers.language)
    return Frame(
        case=case,
        policy=pinned(session, case.policy_version_id).policy,
        answers=answers,
        safe=service.safe_contact(session, case),
        needs=needs(answers, case.preferences),
        needed=needed,
        to_arrange=tuple(preferences.in_words(arrangements.still_open(session, case_id, needed))),
        subtypes=household.all_subtypes(answers, beside.kinds()),
        orders=beside.orders(),
        meetings=beside.meetings(),
        notice_waits=notice_waits(case),
        asks_why=asks_why,
    )


def note_reading(session: Session, case_id: UUID, reader: Reader, *, detail: str | None = None) -> None:
    """Write down that somebody reads this case."""
    audit.record(
        session,
        Fact.CASE_READ,
        reader.actor,
        reader.now,
        permission=reader.permission,
        subject="case",
        subject_id=case_id,
        detail=detail,
    )


def needs(answers: Answers, wanted: list[str]) -> tuple[str, ...]:
    """What must be known before anybody speaks with them, before any number is shown (HS-026 3.3)."""
    found = preferences.in_words(wanted)
    found += [preferences.BARRIERS.get(each, each) for each in answers.barriers]
    if answers.language:
        found.append(f"language: {answers.language}")
    if answers.needs:
        found.append(answers.needs)
    return tuple(found)
