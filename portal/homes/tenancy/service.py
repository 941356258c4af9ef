"""The verbs about how a home is held: write it down, point a joint tenant to advice, take in a notice to quit.

Sources: AG/013 OP7; NPH Perpetrators, Joint tenants; HS-026 5.2. With a joint tenancy nobody here chooses who stays.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.models import Case
from portal.cases.tasks.proposed import DealtWith, end_of, today, tomorrow
from portal.cases.tasks.service import Ending, Proposal, propose, settle
from portal.domain.policy.perpetrators import GroundCondition, PossessionGround
from portal.domain.tasks import TaskKind
from portal.domain.tenancy.gate import Step
from portal.domain.tenancy.holding import Held, Holding
from portal.homes.noting import Noted, note
from portal.homes.tenancy.models import TenancyHeld, TenancyStep
from portal.homes.tenancy.queries import KNOWN
from portal.homes.tenancy.words import ARRIVED
from portal.landlords.policies import PinnedPolicy, pinned
from portal.people.queries import manager_among
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PLACE, STEP = "tenancy_held", "tenancy_step"
JOINT, GONE, QUIT = "tenancy-joint", "tenancy-gone", "tenancy-quit"
OFFICE = ("A notice to quit by one joint tenant can end the tenancy of both. Ask a manager and a solicitor today; "
          "accept nothing and promise nothing until then.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Advised:
    """That a joint tenant was pointed to independent legal advice, in which safe way; or that they do not want it."""

    advice: str
    words: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """A notice to quit that came to us."""

    by: str
    arrived_on: date
    ends_on: date | None
    words: str


def hold(
    session: Session, case_id: UUID, revision: int, found: Holding, words: str, actor: Actor, now: datetime
) -> None:
    """Keep how the home is held, and follow what that calls for."""
    case = cases.get(session, case_id, for_update=True)
    row = _row(session, case_id)
    if (row.revision if row else 0) != revision:
        raise cases.EditedMeanwhileError
    row = row or TenancyHeld(landlord_id=case.landlord_id, id=new_id(), case_id=case_id)
    said = {name: getattr(found, name) for name in KNOWN}
    said |= {"agreement": found.agreement, "tie": found.tie, "words": words}
    row.held = found.held.value if found.held else Held.NEITHER.value
    row.tenure = found.tenure.value if found.tenure else None
    row.sealed = box_of(session, case_id).seal_json(PLACE, row.id, said)
    row.revision = revision + 1
    session.add(row)
    session.flush()
    under = pinned(session, case.policy_version_id)
    _joint(session, case, under, row, actor, now)
    _gone(session, case, under, found, actor, now)
    note(session, case_id, Noted(Fact.TENANCY_HELD, "tenancy_held", {"held": row.held}, words), actor, now)


def advise(session: Session, case_id: UUID, found: Advised, actor: Actor, now: datetime) -> None:
    """They were pointed to a solicitor or an advice service that is not ours; the task ends."""
    cases.get(session, case_id, for_update=True)
    row = _row(session, case_id)
    if row is None or row.held != Held.JOINT:
        raise cases.NoSuchCaseError
    row.advice, row.revision = found.advice, row.revision + 1
    ending = Ending.DONE if found.advice == "told" else Ending.NOT_NEEDED
    settle(session, case_id, JOINT, case_id, ending, actor, now)
    facts = {"advice": found.advice}
    note(session, case_id, Noted(Fact.TENANCY_HELD, "joint_advice", facts, found.words), actor, now)


def quit_arrived(session: Session, case_id: UUID, found: Arrived, actor: Actor, now: datetime) -> UUID:
    """A notice to quit came: the alarm stands on the case, and a manager answers it today."""
    case = cases.get(session, case_id, for_update=True)
    step_id = new_id()
    session.add(
        TenancyStep(
            landlord_id=case.landlord_id,
            id=step_id,
            case_id=case_id,
            step=ARRIVED,
            state="arrived",
            served_on=found.arrived_on,
            ends_on=found.ends_on,
            asked_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case_id).seal_json(STEP, step_id, {"by": found.by, "words": found.words}),
        )
    )
    session.flush()
    under = pinned(session, case.policy_version_id)
    clause = under.policy.perpetrators.joint_tenancy.clause
    task = Proposal(
        TaskKind.NOTICE_TO_QUIT, OFFICE, today(under.calendar, now), clause,
        manager_among(session, now), source=QUIT, source_id=step_id,
    )  # fmt: skip
    propose(session, case_id, task, actor, now)
    note(
        session, case_id, Noted(Fact.TENANCY_STEP, "quit_arrived", {"by": found.by}, found.words), actor, now
    )
    return step_id


def quit_answered(
    session: Session, case_id: UUID, step_id: UUID, words: str, actor: Actor, now: datetime
) -> None:
    """What was done about it."""
    cases.get(session, case_id, for_update=True)
    row = get_step(session, case_id, step_id)
    if row.state != "arrived":
        raise cases.EditedMeanwhileError
    box = box_of(session, case_id)
    row.sealed = box.seal_json(STEP, row.id, box.open_json(STEP, row.id, row.sealed) | {"outcome": words})
    row.state, row.ended_at, row.decided_by = "ended", now, actor.name
    end_of(session, case_id, row.id, DealtWith(Ending.DONE, "Answered."), actor, now)
    facts = {"step": ARRIVED, "state": "ended"}
    note(session, case_id, Noted(Fact.TENANCY_STEP, "tenancy_step", facts, words), actor, now)


def get_step(session: Session, case_id: UUID, step_id: UUID) -> TenancyStep:
    """A step of this case, or the answer of a case that is not here."""
    row = session.scalar(
        select(TenancyStep)
        .where(
            TenancyStep.landlord_id == scope_of(session).landlord_id,
            TenancyStep.case_id == case_id,
            TenancyStep.id == step_id,
        )
        .with_for_update()
    )
    if row is None:
        raise cases.NoSuchCaseError
    return row


def _joint(
    session: Session, case: Case, under: PinnedPolicy, row: TenancyHeld, actor: Actor, now: datetime
) -> None:
    if row.held != Held.JOINT or row.advice is not None:
        settle(session, case.id, JOINT, case.id, Ending.NOT_NEEDED, actor, now)
        return
    words = (
        "They are joint tenants: nobody here chooses who lives there. Point them, in a safe way, to legal advice that "
        "is independent of us: an occupation order, or a court's transfer into one name."
    )
    clause, due_at = under.policy.perpetrators.joint_tenancy.clause, tomorrow(under.calendar, now)
    task = Proposal(TaskKind.JOINT_ADVICE, words, due_at, clause, source=JOINT, source_id=case.id)
    propose(session, case.id, task, actor, now)


def _gone(
    session: Session, case: Case, under: PinnedPolicy, found: Holding, actor: Actor, now: datetime
) -> None:
    """They left and will not come back: a manager weighs what can be done, without a conviction (AG/013 OP7)."""
    ground = next((each for each in under.policy.perpetrators.possession if _weighed(each)), None)
    if not (ground and found.gone_for_good and found.theirs):
        return
    known = session.scalar(
        select(TenancyStep.id).where(
            TenancyStep.landlord_id == case.landlord_id,
            TenancyStep.case_id == case.id,
            TenancyStep.ground == ground.id,
        )
    )
    if known:
        return
    step_id = new_id()
    session.add(
        TenancyStep(
            landlord_id=case.landlord_id,
            id=step_id,
            case_id=case.id,
            step=Step.POSSESSION.value,
            ground=ground.id,
            state="asked",
            asked_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            sealed=box_of(session, case.id).seal_json(STEP, step_id, {"words": ground.says}),
        )
    )
    session.flush()
    cites = f" It rests on {ground.tenancy_clause}." if ground.tenancy_clause else ""
    task = Proposal(
        TaskKind.POSSESSION, f"{ground.says}.{cites} Decide either way, and say why.",
        tomorrow(under.calendar, now), ground.clause, manager_among(session, now), source=GONE, source_id=step_id,
    )  # fmt: skip
    propose(session, case.id, task, actor, now)


def _weighed(ground: PossessionGround) -> bool:
    return {GroundCondition.LEFT, GroundCondition.NOT_RETURNING} <= set(
        ground.when
    ) and not ground.needs_conviction


def _row(session: Session, case_id: UUID) -> TenancyHeld | None:
    return session.scalar(
        select(TenancyHeld)
        .where(TenancyHeld.landlord_id == scope_of(session).landlord_id, TenancyHeld.case_id == case_id)
        .with_for_update()
    )
