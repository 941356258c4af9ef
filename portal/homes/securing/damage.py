"""The verbs about damage: write it down, and settle who bears the cost and what the police are asked.

Sources: AG/013 OP8; STAR 3.11, 5.2; NPH Security Measures, paras 2.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.cases import service as cases
from portal.cases.opening import tell
from portal.cases.tasks.proposed import DealtWith, end_of, tomorrow
from portal.cases.tasks.service import Ending, Proposal, propose
from portal.deadlines.on_case import start_on_case
from portal.domain.calendar import at_wall_clock
from portal.domain.policy import UNSAFE_DAMAGE
from portal.domain.securing import Charge, against_payer
from portal.domain.tasks import TaskKind
from portal.homes.refused import RefusedError
from portal.homes.securing.models import HomeDamage
from portal.landlords.policies import PinnedPolicy, pinned
from portal.store import audit
from portal.store.audit import Actor, Fact
from portal.store.base import new_id
from portal.store.database import scope_of
from portal.store.record_keys import box_of

PLACE = "home_damage"
POLICE_TASK = "damage-police"


@dataclass(frozen=True, slots=True)
class Damage:
    """Something broken; `unsafe` says that somebody is in danger because of it."""

    found_on: date
    unsafe: bool
    words: str


@dataclass(frozen=True, slots=True)
class Settled:
    """Who bears the cost, and whether the police are asked to prosecute. Nothing goes to anybody from here."""

    charge: Charge
    cost: int | None
    police: str
    police_reference: str = ""
    wish: str = ""


def record(session: Session, case_id: UUID, damage: Damage, actor: Actor, now: datetime) -> UUID:
    """Write damage down. Only with danger does the policy's clock for repairs start (STAR 5.2)."""
    case = cases.get(session, case_id, for_update=True)
    under = pinned(session, case.policy_version_id)
    damage_id = new_id()
    session.add(
        HomeDamage(
            landlord_id=case.landlord_id,
            id=damage_id,
            case_id=case_id,
            found_on=damage.found_on,
            unsafe=damage.unsafe,
            recorded_at=now,
            account_id=actor.account_id,
            actor=actor.name,
            police="unanswered",
            sealed=box_of(session, case_id).seal_json(PLACE, damage_id, {"words": damage.words}),
        )
    )
    session.flush()
    if damage.unsafe:
        start_on_case(session, under, case_id, UNSAFE_DAMAGE, now, now)
    _ask_police(session, case_id, under, damage_id, actor, now)
    cases.refresh_next(session, case)
    facts = {"unsafe": "yes" if damage.unsafe else "no"}
    tell(session, case_id, "damage", actor, _moment(damage.found_on, now), facts=facts, words=damage.words)
    audit.record(
        session, Fact.DAMAGE_RECORDED, actor, now, subject="case", subject_id=case_id, detail=facts["unsafe"]
    )
    return damage_id


def settle(
    session: Session,
    case_id: UUID,
    damage_id: UUID,
    revision: int,
    found: Settled,
    actor: Actor,
    now: datetime,
    *,
    is_manager: bool,
) -> None:
    """Say who bears the cost and what the police were asked; RefusedError says what speaks against it."""
    case = cases.get(session, case_id, for_update=True)
    row = get(session, case_id, damage_id)
    if row.revision != revision:
        raise cases.EditedMeanwhileError
    under = pinned(session, case.policy_version_id)
    lacking = against_payer(under.policy, found.charge, is_manager=is_manager)
    if lacking:
        raise RefusedError(*lacking)
    box = box_of(session, case_id)
    said = box.open_json(PLACE, row.id, row.sealed)
    row.sealed = box.seal_json(
        PLACE,
        row.id,
        said
        | {"reason": found.charge.reason, "reference": found.police_reference, "wish": found.wish}
        | {"practicable": found.charge.practicable, "safe": found.charge.safe},
    )
    row.cost, row.payer, row.police = found.cost, found.charge.payer.value, found.police
    row.revision += 1
    if found.police != "unanswered":
        end_of(session, case_id, row.id, DealtWith(Ending.DONE, "Answered."), actor, now)
    facts = {"payer": found.charge.payer.value, "police": found.police}
    tell(session, case_id, "damage_settled", actor, now, facts=facts, words=found.charge.reason or None)
    audit.record(
        session,
        Fact.DAMAGE_RECORDED,
        actor,
        now,
        subject="case",
        subject_id=case_id,
        detail=found.charge.payer.value,
    )


def get(session: Session, case_id: UUID, damage_id: UUID) -> HomeDamage:
    """Damage of this case, or the answer of a case that is not here."""
    row = session.scalar(
        select(HomeDamage)
        .where(
            HomeDamage.landlord_id == scope_of(session).landlord_id,
            HomeDamage.case_id == case_id,
            HomeDamage.id == damage_id,
        )
        .with_for_update()
    )
    if row is None:
        raise cases.NoSuchCaseError
    return row


def unsafe_left(session: Session, case_id: UUID) -> bool:
    """Whether anything that leaves somebody unsafe is still broken."""
    session.flush()
    still = exists().where(
        HomeDamage.landlord_id == scope_of(session).landlord_id,
        HomeDamage.case_id == case_id,
        HomeDamage.unsafe,
        HomeDamage.repaired_at.is_(None),
    )
    return bool(session.scalar(select(still)))


def _ask_police(
    session: Session, case_id: UUID, under: PinnedPolicy, damage_id: UUID, actor: Actor, now: datetime
) -> None:
    """Where the policy asks the police to prosecute, somebody asks the person first, and says so (STAR 3.11)."""
    rule = under.policy.securing.police_prosecute
    if rule.value:
        words = "Ask them whether the police are to be asked to prosecute the damage, and write the answer beside it."
        task = Proposal(
            TaskKind.HOME_DECISION,
            words,
            tomorrow(under.calendar, now),
            clause=rule.clause,
            source=POLICE_TASK,
            source_id=damage_id,
        )
        propose(session, case_id, task, actor, now)


def _moment(day: date, now: datetime) -> datetime:
    return min(now, at_wall_clock(day, time(12)))
