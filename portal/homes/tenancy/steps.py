"""The verbs about a step against the person who harms: ask for it, decide on it, keep its dates, say how it ended.

Sources: HS-026 4.12, 5.2; STAR 3.11, 3.15; AG/013 OP7; NPH Action against Perpetrators. An officer asks; a manager
decides. No step is asked for while it would put somebody at risk, and nothing goes out of the portal by itself.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.tasks.proposed import DealtWith, by_day, end_of, tomorrow
from portal.cases.tasks.service import Ending, Proposal, propose
from portal.domain.calendar import in_london
from portal.domain.policy.said_date import in_words
from portal.domain.tasks import TaskKind
from portal.domain.tenancy.gate import Gate, Step, against_asking, against_refusal, against_step
from portal.domain.tenancy.grounds import ways
from portal.domain.tenancy.holding import Holding
from portal.homes.noting import Noted, note
from portal.homes.refused import RefusedError
from portal.homes.tenancy.models import TenancyStep
from portal.homes.tenancy.queries import held_of
from portal.homes.tenancy.service import STEP, get_step
from portal.landlords.grounds import catalogue
from portal.landlords.policies import PinnedPolicy, pinned
from portal.people.queries import manager_among
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.record_keys import box_of

ASKED = "tenancy-step"
DAYS_BEFORE = (14, 2)
"""When a date of a notice or a court is brought to mind: the portal's own, no policy says."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that somebody asks for, with the two questions answered as far as they are."""

    step: Step
    ground: str
    gate: Gate
    words: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A manager's decision, with the questions answered as they are now."""

    agreed: bool
    ground: str
    gate: Gate
    reason: str


@dataclass(frozen=True, slots=True)
class Dates:
    """When a notice was served and runs out, and when a court looks at it."""

    served_on: date | None
    ends_on: date | None
    court_on: date | None
    words: str


def ask(session: Session, case_id: UUID, found: Asked, actor: Actor, now: datetime) -> UUID:
    """Ask a manager for a step. RefusedError where it would put them at risk, or is not ours to take."""
    case = cases.get(session, case_id, for_update=True)
    under = pinned(session, case.policy_version_id)
    lacking = against_asking(under.policy, _holding(session, case_id), found.step, found.gate)
    if lacking:
        raise RefusedError(*lacking)
    step_id = new_id()
    session.add(
        TenancyStep(
            landlord_id=case.landlord_id,
            id=step_id,
            case_id=case_id,
            step=found.step.value,
            ground=found.ground or None,
            state="asked",
            safe=found.gate.safe,
            agrees=found.gate.agrees,
            asked_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json(
                STEP, step_id, _said(found.gate) | {"words": found.words}
            ),
        )
    )
    session.flush()
    task = Proposal(
        TaskKind.POSSESSION, "A step against the person who harms was asked for. Decide either way, and say why.",
        tomorrow(under.calendar, now), under.policy.perpetrators.safety_condition.clause,
        manager_among(session, now), source=ASKED, source_id=step_id,
    )  # fmt: skip
    propose(session, case_id, task, actor, now)
    _note(session, case_id, found.step.value, "asked", found.words, actor, now)
    return step_id


def decide(
    session: Session,
    case_id: UUID,
    step_id: UUID,
    revision: int,
    found: Decided,
    actor: Actor,
    now: datetime,
    *,
    is_manager: bool,
) -> None:
    """Agree to a step or not. What is agreed rests on a ground whose every condition is answered."""
    case = cases.get(session, case_id, for_update=True)
    row = get_step(session, case_id, step_id)
    if row.revision != revision or row.state != "asked":
        raise cases.EditedMeanwhileError
    under, holding = pinned(session, case.policy_version_id), _holding(session, case_id)
    if found.agreed:
        lacking = against_step(
            under.policy,
            holding,
            Step(row.step),
            found.ground,
            ways(under.policy, catalogue(), holding),
            found.gate,
            found.reason,
            is_manager=is_manager,
        )
    else:
        lacking = against_refusal(found.reason, is_manager=is_manager)
    if lacking:
        raise RefusedError(*lacking)
    box = box_of(session, case_id)
    said = box.open_json(STEP, row.id, row.sealed) | _said(found.gate) | {"reason": found.reason}
    row.sealed = box.seal_json(STEP, row.id, said)
    row.state, row.ground = "agreed" if found.agreed else "refused", found.ground or row.ground
    row.safe, row.agrees = found.gate.safe, found.gate.agrees
    row.decided_at, row.decided_by, row.revision = now, actor.name, revision + 1
    end_of(session, case_id, row.id, DealtWith(Ending.DONE, "Decided."), actor, now)
    _note(session, case_id, row.step, row.state, found.reason, actor, now, manager=True)


def date_it(
    session: Session, case_id: UUID, step_id: UUID, revision: int, found: Dates, actor: Actor, now: datetime
) -> None:
    """Keep the dates of a step that was agreed to; somebody is reminded of each that is to come."""
    case = cases.get(session, case_id, for_update=True)
    row = get_step(session, case_id, step_id)
    if row.revision != revision or row.state != "agreed":
        raise cases.EditedMeanwhileError
    row.served_on, row.ends_on, row.court_on = found.served_on, found.ends_on, found.court_on
    row.revision = revision + 1
    _remind(session, case, row, actor, now)
    _note(session, case_id, row.step, "dated", found.words, actor, now)


def end(
    session: Session, case_id: UUID, step_id: UUID, revision: int, words: str, actor: Actor, now: datetime
) -> None:
    """How it ended; its reminders end with it."""
    cases.get(session, case_id, for_update=True)
    row = get_step(session, case_id, step_id)
    if row.revision != revision or row.state != "agreed":
        raise cases.EditedMeanwhileError
    box = box_of(session, case_id)
    row.sealed = box.seal_json(STEP, row.id, box.open_json(STEP, row.id, row.sealed) | {"outcome": words})
    row.state, row.ended_at, row.revision = "ended", now, revision + 1
    end_of(session, case_id, row.id, DealtWith(Ending.NOT_NEEDED, "The step is over."), actor, now)
    _note(session, case_id, row.step, "ended", words, actor, now)


def _remind(session: Session, case: Case, row: TenancyStep, actor: Actor, now: datetime) -> None:
    under: PinnedPolicy = pinned(session, case.policy_version_id)
    today, wanted = in_london(now).date(), {}
    for what, day in (("court", row.court_on), ("notice", row.ends_on)):
        for before in DAYS_BEFORE:
            if day and day - timedelta(days=before) >= today:
                wanted[f"{what}-{before}-{day:%Y%m%d}"] = (day - timedelta(days=before), day, what)
    done = DealtWith(Ending.NOT_NEEDED, "The dates were changed.", tuple(wanted))
    end_of(session, case.id, row.id, done, actor, now)
    for source, (on, day, what) in wanted.items():
        says = "The court looks at it" if what == "court" else "The notice runs out"
        words = (
            f"{says} on {in_words(day.isoformat())}. Look at their safety before it, and tell them in a safe way. "
            "Time set by the portal: the policy gives none."
        )
        due_at = by_day(under.calendar, on, now)
        task = Proposal(TaskKind.TENANCY_DATE, words, due_at, source=source, source_id=row.id)
        propose(session, case.id, task, actor, now)


def _holding(session: Session, case_id: UUID) -> Holding:
    held = held_of(session, case_id)
    return held.holding if held else Holding()


def _said(gate: Gate) -> dict[str, str]:
    return {"safety": gate.safety, "wishes": gate.wishes, "needs": gate.needs, "told": gate.told}


def _note(
    session: Session,
    case_id: UUID,
    step: str,
    state: str,
    words: str,
    actor: Actor,
    now: datetime,
    *,
    manager: bool = False,
) -> None:
    facts = {"step": step, "state": state}
    note(
        session, case_id, Noted(Fact.TENANCY_STEP, "tenancy_step", facts, words, manager=manager), actor, now
    )
