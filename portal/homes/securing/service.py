"""The verbs about measures: somebody asks for one, it is decided on, or they do not want it.

Sources: AG/013 OP8; STAR 3.9, 3.15, 5.2; whg 2.6, 4.1; NPH Security Measures.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.opening import tell
from portal.cases.tasks.proposed import DealtWith, by_day, end_of, tomorrow
from portal.cases.tasks.service import Ending, Proposal, propose
from portal.deadlines.on_case import start_on_case
from portal.domain.calendar import in_london
from portal.domain.permissions import Permission
from portal.domain.policy.clocks import SECURITY
from portal.domain.policy.securing import Measure, MeasureKind
from portal.domain.securing import Decision, Source, against_decision
from portal.domain.tasks import TaskKind
from portal.domain.tenancy.holding import Held
from portal.homes.refused import RefusedError
from portal.homes.securing.models import HomeMeasure
from portal.homes.tenancy.queries import held_of
from portal.landlords.policies import PinnedPolicy, pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PLACE = "home_measure"
OPEN = ("asked", "agreed", "ordered")
TO_BE_DONE = "to-be-done"
TO_DO = timedelta(days=7)
"""By when a measure that was agreed to is done: the portal's own, where the policy gives no hours."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure that somebody asks for."""

    measure: str
    source: Source
    words: str
    managed: bool = True
    """Whether the home is one that this landlord manages; for another the request goes to whoever does."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision, what it costs, and how they were told; `outside` is an agency that has to be asked."""

    decision: Decision
    cost: int | None = None
    told: str = ""
    outside: str = ""
    chase_at: datetime | None = None


def ask(session: Session, case_id: UUID, asked: Asked, actor: Actor, now: datetime) -> UUID:
    """Put a measure on the case. One that another body gives is signposted, and nobody here decides on it."""
    case = cases.get(session, case_id, for_update=True)
    under = pinned(session, case.policy_version_id)
    measure = under.policy.securing.find(asked.measure)
    if measure is None:
        raise cases.NoSuchCaseError
    measure_id = new_id()
    state = "signposted" if measure.kind is MeasureKind.SIGNPOST else "asked" if asked.managed else "passed_on"
    session.add(
        HomeMeasure(
            landlord_id=case.landlord_id,
            id=measure_id,
            case_id=case_id,
            measure=measure.id,
            source=asked.source.value,
            state=state,
            asked_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json(PLACE, measure_id, {"words": asked.words}),
        )
    )
    session.flush()
    if state == "asked":
        _follow(session, case, under, measure_id, measure, actor, now)
    elif state == "passed_on":
        _pass_on(session, case, under, measure_id, measure, actor, now)
    _note(session, case_id, "measure", {"measure": measure.title, "state": state}, asked.words, actor, now)
    return measure_id


def decide(
    session: Session,
    case_id: UUID,
    measure_id: UUID,
    revision: int,
    found: Decided,
    actor: Actor,
    now: datetime,
    *,
    is_manager: bool,
) -> None:
    """Agree to a measure or refuse it, with what the policy wants weighed; RefusedError says what is lacking."""
    case = cases.get(session, case_id, for_update=True)
    row = get(session, case_id, measure_id)
    if row.revision != revision or row.state != "asked":
        raise cases.EditedMeanwhileError
    under = pinned(session, case.policy_version_id)
    measure = measure_of(under, row.measure)
    held = held_of(session, case_id)
    lacking = against_decision(
        under.policy,
        measure,
        Source(row.source),
        found.decision,
        is_manager=is_manager,
        joint=held is not None and held.holding.held is Held.JOINT,
    )
    if lacking:
        raise RefusedError(*lacking)
    row.state = "agreed" if found.decision.agreed else "refused"
    row.cost = found.cost
    _seal_decision(session, row, found, actor, now)
    _after_decision(session, case, under, row, found, actor, now)
    facts = {"measure": measure.title, "state": row.state}
    _note(session, case_id, "measure", facts, found.decision.reason, actor, now, manager=is_manager)


def decline(
    session: Session, case_id: UUID, measure_id: UUID, revision: int, words: str, actor: Actor, now: datetime
) -> None:
    """They do not want it: nobody has to decide, and it can be asked for again at any time."""
    cases.get(session, case_id, for_update=True)
    row = get(session, case_id, measure_id)
    if row.revision != revision or row.state not in OPEN:
        raise cases.EditedMeanwhileError
    row.state = "declined"
    box = box_of(session, case_id)
    row.sealed = box.seal_json(PLACE, row.id, box.open_json(PLACE, row.id, row.sealed) | {"declined": words})
    row.revision += 1
    end_of(session, case_id, row.id, DealtWith(Ending.NOT_NEEDED, "They do not want it."), actor, now)
    facts = {"measure": title_of(session, case_id, row.measure), "state": row.state}
    _note(session, case_id, "measure", facts, words, actor, now)


def get(session: Session, case_id: UUID, measure_id: UUID) -> HomeMeasure:
    """A measure of this case, or the answer of a case that is not here."""
    row = session.scalar(
        select(HomeMeasure)
        .where(
            HomeMeasure.landlord_id == scope_of(session).landlord_id,
            HomeMeasure.case_id == case_id,
            HomeMeasure.id == measure_id,
        )
        .with_for_update()
    )
    if row is None:
        raise cases.NoSuchCaseError
    return row


def measure_of(under: PinnedPolicy, measure: str) -> Measure:
    """The measure in this version of the policy; its id as its title where the version does not know it."""
    found = under.policy.securing.find(measure)
    return found or Measure(id=measure, title=measure, clause=under.policy.document.cite)


def title_of(session: Session, case_id: UUID, measure: str) -> str:
    """What the case's policy calls it."""
    case = cases.get(session, case_id)
    return measure_of(pinned(session, case.policy_version_id), measure).title


def _follow(
    session: Session,
    case: Case,
    under: PinnedPolicy,
    measure_id: UUID,
    measure: Measure,
    actor: Actor,
    now: datetime,
) -> None:
    """Somebody decides by the end of the next working day, and the policy's clock starts where it has one."""
    if any(each.event == SECURITY for each in under.policy.clocks):
        start_on_case(session, under, case.id, SECURITY, now, now)
    words = f"Decide: {measure.title.lower()}. Time set by the portal: the policy gives none for deciding."
    task = Proposal(
        TaskKind.HOME_DECISION,
        words,
        tomorrow(under.calendar, now),
        clause=measure.clause,
        source=PLACE,
        source_id=measure_id,
    )
    propose(session, case.id, task, actor, now)


def _pass_on(
    session: Session,
    case: Case,
    under: PinnedPolicy,
    measure_id: UUID,
    measure: Measure,
    actor: Actor,
    now: datetime,
) -> None:
    """A home that somebody else manages: whoever does is asked, and somebody asks what became of it (STAR 3.9)."""
    title = measure.title.lower()
    words = f"The home is not ours. Ask whoever manages it, as they agreed, and then what became of it: {title}."
    due_at = tomorrow(under.calendar, now)
    task = Proposal(TaskKind.REPLY, words, due_at, measure.clause, source="passed-on", source_id=measure_id)
    propose(session, case.id, task, actor, now)


def _seal_decision(session: Session, row: HomeMeasure, found: Decided, actor: Actor, now: datetime) -> None:
    box = box_of(session, row.case_id)
    said = box.open_json(PLACE, row.id, row.sealed)
    decided = asdict(found.decision) | {"told": found.told, "outside": found.outside}
    row.sealed = box.seal_json(PLACE, row.id, said | {"decision": decided})
    row.decided_at, row.decided_by = now, actor.name
    row.revision += 1


def _after_decision(
    session: Session,
    case: Case,
    under: PinnedPolicy,
    row: HomeMeasure,
    found: Decided,
    actor: Actor,
    now: datetime,
) -> None:
    """A refusal is told to them safely; an agency that was asked is asked again on the day set."""
    end_of(session, case.id, row.id, DealtWith(Ending.DONE, "Decided."), actor, now)
    measure = measure_of(under, row.measure)
    title = measure.title.lower()
    if found.decision.agreed:
        words = f"See that it is done: {title}. Time set by the portal: the policy gives none."
        day, clause = in_london(now).date() + TO_DO, measure.clause
        due_at = by_day(under.calendar, day, now)
        task = Proposal(TaskKind.WORK_AT_HOME, words, due_at, clause, source=TO_BE_DONE, source_id=row.id)
        propose(session, case.id, task, actor, now)
    if not found.decision.agreed and not found.told.strip():
        words = f"Tell them, in a way that is safe, that it was refused and why: {title}."
        due_at = tomorrow(under.calendar, now)
        propose(
            session,
            case.id,
            Proposal(TaskKind.TELL_THEM, words, due_at, source="refusal", source_id=row.id),
            actor,
            now,
        )
    if found.outside.strip() and found.chase_at:
        words = f"{found.outside} was asked about {title}. What became of it?"
        propose(
            session,
            case.id,
            Proposal(TaskKind.REPLY, words, found.chase_at, source="outside", source_id=row.id),
            actor,
            now,
        )


def _note(
    session: Session,
    case_id: UUID,
    line: str,
    facts: dict[str, str],
    words: str,
    actor: Actor,
    now: datetime,
    *,
    manager: bool = False,
) -> None:
    tell(session, case_id, line, actor, now, facts=facts, words=words or None)
    audit.record(
        session,
        Fact.MEASURE_ASKED if facts["state"] in {"asked", "signposted", "passed_on"} else Fact.MEASURE_DECIDED,
        actor,
        now,
        permission=Permission.HOME_DECIDE.value if manager else None,
        subject="case",
        subject_id=case_id,
        detail=facts["state"],
    )
